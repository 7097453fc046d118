"""Quotations that no cue of their own explains: who goes on speaking?

The stage works on any list of attributions, of the rules or of a model.  It first
completes contents that enter a quotation, then gives each quotation that stands alone to
the attribution that it carries on:

- ``split``: "…," she said. "…": a further piece of the same attribution;
- ``next_sentence``: the same, with a sentence of narration between, or a quotation that
  waits for the cue of the next one;
- ``continued``: the next paragraph of a quotation that was left open, or of a block;
- ``next_paragraph``: a paragraph that begins with a quotation after its speaker's;
- ``cue``: "He continued:" and a quotation or block paragraph below;
- ``adjacent``: "…" — Name; a sentence about somebody, and a quotation without a cue;
- ``label``: "Q: …", "SMITH: …"; ``turn``: dialogue that alternates between two speakers.

In the paragraph of its cue a continued quotation is a piece of the same attribution; in
a later one it is an attribution of its own, without source and cue, that ``continues`` it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from quotetrack.attribution.attribution import Attribution, Range
from quotetrack.attribution.introductions import CONFIDENCE, introducer, introduction, was_like
from quotetrack.attribution.order import in_order, merged, overlap, ranges
from quotetrack.attribution.phrases import noun_phrase_after
from quotetrack.attribution.pieces import Piece, is_note, person_told_of, pieces_of, stands_alone
from quotetrack.attribution.reading import FINITE, Reading
from quotetrack.attribution.turns import Turn, find_turns
from quotetrack.models import Evidence

_CONFIDENCE: dict[Evidence, float] = {
    "cue": CONFIDENCE,
    "split": 0.9,
    "adjacent": 0.8,
    "continued": 0.85,
    "next_sentence": 0.7,
    "next_paragraph": 0.6,
    "turn": 0.5,
    "label": 0.85,
}
"""Share found right on training articles, rounded; a continuation is never surer than the
attribution that it carries on."""

_CLOSING = frozenset("”\"’'»“")
_DASHES = frozenset(("—", "–", "―", "--", "-"))


def continue_quotations(reading: Reading, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Complete contents and attribute the quotations that have no cue.

    Args:
        reading: The tagged text.
        attributions: Those found so far, in any order.

    Returns:
        All attributions in reading order, with ``continues`` and ``parent`` set.  Running
        it on its own result changes nothing.
    """
    speech = _Speech(reading, list(attributions))
    speech.complete()
    speech.labels()
    for index in range(len(reading.layout.paragraphs)):
        speech.paragraph(index)
    return in_order(speech.found)


class _Speech:
    """The attributions of one text while continuations are added."""

    def __init__(self, reading: Reading, found: list[Attribution]) -> None:
        self.reading = reading
        self.found = found
        layout = reading.layout
        self.later_paragraphs = [start for start, _ in layout.paragraphs[1:]]
        self.pieces: list[list[Piece]] = [[] for _ in layout.paragraphs]
        for piece in pieces_of(reading):
            self.pieces[self.paragraph_of(piece.span[0])].append(piece)
        self.sentences_of: list[list[int]] = [[] for _ in layout.paragraphs]
        for number, sentence in enumerate(layout.sentences):
            self.sentences_of[sentence.paragraph].append(number)
        self.by_paragraph: list[list[int]] = [[] for _ in layout.paragraphs]
        for index in range(len(found)):
            self._file(index)

    def paragraph_of(self, offset: int) -> int:
        return bisect_right(self.later_paragraphs, offset)

    def _file(self, index: int) -> None:
        """Enter an attribution under every paragraph that it touches."""
        for paragraph in {self.paragraph_of(start) for start, _ in ranges(self.found[index])}:
            self.by_paragraph[paragraph].append(index)

    def _add(self, attribution: Attribution) -> int:
        self.found.append(attribution)
        self._file(len(self.found) - 1)
        return len(self.found) - 1

    def complete(self) -> None:
        """Content that enters a quotation takes the whole of its paragraph's piece."""
        for index, attribution in enumerate(self.found):
            anchor = attribution.cue or attribution.source
            content = []
            for start, end in attribution.content:
                left, right = start, end
                for piece in self.pieces[self.paragraph_of(start)]:
                    begin, stop = piece.span
                    if anchor is not None and begin <= anchor[0] < stop:
                        continue
                    if begin < end and start < stop and overlap((start, end), piece.span) > 2:
                        left, right = min(left, begin), max(right, stop)
                content.append((left, right))
            whole = merged(content)
            if whole != attribution.content:
                self.found[index] = attribution._replace(content=whole)

    def paragraph(self, index: int) -> None:
        """Attribute what the paragraph's own cues leave over."""
        start, end = self.reading.layout.paragraphs[index]
        introduced = self._introduction_of(index - 1) if index else None
        for place, piece in enumerate(self.pieces[index]):
            if self._covered(piece) or is_note(self.reading, piece) or self._splits(piece, index):
                continue
            if piece.number:
                self._carry_on(piece, index)
            elif self._closed_later(piece, index):
                continue
            elif self._signed(piece) or self._introduced_here(piece):
                continue
            elif not stands_alone(self.reading, piece):
                continue
            elif introduced is not None and piece.span[0] == start:
                self._add(introduced._replace(content=(piece.span,)))
            elif not (
                self._join_before(piece, index)
                or self._join_after(piece, index, place)
                or self._from_paragraph_before(piece, index)
            ):
                self._beside_somebody(piece, index)
        if introduced is not None and not self.pieces[index] and not self.by_paragraph[index]:
            self._add(introduced._replace(content=((start, end),)))

    def _covered(self, piece: Piece) -> bool:
        """Whether half of the piece is content from outside it, or it names a source."""
        start, end = piece.span
        for index in self.by_paragraph[self.paragraph_of(start)]:
            attribution = self.found[index]
            if attribution.cue and start < attribution.cue[0] < end:
                continue
            if 2 * sum(overlap(r, piece.span) for r in attribution.content) > end - start:
                return True
            if attribution.source and overlap(attribution.source, piece.span):
                return True
        return False

    def _splits(self, piece: Piece, index: int) -> bool:
        """Join the second half of a split ("…," Lee said at a hearing in May, "but …")."""
        layout = self.reading.layout
        if piece.first == 0 or self.reading.lower[piece.first - 1] not in {",", *_DASHES}:
            return False
        here = layout.sentences[layout.sentence_of[piece.first]]
        start = layout.starts[here.first]
        cues = [
            (attribution.cue[0], candidate)
            for candidate in self.by_paragraph[index]
            if (attribution := self.found[candidate]).cue
            and start <= attribution.cue[0] < piece.span[0]
        ]
        if piece.first == here.first or not cues:
            return False
        cue, candidate = max(cues)
        attribution = self.found[candidate]
        before = max((end for _, end in attribution.content if end <= cue), default=0)
        if before <= start or layout.text[before - 1] not in _CLOSING:
            return False
        content = merged([*attribution.content, piece.span])
        self.found[candidate] = attribution._replace(content=content)
        return True

    def _join_before(self, piece: Piece, index: int) -> bool:
        """Give the piece to the quotation that ends in the sentences before it."""
        layout = self.reading.layout
        here = layout.sentence_of[piece.first]
        best: tuple[int, int] | None = None
        for candidate in self.by_paragraph[index]:
            attribution = self.found[candidate]
            claimed = [r for r in ranges(attribution) if self.paragraph_of(r[0]) == index]
            if not claimed or min(claimed)[0] >= piece.span[0]:
                continue
            end = max(stop for start, stop in claimed if start < piece.span[0])
            if not self._quoted(candidate, piece) and not self._leads_to(attribution, end, here):
                continue
            if best is None or end > best[0]:
                best = (end, candidate)
        if best is None:
            return False
        end, candidate = best
        gap = here - layout.sentence_of[max(0, bisect_left(layout.starts, end) - 1)]
        attribution = self.found[candidate]
        evidence: Evidence = "split" if gap <= 1 else "next_sentence"
        self.found[candidate] = attribution._replace(
            content=merged([*attribution.content, piece.span]),
            evidence=evidence if attribution.evidence == "cue" else attribution.evidence,
            confidence=min(attribution.confidence, _CONFIDENCE[evidence]),
        )
        return True

    def _leads_to(self, attribution: Attribution, end: int, sentence: int) -> bool:
        """Whether reported speech ends right before the sentence (He said no. "Never.")."""
        layout = self.reading.layout
        last = bisect_left(layout.starts, end) - 1
        return (
            attribution.manner in {"speech", "writing"}
            and attribution.source is not None
            and attribution.parent is None
            and layout.sentence_of[max(0, last)] == sentence - 1
            and self.reading.inside[max(0, last)] < 0
        )

    def _quoted(self, candidate: int, piece: Piece) -> bool:
        """Whether the attribution's content before the piece holds a quotation."""
        return any(
            overlap(content, other.span)
            for content in self.found[candidate].content
            if content[0] < piece.span[0]
            for other in self.pieces[self.paragraph_of(content[0])]
            if other != piece
        )

    def _join_after(self, piece: Piece, index: int, place: int) -> bool:
        """Give the piece to the next quotation of the paragraph ("…" He paused. "…," he said)."""
        following = self.pieces[index][place + 1 : place + 2]
        if not following:
            return False
        for candidate in self.by_paragraph[index]:
            attribution = self.found[candidate]
            if attribution.cue is None or self.paragraph_of(attribution.cue[0]) != index:
                continue
            if attribution.content[0][0] == following[0].span[0] and (
                attribution.cue[0] > following[0].span[0]
            ):
                self.found[candidate] = attribution._replace(
                    content=merged([piece.span, *attribution.content]),
                    evidence="next_sentence",
                    confidence=min(attribution.confidence, _CONFIDENCE["next_sentence"]),
                )
                return True
        return False

    def _carry_on(self, piece: Piece, index: int) -> None:
        """A later paragraph of a quotation that was left open."""
        before = self.reading.quotations[piece.quotation].pieces[piece.number - 1]
        carried = self._holder(before, index - 1)
        if carried is not None:
            self._continue(piece.span, carried, "continued")

    def _closed_later(self, piece: Piece, index: int) -> bool:
        """Give the first paragraph of a quotation to the cue of its last ("…⏎“…," Lee said)."""
        pieces = self.reading.quotations[piece.quotation].pieces
        for number, later in enumerate(pieces[1:], 1):
            holder = self._holder(later, index + number)
            if holder is not None and self.found[holder].cue is not None:
                self._continue(piece.span, holder, "continued")
                return True
        return False

    def _holder(self, span: Range, index: int) -> int | None:
        """The attribution whose content holds most of the span; the smallest if several do."""
        holders = [
            candidate
            for candidate in self.by_paragraph[index]
            if 2 * sum(overlap(r, span) for r in self.found[candidate].content) > span[1] - span[0]
        ]
        return min(
            holders, key=lambda k: sum(e - s for s, e in self.found[k].content), default=None
        )

    def _continue(self, span: Range, carried: int, evidence: Evidence) -> None:
        before = self.found[carried]
        self._add(
            Attribution(
                (span,),
                None,
                None,
                before.manner,
                evidence,
                min(before.confidence, _CONFIDENCE[evidence]),
                continues=carried,
            )
        )

    def _from_paragraph_before(self, piece: Piece, index: int) -> bool:
        """Give a paragraph's opening quotation to the speaker of the paragraph before."""
        start, _ = self.reading.layout.paragraphs[index]
        if index == 0 or piece.span[0] != start:
            return False
        mark = self.reading.layout.text[piece.span[0]]
        candidates = []
        for candidate in self.by_paragraph[index - 1]:
            attribution = self.found[candidate]
            if not attribution.content or attribution.manner not in {"speech", "writing"}:
                continue
            for content in attribution.content:
                for other in self.pieces[index - 1]:
                    if overlap(content, other.span) and (
                        self.reading.layout.text[other.span[0]] == mark
                    ):
                        last = max(stop for _, stop in ranges(attribution))
                        candidates.append((last, candidate))
            last = max(stop for _, stop in ranges(attribution))
            if self._leads_to(attribution, last, self.sentences_of[index][0]):
                candidates.append((last, candidate))
        if candidates:
            self._continue(piece.span, max(candidates)[1], "next_paragraph")
        return bool(candidates)

    def _beside_somebody(self, piece: Piece, index: int) -> None:
        """Give a quotation to the subject of the sentence before (Lee nodded. "That one.").

        Right in most features, but no cue says so: the confidence is low.
        """
        reading, layout = self.reading, self.reading.layout
        number = layout.sentence_of[piece.first] - 1
        here = self.sentences_of[index]
        alone_before = index > 0 and number in self.sentences_of[index - 1][:1]
        if number not in here and not (alone_before and len(self.sentences_of[index - 1]) == 1):
            return
        subject = person_told_of(reading, number)
        if subject is not None:
            source = (layout.starts[subject[0]], layout.ends[subject[1] - 1])
            confidence = _CONFIDENCE["turn"]
            self._add(Attribution((piece.span,), None, source, "speech", "adjacent", confidence))

    def _introduction_of(self, index: int) -> Attribution | None:
        numbers = self.sentences_of[index]
        return introduction(self.reading, numbers[-1]) if numbers else None

    def _introduced_here(self, piece: Piece) -> bool:
        """Whether a verb of speech and a colon, or "was like", stand before the piece."""
        k = piece.first - 1
        if k < 0 or self.reading.lower[k] not in {":", ",", "like"}:
            return False
        first = self.reading.layout.sentences[self.reading.layout.sentence_of[k]].first
        by = introducer(self.reading, first, k) if self.reading.lower[k] == ":" else None
        introduced = by or was_like(self.reading, first, k + 1)
        if introduced is None or any(introduced.cue == other.cue for other in self.found):
            return False
        self._add(introduced._replace(content=(piece.span,)))
        return True

    def _signed(self, piece: Piece) -> bool:
        """Whether a dash and a name follow the quotation: the way of an epigraph."""
        reading, layout = self.reading, self.reading.layout
        k = piece.last
        paragraph = self.paragraph_of(piece.span[0])
        end = layout.paragraphs[paragraph][1]
        if k + 1 >= len(reading.lower) or reading.lower[k] not in _DASHES:
            return False
        name = noun_phrase_after(reading, k + 1, min(k + 12, len(reading.lower)))
        if name is None or reading.tags[name[0]] not in {"NNP", "NNPS", "DT"}:
            return False
        if not any(reading.tags[t] in {"NNP", "NNPS"} for t in range(*name)):
            return False
        if any(reading.tags[t] in FINITE for t in range(name[1], bisect_left(layout.starts, end))):
            return False
        source = (layout.starts[name[0]], layout.ends[name[1] - 1])
        self._add(
            Attribution((piece.span,), None, source, "writing", "adjacent", _CONFIDENCE["adjacent"])
        )
        return True

    def labels(self) -> None:
        """Turns of a transcript or interview: "Q: …", "SMITH: …"."""
        for turn in find_turns(self.reading, self.sentences_of):
            holder = self._holder(turn.content, self.paragraph_of(turn.content[0]))
            if holder is not None and self._from_label(holder, turn):
                continue
            self._add(
                Attribution(
                    (turn.content,), None, turn.label, "speech", "label", _CONFIDENCE["label"]
                )
            )

    def _from_label(self, index: int, turn: Turn) -> bool:
        """Whether the attribution's source is the label, and no one inside the turn."""
        named = self.found[index].source or self.found[index].cue
        return named is None or turn.label[0] <= named[0] < turn.content[0]
