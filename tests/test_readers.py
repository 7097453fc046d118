"""Files to documents: encodings, formats, folders, and what is wrong with bad ones."""

from __future__ import annotations

import gzip
import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotetrack.formats import markdown, pages, readers
from quotetrack.formats.documents import Document, Problem
from quotetrack.formats.encodings import decode

TEXT = "“Wir öffnen – im Mai,” said Zoë Müller.\r\n\r\nIt cost €3.2 million.\n"


def documents(*paths: Path | str, **options: object) -> list[Document]:
    found = list(readers.read([str(path) for path in paths], **options))  # type: ignore[arg-type]
    assert all(isinstance(item, Document) for item in found), found
    return [item for item in found if isinstance(item, Document)]


def problems(*paths: Path | str, **options: object) -> list[str]:
    found = readers.read([str(path) for path in paths], **options)  # type: ignore[arg-type]
    return [str(item) for item in found if isinstance(item, Problem)]


def put(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_encodings_are_recognised(tmp_path: Path, encoding: str) -> None:
    [document] = documents(put(tmp_path, "a.txt", TEXT.encode(encoding)))
    assert document.text == TEXT


def test_a_guess_is_told(tmp_path: Path) -> None:
    [document] = documents(put(tmp_path, "a.txt", TEXT.encode("cp1252")))
    assert document.notes == ("not UTF-8: read as Windows-1252",)
    [document] = documents(put(tmp_path, "b.txt", TEXT))
    assert document.notes == ()


def test_one_bad_byte_does_not_spoil_the_rest(tmp_path: Path) -> None:
    [document] = documents(put(tmp_path, "a.txt", "caf\u00e9 ".encode() + b"\x93no\x94 \x81"))
    assert document.text == "café “no” \x81"


def test_an_encoding_can_be_given(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", "Žluťoučký".encode("cp1250"))
    assert documents(path, encoding="cp1250")[0].text == "Žluťoučký"
    assert "not ascii" in problems(path, encoding="ascii")[0]


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_utf8_is_read_unaltered(text: str) -> None:
    data = text.encode()
    signature = data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"))
    if not signature and not any(ord(c) < 32 for c in text):
        assert decode(data) == (text, ())


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_a_reason(data: bytes) -> None:
    found = list(readers.read("-", kind="text", stdin=io.BytesIO(data)))
    assert len(found) == 1
    if isinstance(found[0], Problem):
        assert str(found[0]).startswith("-: ")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "office file"),
        (bytes(range(256)) * 4, "binary"),
    ],
)
def test_binary_files_are_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    [problem] = problems(put(tmp_path, "a.txt", data))
    assert problem.startswith(str(tmp_path / "a.txt"))
    assert reason in problem


def test_line_ends_stay_and_offsets_hold(tmp_path: Path) -> None:
    [document] = documents(put(tmp_path, "a.txt", b"\xef\xbb\xbfOne.\r\nTwo.\rThree."))
    assert document.text == "One.\r\nTwo.\rThree."


def test_missing_files_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = put(tmp_path, "b.txt", "Good.")
    found = list(readers.read([tmp_path / "a.txt", good]))
    assert isinstance(found[0], Problem)
    assert str(found[0]) == f"{tmp_path / 'a.txt'}: no such file or directory"
    assert isinstance(found[1], Document)
    assert found[1].text == "Good."


def test_folders_are_read_in_order_of_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.txt", ".hidden.txt", ".git/d.txt", "e.png", "f.json"):
        put(tmp_path, name, "text")
    names = [document.origin.file for document in documents(tmp_path)]
    assert names == [str(tmp_path / name) for name in ("a.md", "b.txt", "sub/c.txt")]
    assert readers.size([tmp_path]) == 3 * len("text")
    assert readers.size([tmp_path, "-"]) is None


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    assert "no article in this folder" in problems(tmp_path)[0]


def test_globs(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", "d.md"):
        put(tmp_path, name, "text")
    assert len(documents(tmp_path / "*.txt")) == 2
    assert len(documents(tmp_path / "**" / "*.txt")) == 3
    assert problems(tmp_path / "*.html") == [f"{tmp_path / '*.html'}: no file matches"]
    assert len(documents(put(tmp_path, "what[1].txt", "text"))) == 1


def test_gzip(tmp_path: Path) -> None:
    [document] = documents(put(tmp_path, "a.txt.gz", gzip.compress(TEXT.encode())))
    assert document.text == TEXT
    line = json.dumps({"text": "One."}).encode()
    assert documents(put(tmp_path, "b.jsonl.gz", gzip.compress(line)))[0].text == "One."
    for damaged in (b"no gzip", gzip.compress(b"x" * 999)[:-12]):
        assert "damaged gzip file" in problems(put(tmp_path, "c.txt.gz", damaged))[0]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class _Stdin:
        buffer = io.BytesIO(TEXT.encode())

    monkeypatch.setattr(sys, "stdin", _Stdin)
    [document] = documents("-")
    assert (document.text, str(document.origin)) == (TEXT, "-")


def test_json_lines_with_their_fields(tmp_path: Path) -> None:
    record = {
        "id": 7,
        "text": "“Yes,” he said.",
        "title": "Vote",
        "date": "2024-03-05T08:00:00Z",
        "url": "https://harbour.example/vote",
        "desk": "metro",
    }
    [document] = documents(put(tmp_path, "a.jsonl", json.dumps(record) + "\n\n"))
    assert document.title == "Vote"
    assert document.published == date(2024, 3, 5)
    assert document.url == "https://harbour.example/vote"
    assert document.origin.line == 1
    assert document.origin.id == "7"
    assert document.fields == {"id": 7, "desk": "metro"}


def test_bad_json_lines_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    lines = (
        b'{"text": "One."}',
        b"{broken",
        b'["no object"]',
        b'{"body": "no text"}',
        b'{"text": 5}',
        b"[" * 100_000,
        b'{"text": "\xe9"}',
        b'{"text": "Two.", "date": "5 March", "title": 3}',
    )
    path = put(tmp_path, "a.jsonl", b"\xef\xbb\xbf" + b"\r\n".join(lines))
    found = list(readers.read(path))
    kinds = [type(item).__name__ for item in found]
    assert kinds == ["Document", *["Problem"] * 5, "Document", "Document"]
    assert [item.origin.line for item in found] == list(range(1, 9))
    assert str(found[1]).startswith(f"{path}:2: not valid JSON")
    assert "'body'" in str(found[3])
    assert isinstance(found[6], Document)
    assert found[6].text == "é"
    assert isinstance(found[7], Document)
    assert (found[7].published, found[7].title) == (None, None)
    assert len(found[7].notes) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_json_lines_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    lines = "\n".join(json.dumps({"text": t}, ensure_ascii=False) for t in (TEXT, "Zoë"))
    found = documents(put(tmp_path, "a.jsonl", lines.encode(encoding)))
    assert [document.text for document in found] == [TEXT, "Zoë"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_json_lines_named_as_wide_without_a_mark(tmp_path: Path, encoding: str) -> None:
    lines = "\n".join(json.dumps({"text": text}, ensure_ascii=False) for text in ("Zoë", TEXT))
    data = lines.encode(f"{encoding}-le")
    found = documents(put(tmp_path, "a.jsonl", data), encoding=encoding)
    assert [document.text for document in found] == ["Zoë", TEXT]
    for cut in (b"\na\nr", b"\x00", data[:-3]):
        list(readers.read([put(tmp_path, "b.jsonl", cut)], encoding=encoding))


def test_json_lines_are_read_lazily(tmp_path: Path) -> None:
    class _Stream(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            assert self.tell() < 100, "read further than asked"
            return super().readline(size)

    stream = _Stream(b'{"text": "One."}\n' * 1000)
    reading = readers.read("-", kind="jsonl", stdin=stream)
    assert isinstance(next(reading), Document)
    del tmp_path


def test_another_text_field(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jsonl", '{"body": "One."}')
    assert documents(path, text_field="body")[0].text == "One."


def test_json_object_or_list(tmp_path: Path) -> None:
    assert documents(put(tmp_path, "a.json", '{"text": "One."}'))[0].text == "One."
    path = put(tmp_path, "b.json", '[{"text": "One."}, 5, {"text": "Two."}]')
    assert [type(item).__name__ for item in readers.read(path)] == [
        "Document",
        "Problem",
        "Document",
    ]
    assert "item 2" in problems(path)[0]
    assert "line 2" in problems(put(tmp_path, "c.json", '{"text":\n oops}'))[0]


def test_markdown() -> None:
    document = markdown.read(
        "---\ntitle: 'Pier to reopen'\ndate: 2024-03-05\nauthor: T. Reyes\n---\n"
        "# Pier to reopen\n\n> “We will reopen,”\n> said **Ana** [Duarte](https://a.example).\n\n"
        "```\ncode\n```\n\n- It cost `$3` &amp; more.\n"
    )
    assert document.text == "“We will reopen,” said Ana Duarte.\n\nIt cost $3 & more."
    assert document.title == "Pier to reopen"
    assert document.published == date(2024, 3, 5)
    assert document.fields == {"author": "T. Reyes"}


def test_a_first_heading_is_the_title() -> None:
    document = markdown.read("# Pier to reopen\n\nIt cost a lot.\n\n# Later\n\nMore.")
    assert document.title == "Pier to reopen"
    assert document.text == "It cost a lot.\n\nLater\n\nMore."
    other = markdown.read("---\ntitle: Pier news\n---\n# Pier to reopen\n\nIt cost a lot.")
    assert other.title == "Pier news"
    assert other.text == "Pier to reopen\n\nIt cost a lot."


@given(st.text(max_size=300))
def test_any_markdown_is_read(text: str) -> None:
    assert "\x00" not in markdown.read(text).text


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>Pier to reopen</title>
<link rel="canonical" href="https://harbour.example/pier">
<meta property="article:published_time" content="2024-03-05T08:00:00Z"></head><body>
<nav><a href="/">Home</a></nav><article><h1>Pier to reopen</h1>
<p>“We will reopen in May,” said Zoë Duarte,
   the <b>owner</b> &amp; manager of the Blue Line.</p>
<p>Officials told reporters that 40 percent
of the piles were rotten.<br>They will be replaced.</p></article>
<footer>Copyright 2019</footer></body></html>"""


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("utf-8", "utf-8"), ("windows-1252", "cp1252"), ("iso-8859-1", "cp1252"), ("x", "utf-8")],
)
def test_a_page(tmp_path: Path, charset: str, encoding: str) -> None:
    pytest.importorskip("trafilatura", reason="reading HTML needs the extra 'html'")
    [document] = documents(put(tmp_path, "a.html", PAGE.format(charset=charset).encode(encoding)))
    assert document.text.split("\n\n") == [
        "“We will reopen in May,” said Zoë Duarte, the owner & manager of the Blue Line.",
        "Officials told reporters that 40 percent of the piles were rotten.",
        "They will be replaced.",
    ]
    assert document.title == "Pier to reopen"
    assert document.published == date(2024, 3, 5)
    assert document.url == "https://harbour.example/pier"


def test_a_page_by_another_name(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="reading HTML needs the extra 'html'")
    [document] = documents(put(tmp_path, "a", PAGE.format(charset="utf-8")))
    assert document.title == "Pier to reopen"


def test_an_xhtml_page(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="reading HTML needs the extra 'html'")
    page = "<?xml version='1.0' encoding='utf-8'?>\n" + PAGE.format(charset="utf-8")
    assert documents(put(tmp_path, "a", page))[0].title == "Pier to reopen"


@pytest.mark.parametrize("page", ["", "   ", "<html></html>", "<html><script>x</script></html>"])
def test_a_page_without_text_is_a_problem(tmp_path: Path, page: str) -> None:
    pytest.importorskip("trafilatura", reason="reading HTML needs the extra 'html'")
    assert len(problems(put(tmp_path, "a.html", page))) == 1


def test_the_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    [problem] = problems(put(tmp_path, "a.html", PAGE))
    assert pages.MISSING in problem
    assert "pip install 'quotetrack[html]'" in problem


def test_too_large_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotetrack.formats.records.LONGEST", 1 << 20)
    assert "larger than 1 MB" in problems(put(tmp_path, "a.txt", b"a " * (1 << 20)))[0]
    long = b'{"text": "' + b"a" * (3 << 20) + b'"}\n{"text": "Two."}\n'
    found = list(readers.read(put(tmp_path, "a.jsonl", long)))
    assert [type(item).__name__ for item in found] == ["Problem", "Document"]
    assert [item.origin.line for item in found] == [1, 2]


def test_the_bytes_read_are_told_before_each_document(tmp_path: Path) -> None:
    feed = put(tmp_path, "a.jsonl", '{"text": "One."}\n{"text": "Two."}\n')
    packed = put(tmp_path, "b.txt.gz", gzip.compress(b"Three."))
    told: list[int] = []
    ends = [sum(told) for _ in readers.read([feed, packed], told=told.append)]
    assert len(ends) == 3
    assert ends == sorted(ends)
    assert ends[-1] == readers.size([feed, packed])
