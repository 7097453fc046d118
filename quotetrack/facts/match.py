"""Is this quotation in that text, unaltered?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from quotetrack.facts import changes as judge
from quotetrack.facts.alignment import Placement, exact, nearly, weight
from quotetrack.facts.tokens import Words, read, read_source
from quotetrack.models import (
    Article,
    ChangeKind,
    MatchVerdict,
    Quote,
    QuoteChange,
    QuoteMatch,
    Span,
    Speaker,
    SpeakerRef,
)

_ELLIPSIS = re.compile(
    r"[\[(]\s?(?:…|\.{2,}+|\.\s\.\s\.)\s?[\])]|…(?:\s?\.)?|\.{3,}+|\.\s\.\s\.(?:\s\.)?"
)
_BRACKET = re.compile(r"\[([^\[\]]{0,200})\]")
_SENTENCE = re.compile(r"[.!?][\"'”’)\]]*\s")
_ABSENT = 0.5
"""Share of the quoted words below which the quotation is not there."""
_EDITED = 0.78
"""Share below which so much is reworded that it is no longer the quotation."""
_REACH = 250
"""Source words that an ellipsis may leave out."""
_PLACES = 128
"""Placements of a piece that are weighed against each other."""
_RIVAL = 0.9
"""Share of the best score from which another place may be the one that is meant."""
_WHOLE = 0.7
"""Share of its weight that a piece must find, or it is looked for sentence by sentence."""


@dataclass(slots=True)
class _Reading:
    """One way to lay the quotation on the source, judged."""

    places: list[Placement | None]
    changes: list[QuoteChange] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    share: float = 0.0
    reworded: bool = False
    verdict: MatchVerdict = "absent"


def find_quote(quote: str, source: str | Article, *, speaker: str | None = None) -> QuoteMatch:
    """Find a quotation in a text and say whether it is unaltered.

    The verdict is "verbatim" where the words and the marks between them are those of the
    source; typographic variants of a mark, blanks, and marks at the quotation's edges are
    left aside.  It is "edited" where only case, marks, spelling, fillers, false starts,
    an honest ellipsis, words in square brackets or little wording differ; "altered" where
    a number, a negation, a direction, a name, the order or a cut changes the sense, or
    too much is reworded; "absent" where less than half of the words stand together.

    Args:
        quote: The quotation, with or without quotation marks; "…" or "..." stands for
            words left out, square brackets for an editor's words.
        source: A transcript or any other text, or an `Article`, whose quotes then tell the
            speaker.
        speaker: Whom the quotation is given to.  Where the `Article` gives the words to
            somebody else, the verdict is "altered" with a change of kind "name" whose
            ``quoted`` is this name and whose ``source`` the article's; where it names
            nobody, the speaker stays None and the verdict is not touched.

    Returns:
        The best match; a quotation without a word is "absent".

    Raises:
        TypeError: An argument is of another type.
        ValueError: ``speaker`` is given and the source is a plain text.
    """
    if not isinstance(quote, str):
        raise TypeError(f"quote must be a str, not {type(quote).__name__}")
    if not isinstance(source, str | Article):
        raise TypeError(f"source must be a str or an Article, not {type(source).__name__}")
    if not (speaker is None or isinstance(speaker, str)):
        raise TypeError(f"speaker must be a str or None, not {type(speaker).__name__}")
    article = source if isinstance(source, Article) else None
    if speaker is not None and article is None:
        raise ValueError("speaker can only be checked where the source is an Article")
    text = article.text if article is not None else str(source)
    words, pieces, inserted = _read_quote(quote)
    if not pieces:
        return QuoteMatch(verdict="absent", ratio=0.0)
    comparison = judge.Comparison(words, read_source(text), inserted)
    best: QuoteMatch | None = None
    for reading in _readings(comparison, pieces):
        match = _attribute(_result(reading, text), article, speaker)
        if best is None or _rank(match, speaker) < _rank(best, speaker):
            best = match
        if best.verdict == "verbatim" and speaker is None:
            break
    return best or QuoteMatch(verdict="absent", ratio=0.0)


_ORDER: dict[MatchVerdict, int] = {"verbatim": 0, "edited": 1, "altered": 2, "absent": 3}


def _rank(match: QuoteMatch, speaker: str | None) -> tuple[int, float, int]:
    unnamed = speaker is not None and match.speaker is None
    return _ORDER[match.verdict] + unnamed, -match.ratio, len(match.changes)


def _read_quote(quote: str) -> tuple[Words, list[tuple[int, int]], frozenset[int]]:
    """The words of a quotation, its pieces between ellipses, and the words in brackets."""
    breaks = [match.span() for match in _ELLIPSIS.finditer(quote)]
    plain = quote
    for start, end in breaks:
        plain = f"{plain[:start]}{' ' * (end - start - 1)}…{plain[end:]}"
    plain = re.sub(r"\[\s?sic\s?\]", lambda match: " " * len(match[0]), plain)
    words = read(plain)
    edges = [0]
    for _, end in breaks:
        edges.append(next((i for i, start in enumerate(words.starts) if start >= end), len(words)))
    edges.append(len(words))
    pieces = [(a, b) for a, b in pairwise(edges) if a < b]
    brackets = [match.span() for match in _BRACKET.finditer(plain)]
    inserted = frozenset(
        i for i, start in enumerate(words.starts) if any(a <= start < b for a, b in brackets)
    )
    return words, pieces, inserted


# Laying the quotation on the source.


def _readings(comparison: judge.Comparison, pieces: list[tuple[int, int]]) -> Iterator[_Reading]:
    """Ways to lay the quotation on the source, likely ones first."""
    quote, source = comparison.quote, comparison.source
    options = [_options(quote, a, b, source) for a, b in pieces]
    if len(pieces) == 1:
        # Where the same words stand in several places, the kindest reading is right.
        for placement in options[0]:
            yield _judge(comparison, pieces, [placement], marked=(True,))
        whole = options[0][0].score if options[0] else 0.0
    else:
        yield _judge(comparison, pieces, _chain(options), marked=(True,) * len(pieces))
        whole = min((option[0].score if option else 0.0) for option in options)
    total = sum(weight(key) for a, b in pieces for key in quote.keys[a:b])
    if len(pieces) == 1 and whole >= _WHOLE * total:
        return
    parts, marked = _sentences(quote, pieces)
    if len(parts) > len(pieces):
        options = [_options(quote, a, b, source) for a, b in parts]
        yield _judge(comparison, parts, _chain(options), marked=marked)


def _options(quote: Words, a: int, b: int, source: Words) -> list[Placement]:
    found = exact(quote, a, b, source)
    if found:
        return found
    found = nearly(quote, a, b, source)
    return [place for place in found if place.score >= _RIVAL * found[0].score]


def _sentences(
    quote: Words, pieces: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], tuple[bool, ...]]:
    """The pieces cut at sentence ends, and which of them follow an ellipsis."""
    parts: list[tuple[int, int]] = []
    marked: list[bool] = []
    for a, b in pieces:
        cuts = [a, *(i for i in range(a + 1, b) if _SENTENCE.search(quote.gap(i))), b]
        for k, (c, d) in enumerate(pairwise(cuts)):
            parts.append((c, d))
            marked.append(k == 0)
    return parts, tuple(marked)


def _chain(options: list[list[Placement]]) -> list[Placement | None]:
    """One placement a piece: the best words, in order and near each other."""
    chains: list[tuple[float, list[Placement | None]]] = [(0.0, [])]
    for places in options:
        grown: list[tuple[float, list[Placement | None]]] = []
        for place in places:
            score, chain = max(
                ((s + _step(chain, place), chain) for s, chain in chains),
                key=lambda item: item[0],
            )
            grown.append((score + place.score, [*chain, place]))
        if not grown:
            grown = [(score, [*chain, None]) for score, chain in chains[:_PLACES]]
        chains = grown
    return max(chains, key=lambda item: item[0])[1]


def _step(chain: list[Placement | None], place: Placement) -> float:
    before = next((p for p in reversed(chain) if p is not None), None)
    if before is None:
        return 0.0
    if place.first < before.last:
        return -1.5 - min(1.0, (before.first - place.first) / 1000)
    return -min(1.0, (place.first - before.last) / 1000)


# Judging it.


def _judge(
    comparison: judge.Comparison,
    pieces: list[tuple[int, int]],
    places: list[Placement | None],
    marked: tuple[bool, ...],
) -> _Reading:
    """Say what differs, piece by piece and between the pieces."""
    reading = _Reading(places)
    lost = 0.0
    before: tuple[int, Placement] | None = None
    for (a, b), place, mark in zip(pieces, places, marked, strict=True):
        if place is None:
            reading.changes.append(comparison.change("wording", a, b, 0, 0))
            reading.reworded = True
            lost += sum(map(weight, comparison.quote.keys[a:b]))
            continue
        if before is not None:
            _join(comparison, reading, before[1], place, marked=mark)
        lost += _compare(comparison, reading, (a, b), place)
        before = (b, place)
        start, end = comparison.source.starts[place.first], comparison.source.ends[place.last - 1]
        if reading.spans and start >= reading.spans[-1][1] and not mark:
            reading.spans[-1] = (reading.spans[-1][0], end)
        else:
            reading.spans.append((start, end))
    _edges(comparison, reading, pieces)
    total = sum(weight(key) for a, b in pieces for key in comparison.quote.keys[a:b])
    reading.share = max(0.0, 1 - lost / max(total, lost, 0.5)) if lost else 1.0
    kinds: set[ChangeKind] = {change.kind for change in reading.changes}
    if reading.share < _ABSENT and not _reordered(kinds):
        reading.verdict = "absent"
    elif kinds & judge.ALTERING or reading.reworded or reading.share < _EDITED:
        reading.verdict = "altered"
    else:
        reading.verdict = "edited" if kinds else "verbatim"
    return reading


def _reordered(kinds: set[ChangeKind]) -> bool:
    return "order" in kinds


def _compare(
    comparison: judge.Comparison, reading: _Reading, piece: tuple[int, int], place: Placement
) -> float:
    """Note the changes of one piece; the weight of words to hold against it."""
    lost = 0.0
    i, j = piece[0], place.first
    for a, c in (*place.pairs, (piece[1], place.last)):
        if i < a or j < c:
            lost += _differ(comparison, reading, (i, a), (j, c))
        if a < piece[1]:
            follows = i == a and j == c and a > piece[0]
            change = comparison.agreeing(a, c, first=not follows)
            if change is not None:
                reading.changes.append(change)
        i, j = a + 1, c + 1
    return lost


def _differ(
    comparison: judge.Comparison,
    reading: _Reading,
    quoted: tuple[int, int],
    source: tuple[int, int],
) -> float:
    kind, cost = comparison.differing(*quoted, *source)
    if kind == "wording":
        reading.reworded |= comparison.invented(*quoted, *source)
        if quoted[0] == quoted[1] and comparison.silent(*source):
            kind, cost = "cut", 0.0
    reading.changes.append(comparison.change(kind, *quoted, *source))
    return cost


def _join(
    comparison: judge.Comparison,
    reading: _Reading,
    before: Placement,
    place: Placement,
    *,
    marked: bool,
) -> None:
    """Note what stands in the source between two pieces."""
    source = comparison.source
    if place.first < before.last:
        reading.changes.append(
            QuoteChange(
                kind="order",
                quoted=comparison.quote.slice(place.pairs[0][0], place.pairs[-1][0] + 1),
                source=source.slice(place.first, place.last),
            )
        )
    elif place.first > before.last:
        gap = (before.last, place.first)
        kind: ChangeKind = comparison.elided(*gap)
        if gap[1] - gap[0] > _REACH or (not marked and comparison.silent(*gap)):
            kind = "cut"
        elif kind == "ellipsis" and not marked:
            kind = "wording"
        reading.changes.append(
            QuoteChange(kind=kind, quoted="…" if marked else "", source=source.slice(*gap))
        )


def _edges(comparison: judge.Comparison, reading: _Reading, pieces: list[tuple[int, int]]) -> None:
    """Note a denial, a condition or a magnitude that the quotation's edges cut off."""
    first = next(((p, a) for p, (a, _) in zip(reading.places, pieces, strict=True) if p), None)
    if first is None:
        return
    place, start = first
    if place.pairs[0] == (start, place.first):
        left = comparison.cut_before(place.first, start)
        if left is not None:
            reading.changes.append(
                QuoteChange(
                    kind="cut", quoted="", source=comparison.source.slice(left, place.first)
                )
            )
    final = reading.places[-1]
    if final is None or final.pairs[-1] != (pieces[-1][1] - 1, final.last - 1):
        return
    length = pieces[-1][1] - pieces[-1][0]
    clause = length > 3 or comparison.quote.raw(pieces[-1][0])[:1].isupper()
    cut = comparison.cut_after(final.last, clause=clause)
    if cut is not None:
        reading.changes.append(
            QuoteChange(kind=cut[0], quoted="", source=comparison.source.slice(final.last, cut[1]))
        )


def _result(reading: _Reading, text: str) -> QuoteMatch:
    if reading.verdict == "absent":
        return QuoteMatch(verdict="absent", ratio=round(reading.share, 4))
    return QuoteMatch(
        verdict=reading.verdict,
        spans=tuple(Span(start=a, end=b, text=text[a:b]) for a, b in reading.spans),
        changes=tuple(reading.changes),
        ratio=round(reading.share, 4),
    )


# Who says it.


def _attribute(match: QuoteMatch, article: Article | None, speaker: str | None) -> QuoteMatch:
    """The match with its speaker, and altered where the pieces or the name do not agree."""
    if article is None or not match.spans:
        return match
    said = [q.speaker for span in match.spans if (q := _quote_at(article, span)) is not None]
    known = [ref for ref in said if ref is not None]
    if not known:
        return match
    changed = list(match.changes)
    other = next((ref for ref in known if ref.id != known[0].id), None)
    if other is not None:
        changed.append(QuoteChange(kind="name", quoted=known[0].name, source=other.name))
    elif speaker is not None and not _is_named(article, known[0], speaker):
        changed.append(QuoteChange(kind="name", quoted=speaker, source=known[0].name))
    verdict = match.verdict if len(changed) == len(match.changes) else "altered"
    return match.model_copy(
        update={"verdict": verdict, "changes": tuple(changed), "speaker": known[0]}
    )


def _quote_at(article: Article, span: Span) -> Quote | None:
    """The quote that holds most of the span; the smallest where several do."""

    def shared(quote: Quote) -> tuple[int, int]:
        overlap = sum(max(0, min(s.end, span.end) - max(s.start, span.start)) for s in quote.spans)
        return overlap, -sum(s.end - s.start for s in quote.spans)

    best = max(article.quotes, key=shared, default=None)
    if best is None or 2 * shared(best)[0] < span.end - span.start:
        return None
    return best


def _is_named(article: Article, ref: SpeakerRef, name: str) -> bool:
    """Whether the name is one of the speaker's: whole, an alias, or its last words."""
    wanted = read(name).keys
    if not wanted:
        return False
    bearer: Speaker | None = next((s for s in article.speakers if s.id == ref.id), None)
    names = [ref.name, *((bearer.name, *bearer.aliases) if bearer is not None else ())]
    return any(
        keys and (keys[-len(wanted) :] == wanted or wanted[-len(keys) :] == keys)
        for keys in (read(n).keys for n in names)
    )
