"""One article in the report: the marked text, and beside it speakers and quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotetrack.formats.report.element import Html, element, opening
from quotetrack.formats.report.voices import NOBODY
from quotetrack.formats.report.weave import Mark, weave
from quotetrack.formats.report.wording import EVIDENCE, KIND, MANNER, count, figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quotetrack.formats.report.voices import Voice, Voices
    from quotetrack.models import Article, Quote, Span, Speaker

_SPAN_END, _MARK_END = Html("</span>"), Html("</mark>")
_BAR_WIDTH, _BAR_HEIGHT = 240, 10
_COLOURS = 8
_FIRST = 8
"""Speakers shown at once."""
_SHOWN = 90
"""Characters of a quote in its heading."""


def colour(voice: int) -> str:
    """The class of a voice's colour."""
    return "c-none" if voice == NOBODY else f"c{(voice - 1) % _COLOURS}"


def anchor(article: int, quote_id: str) -> str:
    """The page's id for a quote."""
    return f"a{article + 1}-{re.sub('[^A-Za-z0-9]', '-', quote_id)}"


def story(index: int, article: Article, voices: Voices, level: str = "h3") -> Html:
    """The text on one side, who speaks and the quotes on the other.

    ``level`` is the element of the headings inside.
    """
    own = voices.of[index]
    cast = {speaker.id: speaker for speaker in article.speakers}
    figures: dict[str, list[str]] = {}
    for claim in article.claims:
        if claim.quote is not None:
            figures.setdefault(claim.quote, []).extend(map(figure, claim.quantities))
    cards = [_card(index, q, voices, cast, figures.get(q.id, [])) for q in article.quotes]
    return element(
        "div",
        element("div", weave(article.text, list(_marks(index, article, voices))), class_="text"),
        element(
            "div",
            speakers(own, level),
            element(level, "Quotes"),
            element("ol", cards) if cards else element("p", "No quotes found."),
            class_="beside",
        ),
        class_="story",
    )


def speakers(voices: Sequence[Voice], level: str = "h3") -> Html:
    """The picture of who is quoted how much; each row is a button that chooses the speaker."""
    if not voices or not any(v.quotes or v.name for v in voices):
        return element("p", "No speakers found.")
    most = max(1, *(v.total for v in voices))
    return Html(
        element(level, "Who is quoted how much")
        + element(
            "p",
            "Words, by kind: ",
            [
                [element("span", class_=f"swatch k-{kind}", aria_hidden="true"), f" {kind} "]
                for kind in ("direct", "mixed", "indirect")
            ],
            class_="legend",
        )
        + element("ul", [_row(v, most) for v in voices[:_FIRST]], class_="speakers")
        + _more(voices[_FIRST:], most)
    )


def _more(voices: Sequence[Voice], most: int) -> Html:
    if not voices:
        return Html("")
    return element(
        "details",
        element("summary", f"{len(voices):,} more"),
        element("ul", [_row(v, most) for v in voices], class_="speakers"),
        class_="more",
    )


def _row(voice: Voice, most: int) -> Html:
    words = ", ".join(f"{n:,} {kind}" for kind, n in voice.words.items() if n)
    return element(
        "li",
        element(
            "button",
            element("bdi", voice.name, class_="name"),
            element("span", f" {voice.role}", class_="role") if voice.role else None,
            _bar(voice, most),
            element(
                "span",
                f" {count(voice.total, 'word')} in {count(voice.quotes, 'quote')}",
                element("span", f" ({words})" if words else "", class_="aside"),
                class_="much",
            ),
            type="button",
            class_=f"speaker {colour(voice.number)}",
            aria_pressed="false",
            data_voice=voice.number,
            data_name=voice.name,
        ),
    )


def _bar(voice: Voice, most: int) -> Html:
    left, parts = 0.0, []
    for kind, words in voice.words.items():
        width = _BAR_WIDTH * words / most
        if words:
            parts.append(
                element(
                    "rect",
                    class_=f"k-{kind}",
                    x=f"{left:.1f}",
                    y=0,
                    width=f"{width:.1f}",
                    height=_BAR_HEIGHT,
                )
            )
        left += width
    return element(
        "svg",
        parts,
        viewBox=f"0 0 {_BAR_WIDTH} {_BAR_HEIGHT}",
        width="100%",
        height=_BAR_HEIGHT,
        preserveAspectRatio="none",
        class_="bar",
        aria_hidden="true",
    )


def _marks(index: int, article: Article, voices: Voices) -> Iterator[Mark]:
    length = len(article.text)
    for quote in article.quotes:
        voice = voices.number(index, quote.speaker)
        name = quote.speaker.name if quote.speaker else "no speaker named"
        identity = anchor(index, quote.id)
        shared: dict[str, str | int] = {"data_quote": identity, "data_voice": voice}
        link = element(
            "a",
            quote.id,
            href=f"#{identity}",
            id=f"{identity}-text",
            class_="ref",
            aria_label=f"Quote {quote.id}, {name}, {quote.kind}",
        )
        for number, span in enumerate(quote.spans):
            yield _mark(
                span,
                length,
                opening(
                    "mark",
                    class_=f"q k-{quote.kind} {colour(voice)}",
                    title=f"{name} ({quote.kind})",
                    **shared,
                ),
                _MARK_END,
                Html("") if number else link,
            )
        for role, words in (("cue", quote.cue), ("source", quote.source)):
            if words is not None:
                yield _mark(words, length, opening("span", class_=role, **shared), _SPAN_END)
    for claim in article.claims:
        for quantity in claim.quantities:
            yield _mark(quantity.span, length, opening("span", class_="figure"), _SPAN_END)


def _mark(span: Span, length: int, tag: Html, closing: Html, after: Html = Html("")) -> Mark:  # noqa: B008
    return Mark(min(span.start, length), min(span.end, length), tag, closing, after)


def _card(
    index: int,
    quote: Quote,
    voices: Voices,
    cast: Mapping[str, Speaker],
    figures: Sequence[str],
) -> Html:
    identity = anchor(index, quote.id)
    voice = voices.number(index, quote.speaker)
    name = quote.speaker.name if quote.speaker else "No speaker named"
    short = quote.text if len(quote.text) <= _SHOWN else quote.text[:_SHOWN].rstrip() + "…"
    speaker = cast.get(quote.speaker.id) if quote.speaker else None
    sure = round(100 * quote.confidence)
    rows: list[tuple[str, object]] = [
        ("Words", element("span", quote.text, dir="auto")),
        (
            "Speaker",
            [element("bdi", name), f", {speaker.role}" if speaker and speaker.role else ""],
        ),
        ("Source", quote.source.text if quote.source else "not named beside the quote"),
        ("Cue", quote.cue.text if quote.cue else "none"),
        ("Kind", KIND[quote.kind]),
        ("Manner", MANNER[quote.manner]),
        ("Why", EVIDENCE[quote.evidence]),
        (
            "How sure",
            [element("meter", min=0, max=100, value=sure, aria_hidden="true"), f" {sure} %"],
        ),
        ("Carries on", quote.continues and _link(index, quote.continues)),
        ("Stands inside", quote.parent and _link(index, quote.parent)),
        ("Figures", "; ".join(figures)),
    ]
    return element(
        "li",
        element(
            "details",
            element(
                "summary",
                element("span", quote.id, class_="number"),
                " ",
                element("bdi", name, class_="name"),
                f", {quote.kind}: ",
                element("span", short, class_="short", dir="auto"),
            ),
            element(
                "dl",
                [[element("dt", term), element("dd", said)] for term, said in rows if said],
            ),
            element("a", "Back to the text", href=f"#{identity}-text", class_="back"),
            id=identity,
        ),
        class_=f"card {colour(voice)}",
        data_voice=voice,
    )


def _link(index: int, quote_id: str) -> Html:
    return element("a", quote_id, href=f"#{anchor(index, quote_id)}")
