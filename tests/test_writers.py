"""Articles to JSON, CSV, JSON-LD and Web Annotation: complete, and safe where they are opened."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_articles import ferry, span

from quotetrack.formats import rows, tables, writers
from quotetrack.formats.documents import Origin
from quotetrack.formats.identifiers import article_iri
from quotetrack.models import Article, Claim, Quantity, Quote, Speaker, SpeakerRef

ORIGIN = Origin("news/ferry 1.txt", id="f1")
HOSTILE = "=1+1</script><!--\u2028\ud800\x00"


def written(
    format_: writers.Format, what: rows.What = "articles", article: Article | None = None
) -> str:
    out = io.StringIO(newline="")
    writers.write([(article or ferry(), ORIGIN)], out, format_, what)
    return out.getvalue()


def saying(words: str) -> Article:
    """An article in which one of any name says any words."""
    ref = SpeakerRef(id="s1", name=words)
    quote = Quote(
        id="q1",
        kind="direct",
        text=words,
        spans=(span(words, words),),
        speaker=ref,
        manner="speech",
        confidence=0.9,
    )
    speaker = Speaker(id="s1", name=words, kind="person", role=words, aliases=(words,))
    claim = Claim(id="c1", text=words, span=span(words, words), speaker=ref, hedges=(words,))
    return Article(text=words, title=words, quotes=(quote,), speakers=(speaker,), claims=(claim,))


@pytest.mark.parametrize("what", rows.WHATS)
@pytest.mark.parametrize("format_", writers.FORMATS)
def test_nothing_at_all_is_valid(format_: writers.Format, what: rows.What) -> None:
    out = io.StringIO(newline="")
    writers.write([], out, format_, what)
    if format_ == "csv":
        assert out.getvalue() == ",".join(rows.columns(what)) + "\n"
    elif format_ == "jsonl":
        assert out.getvalue() == ""
    else:
        json.loads(out.getvalue())


def test_articles_come_back_from_json() -> None:
    lines = written("jsonl").splitlines()
    assert [Article.model_validate_json(line) for line in lines] == [ferry()]
    assert [Article.model_validate(item) for item in json.loads(written("json"))] == [ferry()]


@pytest.mark.parametrize("what", ["quotes", "speakers", "claims"])
def test_rows_of_json_say_where_they_stand(what: rows.What) -> None:
    found = [json.loads(line) for line in written("jsonl", what).splitlines()]
    assert json.loads(written("json", what)) == found
    assert [item["id"] for item in found] == [item.id for item in rows.items(ferry(), what)]
    for item in found:
        assert item["article"]["file"] == "news/ferry 1.txt"
        assert item["article"]["id"] == "f1"
        assert item["article"]["title"] == ferry().title


def test_quotes_of_json_are_quotes() -> None:
    for line, quote in zip(written("jsonl", "quotes").splitlines(), ferry().quotes, strict=True):
        fields = json.loads(line)
        del fields["article"]
        assert Quote.model_validate(fields) == quote


@pytest.mark.parametrize("what", rows.WHATS)
def test_one_row_of_csv_for_each(what: rows.What) -> None:
    table = list(csv.DictReader(io.StringIO(written("csv", what), newline="")))
    assert [row["id"] for row in table] == [item.id for item in rows.items(ferry(), what)]
    assert tuple(table[0]) == rows.columns(what)


def test_figures_are_normalised_in_csv() -> None:
    table = csv.DictReader(io.StringIO(written("csv", "claims"), newline=""))
    figures = {row["figures"]: row["values"] for row in table if row["figures"]}
    assert figures
    for quantity in (q for claim in ferry().claims for q in claim.quantities):
        assert rows.figure(quantity) in "; ".join(figures.values())


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝", "\t\t@"])
def test_formulas_are_defused(start: str) -> None:
    cell = tables.defused(f"{start}cmd|'/c calc'!A0")
    assert isinstance(cell, str)
    assert cell == f"'{start}cmd|'/c calc'!A0"


@pytest.mark.parametrize("cell", ["", "“=”", "a=b", -5, 0.5, None, "’tis"])
def test_other_cells_stay(cell: rows.Cell) -> None:
    assert tables.defused(cell) == cell


@given(st.text(st.characters(exclude_categories=()), min_size=1))
def test_any_words_can_be_written(words: str) -> None:
    article = saying(words)
    for format_ in writers.FORMATS:
        text = written(format_, article=article)
        if format_ in {"json", "jsonld", "annotations"}:
            json.loads(text)
            assert text.encode()
    line = written("jsonl", article=article)
    assert line.count("\n") == 1
    assert Article.model_validate(json.loads(line)) == article
    table = list(csv.DictReader(io.StringIO(written("csv", article=article), newline="")))
    assert len(table) == 3
    assert table[0]["text"].removeprefix("'") == words.removeprefix("'")


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ended = 0

    def handle_endtag(self, tag: str) -> None:
        self.ended += tag == "script"


@pytest.mark.parametrize("words", [HOSTILE, "</SCRIPT >", "<script>", "]]>", "&lt;"])
def test_jsonld_stays_inside_its_script_element(words: str) -> None:
    text = written("jsonld", article=saying(words))
    assert not set("<>&\u2028\u2029") & set(text)
    parser = _Scripts()
    parser.feed(f'<script type="application/ld+json">{text}</script>')
    assert parser.ended == 1
    assert json.loads(text)["@graph"][0]["headline"] == words


def graph(article: Article, what: rows.What = "articles") -> list[dict[str, Any]]:
    loaded = json.loads(written("jsonld", what, article))
    assert loaded["@context"] == "https://schema.org"
    nodes: list[dict[str, Any]] = loaded["@graph"]
    return nodes


def test_jsonld_links_what_belongs_together() -> None:
    nodes = graph(ferry())
    ids = [node["@id"] for node in nodes]
    assert len(ids) == len(set(ids))

    def references(value: object) -> list[str]:
        if isinstance(value, list):
            return [found for item in value for found in references(item)]
        if isinstance(value, dict):
            if set(value) == {"@id"}:
                return [value["@id"]]
            return [found for item in value.values() for found in references(item)]
        return []

    assert set(references(nodes)) <= set(ids)
    types = [node["@type"] for node in nodes]
    article = ferry()
    assert types.count("NewsArticle") == 1
    assert types.count("Claim") == len(article.claims)
    assert types.count("Quotation") + types.count("Statement") == len(article.quotes)


def test_jsonld_gives_figures_as_numbers() -> None:
    text = "$8.6 billion"
    quantity = Quantity(
        span=span(text, text), value=Decimal("8.6E+9"), unit="USD", dimension="money"
    )
    claim = Claim(id="c1", text=text, span=span(text, text), quantities=(quantity,))
    [figure] = graph(Article(text=text, claims=(claim,)), "claims")[1]["mentions"]
    assert figure == {
        "@type": "MonetaryAmount",
        "name": "$8.6 billion",
        "description": "8600000000 USD",
        "value": 8_600_000_000,
        "currency": "USD",
    }


def test_annotations_point_at_their_words() -> None:
    article = ferry()
    page = json.loads(written("annotations"))
    assert page["type"] == "AnnotationPage"
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    items = page["items"]
    assert len({item["id"] for item in items}) == len(items) > 0
    for item in items:
        assert item["type"] == "Annotation"
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            position, quote = target["selector"]
            exact = article.text[position["start"] : position["end"]]
            assert quote["exact"] == exact
            around = quote["prefix"] + exact + quote["suffix"]
            assert around in article.text


def test_annotations_are_the_same_each_time() -> None:
    assert written("annotations") == written("annotations")


def test_a_quote_in_two_pieces_has_two_targets() -> None:
    split = next(quote for quote in ferry().quotes if len(quote.spans) > 1)
    for item in json.loads(written("annotations", "quotes"))["items"]:
        if isinstance(item["target"], list):
            assert len(item["target"]) == len(split.spans)
            return
    pytest.fail("no annotation with several targets")


@pytest.mark.parametrize(
    ("url", "origin", "iri"),
    [
        ("https://a.example/b#c", Origin("x.txt"), "https://a.example/b"),
        (" https://a.example/b c?d=é ", Origin(), "https://a.example/b%20c?d=%C3%A9"),
        (None, Origin("news/ferry 1.txt"), "news/ferry%201.txt"),
        (None, Origin("feed.jsonl", 12), "feed.jsonl?line=12"),
    ],
)
def test_addresses(url: str | None, origin: Origin, iri: str) -> None:
    assert article_iri(Article(text="", url=url), origin) == iri


def test_an_article_from_nowhere_has_an_address_too() -> None:
    one, two = (article_iri(Article(text=text), Origin("-")) for text in ("a", "b"))
    assert one.startswith("ni:///sha-256;")
    assert one != two
