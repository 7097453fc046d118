"""What introduces a quotation or block from before a colon: "He continued:", "Her answer was:"."""

from __future__ import annotations

from quotetrack import data
from quotetrack.attribution.attribution import Attribution
from quotetrack.attribution.lexicon import CueWord, manner_of, nouns, verb_at
from quotetrack.attribution.phrases import noun_phrase_after, noun_phrase_before
from quotetrack.attribution.reading import CONJUNCTIONS, Reading, TokenRange
from quotetrack.attribution.rule_cues import verb_group
from quotetrack.attribution.subjects import shared_subject, subject_before

CONFIDENCE = 0.8
"""Share found right on training articles, rounded."""
_FURTHEST = 40
"""Tokens before the colon that are looked at."""
_WAS = data.words("cue_passives.txt")
"""Forms of "be"."""
_FROM = frozenset(("from", "of", "by"))


def introduction(reading: Reading, sentence: int) -> Attribution | None:
    """The cue and source of a sentence that ends in a colon; the content is to be filled in."""
    first, last = reading.layout.sentences[sentence].first, reading.layout.sentences[sentence].last
    return introducer(reading, first, last - 1) if reading.lower[last - 1] == ":" else None


def introducer(reading: Reading, first: int, last: int) -> Attribution | None:
    """The last verb or noun of speech between two tokens, with its source; without content."""
    layout = reading.layout
    for k in range(last - 1, max(first, last - _FURTHEST) - 1, -1):
        if reading.inside[k] >= 0:
            continue
        verbal = reading.tags[k][:1] == "V"
        word: CueWord | None
        if verbal:
            word, end = verb_at(reading.lower, k)
        else:
            word, end = nouns().get(reading.lower[k]), k + 1
        if word is None or end > last or (verbal and "quote" not in word.takes):
            continue
        begin = verb_group(reading, k, first) if verbal else k
        source = (_of_verb if verbal else _of_noun)(reading, begin, k, first, last)
        if source is None:
            continue
        manner = manner_of(layout.words[begin:end], reading.tags[begin:end])
        return Attribution(
            (),
            (layout.starts[begin], layout.ends[end - 1]),
            (layout.starts[source[0]], layout.ends[source[1] - 1]),
            manner if manner in {"speech", "writing"} else "speech",
            "cue",
            CONFIDENCE,
        )
    return None


def was_like(reading: Reading, first: int, last: int) -> Attribution | None:
    """The talker's "She was like," before a quotation from token ``last``; without content."""
    like = last - 1 - (reading.lower[last - 1] == ",")
    verb = like - 1
    if verb <= first or reading.lower[like] != "like" or reading.lower[verb] not in _WAS:
        return None
    source = subject_before(reading, verb, first)
    if source is None or reading.lower[source[0]] in {"it", "that", "this", "there"}:
        return None
    starts, ends = reading.layout.starts, reading.layout.ends
    return Attribution(
        (),
        (starts[verb], ends[like]),
        (starts[source[0]], ends[source[1] - 1]),
        "speech",
        "cue",
        CONFIDENCE,
    )


def _of_verb(reading: Reading, begin: int, verb: int, first: int, _last: int) -> TokenRange | None:
    subject = subject_before(reading, begin, first)
    joined = begin > first and reading.lower[begin - 1] in {",", *CONJUNCTIONS}
    if subject is None and (joined or reading.tags[verb] == "VBG"):
        return shared_subject(reading, begin, first)
    return subject


def _of_noun(reading: Reading, _begin: int, noun: int, first: int, last: int) -> TokenRange | None:
    """ "The answer from the bank", "the mayor's answer", "she issued a statement"."""
    if noun + 1 < last and reading.lower[noun + 1] in _FROM:
        return noun_phrase_after(reading, noun + 2, last)
    owner = noun - 1
    while owner > first and reading.tags[owner] in {"JJ", "NN"}:
        owner -= 1
    if owner >= first and reading.tags[owner] == "PRP$":
        return owner, owner + 1
    if owner > first and reading.tags[owner] == "POS":
        return noun_phrase_before(reading, owner, first)
    return shared_subject(reading, noun, first)
