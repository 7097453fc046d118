"""Source and content of a cue by rule, from what stands before, after and around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quotetrack import data
from quotetrack.attribution.attribution import Attribution, Cue, Range
from quotetrack.attribution.lexicon import CueWord, manner_towards, verb_at, verbs
from quotetrack.attribution.phrases import (
    CONJUNCTIONS,
    FINITE,
    Reading,
    TokenRange,
    appositions_after,
    noun_phrase_after,
    noun_phrase_before,
    predicate_before,
    read,
    shared_subject,
    subject_before,
)
from quotetrack.attribution.rule_cues import (
    Complement,
    complement_of,
    inverted_subject,
    phrase_at,
    quotation_ends_before,
    skip_adjuncts,
)
from quotetrack.text.layout import Layout, Quotation

_DASHES = frozenset(("—", "--", "–", "―"))
_GOES_ON = frozenset(("because", "if", "unless", "although", "though", "since", "whereas"))
"""Words after "…, she said," that carry her statement on."""
_BY_WHOM = 12
"""Tokens looked at for "as saying" after "was quoted by …"."""
_EDGES = frozenset((",", ".", ";", ":", "!", "?")) | _DASHES


def find_arguments(
    layout: Layout, tags: Sequence[str], quotations: Sequence[Quotation], cues: Sequence[Cue]
) -> list[Attribution]:
    """Source and content of every cue; a cue without content gives nothing.

    Args:
        layout: The text cut up.
        tags: Part of speech of every token, Penn Treebank style.
        quotations: The text's quotations.
        cues: In reading order, as `find_cues` gives them.

    Returns:
        One attribution a cue, in the order of the cues.  ``parent`` is not yet set.
    """
    reading = read(layout, tags, quotations)
    found: list[Attribution] = []
    last: tuple[int, TokenRange | None] | None = None  # sentence and source of the cue before
    for cue in cues:
        sentence = layout.sentence_of[cue.first]
        inherited = last[1] if last and last[0] == sentence else None
        source, pieces = _arguments(reading, cue, inherited)
        if pieces:
            found.append(_attribution(reading, cue, source, pieces))
        if source is not None:
            last = (sentence, source)
    return found


def _arguments(
    reading: Reading, cue: Cue, inherited: TokenRange | None
) -> tuple[TokenRange | None, list[TokenRange]]:
    low, high = reading.region(cue.first)
    phrase = phrase_at(reading, cue.first, high)
    if phrase is not None:
        return _of_phrase(reading, cue, low, high)
    if reading.tags[cue.first] in {"NN", "NNS"} and reading.lower[cue.last : cue.last + 1] == [
        "that"
    ]:
        return _of_noun(reading, cue, low, high)
    word = _word(reading, cue)
    if word is None:
        return None, []
    saying = _as_saying(reading, cue, high)
    if saying is not None:
        return _quoted_as_saying(reading, cue, saying, low, high)
    inverted = inverted_subject(reading, cue.first, cue.last, low, high)
    if inverted is not None:
        phrase_range = noun_phrase_after(reading, inverted, high)
        if phrase_range is None:
            return None, []
        end = appositions_after(reading, phrase_range[1], high)
        pieces = _before(reading, cue.first, low)
        return (inverted, end), pieces + _after_comma(reading, end, high, pieces)
    source = _subject(reading, cue, low, high, inherited)
    complement = complement_of(
        reading, word, cue.last, high, source[0] if source and source[1] <= cue.first else cue.first
    )
    if complement is None:
        return source, []
    if complement.kind == "none":
        edge = source[0] if source and source[1] <= cue.first else cue.first
        pieces = _before(reading, edge, low)
        return source, pieces + _after_comma(reading, complement.start, high, pieces)
    pieces = _from(reading, cue, complement, high)
    if complement.kind == "quote" and source and source[1] <= cue.first:
        behind = _before(reading, source[0], low)
        begun = behind and reading.tags[pieces[0][0] + 1] in FINITE  # "The dam, he said, “is old.”"
        if behind and (begun or reading.closes[behind[-1][1] - 1] >= 0):
            pieces = behind + pieces
    return source, pieces


def _as_saying(reading: Reading, cue: Cue, high: int) -> int | None:
    """The verb of "was quoted (by the paper) as saying", where the subject is the source."""
    word = _word(reading, cue)
    if word is None or not (_is_passive(reading, cue) or word.lemma in {"quote", "cite"}):
        return None
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
            return source, _from(reading, cue, complement, high)
    return source, _before(reading, edge, low)


def _word(reading: Reading, cue: Cue) -> CueWord | None:
    """The lexicon's word for the cue: its last verb that is listed."""
    for i in range(cue.last - 1, cue.first - 1, -1):
        word, end = verb_at(reading.lower, i)
        if word is not None and end <= cue.last:
            return verbs()["said"] if word.lemma == "hear" and cue.manner == "speech" else word
    # a cue that the rules would not find: take what verbs of speech take
    return verbs().get("say")


def _subject(
    reading: Reading, cue: Cue, low: int, high: int, inherited: TokenRange | None
) -> TokenRange | None:
    tags, lower = reading.tags, reading.lower
    first = cue.first
    if _is_passive(reading, cue):
        if cue.last < high and lower[cue.last] == "by":
            return noun_phrase_after(reading, cue.last + 1, high)
        return None
    before = lower[first - 1] if first > low else ""
    participle = tags[first] == "VBG"
    if participle or before in CONJUNCTIONS or tags[first - 1 : first] == ["TO"]:
        if inherited is not None and inherited[1] <= first:
            return inherited
        if participle and first == low:
            comma = next((k for k in range(first, high) if lower[k] == ","), None)
            return noun_phrase_after(reading, comma + 1, high) if comma else None
        if participle and before not in {",", *CONJUNCTIONS, *_DASHES} and tags[first - 1] != "IN":
            return noun_phrase_before(reading, first, low)
        return shared_subject(reading, first, low)
    return subject_before(reading, first, low)


def _is_passive(reading: Reading, cue: Cue) -> bool:
    verb = next(
        (i for i in range(cue.last - 1, cue.first - 1, -1) if reading.tags[i][:1] == "V"), -1
    )
    return (
        verb > cue.first
        and reading.tags[verb] == "VBN"
        and any(reading.lower[i] in data.words("cue_passives.txt") for i in range(cue.first, verb))
    )


def _of_phrase(
    reading: Reading, cue: Cue, low: int, high: int
) -> tuple[TokenRange | None, list[TokenRange]]:
    """ "according to X": the content before it, else after the comma."""
    start = cue.last
    phrase = noun_phrase_after(reading, start, high)
    if phrase is None:
        return None, []
    end = appositions_after(reading, phrase[1], high)
    while end < high and reading.tags[end] == "VBN":  # "an indictment unsealed in May"
        end = skip_adjuncts(reading, end + 1, high, person=False)
    source = (start, end)
    if cue.first - low > 1:
        pieces = _before(reading, cue.first, low)
        if not pieces and cue.first - low > 3:
            pieces = [_trim(reading, low, cue.first)]
        return source, pieces + _after_comma(reading, end, high, pieces)
    comma = next((k for k in range(end, min(high, end + 20)) if reading.lower[k] == ","), None)
    if comma is None:
        return source, []
    return (start, min(end, comma)), [_trim(reading, comma + 1, high)]


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
    end = _clause_end(reading, cue, cue.last, high)
    if predicate_before(reading, cue.first, low) is None:
        end = min(end, _second_predicate(reading, cue.last + 1, end))
    return source, [_trim(reading, cue.last, end)]


def _second_predicate(reading: Reading, start: int, high: int) -> int:
    """Where the verb of a sentence begins whose subject holds the clause from ``start``."""
    verbs_open = 1  # the clause's own
    for k in range(start, high):
        if reading.lower[k] in data.words("subordinators.txt") or reading.tags[k] in {"WP", "WDT"}:
            verbs_open += 1
        elif reading.lower[k] in {",", *CONJUNCTIONS}:
            return high
        elif reading.tags[k] in FINITE:
            verbs_open -= 1
            if verbs_open < 0:
                return k
    return high


def _before(reading: Reading, edge: int, low: int) -> list[TokenRange]:
    """The content that ends before token ``edge``: a quotation, or a clause and its comma."""
    k = edge - 1
    marked = False
    while k >= 0 and reading.lower[k] in {",", "(", *_DASHES}:
        marked = True
        k -= 1
    if k < 0:
        return []
    quotation = quotation_ends_before(reading, edge)
    if quotation >= 0 and quotation != reading.inside[edge]:
        begin = _token_at(reading, reading.quotations[quotation].start, k)
        first = reading.layout.sentences[reading.layout.sentence_of[begin]].first
        runs_in = begin > max(first, 0) and reading.lower[begin - 1] not in {",", ":", *_DASHES}
        if runs_in and _has_verb(reading, first, k) and reading.inside[begin - 1] < 0:
            return [_trim(reading, first, k + 1)]
        return [(begin, k + 1)]
    if not marked or k < low:
        return []
    begin = next((i + 1 for i in range(k, low, -1) if reading.lower[i] == ";"), low)
    return [_trim(reading, begin, k + 1)]


def _after_comma(reading: Reading, i: int, high: int, before: list[TokenRange]) -> list[TokenRange]:
    """The further piece of a split: "…," he said, "…"; "The bill, he said, would cost …"."""
    if not before:
        return []
    i = skip_adjuncts(reading, i, high, person=False)
    if i + 1 >= high or reading.lower[i] not in {",", ":", ")", *_DASHES}:
        return []
    k = i + 1
    quoted = reading.closes[before[-1][1] - 1] >= 0
    if not quoted and reading.opens[k] >= 0:
        return [_whole(reading, k)]
    if quoted:
        while k < high and reading.lower[k] in {"and", "but", "that"} and reading.opens[k] < 0:
            k += 1
        if k < high and reading.opens[k] >= 0:
            return [_whole(reading, k)]
        return []
    finite = any(reading.tags[t] in FINITE for t in range(*before[-1]))
    if (
        not finite
        or reading.lower[k] in _GOES_ON
        or (reading.lower[k] == "but" and reading.lower[k + 1] in _GOES_ON | {"only", "not"})
    ):
        return [_trim(reading, k, high)]
    return []


def _from(reading: Reading, cue: Cue, complement: Complement, high: int) -> list[TokenRange]:
    """The content that begins after the cue."""
    start = complement.start
    if start >= high:
        return []
    if complement.kind in {"quote", "colon"} and reading.opens[start] >= 0:
        begin, end = _whole(reading, start)
        introduced = reading.lower[start - 1] in {",", ":", *_DASHES}
        if introduced or _ends_sentence(reading, end, high):
            return [(begin, end)]
        return [_trim(reading, begin, max(end, _clause_end(reading, cue, end, high)))]
    if complement.kind == "object":
        phrase = noun_phrase_after(reading, start, high)
        return [
            _trim(reading, start, _clause_end(reading, cue, phrase[1] if phrase else start, high))
        ]
    return [_trim(reading, start, _clause_end(reading, cue, start, high))]


def _ends_sentence(reading: Reading, i: int, high: int) -> bool:
    return i >= high or reading.lower[i] in {".", ";"}


def _clause_end(reading: Reading, cue: Cue, start: int, high: int) -> int:
    """Where content that begins at ``start`` ends: its sentence's end, or another cue's turn."""
    lower, tags = reading.lower, reading.tags
    known = verbs()
    own_tag = next(
        (tags[i] for i in range(cue.last - 1, cue.first - 1, -1) if tags[i] in FINITE), ""
    )
    for k in range(start, high):
        if reading.inside[k] != reading.inside[cue.first]:
            continue
        here = lower[k]
        following = lower[k + 1] if k + 1 < high else ""
        if here in {",", *_DASHES} and k + 2 < high:
            word = known.get(following)
            if word and tags[k + 1] == "VBG" and word.manner in {"speech", "writing"}:
                return k
            if following == "according" or (following == "as" and known.get(lower[k + 2])):
                return k
            if following in {"and", "but", "while"} and _new_cue(reading, k + 2, high):
                return k
        if here == ";" and _new_cue(reading, k + 1, high):
            return k
        if here in {"and", "but"}:
            verb = k + 1
            while verb < high and tags[verb] == "RB":
                verb += 1
            word = known.get(lower[verb]) if tags[verb : verb + 1] == [own_tag] else None
            if word and (word.manner in {"speech", "writing"} or word.takes & {"clause", "that"}):
                return k
    return high


def _new_cue(reading: Reading, i: int, high: int) -> bool:
    """Whether a new subject with its own verb of speech begins at token i."""
    known = verbs()
    for k in range(i, min(high, i + 12)):
        if reading.tags[k] in FINITE:
            word = known.get(reading.lower[k])
            return word is not None and word.manner in {"speech", "writing"}
        if reading.lower[k] in {",", ";", "that"}:
            return False
    return False


def _token_at(reading: Reading, offset: int, near: int) -> int:
    """The token that begins at the offset, at or before token ``near``."""
    while near > 0 and reading.layout.starts[near] > offset:
        near -= 1
    return near


def _whole(reading: Reading, i: int) -> TokenRange:
    """The tokens of the quotation piece that token i opens."""
    quotation = reading.opens[i]
    k = i
    while k + 1 < len(reading.lower) and reading.closes[k] != quotation:
        k += 1
    return i, k + 1


def _has_verb(reading: Reading, first: int, last: int) -> bool:
    return any(reading.tags[k] in FINITE for k in range(first, last))


def _trim(reading: Reading, first: int, last: int) -> TokenRange:
    """Leave out a conjunction and marks at the head, and punctuation at the end."""
    while first < last and reading.lower[first] in _EDGES:
        first += 1
    if first < last and reading.lower[first] in CONJUNCTIONS and reading.tags[first] == "CC":
        first += 1
    while last > first and reading.lower[last - 1] in _EDGES:
        last -= 1
    return first, last


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
