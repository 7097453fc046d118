"""Cut a text into paragraphs, sentences and tokens; nothing is changed, only measured."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate, pairwise

from quotetrack import data
from quotetrack.text.dateline import dateline_length
from quotetrack.text.layout import Layout, Sentence

_TOKEN = re.compile(
    r"""(
      (?=\S)(?:
        [A-Za-z]++(?=[ ,]) | [,“”] | \.(?!\.)    # most tokens, for speed
      | (?:[^\W\d_]\.){2,}                       # U.S.  a.m.
      | (?=[hw])(?:https?://|www\.)[^\s<>"“”]++
      | [@\#]\w++
      | \d++(?:[.,:/]\d++)*+(?:[^\W\d_]{1,2}\b)?+(?:[-–]\w++)*+   # 3,000  8.6  20th  39-year-old
      | \w++(?:[-&'’.@](?=\w)\w++)*+             # words, hyphens and apostrophes inside
      | ['’]\d\d?s?\b | ['’](?:s|re|ve|ll|d|m|S|em)\b
      | \.\.\.++ | -{2,}+ | ''(?!') | ``(?!`) | [^\w\s]
      )
    )""",
    re.VERBOSE,
)
_CLITIC = re.compile(r"(?:n['’]t|['’](?:s|re|ve|ll|d|m))\Z", re.IGNORECASE)
_BREAK = re.compile(r"[\n\r\u2028\u2029](?:(?<=\n)(?:[^\S\n]*+\n)*+[^\S\n]*+|\s*+)")
_BLANK_LINE = re.compile(r"\n[^\S\n]*+\n\s*+")

_STOPS = frozenset({".", "!", "?", "…", "..."})
_LAST_OF_STOPS = frozenset(".!?…")
"""Last characters of the words that may end a sentence, abbreviations among them."""
_CLOSERS = frozenset(("”", "’", '"', "'", "''", ")", "]", "»"))
_OPENERS = frozenset(("“", "‘", '"', "'", "''", "``", "(", "[", "«", "„", "—", "–", "-"))
_LONGEST_SENTENCE = 250
"""Tokens.  Longer stretches are cut at a clause mark, so that time stays linear."""


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Character ranges of the paragraphs, white space at the edges left out.

    A line break ends a paragraph, unless the text is wrapped by hand: then only a blank
    line does.
    """
    breaks = _BLANK_LINE if _is_wrapped(text) else _BREAK
    found = []
    start = 0
    for end, following in [(m.start(), m.end()) for m in breaks.finditer(text)] + [
        (len(text), len(text))
    ]:
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            left = start + len(piece) - len(piece.lstrip())
            found.append((left, left + len(stripped)))
        start = following
    return found


def _is_wrapped(text: str) -> bool:
    """Whether most lines are about as long as a page is wide, and run on with a letter."""
    lines = text.split("\n")
    wrapped = sum(
        50 <= len(line) <= 100 and following[:1].isalnum() and not following[0].isdecimal()
        for line, following in pairwise(lines)
    )
    return wrapped > 3 and 2 * wrapped > len(lines) - 1


def _tokens(text: str) -> tuple[list[str], list[int], list[int]]:
    """The tokens, where they start and where they end."""
    parts = _mended(_TOKEN.split(text))
    edges = list(accumulate(map(len, parts)))
    return parts[1::2], edges[:-1:2], edges[1::2]


def _mended(parts: list[str]) -> list[str]:
    """What stands between the tokens and, in turn with it, the tokens.

    Stops are joined to abbreviations, and clitics cut off.
    """
    mended: list[str] = []
    done = 0
    words = parts[1::2]
    for i in [i for i, word in enumerate(words) if word == "." or "'" in word or "’" in word]:
        word, at = words[i], 2 * i + 1
        if word == ".":
            follows = i > 0 and not parts[at - 1]
            if follows and _is_abbreviation(words[i - 1], "".join(parts[at + 1 : at + 5])[:2]):
                mended += parts[done : at - 2]
                mended.append(words[i - 1] + word)
                done = at + 1
        elif (clitic := _CLITIC.search(word)) and clitic.start():
            mended += parts[done:at]
            mended += word[: clitic.start()], "", clitic.group()
            done = at + 1
    return mended + parts[done:]


def _is_abbreviation(word: str, following: str) -> bool:
    """Whether a stop belongs to the word before it; ``following``: two characters after it."""
    lower = word.lower()
    if lower in {"no", "nos"} and not following.strip().isdigit():
        return False  # "no." is an abbreviation before a number only
    initial = len(word) == 1 and word.isupper() and word != "I"
    return (
        initial
        or lower in data.words("abbreviations.txt")
        or lower in data.words("abbreviations_final.txt")
    )


def _runs_on(words: list[str], i: int) -> bool:
    """Whether the tokens from i on are a name and a reporting verb ("Ms. Hale asked")."""
    verbs = data.words("tag_verbs.txt")
    if i < len(words) and words[i] in verbs:
        return True
    if i + 1 < len(words) and words[i] in {"He", "She", "They", "I", "We"}:
        return words[i + 1] in verbs
    for j in range(i, min(i + 5, len(words))):
        if words[j] in verbs:
            return j > i
        if not words[j][0].isupper():
            return False
    return False


def _sentence_ends(words: list[str], starts: list[int], ends: list[int]) -> list[int]:
    """Exclusive ends of the sentences among one paragraph's tokens."""
    openers = data.words("sentence_openers.txt")
    fixed = data.words("abbreviations.txt")
    final = data.words("abbreviations_final.txt")
    found: list[int] = []
    begin, i, n = 0, 0, len(words)
    for stop_at in [*(k for k, word in enumerate(words) if word[-1] in _LAST_OF_STOPS), n]:
        if stop_at < i:
            continue  # a further stop of the sentence before
        while (cut := max(begin + _LONGEST_SENTENCE, i + 1)) <= stop_at:
            found.append(cut)
            begin = i = cut
        if stop_at == n:
            break
        word = words[stop_at]
        stop = word in _STOPS or word.startswith("...")
        bare = "" if stop or word[-1] != "." else word[:-1].lower()
        # "F.B.I." may end a sentence, "e.g." never does
        abbreviation = bare in final or ("." in bare and bare not in fixed)
        if not stop and not abbreviation:
            continue
        i = stop_at + 1
        while i < n and words[i] in _STOPS:
            i += 1
        closed = False
        while i < n and words[i] in _CLOSERS and starts[i] == ends[i - 1]:
            closed = closed or words[i] not in {")", "]"}
            i += 1
        if i >= n:
            break
        following = words[i]
        j = i
        while j < n - 1 and words[j] in _OPENERS:
            j += 1
        first = words[j][0]
        gap = starts[i] > ends[i - 1]
        if abbreviation:
            ends_here = words[j].lower() in openers and first.isupper() and gap
        elif not gap and following not in _OPENERS:
            ends_here = False
        elif word in {"…", "..."} and i > 1 and words[j] == words[i - 2]:
            ends_here = False  # "I … I cannot": a halting voice
        elif first.islower():
            # "… ready?” he asked": the sentence runs on; so it does after a spaced stop
            ends_here = False
        elif closed and word in {"!", "?"} and _runs_on(words, i):
            ends_here = False
        else:
            ends_here = True
        if ends_here:
            found.append(i)
            begin = i
    if not found or found[-1] < n:
        found.append(n)
    return found


def segment(text: str) -> Layout:
    """Cut a text up.

    Never splits inside "U.S." or "Mr. Smith"; a quotation that ends in a question mark
    stays in the sentence of its "he asked"; a dateline is a sentence of its own.
    """
    words, starts, ends = _tokens(text)
    sentences: list[Sentence] = []
    sentence_of: list[int] = []
    cut = paragraphs(text)
    first = 0
    for index, (_, end) in enumerate(cut):
        past = bisect_left(starts, end, first)
        here = words[first:past]
        filed = first + dateline_length(here)
        rest = _sentence_ends(words[filed:past], starts[filed:past], ends[filed:past])
        for last in [filed, *(filed + last for last in rest)]:
            if last > first:
                sentence_of += [len(sentences)] * (last - first)
                sentences.append(Sentence(first, last, index))
                first = last
    return Layout(text, words, starts, ends, sentences, cut, sentence_of)
