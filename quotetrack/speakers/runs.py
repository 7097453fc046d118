"""Runs of name words: where a name with its titles begins and where it ends."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from quotetrack import data
from quotetrack.speakers.lexicon import (
    given_names,
    is_body_word,
    is_given,
    is_people,
    names_person,
    singular,
    titles,
)
from quotetrack.text.tagger import is_common_word

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEADING = frozenset(("NN", "NNS", "JJ", "VBG"))
_OPEN = _LEADING | {"NNP", "VBN"}
"""Tags of words that can be names without a mark that shows it."""
_LONGEST, _LONGEST_ACRONYM = 12, 5
_NOUNS = frozenset(("NN", "NNS"))
_BRAND_PREFIX = 4
_POSSESSIVE_PLURAL = frozenset(("'", "’"))
_BEFORE_BODY = frozenset(("the", "The", "to", "by", "from"))
STYLES = frozenset(
    form
    for style in (*data.words("honorifics.txt"), "dr")
    for form in (style.capitalize(), f"{style.capitalize()}.")
)
"""Titles of courtesy as they stand: what comes behind is a name, whatever else it may mean."""
_NICKNAMES = {"“": "”", '"': '"', "(": ")", "‘": "’"}
"""Marks around a nickname in the midst of a name."""
_BARRED, _MONTH, _EPITHET, _NATION = 1, 2, 3, 4
JOINERS = frozenset(("of", "for"))
"""Small words inside the name of an organisation."""
_INSIDE = JOINERS | {"&", "/", "and", ","} | _NICKNAMES.keys()
"""What a name can go on behind; particles ("von") aside."""


def in_name(words: Sequence[str], tags: Sequence[str], i: int) -> bool:
    """Whether a name can begin, or go on, with the token."""
    word, tag = words[i], tags[i]
    if i and words[i - 1] in STYLES and word[0].isupper() and word.isalpha():
        return True  # "Mr. Green", "Mrs. Best"
    if tag not in _OPEN and "-" not in word and word[-1] != "." and word[0] != "@":
        return False
    sort = _sort(word)
    if sort:
        if sort == _BARRED or (sort == _MONTH and not _month_as_name(words, tags, i)):
            return False
        if sort == _EPITHET and i and words[i - 1] in {"the", "The"}:
            return False  # "the Welshman"
    if tag == "NNP":
        if sort and word.lower() in data.words("demonyms.txt"):
            return _goes_on(words, tags, i)
        if len(word) == 1 and not (i + 1 < len(words) and tags[i + 1] == "NNP"):
            return False
        return word[0].isalnum() or word[0] in "@#"
    if ("-" in word and _has_particle(word)) or (word[0] == "@" and len(word) > 1):
        return True
    if tags[i] in _NOUNS and (is_brand(word) or _is_acronym(words, i)):
        return True
    if not word[0].isupper():
        return False
    lower = word.lower()
    if tags[i] in _LEADING and _is_strange(words, tags, i):
        return True
    leads = (
        i + 1 < len(words)
        and words[i + 1][0].isupper()
        and (tags[i + 1] == "NNP" or (lower in titles() and _is_strange(words, tags, i + 1)))
    )
    if leads and tags[i] in _LEADING and lower not in data.words("sentence_openers.txt"):
        return lower not in data.words("demonyms.txt") or is_given(word)
    return (lower in titles() and lower[-1] == ".") or (
        tags[i] in {"NN", "JJ", "NNS", "VBN"} and lower in given_names()
    )


@lru_cache(maxsize=1 << 15)
def _sort(word: str) -> int:
    """What speaks against a word in a name; 0: nothing.  "Democrats" and "photographer" bar it."""
    lower = word.lower()
    if word[-1] == "s" and is_people(word):
        return _BARRED
    if word[0].islower() and lower not in data.words("calendar_names.txt") and names_person(word):
        return _BARRED
    if lower in data.words("calendar_names.txt"):
        return _MONTH
    if lower in data.words("epithets.txt"):
        return _EPITHET
    return _NATION if lower in data.words("demonyms.txt") else 0


def _is_strange(words: Sequence[str], tags: Sequence[str], i: int) -> bool:
    """Whether a word that no text for training had is a name: its capital opens no sentence."""
    word = words[i]
    k = i + 1
    while k + 1 < len(words) and words[k] in data.words("name_particles.txt"):
        k += 1
    particle = k > i + 1 and words[k][0].isupper()
    before = words[i - 1] if i else ""
    after_name = before in _NICKNAMES.values() or (
        before[:1].isupper()
        and (
            tags[i - 1] == "NNP"
            or not is_common_word(before.lower())
            or before.lower() in titles()  # "Nurse Dunmore", first in its sentence
        )
    )
    inside = i > 0 and tags[i] == "NN" and before[0].isalnum() and before[0].islower()
    if not (particle or after_name or inside) or not word.isalpha():
        return False
    lower = word.lower()
    known = is_common_word(lower) or lower in data.words("demonyms.txt") or names_person(lower)
    return not (known or word.isupper() or is_common_word(singular(lower)))


@lru_cache(maxsize=1 << 14)
def is_brand(word: str) -> bool:
    """Whether a capital stands far inside a word ("RiverLeaks", not "McKay" or "FitzRoy")."""
    inner = next((k for k in range(1, len(word)) if word[k].isupper() and word[k - 1].islower()), 0)
    return inner >= _BRAND_PREFIX and word[:inner].lower() not in data.words("name_particles.txt")


def _is_acronym(words: Sequence[str], i: int) -> bool:
    """Whether capitals that were taken for a common noun are a body's ("according to the AP")."""
    word = words[i]
    if not (word.isupper() and 2 <= len(word) <= _LONGEST_ACRONYM and word.isalpha()):
        return False
    return i > 0 and words[i - 1] in _BEFORE_BODY and not names_person(word.lower())


def _has_particle(word: str) -> bool:
    """Whether it is a name such as "al-Hadid"."""
    particle, hyphen, rest = word.partition("-")
    return (
        bool(hyphen)
        and rest[:1].isupper()
        and (particle.lower() in data.words("name_particles.txt"))
    )


def _month_as_name(words: Sequence[str], tags: Sequence[str], i: int) -> bool:
    """Whether "May" or "April" is somebody's: a name or title stands before, no number after."""
    if i + 1 < len(words) and words[i + 1][0].isdigit():
        return False
    before = words[i - 1].lower() if i and words[i - 1][0].isupper() else ""
    return (
        before in given_names()
        or before in titles()
        or (i + 1 < len(words) and words[i].lower() in given_names() and tags[i + 1] == "NNP")
    )


def _goes_on(words: Sequence[str], tags: Sequence[str], i: int) -> bool:
    """Whether an adjective of nation or party is part of a name ("American Red Cross")."""
    noun = words[i].lower() in data.words("epithets.txt")
    before = not noun and i > 0 and tags[i - 1] == "NNP" and words[i - 1][0].isupper()
    after = i + 1 < len(words) and tags[i + 1] == "NNP" and words[i + 1][0].isupper()
    return before or (after and not is_people(words[i + 1]))


def run_end(words: Sequence[str], tags: Sequence[str], i: int, stop: int) -> int:
    """Where the run of name words that begins at token i ends."""
    particles = data.words("name_particles.txt")
    stop = min(stop, i + _LONGEST)
    joined = False
    k = i + 1
    while k < stop:
        word = words[k]
        if in_name(words, tags, k) or (
            word[0].isupper()
            and tags[k] in {"NNS", "JJ", "NN", "CD"}
            and tags[k - 1] == "NNP"
            and not is_people(word)
            and word.lower() not in data.words("sentence_openers.txt")
        ):
            k += 1
            continue
        if tags[k][:1] == "V" and tags[k - 1] == "NNP" and _is_surname(words[k - 1], word):
            k += 1
            continue
        if tags[k] == "POS" and _owns_body(words, k, stop):
            k += 2
            continue
        if word not in _INSIDE and word not in particles:
            break
        following = (
            k + 1 < stop and words[k + 1][0].isupper() and tags[k + 1] in {"NNP", "NNS", "NN"}
        )
        further_on = k + 3 < stop and in_name(words, tags, k + 3)
        further = k + 2 < stop and words[k + 1] == "the" and words[k + 2][0].isupper()
        if word in particles and k + 1 < stop and words[k + 1][0].isupper():
            k += 2
        elif word in particles and k + 2 < stop and words[k + 1] in particles:
            k += 1
        elif word in {"&", "/"} and following:
            k += 2
        elif word in JOINERS and (following or further) and _has_body_word(words[i:k]):
            joined = True
            k += 3 if further and not following else 2
        elif (
            word == "and"
            and following
            and not is_given(words[k + 1])
            and (joined or _one_body(words, tags, i, k, stop))
        ):
            joined = True
            k += 2
        elif (
            word == "," and k + 1 < stop and words[k + 1].lower() in data.words("name_suffixes.txt")
        ):
            k += 2
        elif (
            word in _NICKNAMES
            and words[k + 2 : k + 3] == [_NICKNAMES[word]]
            and further_on
            and words[k + 1].isalpha()
        ):
            k += 3
        else:
            break
    return k


def _is_surname(first: str, word: str) -> bool:
    """Whether a capital behind a given name shows what was tagged a verb ("Mark Sayles that")."""
    return word[0].isupper() and not word.isupper() and is_given(first)


def _owns_body(words: Sequence[str], k: int, stop: int) -> bool:
    """Whether "'s" is inside the name of a body ("the Tenants' Union", "the Women's Institute")."""
    if k + 1 >= stop or not words[k + 1][0].isupper() or not is_body_word(words[k + 1]):
        return False
    return words[k] in _POSSESSIVE_PLURAL or is_common_word(words[k - 1].lower())


def _one_body(words: Sequence[str], tags: Sequence[str], i: int, k: int, stop: int) -> bool:
    """Whether "the A and B" goes on to a word for an organisation ("… and Trade Commission")."""
    acronym = k - i == 1 and words[i].isupper()
    if not i or words[i - 1].lower() != "the" or k - i > 2 or acronym:
        return False
    end = k + 1
    while end < stop and (tags[end] == "NNP" or (tags[end] == "JJ" and words[end][0].isupper())):
        end += 1
    last = words[end - 1].lower()
    return end - k > 2 and last in data.words("organization_words.txt")


def _has_body_word(words: Sequence[str]) -> bool:
    return any(is_body_word(word) for word in words)
