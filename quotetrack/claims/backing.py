"""Who stands behind a figure: the quoted speaker, a poll that the article goes on about, or nobody.

A figure in somebody's words is theirs, one inside the words that name a source ("a panel of
12 judges ruled") the article's.  Around the words of others, four sorts have somebody behind
them:

- the rest of a sentence that names its source ("The bank expects 2 percent growth, half a
  point less than in May"), relative clauses and the tail of a direct quotation apart ("…,"
  said Mr. Ode, who has four children);
- what a subject puts, rates, forecasts ("The mayor had put the toll at 25"), see `givers`;
- the following figures of a poll or study that was named just before, its method apart;
- what groups inside a poll are said to think ("42 percent of voters said …"): the poll's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from quotetrack import data
from quotetrack.claims.givers import Givers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotetrack.attribution.attribution import Attribution, Range
    from quotetrack.claims.claims import Statement
    from quotetrack.speakers.cast import Cast
    from quotetrack.text.layout import Layout

_SHARES = frozenset(("percent", "percentage_point"))
_REACH = 2
"""Paragraphs after its last mention in which a poll's figures go on."""
_LOOK_BACK = 40
"""Sources that are looked at, so that a text in one paragraph takes no longer."""
_NAMING = frozenset(("document", "organization"))
_REPORTING = frozenset(("speech", "writing", "document", "thought"))
_OPENING_MARKS = "\"“‘'«„"
_RELATIVE = frozenset(("who", "whom", "whose", "which", "where"))


class _Named(NamedTuple):
    """An attribution as a possible source of the figures around it."""

    token: int
    sentence: int
    paragraph: int
    entity: int
    is_document: bool
    kind: str
    named: tuple[int, int] | None
    """Characters of a source and what stands between it and its cue."""
    spoken: int
    """Token after which source and cue are past."""
    follows: bool
    """Whether it stands behind words in quotation marks: “…,” said Ms. Ode."""
    reports: bool
    """Whether the rest of its sentence may be its own words, reported."""


def stand_behind(
    layout: Layout,
    tags: Sequence[str],
    attributions: Sequence[Attribution],
    cast: Cast,
    statements: Sequence[Statement],
) -> list[int | None]:
    """For each statement the index of the entity behind it; None: the article itself."""
    if not any(statement.figures for statement in statements):
        return [_speaker(statement, cast) for statement in statements]
    backer = _Backer(layout, tags, attributions, cast)
    return [backer.behind(statement) for statement in statements]


def _speaker(statement: Statement, cast: Cast) -> int | None:
    """Who says or thinks it."""
    return None if statement.attribution is None else cast.speaker_of[statement.attribution]


class _Backer:
    def __init__(
        self,
        layout: Layout,
        tags: Sequence[str],
        attributions: Sequence[Attribution],
        cast: Cast,
    ) -> None:
        self._layout = layout
        self._tags = tags
        self._cast = cast
        self._givers = Givers(layout, tags, cast)
        self._named = sorted(
            (*self._of_attributions(attributions), *self._of_documents()), key=lambda n: n.token
        )
        self._tokens = [source.token for source in self._named]
        polls = (n.entity for n in self._named if n.is_document and n.kind in _NAMING)
        self._commonest = Counter(polls).most_common(1)
        self._given: tuple[int, int | None] = (0, None)

    def _of_attributions(self, attributions: Sequence[Attribution]) -> list[_Named]:
        layout, documents = self._layout, data.words("document_nouns.txt")
        found = []
        for attribution, entity in zip(attributions, self._cast.speaker_of, strict=True):
            anchor = attribution.source or attribution.cue
            if entity is None or anchor is None:
                continue
            kind = self._cast.entities[entity].kind
            written = kind == "document" or attribution.manner == "document"
            if not written and kind in _NAMING:
                words = layout.text[anchor[0] : anchor[1]].lower().split()
                written = any(word.strip(".,’'") in documents for word in words)
            found.append(
                self._entry(
                    anchor,
                    entity,
                    is_document=written,
                    attribution=attribution,
                )
            )
        return found

    def _of_documents(self) -> list[_Named]:
        """ "In the Herald's poll, …": a document that is no source of any attribution."""
        return [
            self._entry((start, start + 1), entity, is_document=True)
            for start, entity in self._givers.documents()
        ]

    def _entry(
        self,
        anchor: Range,
        entity: int,
        *,
        is_document: bool,
        attribution: Attribution | None = None,
    ) -> _Named:
        layout = self._layout
        token = min(bisect_left(layout.starts, anchor[0]), len(layout.words) - 1)
        sentence = layout.sentence_of[token]
        named, past, follows, reports = None, anchor[1], False, True
        if attribution is not None:
            source, cue, content = attribution.source, attribution.cue, attribution.content[0]
            if source is not None:
                named = (source[0], max(source[1], cue[0] if cue else 0))
            past = max(end for _, end in filter(None, (source, cue)))
            follows = content[0] < anchor[0] and layout.text[content[0]] in _OPENING_MARKS
            reports = attribution.manner in _REPORTING
        return _Named(
            token,
            sentence,
            layout.sentences[sentence].paragraph,
            entity,
            is_document,
            self._cast.entities[entity].kind,
            named,
            bisect_left(layout.starts, past),
            follows,
            reports,
        )

    def behind(self, statement: Statement) -> int | None:
        speaker = _speaker(statement, self._cast)
        if not statement.figures:
            return speaker
        start = statement.figures[0].start
        token = max(0, bisect_right(self._layout.starts, start) - 1)
        if statement.attribution is None:
            return self._behind_own_voice(statement, token, start)
        if speaker is None:
            return None
        if self._is_asked(speaker, statement):
            poll = self._poll_before(token)
            return self._main_poll(speaker) if poll is None else poll
        return self._owner(speaker, token)

    def _behind_own_voice(self, statement: Statement, token: int, start: int) -> int | None:
        sentence = self._layout.sentences[self._layout.sentence_of[token]]
        low = bisect_left(self._tokens, sentence.first)
        high = bisect_left(self._tokens, sentence.last)
        here = self._named[low:high]
        for source in here:
            if source.named and source.named[0] <= start < source.named[1]:
                asked = self._is_asked(source.entity, statement)
                return self._main_poll(None, token) if asked else None
        lenders = [source for source in here if source.reports and source.kind != "group"]
        before = [source for source in lenders if source.token < token]
        lender = before[-1] if before else (lenders[0] if lenders else None)
        if lender is not None and self._goes_on(lender, token):
            return self._owner(lender.entity, token)
        giver = self._givers.giver(token)
        if giver is not None:
            entity = self._cast.entities[giver]
            if entity.kind in _NAMING or " " not in entity.name:
                self._given = (token, giver)
            return giver
        share = any(figure.unit in _SHARES for figure in statement.figures)
        if lender is not None or (here and not share):
            return None
        if self._is_method(sentence.first, sentence.last):
            return None
        return self._poll_before(token, shares=share)

    def _goes_on(self, source: _Named, token: int) -> bool:
        """Whether the article still reports the source's words at the token."""
        words, tags = self._layout.words, self._tags
        first = source.spoken if source.spoken <= token else source.token
        if any(words[i].lower() in _RELATIVE for i in range(first, token)):
            return False
        if not source.follows or token < source.token:
            return True
        # “…,” said Ms. Ode, noting that …
        return any(
            tags[i] == "VBG" and words[i - 1] == "," for i in range(source.spoken + 1, token)
        )

    def _is_asked(self, entity: int, statement: Statement) -> bool:
        """Whether a source is people of a poll, of whom the figure is a share."""
        if self._cast.entities[entity].kind != "group":
            return False
        if not any(figure.unit in _SHARES for figure in statement.figures):
            return False
        words = self._cast.entities[entity].name.lower().split()
        return not data.words("respondents.txt").isdisjoint(words)

    def _owner(self, entity: int, token: int) -> int:
        """Whose "the data" or "the poll" are: the body or named document just before."""
        name = self._cast.entities[entity].name.lower()
        if name not in data.words("document_nouns.txt"):
            return entity
        paragraph = self._layout.sentences[self._layout.sentence_of[token]].paragraph
        for source in self._named_before(bisect_left(self._tokens, token)):
            if paragraph - source.paragraph > _REACH:
                break
            if source.entity != entity and source.kind in _NAMING:
                return source.entity
        return entity

    def _is_method(self, first: int, last: int) -> bool:
        """ "The sample of 800 has a margin of error of 3 points": how a poll was taken."""
        method = data.words("poll_method.txt")
        return any(word.lower() in method for word in self._layout.words[first:last])

    def _named_before(self, index: int) -> Iterator[_Named]:
        """The sources before an index, the nearest first."""
        return (self._named[k] for k in range(index - 1, max(-1, index - _LOOK_BACK), -1))

    def _poll_before(self, token: int, *, shares: bool = True) -> int | None:
        """The poll or study whose figures the text is giving at this token."""
        sentences, sentence_of = self._layout.sentences, self._layout.sentence_of
        paragraph = sentences[sentence_of[token]].paragraph
        given, giver = self._given
        if shares and 0 <= paragraph - sentences[sentence_of[given]].paragraph <= 1:
            nearer = self._named[
                bisect_left(self._tokens, given) : bisect_left(self._tokens, token)
            ]
            if given <= token and not nearer:
                return giver
        for source in self._named_before(bisect_right(self._tokens, token)):
            distance = paragraph - source.paragraph
            if distance > (_REACH if shares else 0):
                return None
            if source.is_document and source.kind != "group":
                return self._owner(source.entity, source.token)
            if source.kind in {"person", "unnamed"} and distance > 0:
                return None
        return None

    def _main_poll(self, otherwise: int | None, token: int | None = None) -> int | None:
        """The poll before, else the one that an article names most often."""
        poll = None if token is None else self._poll_before(token)
        if poll is not None:
            return poll
        return self._commonest[0][0] if self._commonest else otherwise
