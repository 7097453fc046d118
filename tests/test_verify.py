"""Claimed figures against facts: the table of cases, files of facts, what always holds."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotetrack import Claim, Fact, Quantity, Span, find_quantities, find_times, verify
from quotetrack.facts.facts_file import read_facts

CASES = Path(__file__).parent / "cases" / "verify.txt"


def read_cases() -> list[tuple[str, str, str, str]]:
    lines = [x for x in CASES.read_text(encoding="utf-8").splitlines() if x and x[0] != "#"]
    return [(a, b, c, d) for a, b, c, d in ([p.strip() for p in x.split("|")] for x in lines)]


def claim_of(text: str, **fields: object) -> Claim:
    return Claim.model_validate(
        {
            "id": "c1",
            "text": text,
            "span": Span(start=0, end=len(text), text=text),
            "quantities": find_quantities(text),
            "times": find_times(text),
            **fields,
        }
    )


def facts_of(rows: str, folder: Path) -> tuple[Fact, ...]:
    path = folder / "facts.csv"
    lines = ["subject;value;unit;as_of;change;source"]
    for row in rows.split(" + "):
        cells = [cell.strip() for cell in row.split(";")]
        lines.append(";".join([*cells, *[""] * (5 - len(cells)), "yearbook"]))
    path.write_text("\n".join(lines), encoding="utf-8")
    facts, problems = read_facts(path)
    assert not problems
    return facts


@pytest.mark.parametrize(("text", "rows", "verdict", "deviation"), read_cases())
def test_case(text: str, rows: str, verdict: str, deviation: str, tmp_path: Path) -> None:
    check = verify(claim_of(text), facts_of(rows, tmp_path))
    assert check.verdict == verdict, check.reason
    assert check.reason
    if deviation == "-":
        assert check.deviation is None
    else:
        assert check.deviation is not None
        assert round(check.deviation * 100, 2) == Decimal(deviation), check.reason


def fact(
    value: str, unit: str = "EUR", subject: str = "cost of the bridge", **more: object
) -> Fact:
    quantity = {
        "span": Span(start=0, end=1, text="x"),
        "value": Decimal(value),
        "unit": unit,
        "dimension": "money",
        "precision": Decimal(1),
        **more,
    }
    return Fact(subject=subject, quantity=Quantity.model_validate(quantity), source="yearbook")


BRIDGE = "The bridge cost 8.6 million euros."


def test_within_the_tolerance_a_claim_agrees() -> None:
    facts = [fact("8800000")]
    assert verify(claim_of(BRIDGE), facts).verdict == "contradicts"
    check = verify(claim_of(BRIDGE), facts, tolerance=0.03)
    assert check.verdict == "agrees"
    assert "tolerance of 3 %" in check.reason


def test_a_denied_figure_is_judged_the_other_way() -> None:
    claim = claim_of("The bridge did not cost 8.6 million euros.", negated=True)
    assert verify(claim, [fact("8600000")]).verdict == "contradicts"
    assert verify(claim, [fact("12000000")]).verdict == "agrees"


def test_the_reason_names_figures_source_and_distance() -> None:
    check = verify(claim_of(BRIDGE), [fact("12000000")])
    assert check.reason == (
        "claimed 8,600,000 EUR; known 12,000,000 EUR (yearbook): 28 % below what is known"
    )


def test_a_tie_is_told_and_not_guessed() -> None:
    check = verify(claim_of(BRIDGE), [fact("1"), fact("2")])
    assert check.verdict == "not_comparable"
    assert check.fact is None
    assert "2 facts fit equally well" in check.reason


def test_two_sources_for_one_figure_are_no_tie() -> None:
    assert verify(claim_of(BRIDGE), [fact("8600000"), fact("8600000")]).verdict == "agrees"


def test_a_rate_is_not_held_against_a_total() -> None:
    check = verify(claim_of(BRIDGE), [fact("1000000", per="year")])
    assert check.verdict == "not_comparable"
    assert "per year" in check.reason


def test_a_bare_quantity() -> None:
    (quantity,) = find_quantities("€8.6m")
    assert verify(quantity, [fact("8600000")]).verdict == "agrees"
    assert verify(quantity, [fact("8600000"), fact("3")]).verdict == "not_comparable"
    (counted,) = find_quantities("412 boats")
    facts = [fact("412", "count", "boats in the harbour"), fact("3", "count", "harbour masters")]
    assert verify(counted, facts).verdict in {"agrees", "not_comparable"}


def test_no_facts_and_no_figures() -> None:
    assert verify(claim_of(BRIDGE), []).reason == "there are no facts to compare with"
    assert verify(claim_of("It is long."), [fact("1")]).reason == "the claim holds no figure"


def test_wrong_arguments_say_what_was_expected() -> None:
    with pytest.raises(TypeError, match="Claim or a Quantity"):
        verify("text", [])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="iterable of Fact"):
        verify(claim_of(BRIDGE), fact("1"))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="Fact objects"):
        verify(claim_of(BRIDGE), [1])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="tolerance"):
        verify(claim_of(BRIDGE), [], tolerance="5%")  # type: ignore[arg-type]
    for bad in (-1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="tolerance"):
            verify(claim_of(BRIDGE), [], tolerance=bad)
    with pytest.raises(FileNotFoundError):
        verify(claim_of(BRIDGE), "no-such-file.csv")


@given(
    st.decimals("-1e15", "1e15", allow_nan=False, places=3),
    st.decimals("-1e15", "1e15", allow_nan=False, places=3),
    st.sampled_from(["exact", "about", "more_than", "less_than", "at_least", "up_to"]),
)
def test_the_deviation_is_signed(claimed: Decimal, known: Decimal, qualifier: str) -> None:
    quantity = fact(str(claimed)).quantity.model_copy(update={"qualifier": qualifier})
    check = verify(quantity, [fact(str(known))])
    if check.deviation is not None and claimed != known:
        assert check.deviation * (claimed - known) * known >= 0
    if claimed == known and qualifier in {"exact", "about", "at_least", "up_to"}:
        assert check.verdict == "agrees"


@given(st.decimals("1", "1e12", allow_nan=False, places=2), st.sampled_from(["mile", "foot"]))
def test_a_scaled_figure_agrees_with_itself(value: Decimal, unit: str) -> None:
    factor = {"mile": Decimal("1609.344"), "foot": Decimal("0.3048")}[unit]
    known = fact(str(value * factor), "meter", precision=Decimal("0.00001"))
    assert verify(fact(str(value), unit).quantity, [known]).verdict in {"agrees", "rounding"}


CSV = """subject,value,low,high,unit,as_of,source,qualifier
cost of the bridge,"8,600,000",,,EUR,2021,https://example.org/a,
"rents, in Norden",,700,900,€,2022-04,yearbook,
turnout,61.5,,,%,Q2 2023,yearbook,about
queue,$3.2 billion,,,,,yearbook,
visitors,,1000,,,,yearbook,
,5,,,EUR,,yearbook,
empty,,,,EUR,,yearbook,
words,many,,,EUR,,yearbook,
upside,,9,5,EUR,,yearbook,
when,5,,,EUR,soonish,yearbook,
which,5,,,EUR,,yearbook,roughly
whence,5,,,EUR,,,
both,5,4,6,EUR,,yearbook,
"""


def test_facts_from_csv_name_their_bad_rows(tmp_path: Path) -> None:
    path = tmp_path / "known.csv"
    path.write_text(CSV, encoding="utf-8")
    facts, problems = read_facts(path)
    assert [f.subject for f in facts] == [
        "cost of the bridge",
        "rents, in Norden",
        "turnout",
        "queue",
        "visitors",
        "whence",
    ]
    bridge, rents, turnout, queue, visitors = (f.quantity for f in facts[:5])
    assert facts[5].source == "known.csv"
    assert (bridge.value, bridge.unit, bridge.dimension) == (Decimal(8600000), "EUR", "money")
    assert (rents.low, rents.high, rents.unit) == (Decimal(700), Decimal(900), "EUR")
    assert (turnout.unit, turnout.qualifier, turnout.precision) == (
        "percent",
        "about",
        Decimal("0.1"),
    )
    assert (queue.value, queue.unit) == (Decimal(3_200_000_000), "USD")
    assert (visitors.value, visitors.qualifier) == (Decimal(1000), "at_least")
    assert facts[1].as_of is not None
    assert facts[1].as_of.granularity == "month"
    told = [str(problem) for problem in problems]
    assert [int(t.removeprefix(f"{path}:").split(":")[0]) for t in told] == [*range(7, 13), 14]
    reasons = ["subject", "no value", "no number", "above", "as_of", "qualifier", "range"]
    for reason, text in zip(reasons, told, strict=True):
        assert reason in text


def test_facts_from_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "known.jsonl"
    rows = [
        json.dumps({"subject": "cost of the bridge", "value": 8.6e6, "unit": "EUR", "source": "y"}),
        fact("12").model_dump_json(),
        "{broken",
        "[1]",
        json.dumps({"subject": "x", "value": True, "source": "y"}),
        json.dumps({"subject": "x", "quantity": {}, "source": "y"}),
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    facts, problems = read_facts(path)
    assert [f.quantity.value for f in facts] == [8600000, 12]
    assert [p.origin.line for p in problems] == [3, 4, 5, 6]


def test_a_file_of_facts_is_read_and_its_bad_rows_are_told(tmp_path: Path) -> None:
    path = tmp_path / "known.csv"
    path.write_text(CSV, encoding="utf-8")
    with pytest.warns(RuntimeWarning, match=r"known\.csv:7: the subject is empty"):
        check = verify(claim_of(BRIDGE), path)
    assert check.verdict == "agrees"


def test_a_header_without_a_subject_is_told(tmp_path: Path) -> None:
    path = tmp_path / "known.csv"
    path.write_text("name,value\nx,1\n", encoding="utf-8")
    facts, problems = read_facts(path)
    assert facts == ()
    assert "'subject'" in str(problems[0])


@given(data=st.binary(max_size=300))
def test_any_file_is_taken(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("facts") / "known.csv"
    path.write_bytes(b"subject,value,source\n" + data)
    read_facts(path)
