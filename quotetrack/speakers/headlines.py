"""Names in headlines, where capitals tell nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotetrack import data
from quotetrack.speakers.lexicon import given_names, names_person
from quotetrack.speakers.naming import Name
from quotetrack.text.tagger import is_common_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotetrack.text.layout import Layout, Sentence

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_ALL_CAPITALISED = 0.75


def is_headline(words: Sequence[str], tags: Sequence[str], first: int, last: int) -> bool:
    """Whether nearly every longer word is capitalised, so that capitals tell nothing."""
    longer = [w for w in words[first:last] if len(w) > 3 and w.isalpha()]
    if len(longer) <= 3 or sum(w[0].isupper() for w in longer) < _ALL_CAPITALISED * len(longer):
        return False
    return not any(tags[k] in _FINITE and words[k].islower() for k in range(first, last))


def headline_names(words: Sequence[str]) -> list[Name]:
    """Full names of persons in a title, where capitals tell nothing: known given names lead."""
    found = []
    for i in range(len(words) - 1):
        one, two = words[i].lower(), words[i + 1]
        if one in given_names() and words[i][0].isupper() and two[0].isupper() and len(two) > 2:
            if is_common_word(two.lower()) or two.lower() in data.words("organization_words.txt"):
                continue
            form = (words[i], two)
            title = words[i - 1] if i and names_person(words[i - 1].lower()) else ""
            found.append(
                Name(i, i, i + 2, form, title, "person", given_names()[one], possessive=False)
            )
    return found


def names_in_headlines(
    layout: Layout, headlines: Sequence[Sentence], known: Sequence[Name]
) -> list[Name]:
    """Names in headlines: those that the text proper has, whole or by their last word."""
    if not headlines:
        return []
    by_word: dict[str, Name] = {}
    for one in known:
        if one.words[-1][0].isupper():
            by_word.setdefault(one.words[-1].casefold(), one)
    words = layout.words
    found = []
    for sentence in headlines:
        i = sentence.first
        while i < sentence.last:
            name = by_word.get(words[i].casefold()) if words[i][0].isupper() else None
            if name is None or (len(name.words) == 1 and is_common_word(words[i].lower())):
                i += 1
                continue
            start = i
            for word in reversed(name.words[:-1]):
                if start > sentence.first and words[start - 1].casefold() == word.casefold():
                    start -= 1
            form = tuple(words[start : i + 1])
            possessive = i + 1 < len(words) and words[i + 1] in {"'s", "’s"}
            found.append(Name(start, start, i + 1, form, "", name.kind, name.gender, possessive))
            i += 1
        taken = {name.last for name in found}
        for name in headline_names(words[sentence.first : sentence.last]):
            first, last = sentence.first + name.first, sentence.first + name.last
            if last not in taken:
                found.append(name._replace(first=first, start=first, last=last, title=""))
    return found
