"""Where a quotation ends before a cue, and the subject behind the verb: "…,” said Lee"."""

from __future__ import annotations

from quotetrack.attribution.adjuncts import STOPS, is_adjunct, starts_clause
from quotetrack.attribution.lexicon import verb_at
from quotetrack.attribution.phrases import noun_phrase_after
from quotetrack.attribution.reading import DASHES, FINITE, Reading

_COMMAS = DASHES | {",", ";"}
_ENDS_CLAUSE = _COMMAS | STOPS
_OBJECTS = frozenset(("me", "him", "them", "us"))
_BEFORE_INVERSION = DASHES | {",", "?", "!"}
_TITLES = frozenset(("the", "a", "an"))


def quotation_ends_before(reading: Reading, i: int) -> int:
    """Index of the quotation that ends right before token i (a comma aside); -1: none.

    Only one that something follows counts ("…," "…?"): a title in a phrase has no comma.
    """
    layout = reading.layout
    k = i - 1
    marked = k >= 0 and (reading.lower[k] in {",", "."} or reading.lower[k] in DASHES)
    if marked:
        k -= 1
    if k < 1 or layout.sentences[layout.sentence_of[k]].paragraph != (
        layout.sentences[layout.sentence_of[i]].paragraph
    ):
        return -1
    marked = marked or reading.lower[k - 1] in _ENDS_CLAUSE
    return reading.closes[k] if marked else -1


def inverted_subject(reading: Reading, first: int, end: int, low: int, high: int) -> int | None:
    """Where the subject of "…,” said Lee" begins: right after the verb; None: not inverted."""
    if end >= high:
        return None
    k = first - 1
    after_content = k >= low and (reading.closes[k] >= 0 or reading.lower[k] in _BEFORE_INVERSION)
    after_quotation = first == low and quotation_ends_before(reading, first) >= 0
    if not (after_content or after_quotation) or reading.tags[end - 1] == "VBG":
        return None
    word, _ = verb_at(reading.lower, first)
    if reading.lower[end - 1] in {"of", "to"} or (
        word is not None and not word.takes & {"quote", "clause"}
    ):
        return None  # "…, mocked the plan, and said"
    if (
        is_adjunct(reading, end)
        or reading.lower[end] in _OBJECTS
        or reading.lower[first] in {"told", "tells"}
        or _subject_behind_quotation(reading, k, low)
    ):
        return None  # "Lee, 82, said Tuesday", "Lee, 82, told me"
    quoted = after_quotation or (
        k >= low
        and (
            reading.closes[k] >= 0
            or (reading.lower[k] in _COMMAS and k > low and reading.closes[k - 1] >= 0)
        )
    )
    clause = quoted or (reading.closes[low] < 0 and starts_clause(reading, low, k))
    if not clause and (end - first > 1 or "," in reading.lower[low:k]):
        return None  # "Ann Lee, the mayor, has urged drivers to stay at home"
    if not quoted and starts_clause(reading, end, high, commas=0):
        return None  # "Two officials, who declined to be named, said the gap had narrowed"
    if reading.tags[end][:2] in {"NN", "PR", "DT", "JJ", "CD"} or reading.lower[end] in _TITLES:
        phrase = noun_phrase_after(reading, end, high)
        if phrase is None:
            return None
        after = phrase[1]
        ends = after >= high or reading.lower[after] in _ENDS_CLAUSE
        if reading.tags[min(after, high - 1)] in FINITE or not (clause or ends):
            return None  # "…, said he would"
        return end
    return None


def _subject_behind_quotation(reading: Reading, comma: int, low: int) -> bool:
    """Whether a subject and its apposition end with the comma (“…,” Ann Lee, 82, added on)."""
    if reading.lower[comma] != "," or reading.closes[comma - 1] >= 0:
        return False
    for k in range(comma - 1, low, -1):
        if reading.closes[k] >= 0:
            return "," in reading.lower[k + 1 : comma]
        if reading.tags[k] in FINITE:
            return False
    return False
