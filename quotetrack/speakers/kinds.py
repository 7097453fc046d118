"""Person or organisation, where the words of a name do not tell: by what stands around it.

Every mention of a name votes; one with a clear sign ("Ana Duarte, 41," or "economist Ana
Duarte") settles the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotetrack import data
from quotetrack.speakers.lexicon import given_names, person_nouns, titles

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from quotetrack.speakers.naming import Name, NameKind
    from quotetrack.text.layout import Layout

_CLEAR, _HINT = 3, 1
_PLACED = frozenset(("in", "at", "near", "across", "into", "throughout", "outside", "inside"))
_MEMBERSHIP = frozenset(("of", "for", "with", "by", "from", "against"))
_BREAKS = frozenset((",", "(", "—", "–", "--"))
_ENDS = frozenset((",", ".", ";"))
_APPOSITION = 8
"""Tokens after a comma in which the noun of an apposition is looked for."""


def settle(layout: Layout, tags: Sequence[str], names: Sequence[Name]) -> list[Name]:
    """The names with a kind for those that have none yet ("unknown" where nothing tells)."""
    alone = {name.words[0] for name in names if len(name.words) == 1}
    votes = {name.words: _shortened(name.words, alone) for name in names if _is_open(name)}
    for name in names:
        if name.kind != "person" and name.words in votes:
            votes[name.words] += _vote(layout, tags, name)
    return [_settled(name, votes[name.words]) if name.words in votes else name for name in names]


def _is_open(name: Name) -> bool:
    """Whether votes can change what a name is taken for."""
    if name.kind == "organization":
        return len(name.words) > 1 and not _is_body(name.words)
    return name.kind == "unknown"


def _settled(name: Name, vote: int) -> Name:
    kind: NameKind = name.kind
    if kind == "unknown" and len(name.words) > 1 and vote:
        kind = "person" if vote > 0 else "organization"
    elif kind == "unknown" and vote <= -_CLEAR:
        kind = "organization"
    elif (
        kind == "organization"
        and vote >= _CLEAR
        and len(name.words) > 1
        and not _is_body(name.words)
    ):
        kind = "person"
    if kind == name.kind:
        return name
    gender = given_names().get(name.words[0].lower(), "n") if kind == "person" else "n"
    return name._replace(kind=kind, gender=gender)


def _shortened(words: Sequence[str], alone: Container[str]) -> int:
    """Persons are called by their last word afterwards, companies by their first."""
    if len(words) == 1 or words[-1] in alone:
        return 2 * _HINT * (len(words) > 1)
    first = words[0].lower()
    family = first in data.words("family_names_first.txt") or words[-1].lower() in given_names()
    return -_CLEAR * (words[0] in alone and not (family or first in given_names()))


def _is_body(words: Sequence[str]) -> bool:
    return not data.words("organization_words.txt").isdisjoint(w.lower() for w in words)


def _vote(layout: Layout, tags: Sequence[str], name: Name) -> int:
    """Above 0: a person's; below 0: an organisation's or a place's."""
    words = layout.words
    sentence = layout.sentences[layout.sentence_of[name.first]]
    before = words[name.first - 1].lower() if name.first > sentence.first else ""
    after = words[name.last] if name.last < sentence.last else ""
    then = words[name.last + 1].lower() if name.last + 1 < sentence.last else ""
    score = 0
    if name.title:
        score += _CLEAR
    if before == "," and after in _ENDS and _is_role(words[name.first - 2].lower()):
        score += _CLEAR  # "The mayor, Ana Duarte,"
    elif before in person_nouns() and tags[name.first - 1] in {"NN", "NNP", "JJ"}:
        score += _CLEAR
    elif after in data.words("body_followers.txt"):
        score -= _CLEAR * (len(name.words) == 1)
    elif name.possessive or _modifies(tags, name.last, sentence.last):
        pass  # "in Duarte's office", "the Duarte campaign"
    elif before in data.words("organization_nouns.txt") or before in {"the", *_PLACED}:
        score -= _CLEAR
    elif before in _MEMBERSHIP:
        score -= _HINT
    if after in _BREAKS:
        score += _apposition(words, tags, name.last + 1, sentence.last)
    elif after == "who":
        score += _CLEAR
    elif name.possessive and then in person_nouns():
        score -= _HINT
    elif name.last < sentence.last and tags[name.last] in {"VBD", "VBZ"}:
        score += _HINT
    return score + _pronoun(words, tags, name.last, sentence.last)


def _is_role(word: str) -> bool:
    role = word in person_nouns() or word in titles()
    return role and word not in data.words("firm_roles.txt")


def _pronoun(words: Sequence[str], tags: Sequence[str], begin: int, stop: int) -> int:
    """What the possessive in "raised its forecast" or ", its rival," right after tells."""
    for k in range(begin, min(stop, begin + 2)):
        if tags[k] == "PRP$":
            word = words[k].lower()
            return -_CLEAR - _HINT if word == "its" else _HINT if word in {"his", "her"} else 0
    return 0


def _modifies(tags: Sequence[str], last: int, stop: int) -> bool:
    """Whether a noun follows directly, so that the words before belong to that one."""
    return last < stop and tags[last] in {"NN", "NNS", "NNP", "JJ"}


def _apposition(words: Sequence[str], tags: Sequence[str], begin: int, stop: int) -> int:
    """What ", 41," or ", a hydrologist" or ", a data firm" after a name tells."""
    stop = min(stop, begin + _APPOSITION)
    if begin >= stop:
        return 0
    if words[begin] == "who":
        return _CLEAR
    if words[begin].isdigit() and len(words[begin]) == 2:
        return _CLEAR
    if tags[begin] not in {"DT", "NN", "JJ", "PRP$"}:
        return 0
    head = ""
    for k in range(begin, stop):
        if tags[k][:2] == "NN":
            head = words[k].lower()
        elif tags[k] == "POS":
            head = ""  # "the factory's manager"
        elif head or tags[k] not in {"DT", "JJ", "PRP$", "CD", "HYPH", "VBN", "RB", "POS"}:
            break
    person, body = head in person_nouns(), head in data.words("organization_nouns.txt")
    return _CLEAR * (person - body)
