"""Articles built by hand, for tests of what is drawn from them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from quotetrack.models import (
    Article,
    Claim,
    Quantity,
    Quote,
    QuoteKind,
    Span,
    Speaker,
    SpeakerRef,
    TimeRef,
)

TEXT = (
    "“The ferry loses $4.5 million a year,” said Petra Lindqvist, the harbour treasurer. "
    "“It cannot go on.”\n\n"
    "Jonas Weber, the mayor, told reporters on Friday that Lindqvist had promised him “not one "
    "more krona” and that fares might rise by about 12 percent.\n\n"
    "“My neighbour said ‘sell the boat’ and I laughed,” a resident recalled.\n\n"
    "An unsigned note said the pier was closed."
)


def span(text: str, words: str, start: int = 0) -> Span:
    """The first place of the words in the text."""
    at = text.index(words, start)
    return Span(start=at, end=at + len(words), text=words)


def ferry() -> Article:
    """Four voices: a split direct quote, a mixed one, one inside another, one without speaker."""
    petra = SpeakerRef(id="s1", name="Petra Lindqvist")
    jonas = SpeakerRef(id="s2", name="Jonas Weber")
    resident = SpeakerRef(id="s3", name="a resident")

    def quote(
        number: int, kind: QuoteKind, pieces: list[str], speaker: SpeakerRef | None, **more: object
    ) -> Quote:
        return Quote.model_validate(
            {
                "id": f"q{number}",
                "kind": kind,
                "text": " … ".join(pieces),
                "spans": tuple(span(TEXT, piece) for piece in pieces),
                "speaker": speaker,
                "manner": "speech",
                "confidence": 0.94,
                **more,
            }
        )

    return Article(
        text=TEXT,
        title="Ferry to be sold?",
        published=date(2024, 5, 11),
        url="https://example.org/ferry?a=1&b=2",
        speakers=(
            Speaker(id="s1", name=petra.name, kind="person", role="harbour treasurer"),
            Speaker(id="s2", name=jonas.name, kind="person", role="mayor"),
            Speaker(id="s3", name=resident.name, kind="unnamed"),
        ),
        quotes=(
            quote(
                1,
                "direct",
                ["“The ferry loses $4.5 million a year,”", "“It cannot go on.”"],
                petra,
                cue=span(TEXT, "said"),
                source=span(TEXT, "Petra Lindqvist, the harbour treasurer"),
            ),
            quote(
                2,
                "mixed",
                [TEXT[TEXT.index("that Lindqvist") : TEXT.index(".\n\n“My")]],
                jonas,
                cue=span(TEXT, "told"),
                source=span(TEXT, "Jonas Weber, the mayor"),
            ),
            quote(3, "mixed", ["“not one more krona”"], petra, parent="q2", confidence=0.4),
            quote(
                4,
                "direct",
                ["“My neighbour said ‘sell the boat’ and I laughed,”"],
                resident,
                cue=span(TEXT, "recalled"),
                source=span(TEXT, "a resident"),
            ),
            quote(5, "indirect", ["the pier was closed"], None, manner="writing"),
        ),
        claims=(
            Claim(
                id="c1",
                text="The ferry loses $4.5 million a year",
                span=span(TEXT, "The ferry loses $4.5 million a year"),
                speaker=petra,
                quote="q1",
                quantities=(
                    Quantity(
                        span=span(TEXT, "$4.5 million"),
                        value=Decimal(4500000),
                        unit="USD",
                        dimension="money",
                        per="year",
                    ),
                ),
                check_worthiness=0.81,
            ),
            Claim(
                id="c2",
                text="fares might rise by about 12 percent",
                span=span(TEXT, "fares might rise by about 12 percent"),
                speaker=jonas,
                quote="q2",
                quantities=(
                    Quantity(
                        span=span(TEXT, "12 percent"),
                        value=Decimal(12),
                        unit="percent",
                        dimension="ratio",
                        qualifier="about",
                        of="fares",
                        change="rise",
                    ),
                ),
                times=(
                    TimeRef(
                        span=span(TEXT, "Friday"),
                        start=date(2024, 5, 10),
                        end=date(2024, 5, 10),
                        granularity="day",
                    ),
                ),
                hedges=("might",),
                check_worthiness=0.93,
            ),
        ),
    )


def hostile() -> Article:
    """Every string tries to break out of the page."""
    bad = (
        "</script><script>window.hacked=1</script>"
        "<img src=x onerror=window.hacked=1>\"'><svg onload=window.hacked=1>"
    )
    text = f"“{bad}” said {bad}.\n\n</style></textarea><!-- ${{title}} $title \ud800 \x00 \u202e"
    words = span(text, f"“{bad}”")
    who = SpeakerRef(id='"><b>', name=bad)
    return Article(
        text=text,
        title=bad,
        url="javascript:window.hacked=1",
        speakers=(Speaker(id=who.id, name=bad, kind="person", role=bad, aliases=(bad,)),),
        quotes=(
            Quote(
                id='q1"><img src=x onerror=window.hacked=1>',
                kind="direct",
                text=words.text,
                spans=(words,),
                cue=span(text, "said"),
                source=span(text, bad, words.end),
                speaker=who,
                manner="speech",
                confidence=0.5,
            ),
        ),
        claims=(
            Claim(
                id=bad,
                text=words.text,
                span=words,
                speaker=who,
                quote='q1"><img src=x onerror=window.hacked=1>',
                hedges=(bad,),
                quantities=(
                    Quantity(
                        span=words,
                        value=Decimal("1E+500"),
                        unit=bad,
                        dimension=bad,
                        of=bad,
                        per=bad,
                    ),
                ),
            ),
        ),
    )


def megabyte() -> Article:
    """A million characters that try to be markup, with a quote every ten thousand."""
    unit = (
        "“<script>window.hacked=1</script> & 'onload=\"x\"' it sank,” said <b>Ana</b> Duarte.\n\n"
    )
    text = unit * (1_000_000 // len(unit) + 1)
    ana = SpeakerRef(id="s1", name="Ana</button>")
    end = unit.index("”") + 1
    places = [
        Span(start=at, end=at + end, text=unit[:end]) for at in range(0, len(text), 120 * len(unit))
    ]
    quotes = tuple(
        Quote(
            id=f"q{n}",
            kind="direct",
            text=place.text,
            spans=(place,),
            speaker=ana,
            manner="speech",
            confidence=0.9,
        )
        for n, place in enumerate(places, start=1)
    )
    claims = tuple(
        Claim(id=f"c{n}", text=q.text, span=q.spans[0], speaker=ana, quote=q.id)
        for n, q in enumerate(quotes, start=1)
    )
    speaker = Speaker(id="s1", name=ana.name, kind="person")
    return Article(text=text, quotes=quotes, claims=claims, speakers=(speaker,))
