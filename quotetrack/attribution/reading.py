"""A tagged layout as the rules read it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import compress
from typing import TYPE_CHECKING

from quotetrack import data
from quotetrack.attribution.lexicon import cue_words, verb_at, verbs
from quotetrack.text.layout import Layout, Quotation

if TYPE_CHECKING:
    from quotetrack.attribution.complements import Complement

TokenRange = tuple[int, int]
"""Tokens of the layout, end exclusive."""

FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
"""Tags of words that can head a predicate."""

_MISTAKEN = {"VBN": "VBD", "NNS": "VBZ", "NN": "VBP"}
_ENDS_BEFORE = {
    "VBN": frozenset(("NN", "NNS", "NNP", "NNPS", "PRP", "CD")),
    "NNS": frozenset(("NN", "NNP", "NNPS", "PRP", "JJ", ",")),
    "NN": frozenset(("NNS", "NNPS", "PRP", "NNP")),
}
"""Tag of a mistaken word -> tags that its subject may end with."""
_SAME_IN_PAST = frozenset(("read",))
"""Nouns that are verbs with any subject."""
_OPENS_OBJECT = frozenset(("DT", "PRP", "PRP$", "NN", "NNS", "NNP", "NNPS", "JJ", "CD"))
_STOPS = frozenset((",", ".", ";", "!", "?", ":"))
_CLAUSE_EDGES = frozenset((",", ";", ":", "“", "”", '"', "—", "--", "–", "and", "but"))
_FURTHEST = 12
"""Tokens between a verb and its "that"."""

NOMINATIVE = frozenset(("i", "he", "she", "we", "they", "you"))
OBJECTIVE = frozenset(("me", "him", "her", "us", "them", "it"))
CONJUNCTIONS = frozenset(("and", "but", "or", "yet", "so"))
SUBORDINATORS = data.words("subordinators.txt")
DASHES = frozenset(("—", "--", "–", "―"))


@dataclass(slots=True, frozen=True)
class Reading:
    """Parallel lists, one entry a token of the layout."""

    layout: Layout
    tags: Sequence[str]
    lower: list[str]
    quotations: Sequence[Quotation]
    inside: list[int]
    """Index of the innermost quotation around the token, its marks included; -1: none."""
    opens: list[int]
    """Index of the quotation that the token opens (one of its pieces); -1: none."""
    closes: list[int]
    """Index of the quotation whose piece ends with the token; -1: none."""
    promising: Sequence[int]
    """The tokens whose words may begin a cue or be its main verb."""
    subjects: dict[TokenRange, TokenRange | None] = field(default_factory=dict, init=False)
    """Verb and where its subject may begin -> the subject: cues and arguments both ask."""
    complements: dict[tuple[str, frozenset[str], int, int], Complement | None] = field(
        default_factory=dict, init=False
    )
    """A cue word and what it takes, the token behind it and the end -> what it introduces."""

    def region(self, i: int) -> TokenRange:
        """The tokens that can stand in one clause with token i.

        Its sentence, cut to the quotation that it stands in, marks left out.
        """
        sentence = self.layout.sentences[self.layout.sentence_of[i]]
        first, last = sentence.first, sentence.last
        if (around := self.inside[i]) < 0:
            return first, last
        start, end = next(
            piece
            for piece in self.quotations[around].pieces
            if piece[0] <= self.layout.starts[i] < piece[1]
        )
        while first < i and self.layout.starts[first] <= start:
            first += 1
        while (
            last > i + 1
            and self.layout.ends[last - 1] >= end
            and (self.layout.ends[last - 1] > end or self.closes[last - 1] >= 0)
        ):
            last -= 1
        return first, last


def prepare(layout: Layout, tags: Sequence[str], quotations: Sequence[Quotation]) -> Reading:
    """A layout as the rules read it.

    Args:
        layout: The text cut up.
        tags: Part of speech of every token, Penn Treebank style.
        quotations: The text's quotations.
    """
    n, starts, ends = len(layout.words), layout.starts, layout.ends
    inside, opens, closes = [-1] * n, [-1] * n, [-1] * n
    for index, quotation in enumerate(quotations):  # outer before inner
        for start, end in quotation.pieces:
            first, last = bisect_left(starts, start), bisect_left(ends, end)
            if starts[first : first + 1] != [start] or ends[last : last + 1] != [end]:
                continue  # a mark glued to a word
            opens[first] = index
            closes[last] = index
            inside[first : last + 1] = [index] * (last + 1 - first)
    lower = [word.lower() for word in layout.words]
    if "’" in layout.text:
        lower = [word.replace("’", "'") if "’" in word else word for word in lower]
    promising = list(compress(range(n), map(cue_words().__contains__, lower)))
    reading = Reading(layout, tags, lower, quotations, inside, opens, closes, promising)
    return replace(reading, tags=_mended(reading))


@cache
def _with_content() -> frozenset[str]:
    """Forms of verbs that what is said, thought or written can follow."""
    wanted = {"quote", "clause", "that"}
    return frozenset(word for word, verb in verbs().items() if verb.takes & wanted)


def _mended(reading: Reading) -> Sequence[str]:
    """The tags, with cue verbs that the tagger took for participles or nouns made finite."""
    tags = list(reading.tags)
    verbs_with_content = _with_content()
    for i in reading.promising:
        tag = reading.tags[i]
        if tag in _MISTAKEN and reading.lower[i] in verbs_with_content:
            first, high = reading.region(i)
            if i > first and _predicates(reading, i, first, high):
                tags[i] = _MISTAKEN[tag]
    return tags


def _predicates(reading: Reading, i: int, low: int, high: int) -> bool:
    """Whether token i, by tag a participle or a noun, is the verb of the noun before it.

    Its sentence up to there has no other verb and content follows ("The memo states that"),
    or a clause and a comma stand before its subject ("The pier is shut, police stated").
    """
    tags, lower = reading.tags, reading.lower
    noun = tags[i][0] == "N"
    if tags[i] == "VBN" and lower[i - 1] in NOMINATIVE:
        return True
    if lower[i - 1] == "," and lower[i + 1 : i + 2] == [":"]:
        return "," in lower[low : i - 1]  # "The note, left there, read: …"
    if tags[i] == "NN" and lower[i] in _SAME_IN_PAST and lower[i + 1 : i + 2] == [":"]:
        return FINITE.isdisjoint(tags[low:i])
    if noun and _states_behind_aside(reading, i, low, high):
        return True
    if tags[i - 1] not in _ENDS_BEFORE[tags[i]]:
        return False
    following = lower[i + 1] if i + 1 < high else "."
    ends = following in _STOPS or (not noun and tags[i + 1] in {"IN", "RB", "TO"})
    begin = i - 1
    while begin > low and lower[begin - 1] not in _CLAUSE_EDGES and tags[begin - 1] != "IN":
        begin -= 1
    if any(tags[k] in FINITE or tags[k] in {"TO", "VB"} for k in range(begin, i)):
        return False
    if begin - 1 > low and reading.closes[begin - 1] >= 0:
        return ends and lower[begin - 2] in _STOPS
    finite_before = any(tags[k] in FINITE for k in range(low, begin))
    if finite_before:
        return lower[begin - 1] == "," and ends and following != "by"
    if following == "," and lower[begin - 1] == "," and i + 2 < high and tags[i + 2] in FINITE:
        return not noun  # "The storm, the insurer estimated, had cost …"
    return (
        following == ":"
        or (begin == low and not noun and _is_joined(reading, i, high))
        or (begin == low and noun and _quotes_clause(reading, i + 1, high))
        or (tags[i] == "NN" and _of_several(reading, i, low, high))
        or _that_clause_behind(reading, i + 1, high)
        or (_runs_on(reading, i, high) if noun else _is_only_verb(reading, i, begin, low, high))
    )


def _states_behind_aside(reading: Reading, i: int, low: int, high: int) -> bool:
    """Whether "My sister, who rents it, reckons I …" has its verb at token i."""
    if reading.lower[i - 1] != "," or not _runs_on(reading, i, high):
        return False
    comma = next((k for k in range(i - 2, low, -1) if reading.lower[k] == ","), low)
    return comma > low and reading.lower[comma + 1] in {"who", "which", "whose"}


def _quotes_clause(reading: Reading, i: int, high: int) -> bool:
    """Whether a quotation with a verb begins at token i ("The lease states “the owner shall …”)."""
    if i >= high or reading.opens[i] < 0:
        return False
    last = next((k for k in range(i, high) if reading.closes[k] == reading.opens[i]), high)
    return not FINITE.isdisjoint(reading.tags[i:last])


def _of_several(reading: Reading, i: int, low: int, high: int) -> bool:
    """Whether a plural and a name stand before, a clause behind ("Men at Lund estimate it is")."""
    tags = reading.tags
    place = next((k for k in range(low, i) if tags[k] == "IN"), low)
    if (
        place == low
        or tags[place - 1] != "NNS"
        or any(tags[k] != "NNP" for k in range(place + 1, i))
    ):
        return False
    behind = tags[i + 1 : min(high, i + 4)]
    return behind[:1] in (["NNP"], ["DT"], ["PRP"]) and not FINITE.isdisjoint(behind)


def _is_only_verb(reading: Reading, i: int, begin: int, low: int, high: int) -> bool:
    """Whether a participle with an object is all that a sentence has ("The group cited cost.")."""
    tags = reading.tags
    if begin != low or reading.lower[high - 1] != "." or i + 1 >= high:
        return False
    phrasal = verb_at(reading.lower, i)[1] > i + 1
    return (phrasal or tags[i + 1] in _OPENS_OBJECT) and not any(
        tags[k] in FINITE for k in range(low, high)
    )


def _is_joined(reading: Reading, i: int, high: int) -> bool:
    """Whether the next finite verb stands right behind "and" ("The firm relented and said")."""
    tags = reading.tags
    verb = next((k for k in range(i + 1, high) if tags[k] in FINITE), high)
    return verb < high and tags[verb] == "VBD" and reading.lower[verb - 1] in {"and", "but"}


def _runs_on(reading: Reading, i: int, high: int) -> bool:
    """Whether "he will" or, with no verb behind it, an infinitive follows ("hopes to sail")."""
    tags, lower = reading.tags, reading.lower
    if i + 2 >= high:
        return False
    if lower[i + 1] in NOMINATIVE:
        return tags[i + 2] in FINITE
    if tags[i + 1] != "TO" or tags[i + 2] != "VB":
        return False
    for k in range(i + 3, high):
        if lower[k] in _CLAUSE_EDGES:
            break
        if tags[k] in FINITE:
            return False
    return "to" in verbs()[lower[i]].takes


def _that_clause_behind(reading: Reading, i: int, high: int) -> bool:
    """Whether "that", a subject and a verb follow, before any other verb."""
    tags, lower = reading.tags, reading.lower
    for k in range(i, min(high, i + _FURTHEST)):
        if tags[k] in FINITE or lower[k] in _CLAUSE_EDGES:
            return False
        if lower[k] == "that" and tags[k] != "DT":
            return k + 1 < high and tags[k + 1] not in FINITE
    return False
