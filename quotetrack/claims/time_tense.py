"""Whether the words around a time look back or ahead."""

from __future__ import annotations

from functools import cache

from quotetrack import data
from quotetrack.claims.time_words import Words

_BACK, _ON = 16, 10
"""Words that are read before a time, and after it."""
_REACH = 4
"""Words before "to" in which "came … to" or "failed to" can stand."""
_STOPS = frozenset(".!?")
_PAST = frozenset(("past", "past_infinitive"))


@cache
def _told() -> dict[str, str]:
    lines = data.lines("time_tense.txt")
    return {word: what for line in lines for word, what in [line.split()]}


def direction(words: Words, first: int, last: int) -> int:
    """-1 for the past, 1 for the future, 0 unknown, of a time that is words first..last-1.

    The nearest word that tells decides; those before the time go first.
    """
    if words.word(first - 1) == "since":
        return -1
    for i in range(first - 1, max(-1, first - _BACK), -1):
        if _ends(words, i):
            break
        found = _clue(words, i)
        if found:
            return found
    for i in range(last, min(len(words), last + _ON)):
        found = _clue(words, i)
        if found:
            return found
        if _ends(words, i):
            break
    return 0


def _ends(words: Words, i: int) -> bool:
    """Whether a sentence ends with word i (not: Sen. Gov. U.S.)."""
    if words.lower[i] in _STOPS and not words.joined(i):
        before = words.word(i - 1)
        return words.lower[i] != "." or len(before) > 4 or not words.capital(i - 1)
    following = words.starts[i + 1] if i + 1 < len(words) else len(words.text)
    return "\n" in words.text[words.ends[i] : following]


def _clue(words: Words, i: int) -> int:
    word = words.lower[i]
    told = _told()
    what = told.get(word)
    if what == "future":
        # "won't" and "I'll", but not "a wo" or "the ill".
        if word in {"wo", "ll"} and words.word(i - 1 if word == "ll" else i + 1) != "'":
            return 0
        return 1
    if word == "won" and words.word(i + 1) == "'":
        return 1
    if what in _PAST:
        before = words.word(i - 1)
        if before == "to":
            return 0  # "To beat", "to cut": the word before tells.
        ahead = word == "set" and words.word(i + 1) in {"for", "to"}
        return 1 if ahead or told.get(before) == "future" else -1
    if word == "going" and words.word(i + 1) == "to":
        return 1
    if word == "to" and _infinitive(words, i + 1):
        before_it = (told.get(words.word(k)) for k in range(i - _REACH, i))
        return -1 if "past_infinitive" in before_it else 1
    if len(word) > 3 and word.endswith("ed") and not word.endswith("eed"):
        return 0 if told.get(words.word(i - 1)) == "present_be" else -1
    return 0


def _infinitive(words: Words, i: int) -> bool:
    word = words.word(i)
    return (
        len(word) > 1
        and word.isalpha()
        and not words.capital(i)
        and words.kind(i) == ""
        and _told().get(word, "past") in _PAST
        and not word.endswith(("s", "ing", "ed", "ly"))
    )
