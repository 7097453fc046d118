"""The report: marks that nest, words that cannot break out, tables that add up."""

from __future__ import annotations

import re
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_articles import ferry, hostile

import quotetrack
from quotetrack.formats.report import frame, policy, report
from quotetrack.formats.report.element import Html, element, escape
from quotetrack.formats.report.voices import Voices
from quotetrack.formats.report.weave import Mark, weave
from quotetrack.formats.report.wording import figure, number
from quotetrack.models import Article, Quantity, Span, Speaker

_VOID = {"meta", "br", "input"}


class _Page(HTMLParser):
    """Fails on tags that do not nest; collects tags, and the text inside marks."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.marked: dict[str, str] = {}
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        self.tags.append((tag, values))
        if tag not in _VOID:
            self.open.append((tag, values.get("data-quote", "") if tag == "mark" else ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if any(tag == "a" for tag, _ in self.open):
            return
        self.text.append(data)
        for quote in {quote for _, quote in self.open if quote}:
            self.marked[quote] = self.marked.get(quote, "") + data


def test_a_quote_is_marked_with_all_its_pieces() -> None:
    article = ferry()
    marked = _Page(report(article)).marked
    for quote in article.quotes:
        assert marked[f"a1-{quote.id}"] == "".join(span.text for span in quote.spans)


def test_card_says_who_why_and_how_sure() -> None:
    page = report(ferry())
    card = page[page.index('id="a1-q2"') :]
    for words in ("Jonas Weber", ", mayor", "told", "94 %", "partly", "about 12 percent (fares)"):
        assert words in card
    assert 'href="#a1-q2"' in page[page.index('id="a1-q3"') :]


def test_claims_stand_by_worth() -> None:
    page = report(ferry())
    table = page[page.index('id="claims-table"') :]
    assert table.index("fares might rise") < table.index("The ferry loses")
    for words in ("4,500,000 USD per year", "Friday: 2024-05-10", "a rise", "might"):
        assert words in table


def test_hostile_words_stay_words() -> None:
    page = report([hostile(), ferry()])
    page.encode("utf-8")
    tags = _Page(page).tags
    assert sum(tag == "script" for tag, _ in tags) == 1
    assert not any(tag == "img" for tag, _ in tags)
    assert not any(key.startswith("on") for _, attributes in tags for key in attributes)
    links = [attributes["href"] for tag, attributes in tags if tag == "a"]
    assert all(link.startswith(("#", "https://")) for link in links)
    assert "javascript:window.hacked=1" in page  # shown, not linked


def test_policy_names_style_and_script() -> None:
    assert policy().count("sha256-") == 2
    assert escape(policy()) in report(ferry())


def test_every_target_of_a_link_exists() -> None:
    for articles in ([ferry()], [ferry(), hostile(), ferry()]):
        tags = _Page(report(articles)).tags
        ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
        assert len(ids) == len(set(ids))
        for tag, attributes in tags:
            if tag == "a" and attributes["href"].startswith("#"):
                assert attributes["href"][1:] in ids


def test_voices_of_one_name_count_once_over_articles() -> None:
    voices = Voices([ferry(), ferry()])
    petra = next(v for v in voices.all if v.name == "Petra Lindqvist")
    assert (petra.quotes, petra.articles) == (4, {0, 1})
    assert petra.words["direct"] == 2 * 11
    assert sum(v.name == "a resident" for v in voices.all) == 2


def test_many_speakers_are_folded() -> None:
    speakers = tuple(Speaker(id=f"s{n}", name=f"Voice {n}", kind="person") for n in range(12))
    page = report(Article(text="Twelve came.", speakers=speakers))
    assert "<summary>4 more</summary>" in page
    assert page.index("Voice 7") < page.index("4 more") < page.index("Voice 8")


@pytest.mark.parametrize("articles", [[], [Article(text="")], [Article(text="\x00")] * 2])
def test_nothing_found_is_said(articles: list[Article]) -> None:
    page = report(articles)
    _Page(page)
    assert re.search("There is no article|No claims found", page)


def test_a_text_is_no_article() -> None:
    with pytest.raises(TypeError, match="expects Articles, not str"):
        report("text")  # type: ignore[arg-type]


def test_notebook_gets_a_frame() -> None:
    tags = _Page(frame(hostile())).tags
    assert [tag for tag, _ in tags] == ["iframe"]
    assert tags[0][1]["sandbox"] == "allow-scripts allow-popups"
    assert tags[0][1]["srcdoc"] == report(hostile())


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("8600000000", "8,600,000,000"),
        ("12.50", "12.5"),
        ("100", "100"),
        ("-3", "-3"),
        ("1E+3", "1,000"),
        ("1E+900", "1E+900"),
        ("NaN", "NaN"),
    ],
)
def test_numbers_read_well(value: str, words: str) -> None:
    assert number(Decimal(value)) == words


@given(
    st.text(alphabet="ab<&\n ”\ud800", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12),
)
def test_woven_marks_nest_and_keep_every_character(
    text: str, bounds: list[tuple[int, int]]
) -> None:
    marks = [
        Mark(
            min(a, len(text)),
            min(b, len(text)),
            Html(f'<mark data-quote="{k}">'),
            Html("</mark>"),
            Html(f'<a href="#{k}"></a>'),
        )
        for k, (a, b) in enumerate(bounds)
    ]
    page = _Page(weave(text, marks))
    clean = text.replace("\ud800", "\ufffd")

    def bare(words: str) -> str:
        return "".join(words.split())

    assert bare("".join(page.text)) == bare(clean)
    targets = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    assert len(targets) == len(set(targets))
    for k, mark in enumerate(marks):
        words = bare(clean[mark.start : mark.end]) if mark.start < mark.end else ""
        assert bare(page.marked.get(str(k), "")) == words
        if words:
            assert f"#{k}" in targets


@given(st.text())
def test_escaped_text_is_text(words: str) -> None:
    page = _Page(element("p", words, title=words))
    assert [tag for tag, _ in page.tags] == ["p"]


def test_the_most_quoted_have_colours_of_their_own() -> None:
    names = [
        "Duarte",
        "Reyes",
        "Okafor",
        "Brandt",
        "Quill",
        "Osei",
        "Holt",
        "Laan",
        "Lund",
        "Weber",
    ]
    articles = [
        quotetrack.parse(f"“{'Word ' * words}ends here,” said Ana {name}.")
        for words, name in enumerate(names, start=2)
    ]
    ranked = re.findall(r'class="speaker (c\d)"[^>]*data-name="Ana (\w+)"', report(articles))[:8]
    assert [name for _, name in ranked] == names[:1:-1]
    assert len({colour for colour, _ in ranked}) == 8


def test_figures_are_written_in_the_plural() -> None:
    span = Span(start=0, end=1, text="x")
    many = Quantity(span=span, value=Decimal(5), unit="percentage_point", dimension="ratio")
    assert figure(many) == "5 percentage points"
    assert figure(many.model_copy(update={"value": Decimal(1)})) == "1 percentage point"
    assert figure(many.model_copy(update={"unit": "percent"})) == "5 percent"
    assert figure(many.model_copy(update={"unit": "foot"})) == "5 feet"
