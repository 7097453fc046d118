"""The scorer counts what it should, and the project's own articles are read as well as before."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import quotetrack
from benchmarks import accuracy, marked

ARTICLE = """TITLE: Ferry lost
DATE: 2024-03-08

[[s 1]]The mayor, Ana Duarte,[[/s]] [[c 1]]said[[/c]] [[q 1 speaker="Ana Duarte" kind=indirect manner=speech]]that [[f value=4500000 unit=USD qualifier=exact speaker="Ana Duarte"]]$4.5 million[[/f]] was lost on [[t start=2024-03-08 end=2024-03-08]]Friday[[/t]][[/q]].

[[q 2 speaker="Ana Duarte" kind=direct manner=speech]]“It cannot go on,”[[/q]] [[s 2]]she[[/s]] [[c 2]]said[[/c]]. [[q 2]]“It must end.”[[/q]]
"""  # noqa: E501  as such files are


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def shares(document: dict[str, Any], article: quotetrack.Article) -> dict[str, float]:
    """Those of a document, had quotetrack found this."""
    score = accuracy.Score(Counter(), [])
    score.compare(document, article)
    return {key: round(share) for key, (share, _) in score.shares().items()}


def test_marks_become_offsets(folder: Path) -> None:
    document = marked.read(folder / "one.txt")
    text = document["text"]
    assert text.startswith(
        "The mayor, Ana Duarte, said that $4.5 million was lost on Friday.\n\n“It"
    )
    second = document["attributions"][1]
    assert [text[a:b] for a, b in second["content"]] == ["“It cannot go on,”", "“It must end.”"]
    assert [text[a:b] for a, b in second["source"]] == ["she"]
    assert second["speaker"] == "Ana Duarte"
    assert document["figures"] == [
        {
            "start": text.index("$"),
            "end": text.index(" was"),
            "value": "4500000",
            "unit": "USD",
            "qualifier": "exact",
            "speaker": "Ana Duarte",
        }
    ]
    assert document["times"][0]["start"] == "2024-03-08"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("[[q 1]]never", r"one.txt: \[\[q\]\] is never closed"),
        ("a\n[[/q]]", r"one.txt, line 5: \[\[/q\]\] closes nothing"),
        ("[[q]]a[[/q]]", r"one.txt, line 4: \[\[q\]\] needs a number"),
        ("[[q 1]][[s 1]]a[[/q]][[/s]]", r"\[\[/q\]\] closes nothing"),
    ],
)
def test_wrong_marks_name_their_line(tmp_path: Path, wrong: str, message: str) -> None:
    file = tmp_path / "one.txt"
    file.write_text(f"TITLE: a\nDATE: 2024-03-08\n\n{wrong}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        marked.read(file)


def test_what_is_found_as_marked_is_all_right(folder: Path) -> None:
    document = marked.read(folder / "one.txt")
    article = quotetrack.parse(document["text"], "Ferry lost", "2024-03-08")
    found = shares(document, article)
    assert found["exact, all"] == found["end to end, all"] == found["name, quoted"] == 100
    assert found["figures"] == found["figure speakers of figures"] == 100


def test_each_mistake_costs_its_own_share(folder: Path) -> None:
    document = marked.read(folder / "one.txt")
    right = quotetrack.parse(document["text"], "Ferry lost", "2024-03-08")
    missed = right.model_copy(update={"quotes": right.quotes[1:]})
    found = shares(document, missed)
    assert (found["exact, all"], found["exact, direct"]) == (67, 100)
    assert found["name, all"] == 50
    other = quotetrack.SpeakerRef(id="s9", name="Jonas Weber")
    renamed = [q.model_copy(update={"speaker": other}) for q in right.quotes]
    found = shares(document, right.model_copy(update={"quotes": tuple(renamed)}))
    assert (found["end to end, all"], found["name, all"]) == (100, 0)
    unsourced = [q.model_copy(update={"source": None}) for q in right.quotes]
    found = shares(document, right.model_copy(update={"quotes": tuple(unsourced)}))
    assert (found["overlap, all"], found["end to end, all"]) == (100, 0)
    unclaimed = [c.model_copy(update={"speaker": None}) for c in right.claims]
    found = shares(document, right.model_copy(update={"claims": tuple(unclaimed)}))
    assert (found["figures"], found["figure speakers of figures"]) == (100, 0)


def test_what_a_corpus_leaves_out_costs_nothing() -> None:
    text = "“It is over,” said Ana Duarte. “It is not,” said Jonas Weber."
    content = [[0, text.index(" said")]]
    gold = {"content": content, "source": [[text.index("Ana"), text.index(". “")]], "cue": []}
    document: dict[str, Any] = {"id": "a", "text": text, "attributions": [gold]}
    article = quotetrack.parse(text)
    assert shares(document, article)["exact, all"] == 67
    second = text.index("“It is not")
    document["ignore"] = [[second, len(text)]]
    assert shares(document, article)["exact, all"] == 100
    nested = {"content": [[second, text.index(" said Jonas")]], "nested": True}
    del document["ignore"]
    document["attributions"] = [gold, nested]
    assert shares(document, article)["exact, all"] == 100


def test_floors_go_down_only_when_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    measured = {"name, all": (80.0, 100), "times": (90.0, 3)}
    assert accuracy.raised(measured, {}, lower=False) == {"name, all": 78.0}
    assert accuracy.raised(measured, {"name, all": 85.0}, lower=False) == {"name, all": 85.0}
    assert accuracy.raised(measured, {"name, all": 85.0}, lower=True) == {"name, all": 78.0}
    assert accuracy.below(measured, {"name, all": 85.0, "figures": 1.0}) == [
        "name, all: 80.0, the floor is 85.0",
        "figures: 0.0, the floor is 1.0",
    ]
    floors = folder / "floors.json"
    floors.write_text(json.dumps({"exact, all": 100.5}), encoding="utf-8")
    assert accuracy.main(["--check", "--floors", str(floors)]) == 1
    assert "below: exact, all" in capsys.readouterr().err
    assert accuracy.main(["--save", "--floors", str(floors)]) == 0
    assert json.loads(floors.read_text(encoding="utf-8"))["exact, all"] == 100.5


def test_a_bad_line_of_a_corpus_is_named(tmp_path: Path) -> None:
    file = tmp_path / "corpus.jsonl"
    file.write_text('{"id": "a", "text": "x", "attributions": []}\n{"id": "b"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"corpus.jsonl, line 2: no annotated article"):
        accuracy.score([file])


def test_the_projects_own_articles_are_read_as_well_as_before() -> None:
    assert accuracy.main(["--check"]) == 0
