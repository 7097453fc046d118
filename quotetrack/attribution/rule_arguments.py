"""Source and content of a cue by rule, from what stands before, after and around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quotetrack.attribution.adjuncts import starts_clause
from quotetrack.attribution.attribution import Attribution, Cue, Range
from quotetrack.attribution.complements import (
    before_as,
    complement_of,
)
from quotetrack.attribution.content_ends import (
    clause_end,
    finite_tag,
    main_clause,
    second_predicate,
)
from quotetrack.attribution.inversion import inverted_subject, quotation_ends_before
from quotetrack.attribution.lexicon import CueWord, manner_towards, verb_at, verbs
from quotetrack.attribution.phrases import noun_phrase_after, noun_phrase_before
from quotetrack.attribution.reading import CONJUNCTIONS, DASHES, FINITE, Reading, TokenRange
from quotetrack.attribution.rule_contents import (
    content_after_comma,
    content_before,
    content_from,
    opens_low,
    trim,
)
from quotetrack.attribution.rule_cues import asked_first
from quotetrack.attribution.set_phrases import phrase_at, view_of
from quotetrack.attribution.subjects import (
    issuer_of,
    predicate_before,
    shared_subject,
    subject_before,
)
from quotetrack.attribution.voice import is_passive
from quotetrack.attribution.whole_phrases import speaker_beside, whole_phrase_after

_BY_WHOM = 12
"""Tokens looked at for "as saying" after "was quoted by …"."""
_EDGES = frozenset((",", ".", ";", ":", "!", "?")) | DASHES


def find_arguments(reading: Reading, cues: Sequence[Cue]) -> list[Attribution]:
    """Source and content of every cue; a cue without content gives nothing.

    Args:
        reading: The tagged text.
        cues: In reading order, as `find_cues` gives them.

    Returns:
        One attribution a cue, in the order of the cues.  ``parent`` is not yet set.
    """
    found: list[Attribution] = []
    sentence = -1
    last: dict[str, TokenRange] = {}  # tag of a cue's finite verb -> source of the last such
    outer: dict[str, TokenRange] = {}  # the same without the cues in what another introduces
    said: list[TokenRange] = []
    speaks = False
    for cue in cues:
        if reading.layout.sentence_of[cue.first] != sentence:
            sentence = reading.layout.sentence_of[cue.first]
            last, outer, said, speaks = {}, {}, [], False
        tag = finite_tag(reading, cue)
        within = any(first <= cue.first < end for first, end in said)
        word = _word(reading, cue)
        spoke, speaks = speaks, speaks if within else _speaks(word)
        # "He said she had left, adding that …", "He said she had left and added that …"
        known = outer if not within and (tag == "" or (spoke and speaks)) else last
        inherited = known.get(tag) or next(reversed(known.values()), None)
        source, pieces = _arguments(reading, cue, word, inherited)
        if pieces:
            found.append(_attribution(reading, cue, source, pieces))
        if source is not None:
            for sources in (last,) if within else (last, outer):
                sources.pop(tag, None)
                sources[tag] = source
        if not within:
            said += pieces
    return found


def _speaks(word: CueWord | None) -> bool:
    """Whether it is a verb of speech that a clause can follow."""
    return (
        word is not None
        and word.manner == "speech"
        and not word.takes.isdisjoint(("clause", "that"))
    )


def _arguments(
    reading: Reading, cue: Cue, word: CueWord | None, inherited: TokenRange | None
) -> tuple[TokenRange | None, list[TokenRange]]:
    low, high = reading.region(cue.first)
    phrase = phrase_at(reading, cue.first)
    if phrase is not None:
        return _of_phrase(reading, cue, low, high)
    view = view_of(reading, cue.first)
    if view is not None and view[1] == cue.last:
        return view[0], _around(reading, cue, low, high)
    if reading.tags[cue.first] in {"NN", "NNS"} and reading.lower[cue.last : cue.last + 1] == [
        "that"
    ]:
        return _of_noun(reading, cue, low, high)
    if word is None:
        return None, []
    passive = _is_passive(reading, cue)
    if passive or word.lemma in {"quote", "cite"}:
        saying = _as_saying(reading, cue, high)
        if saying is not None:
            return _quoted_as_saying(reading, cue, saying, low, high)
    inverted = inverted_subject(reading, cue.first, cue.last, low, high)
    if inverted is not None:
        source = whole_phrase_after(reading, inverted, high)
        if source is None:
            return None, []
        pieces = content_before(reading, cue.first, low)
        return source, pieces + content_after_comma(reading, source[1], high, pieces)
    if asked_first(reading, cue.first, low):
        return _asked(reading, cue, word, high)
    if passive:
        source = _agent(reading, cue, high)
        before = subject_before(reading, cue.first, low)
    else:
        source = before = _subject(reading, cue, low, high, inherited)
    if source is not None and reading.tags[cue.first] == "VB" and _is_it(reading, source):
        source = None  # "It is odd to note that …"
    edge = before[0] if before and before[1] <= cue.first else cue.first
    complement = complement_of(reading, word, cue.last, high, edge)
    if complement is None:
        return source, []
    if complement.kind == "none":
        pieces = content_before(reading, before_as(reading, edge, low), low)
        after = content_after_comma(reading, complement.start, high, pieces)
        if after and reading.closes[pieces[-1][1] - 1] < 0 <= reading.opens[after[0][0]]:
            # "After the vote, she said in May, “We won.”"
            pieces = pieces if opens_low(reading, after[0][0]) else []
        return source, pieces + after
    pieces = content_from(reading, cue, complement, high)
    if complement.kind == "gap":
        antecedent = edge - 1
        while reading.lower[antecedent] not in {"which", "who", "that", ","}:
            antecedent -= 1
        pieces = [(antecedent + (reading.lower[antecedent] == ","), edge), *pieces]
    between = reading.tags[source[1] : cue.first] if source else ()
    if (
        complement.kind == "quote"
        and source
        and source[1] <= cue.first
        and FINITE.isdisjoint(between)
    ):
        behind = content_before(reading, source[0], low)
        opening = pieces[0][0]  # "The dam, he said, “is old.”"
        begun = (
            behind
            and behind[0][0] < behind[0][1]
            and opens_low(reading, opening)
            and (reading.lower[opening - 1] == "," or reading.tags[opening + 1] in FINITE)
        )
        if begun and reading.lower[pieces[0][1] - 2] not in _EDGES:
            first, last = pieces[0]  # "The dam, he said, “is old” but holds"
            pieces = [trim(reading, first, max(last, clause_end(reading, cue, last, high)))]
        if behind and (begun or reading.closes[behind[-1][1] - 1] >= 0):
            pieces = behind + pieces
    return source, pieces


def _asked(
    reading: Reading, cue: Cue, word: CueWord, high: int
) -> tuple[TokenRange | None, list[TokenRange]]:
    """ "Asked by the paper whether it would close, she said …": up to the answer."""
    source = _agent(reading, cue, high)
    complement = complement_of(reading, word, source[1] if source else cue.last, high, cue.first)
    if complement is None:
        return source, []
    start = complement.start - (complement.kind == "object")
    commas = (k for k in range(start, high) if reading.lower[k] == ",")
    end = next((k for k in commas if starts_clause(reading, k + 1, high)), high)
    return source, [trim(reading, start, end)]


def _as_saying(reading: Reading, cue: Cue, high: int) -> int | None:
    """The verb of "was quoted (by the paper) as saying", where the subject is the source."""
    for k in range(cue.last - 1, min(high - 1, cue.last + _BY_WHOM)):
        if reading.lower[k] == "as" and reading.tags[k + 1] == "VBG":
            word, _ = verb_at(reading.lower, k + 1)
            return k + 1 if word is not None and word.manner in {"speech", "writing"} else None
        if reading.lower[k] in _EDGES or reading.opens[k] >= 0:
            return None
    return None


def _quoted_as_saying(
    reading: Reading, cue: Cue, verb: int, low: int, high: int
) -> tuple[TokenRange | None, list[TokenRange]]:
    if _is_passive(reading, cue):
        source = subject_before(reading, cue.first, low)
    else:  # "The paper quoted her as saying"
        source = noun_phrase_after(reading, cue.last, verb - 1)
    word, end = verb_at(reading.lower, verb)
    edge = source[0] if source and source[1] <= cue.first else cue.first
    if word is not None and quotation_ends_before(reading, edge) < 0:
        complement = complement_of(reading, word, end, high, verb)
        if complement is not None and complement.kind != "none":
            return source, content_from(reading, cue, complement, high)
    return source, content_before(reading, edge, low)


def _word(reading: Reading, cue: Cue) -> CueWord | None:
    """The lexicon's word for the cue: its last verb that is listed."""
    for i in range(cue.last - 1, cue.first - 1, -1):
        word, end = verb_at(reading.lower, i)
        if word is not None and end <= cue.last:
            return verbs()["said"] if word.lemma == "hear" and cue.manner == "speech" else word
        if reading.lower[i] in verbs() and end > cue.last:
            return verbs()[reading.lower[i]]
    # a cue that the rules would not find: take what verbs of speech take
    return verbs().get("say")


def _agent(reading: Reading, cue: Cue, high: int) -> TokenRange | None:
    """ "was told by the paper": who stands behind the "by" of a passive."""
    by = cue.last < high and reading.lower[cue.last] == "by"
    return noun_phrase_after(reading, cue.last + 1, high) if by else None


def _subject(
    reading: Reading, cue: Cue, low: int, high: int, inherited: TokenRange | None
) -> TokenRange | None:
    tags, lower = reading.tags, reading.lower
    first = cue.first
    before = lower[first - 1] if first > low else ""
    participle = tags[first] == "VBG"
    infinitive = tags[first - 1 : first] == ["TO"] and tags[first] not in FINITE
    if participle and (beside := speaker_beside(reading, first, low, high)) is not None:
        return beside
    if participle or before in CONJUNCTIONS or infinitive:
        relative = inherited and tags[inherited[0]] in {"WP", "WDT"}
        left = relative and inherited and "," in lower[inherited[1] : first]
        if inherited is not None and inherited[1] <= first and not left:
            return inherited
        if participle and (first == low or (first == low + 1 and tags[low] in {"IN", "WRB"})):
            comma = main_clause(reading, cue, cue.last, high)
            after = comma + 1 + (reading.closes[comma + 1] >= 0) if comma else high
            return noun_phrase_after(reading, after, high) if comma else None
        if participle and before not in {",", *CONJUNCTIONS, *DASHES} and tags[first - 1] != "IN":
            thing = noun_phrase_before(reading, first, low)
            return (issuer_of(reading, thing, low) or thing) if thing else None
        return shared_subject(reading, first, low)
    return subject_before(reading, first, low)


def _is_it(reading: Reading, source: TokenRange) -> bool:
    return source[1] - source[0] == 1 and reading.lower[source[0]] == "it"


def _is_passive(reading: Reading, cue: Cue) -> bool:
    for i in range(cue.last - 1, cue.first, -1):
        if reading.tags[i][:1] == "V":
            return is_passive(reading, cue.first, i)
    return False


def _of_phrase(
    reading: Reading, cue: Cue, low: int, high: int
) -> tuple[TokenRange | None, list[TokenRange]]:
    """ "according to X": the content before it, else after the comma."""
    start = cue.last
    phrase = noun_phrase_after(reading, start, high)
    if phrase is None:
        return None, []
    if cue.first - low > 1:
        source = whole_phrase_after(reading, start, high) or phrase
        end = source[1]
        pieces = content_before(reading, cue.first, low)
        if not pieces and cue.first - low > 3:
            pieces = [trim(reading, low, cue.first)]
        return source, pieces + content_after_comma(reading, end, high, pieces, verbal=False)
    comma = _source_ends(reading, phrase, high)
    if comma is None:
        return phrase, []
    return (start, comma), [trim(reading, comma + 1, high)]


def _around(reading: Reading, cue: Cue, low: int, high: int) -> list[TokenRange]:
    """The sentence around "in her view": what stands before and after its commas."""
    lower = reading.lower
    after = cue.last + (cue.last < high and lower[cue.last] == ",")
    if cue.first - low <= 1:
        return [trim(reading, after, clause_end(reading, cue, after, high))]
    pieces = content_before(reading, cue.first, low) or [trim(reading, low, cue.first)]
    return pieces + content_after_comma(reading, cue.last, high, pieces, verbal=False)


def _source_ends(reading: Reading, phrase: TokenRange, high: int) -> int | None:
    """The comma between "According to X, 82, of Y" and its clause."""
    tags, lower = reading.tags, reading.lower
    commas = [k for k in range(phrase[1], min(high, phrase[1] + _BY_WHOM * 3)) if lower[k] == ","]
    named = tags[phrase[1] - 1][:3] == "NNP"
    for number, comma in enumerate(commas):
        opening, later = comma + 1, commas[number + 1 :]
        following = later[0] if later else high
        belongs = following < high and (
            lower[opening] in {"who", "which", "whose", "of", "formerly", "a", "an"}
            or tags[opening] in {"VBN", "IN"}
            or following - opening == 1
            or (named and not any(tags[k] in FINITE for k in range(opening, following)))
        )
        if not belongs or not any(starts_clause(reading, k + 1, high, 4) for k in later):
            return comma
    return None


def _of_noun(
    reading: Reading, cue: Cue, low: int, high: int
) -> tuple[TokenRange | None, list[TokenRange]]:
    """ "her claim that …", "made the claim that …": whose it is, or whose subject does it."""
    tags = reading.tags
    owner = cue.first - 1
    while owner > low and tags[owner] in {"JJ", "NN"}:
        owner -= 1
    source: TokenRange | None = None
    if owner >= low and tags[owner] == "PRP$":
        source = owner, owner + 1
    elif owner > low and tags[owner] == "POS":
        phrase = noun_phrase_before(reading, owner, low)
        source = (phrase[0], owner + 1) if phrase else None
    else:
        source = shared_subject(reading, cue.first, low)
        if source and (reading.tags[source[0]] == "EX" or _rejects(reading, cue.first, low)):
            source = None  # "There were claims that", "He denied claims that"
    end = clause_end(reading, cue, cue.last, high)
    if predicate_before(reading, cue.first, low) is None:
        end = min(end, second_predicate(reading, cue.last + 1, end))
    return source, [trim(reading, cue.last, end)]


def _rejects(reading: Reading, noun: int, low: int) -> bool:
    """Whether the noun is what a verb of stance has for its object, others' words."""
    verb = predicate_before(reading, noun, low)
    word = verb_at(reading.lower, verb)[0] if verb is not None else None
    return word is not None and (word.manner == "stance" or word.lemma == "deny")


def _attribution(
    reading: Reading, cue: Cue, source: TokenRange | None, pieces: Iterable[TokenRange]
) -> Attribution:
    starts, ends = reading.layout.starts, reading.layout.ends
    content: list[Range] = []
    for first, last in pieces:
        if first < last:
            content += _snap(reading, cue, starts[first], ends[last - 1])
    span: Range | None = None
    if source is not None and source[0] < source[1]:
        first, last = source
        while last > first and reading.lower[last - 1] == ",":
            last -= 1
        span = (starts[first], ends[last - 1]) if last > first else None
    return Attribution(
        tuple(sorted(content)),
        (starts[cue.first], ends[cue.last - 1]),
        span,
        manner_towards(cue.manner, *_source_words(reading, source)),
        "cue",
        cue.score,
    )


def _snap(reading: Reading, cue: Cue, start: int, end: int) -> list[Range]:
    """Content that enters a quotation takes the whole of it, in every paragraph."""
    at = reading.layout.starts[cue.first]
    pieces = [(start, end)]
    for quotation in reading.quotations:
        if quotation.start >= end:
            break
        if quotation.depth or quotation.end <= start or quotation.start <= at < quotation.end:
            continue
        first, *others = quotation.pieces
        covering = [p for p in quotation.pieces if p[0] < end and start < p[1]]
        if not covering:
            continue
        left, right = pieces[0]
        pieces[0] = (min(left, covering[0][0]), max(right, covering[-1][1]))
        del first
        pieces += [p for p in others if p[0] >= pieces[0][1]]
        pieces += [p for p in quotation.pieces if p[1] <= pieces[0][0]]
    return pieces


def _source_words(
    reading: Reading, source: TokenRange | None
) -> tuple[Sequence[str], Sequence[str]]:
    first, last = source or (0, 0)
    return reading.lower[first:last], reading.tags[first:last]
