"""Gains and losses between two revisions, on a repository of its own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import quotetrack
from benchmarks import compare

TEXT = "“It is over,” said Ana Duarte. “It is not,” said Jonas Weber, the mayor."


def quotes(text: str = TEXT) -> list[dict[str, Any]]:
    return [quote.model_dump(mode="json") for quote in quotetrack.parse(text).quotes]


def document(**more: object) -> dict[str, Any]:
    content = [[0, TEXT.index(" said")]]
    gold = {"content": content, "source": [], "cue": [], "speaker": "Ana Duarte"}
    return {"id": "a", "text": TEXT, "attributions": [gold], **more}


def test_gained_lost_and_renamed() -> None:
    both = quotes()
    renamed = [{**both[0], "speaker": both[1]["speaker"]}, both[1]]
    found = [
        [(d.kind, d.mark, d.shown) for d in compare.differences(document(), *pair)]
        for pair in ((both, both), (both[:1], both), (both, both[1:]), (both, renamed))
    ]
    assert found == [
        [],
        [("gained", "-", "Jonas Weber: “It is not,”")],
        [("lost", "+", "Ana Duarte: “It is over,”")],
        [("renamed", "-", "Ana Duarte -> Jonas Weber: “It is over,”")],
    ]
    assert [d.mark for d in compare.differences(document(), renamed, both)] == ["+"]
    without = document(attributions=[])
    assert [d.mark for d in compare.differences(without, both[:1], both)] == [""]


def test_a_changed_cue_is_told() -> None:
    both = quotes()
    other = [{**both[0], "manner": "writing", "cue": None}, both[1]]
    (found,) = compare.differences(document(), both, other)
    assert found.kind == "changed"
    assert found.shown == "manner 'speech' -> 'writing', cue 'said' -> None: “It is over,”"


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_two_revisions_are_read_by_their_own_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def git(*words: str) -> None:
        own = ("-c", "user.name=a", "-c", "user.email=a@b.c", "-C", str(tmp_path))
        subprocess.run(["git", *own, *words], check=True, capture_output=True)  # noqa: S603, S607

    package = tmp_path / "quotetrack"
    package.mkdir()
    stub = "from types import SimpleNamespace\ndef parse(*a): return SimpleNamespace(quotes=%s)\n"
    (package / "__init__.py").write_text(stub % "[]", encoding="utf-8")
    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "one")
    one = [{**quotes()[0]}]
    dumped = f"[SimpleNamespace(model_dump=lambda mode: {one[0]!r})]"
    (package / "__init__.py").write_text(stub % dumped, encoding="utf-8")
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(
        '{"id": "a", "text": "%s", "attributions": []}\n' % TEXT,  # noqa: UP031
        encoding="utf-8",
    )
    monkeypatch.setattr(compare, "ROOT", tmp_path)
    assert compare.main(["HEAD", "--corpus", str(corpus)]) == 0
    shown = capsys.readouterr().out
    assert "1 articles, 0 -> 1 quotes" in shown
    assert "gained: 1\n    a: Ana Duarte: “It is over,”" in shown
    listed = subprocess.run(  # noqa: S603
        ["git", "-C", str(tmp_path), "worktree", "list"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(listed.stdout.splitlines()) == 1
    with pytest.raises(SystemExit, match="nowhere"):
        compare.main(["nowhere", "--corpus", str(corpus)])
