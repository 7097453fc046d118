"""Quantities: money, shares, counts and measures in a text, normalised.

One pass finds where a figure may begin (a digit, a currency sign, a number word); each is
then read by a small grammar: sign, currency, number, magnitude, range, unit, rate.  What
looks like a figure but is a date, a time, an age, a name or a label is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from quotetrack import data
from quotetrack.claims import quantity_context as context
from quotetrack.claims import units
from quotetrack.claims.not_quantities import is_label, label_end
from quotetrack.claims.numbers import Number, first_words, number_at
from quotetrack.claims.units import Unit
from quotetrack.models import Change, Qualifier, Quantity, Span

_COUNT = Unit("count", "count")
_PERCENT = Unit("percent", "ratio")
_TIMES = Unit("times", "ratio")
_SHARE_DIGITS = Decimal("0.01")
_RANGE = re.compile(r"\s?(?:[-–—‒−]|\bto\b|\band\b|\bor\b)\s?")
_DASH = re.compile(r"\s?[-–—‒]\s?")
_ONE_IN = re.compile(r"\s+(?:in|out of|of|of every|in every|out of every)\s+")
_TO_ONE = re.compile(r"\s?(?:-to-|\sto\s)\s?")
_MINUS = re.compile(
    r"(?:(?<![\w.)\s-])[-−]|(?<=\s)[-−]|(?<!plus or )\b(?:minus|negative)\s+)$", re.IGNORECASE
)
_BETWEEN = re.compile(r"\b(between|from)\s+$", re.IGNORECASE)
_SCORE_WORDS = re.compile(
    r"\b(?:won|lost|beat|beats|win|loss|vote|voted|passed|lead|led|defeat|draw|drew|down|up|score|victory|approved|ahead|decision|margin)\b",
    re.IGNORECASE,
)
_AGE = re.compile(r"[\s-](?:years?|yrs?|months?|weeks?|days?)[\s-](?:old|of\s+age)\b|[\s-]?y/?o\b")


@dataclass(slots=True, frozen=True)
class Figure:
    """A quantity before it becomes public; fields as in `quotetrack.Quantity`."""

    start: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    dimension: str
    qualifier: Qualifier
    assumed: bool
    precision: Decimal | None
    per: str | None
    of: str | None
    change: Change | None


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text, in reading order; they do not overlap.

    Args:
        text: Any string.

    Raises:
        TypeError: ``text`` is no string.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}")
    return tuple(to_quantity(figure, text) for figure in scan(text))


def to_quantity(figure: Figure, text: str) -> Quantity:
    """The public object of a figure of the text."""
    return Quantity.model_construct(
        span=Span.model_construct(
            start=figure.start, end=figure.end, text=text[figure.start : figure.end]
        ),
        value=figure.value,
        low=figure.low,
        high=figure.high,
        unit=figure.unit,
        dimension=figure.dimension,
        qualifier=figure.qualifier,
        assumed=figure.assumed,
        precision=figure.precision,
        per=figure.per,
        of=figure.of,
        change=figure.change,
    )


@cache
def _multiples() -> dict[str, Decimal]:
    return {
        word: Decimal(factor)
        for word, factor in (line.split() for line in data.lines("multiples.txt"))
    }


@cache
def _trigger() -> re.Pattern[str]:
    """Where a figure may begin."""
    words = sorted({*first_words(), *_multiples()} - {"a", "an"}, key=lambda w: (-len(w), w))
    articles = "couple|pair|hundred|thousand|million|billion|trillion|dozen|half|third|quarter"
    return re.compile(
        rf"\d|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|(?<![\w])an?\s(?=(?:{articles}|fifth|sixth|tenth|mile|gallon)\b)"
        rf"|(?<![\w.])(?:{'|'.join(words)})(?![\w])",
        re.IGNORECASE,
    )


def scan(text: str) -> list[Figure]:
    """The figures of a text, in reading order."""
    found: list[Figure] = []
    trigger = _trigger()
    done = 0
    match = trigger.search(text)
    while match is not None:
        start = match.start()
        end = label_end(text, start, done)
        if end is None:
            figures = _figures_at(text, start, done)
            for figure in figures:
                found.append(figure)
                end = figure.end
        if end is None or end <= start:
            number = number_at(text, start)
            end = number.end if number else match.end()
        done = max(end, match.start() + 1)
        match = trigger.search(text, done)
    return found


def _figures_at(text: str, start: int, done: int) -> list[Figure]:
    """The figure whose number begins at the offset; two for a score ("52-48")."""
    multiple = _multiple(text, start)
    if multiple is not None:
        return [multiple]
    begin, currency = _currency_before(text, start, done)
    number = number_at(text, start, money=currency is not None)
    if number is None:
        return _one_unit(text, start)
    negative = _MINUS.search(text[:begin], max(done, begin - 18))
    sign = (
        -1
        if negative
        and not (negative[0].strip() in "-–−" and _range_before(text, begin, found_end=done))
        else 1
    )
    if negative and sign < 0:
        begin = negative.start()
    share = _share(text, number)
    if share is not None:
        part = (
            text[share.end : share.end + 1] == "-" and text[share.end + 1 : share.end + 2].isalpha()
        )
        slice_ = _SLICE.search(text, max(0, begin - 14), begin)
        return [] if part or slice_ else [_finish(text, share, begin, done)]
    if _ODDS.match(text, number.end):
        return _odds(text, number)
    if (
        _SLICE.search(text, max(0, begin - 14), begin)
        and text[number.end : number.end + 9].strip()[:7] == "percent"
    ):
        return []
    unit, end = currency, number.end
    after = units.unit_after(
        text,
        number.end,
        digits=text[number.end - 1 : number.end].isdigit() or text[start].isdigit(),
    )
    if currency is None:
        if after is not None:
            unit, end = after
    elif after is not None and after[0].name == currency.name and after[0].factor == 1:
        end = after[1]
    if unit is None:
        points = _points(text, number.end)
        if points is not None:
            unit, end = points
    whole, stop = (number.value, end) if unit is None else _compound(text, number.value, unit, end)
    second = _second(text, number, end, currency) if stop == end else None
    if second is not None:
        return _pair(text, begin, number, unit, second, done)
    if unit is None and _AGE.match(text, end):
        return []
    if unit is not None and unit.dimension == "time" and _AGE.match(text, number.end):
        return [_age(text, begin, number, unit, done)]
    if unit is None and is_label(text, begin, number.end):
        return []
    if unit is not None and unit.dimension == "time" and _is_when(text, begin, end):
        return []
    if unit is None and _is_pronoun(text, begin, number):
        return []
    value, end = sign * whole, stop
    figure = _figure(begin, end, value, unit, number, text)
    return [_finish(text, figure, begin, done)]


_SLICE = re.compile(
    r"\b(?:top|bottom|middle|richest|wealthiest|poorest|upper|lower)\s+$", re.IGNORECASE
)
_ODDS = re.compile(r"-to-(?=\w)")
_WHEN_AFTER = re.compile(r"\s+(?:ago|later|earlier|before|after|from now|since|hence)\b")
_WHEN_BEFORE = re.compile(
    r"\b(?:past|last|next|first|previous|coming|preceding|following|final|recent|within|in the)\s+$",
    re.IGNORECASE,
)
_DEMONSTRATIVE = re.compile(
    r"\b(?:the|those|these|us|you|them|other|last|first|next)\s+$", re.IGNORECASE
)
_NOUNS_FOLLOW = re.compile(
    r"\s(?:[a-z’'-]+\s){0,2}?(?:[a-z’'-]+s|men|women|people|children)\b|\s[A-Z]"
)


def _odds(text: str, first: Number) -> list[Figure]:
    """ "a 2-to-1 vote": two counts."""
    match = _ODDS.match(text, first.end)
    second = number_at(text, match.end()) if match else None
    if second is None:
        return []
    return [_figure(n.start, n.end, n.value, None, n, text) for n in (first, second)]


def _is_when(text: str, begin: int, end: int) -> bool:
    """A stretch of time that only says when ("three weeks ago", "the past two years")."""
    return bool(
        _WHEN_AFTER.match(text, end) or _WHEN_BEFORE.search(text, max(0, begin - 14), begin)
    )


def _is_pronoun(text: str, begin: int, number: Number) -> bool:
    """ "the two agreed", "one, …, and two, …": a number word that counts no noun."""
    if number.sort != "words" or number.value > 10:
        return False
    after = text[number.end : number.end + 1]
    before = text[max(0, begin - 6) : begin].rstrip()
    if after == "," and before.endswith((",", "and")):
        return True
    if text[begin].isupper() and re.match(r"\s[A-Z][a-z]", text[number.end : number.end + 3]):
        opens = not before or before[-1] in '.!?”"“:'
        return not opens
    if re.match(r"-(?:way|time|sided|part|thirds)\b", text[number.end : number.end + 8]):
        return True
    if not _DEMONSTRATIVE.search(text, max(0, begin - 8), begin):
        return False
    return _NOUNS_FOLLOW.match(text, number.end) is None


_POINTS = re.compile(r"[\s-]points?(?!\w)")
_OF_A_POLL = re.compile(r"\d\s?%|percent|\bpolls?\b|\bmargin of|\bsurvey", re.IGNORECASE)


def _points(text: str, end: int) -> tuple[Unit, int] | None:
    """ "up seven points" beside percentages or a poll is in percentage points."""
    match = _POINTS.match(text, end)
    if match and _OF_A_POLL.search(text, max(0, end - 300), end + 200):
        return Unit("percentage_point", "ratio"), match.end()
    return None


def _currency_before(text: str, start: int, done: int) -> tuple[int, Unit | None]:
    """The sign or code right before a number, and where it begins."""
    window = max(done, start - 9)
    for match in units.sign_pattern().finditer(text, window, start):
        gap = text[match.end() : start]
        if not gap.strip() and len(gap) <= 1:
            return match.start(), units.sign(match[0])
    return start, None


def _range_before(text: str, begin: int, *, found_end: int) -> bool:
    """Whether the dash before a number joins it to a figure on its left."""
    return found_end >= begin - 3 and found_end > 0


def _one_unit(text: str, start: int) -> list[Figure]:
    """ "a mile", "a gallon": one of a measure, said as a figure is."""
    match = re.compile(r"an?\s+", re.IGNORECASE).match(text, start)
    if match is None:
        return []
    after = units.unit_after(text, match.end() - 1, digits=False)
    if after is None or after[0].dimension not in {"length", "volume"}:
        return []
    number = Number(start, match.end(), Decimal(1), None, "words")
    return [
        _finish(text, _figure(start, after[1], Decimal(1), after[0], number, text), start, start)
    ]


def _figure(
    start: int, end: int, value: Decimal, unit: Unit | None, number: Number, text: str
) -> Figure:
    unit = unit or _COUNT
    del text
    return Figure(
        start,
        end,
        _plain(value * unit.factor),
        None,
        None,
        unit.name,
        unit.dimension,
        "about" if number.rough else "exact",
        unit.assumed,
        None if number.precision is None else _plain(number.precision * unit.factor),
        None,
        None,
        None,
    )


def _plain(value: Decimal) -> Decimal:
    """Without zeros after the point and without an exponent."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1)) if abs(value) < Decimal(10) ** 27 else value
    return value.normalize()


def _finish(text: str, figure: Figure, begin: int, done: int) -> Figure:
    """Add what the words around say."""
    qualifier, where = context.qualifier_before(text, begin)
    if where < done:
        qualifier = "exact"
        where = begin
    after, _ = context.qualifier_after(text, figure.end)
    if qualifier == "exact":
        qualifier = after
    if qualifier == "exact":
        qualifier = figure.qualifier
    per, end = context.per_after(text, figure.end)
    if per and per.isdigit():
        figure = replace(figure, end=end)
    return replace(
        figure,
        qualifier=qualifier,
        per=per,
        of=context.counted_after(text, end) if figure.dimension in {"count", "ratio"} else None,
        change=context.change_before(text, where),
    )


def _share(text: str, number: Number) -> Figure | None:
    """ "a third of", "one in five", "eight out of 10": percent; "4 to 1": times."""
    if number.sort == "fraction":
        if text.strip() == text[number.start : number.end]:
            return _figure(number.start, number.end, number.value, None, number, text)
        one = _OF_ONE_PERCENT.match(text, number.end)
        if one is not None:
            percent = units.unit_after(text, one.end() - 1, digits=False)
            if percent is not None:
                return _figure(number.start, percent[1], number.value, percent[0], number, text)
        after = units.unit_after(text, number.end, digits=False)
        of = re.compile(r"\s+(?:of\s+)?(?:an?\s+|one\s+)?").match(text, number.end)
        if after is None and of is not None:
            after = units.unit_after(text, of.end() - 1, digits=False)
        if after is not None and after[0].dimension != "count":
            unit, end = after
            return _figure(number.start, end, number.value, unit, number, text)
        return _percent(number.start, number.end, 100 * number.value)
    whole = number.value == number.value.to_integral_value()
    match = _ONE_IN.match(text, number.end)
    if match and whole:
        second = number_at(text, match.end())
        direct = match[0].strip() != "in" or (number.value < 10 and second is not None)
        if (
            second is not None
            and direct
            and second.value > number.value
            and second.value < 1900
            and units.unit_after(text, second.end, digits=True) is None
            and (match[0].strip() != "of" or second.value in {10, 100})
        ):
            return _percent(number.start, second.end, 100 * number.value / second.value)
    match = _TO_ONE.match(text, number.end)
    if match and whole and text[number.start].isalnum():
        second = number_at(text, match.end())
        if second is not None and second.value == 1 and " " in match[0] and number.value > 1:
            return Figure(
                number.start, second.end, number.value, None, None, "times", "ratio", "exact",
                False, None, None, None, None,
            )  # fmt: skip
    return None


_OF_ONE_PERCENT = re.compile(r"\s+(?:of\s+)?(?:an?|one|1)\s+(?=percent|per\s+cent)")


def _percent(start: int, end: int, value: Decimal) -> Figure:
    return Figure(
        start, end, _plain(value.quantize(_SHARE_DIGITS)), None, None, "percent", "ratio",
        "exact", False, None, None, None, None,
    )  # fmt: skip


def _multiple(text: str, start: int) -> Figure | None:
    """ "doubled", "twice", "threefold"."""
    match = re.compile(r"[A-Za-z]+").match(text, start)
    factor = _multiples().get(match[0].lower()) if match else None
    if match is None or factor is None:
        return None
    word = match[0].lower()
    if word == "double" or word == "triple":
        following = text[match.end() : match.end() + 8]
        if not re.match(r"\s(?:the|its|their|what|that|in|by|to|his|her|as)\b|[.,]", following):
            return None
    figure = Figure(
        start,
        match.end(),
        factor,
        None,
        None,
        "times",
        "ratio",
        "exact",
        False,
        None,
        None,
        None,
        None,
    )
    qualifier, _ = context.qualifier_before(text, start)
    return replace(figure, qualifier=qualifier)


_Second = tuple[Number, "Unit | None", int, str]


def _second(text: str, first: Number, end: int, currency: Unit | None) -> _Second | None:
    """The other end of a range or score: its number, unit, end, and what joins the two."""
    for at in dict.fromkeys((end, first.end)):
        match = _RANGE.match(text, at)
        if match is None:
            continue
        begin = match.end()
        sign = units.sign_pattern().match(text, begin)
        unit = None
        if sign:
            unit = units.sign(sign[0])
            begin = sign.end() + (text[sign.end() : sign.end() + 1] == " ")
        number = number_at(text, begin, money=currency is not None or unit is not None)
        if number is None or number.sort == "fraction":
            continue
        stop = number.end
        after = units.unit_after(text, stop, digits=text[begin].isdigit())
        if unit is None and after is not None:
            unit, stop = after
        return number, unit, stop, match[0].strip().lower()
    return None


def _pair(
    text: str, begin: int, first: Number, unit: Unit | None, second: _Second, done: int
) -> list[Figure]:
    """A range as one figure, a score as two, else the first number alone."""
    number, other, end, joiner = second
    dashed = bool(
        _DASH.fullmatch(text[first.end : first.end + len(joiner) + 2].rstrip("0123456789$€£ "))
        or joiner in {"-", "–", "—", "‒"}
    )
    between = _BETWEEN.search(text, max(done, begin - 9), begin)
    low, high = first.value, number.value
    same = unit is None or other is None or unit.name == other.name
    alone = [_finish(text, _figure(begin, *_own_end(text, first, unit), first, text), begin, done)]
    if not same:
        return alone if unit is not None or not is_label(text, begin, first.end) else []
    if dashed and unit is None and other is None:
        score = (
            low >= high
            or _SCORE_WORDS.search(text, max(0, begin - 24), begin)
            or (_SCORE_WORDS.match(text, number.end + 1))
        )
        if score:
            return [
                _figure(begin, first.end, low, None, first, text),
                _figure(number.start, number.end, high, None, number, text),
            ]
    if joiner == "and" and (between is None or between[1].lower() != "between"):
        return alone if unit is not None or not is_label(text, begin, first.end) else []
    if joiner == "or" and not (high - low == 1 or (unit is None and other is not None)):
        return alone if unit is not None or not is_label(text, begin, first.end) else []
    if joiner == "to" and between is None and unit is None and other is None:
        if is_label(text, begin, first.end):
            return []
        if low > high:
            return alone
    shared = unit or other
    if first.precision is not None and number.precision is not None and high > low:
        # "2 to 3 billion", "$2-3bn": the magnitude stands once
        factor = number.precision / (Decimal(10) ** _exponent(number, text))
        if (factor > 1 and low < factor and unit is None) or (
            factor > 1 and low < 1000 and unit == other
        ):
            low *= factor
    elif number.sort == "words" and high >= 1000 and low < 1000:
        low *= Decimal(1000) ** ((len(str(int(high))) - 1) // 3)
    if low > high and not (between and between[1].lower() == "from"):
        return alone
    if unit is None and other is None and _year_range(low, high, text[first.start : number.end]):
        return []
    resolved = shared or _COUNT
    start = begin
    figure = Figure(
        start, end, None, _plain(low * resolved.factor), _plain(high * resolved.factor),
        resolved.name, resolved.dimension, "exact", resolved.assumed,
        None if number.precision is None else _plain(number.precision * resolved.factor),
        None, None, None,
    )  # fmt: skip
    done_figure = _finish(text, figure, between.start() if between else begin, done)
    if between and between[1].lower() == "from":
        change: Change = "rise" if high >= low else "fall"
        low_, high_ = sorted((done_figure.low or low, done_figure.high or high))
        return [replace(done_figure, low=low_, high=high_, change=change)]
    return [done_figure]


def _own_end(text: str, first: Number, unit: Unit | None) -> tuple[int, Decimal, Unit | None]:
    end = first.end
    after = units.unit_after(text, end, digits=text[first.start].isdigit())
    if unit is not None and after is not None and after[0].name == unit.name:
        end = after[1]
    return end, first.value, unit


def _exponent(number: Number, text: str) -> int:
    """Digits after the point, as a negative power of ten."""
    digits = re.match(r"[\d,]*\.?(\d*)", text[number.start : number.end])
    return -len(digits[1]) if digits else 0


def _year_range(low: Decimal, high: Decimal, wording: str) -> bool:
    years = 1000 <= low <= 2100 and "," not in wording
    return years and (1000 <= high <= 2100 or high < 100)


def _age(text: str, begin: int, number: Number, unit: Unit, done: int) -> Figure:
    """ "500 years old": an age, which is no claim but a figure."""
    match = _AGE.match(text, number.end)
    end = match.end() if match else number.end
    named = Unit(f"{unit.name} of age", "age")
    return _finish(text, _figure(begin, end, number.value, named, number, text), begin, done)


_NEXT = re.compile(r",?\s+(?:and\s+)?")


def _compound(text: str, value: Decimal, unit: Unit, end: int) -> tuple[Decimal, int]:
    """ "5 feet 2 inches", "3 dollars and 4 cents": a smaller unit of the same sort follows."""
    scale = _PARTS.get(unit.name) or (_PARTS["money"] if unit.dimension == "money" else None)
    if scale is None or unit.factor != 1:
        return value, end
    match = _NEXT.match(text, end)
    if match is None:
        return value, end
    number = number_at(text, match.end())
    if number is None or number.sort == "fraction":
        return value, end
    after = units.unit_after(text, number.end, digits=text[number.start].isdigit())
    if after is None:
        return value, end
    smaller, stop = after
    if unit.dimension == "money":
        if smaller.dimension == "money" and smaller.factor < 1:
            return value + number.value * smaller.factor, stop
        return value, end
    part = scale.get(smaller.name)
    if part is None:
        return value, end
    return value + number.value / part, stop


_PARTS: dict[str, dict[str, Decimal]] = {
    "foot": {"inch": Decimal(12)},
    "yard": {"foot": Decimal(3), "inch": Decimal(36)},
    "pound-mass": {"ounce": Decimal(16)},
    "kilometer": {"meter": Decimal(1000)},
    "meter": {"centimeter": Decimal(100)},
    "hour": {"minute": Decimal(60)},
    "minute": {"second": Decimal(60)},
    "money": {},
}
