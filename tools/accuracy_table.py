"""Write the table of docs/accuracy.md from the lines that the scorers print.

    … | python tools/accuracy_table.py docs/accuracy.md

Each line of standard input is the name of a figure, two or more spaces, and its value; what
follows the value, and lines without one, are left out.  Figures that are missing keep their
row with a dash.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

BEGIN, END = "<!-- figures: tools/accuracy_table.py -->", "<!-- end of figures -->"
_LINE = re.compile(r"(?P<name>\S.*?)\s{2,}(?P<value>-?\d+(?:\.\d+)?)(?:\s|$)")


@dataclass(slots=True, frozen=True)
class Row:
    """A row of the table; what others reach was measured once, by the same scorers."""

    texts: str
    measure: str
    name: str
    """As the scorers print it."""
    other: str = ""
    """The best other tool."""
    human: str = ""
    """Another trained annotator, or another careful reader."""


NEWS = "US news, 2016 (PolNeAR)"
NAMED = "US news, 20 articles"
WEB = "blogs and news groups (EWT)"
REGISTERS = "ten registers, ours"
F1, NAME = "end to end F1", "right full name, %"
ROWS = (
    Row(
        NEWS, f"reported speech, {F1}", "polnear-dev reported speech, end to end F1", "64.7", "80.2"
    ),
    Row(NEWS, "… direct", "polnear-dev reported speech, direct", "68.5", "97.8"),
    Row(NEWS, "… indirect", "polnear-dev reported speech, indirect", "62.2", "75.7"),
    Row(NEWS, f"all attributions, {F1}", "polnear-dev end to end F1, all", "53.2", "72.4"),
    Row(NEWS, "… direct", "polnear-dev end to end F1, direct", "66.5", "92.5"),
    Row(NEWS, "… mixed", "polnear-dev end to end F1, mixed", "62.7"),
    Row(NEWS, "… indirect", "polnear-dev end to end F1, indirect", "47.7", "66.5"),
    Row(NEWS, "… overlap of contents, F1", "polnear-dev overlap F1, all", "58.8", "77.7"),
    Row(WEB, F1, "ewt-web end to end F1, speech writing thought", "59.8"),
    Row(REGISTERS, F1, "registers end to end F1", "65.7"),
    Row(NAMED, NAME, "right full name, all", "32.8", "99.6"),
    Row(NAMED, "… of quoted words", "right full name, quoted", "33.6", "99.0"),
    Row(NAMED, "… behind pronouns", "right full name, pronoun sources", "26.6", "100"),
    Row(REGISTERS, NAME, "registers right full name, all", "38.5"),
    Row(REGISTERS, "… of quoted words", "registers right full name, quoted", "34.1"),
    Row(NAMED, "figures: value and unit, F1", "figures, value + unit F1", "", "99"),
    Row(NAMED, "figures: qualifier right, %", "figures, qualifier right", "", "100"),
    Row(NAMED, "figures: right speaker, %", "figures, speaker right where one speaks", "", "83"),
    Row(
        NAMED,
        "figures: rightly the article's own, %",
        "figures, left to the article's voice",
        "",
        "68",
    ),
    Row(REGISTERS, "figures: value and unit, F1", "registers figures, value + unit F1"),
    Row(
        "figures of three libraries' tests",
        "value and unit, F1",
        "quantities-dev value + unit F1",
        "72.8",
    ),
    Row("dates of one library's tests", "first and last day, F1", "times-dev F1", "62"),
    Row(REGISTERS, "dates: first and last day, F1", "registers times F1"),
    Row(
        "debate transcripts",
        "genuine quotations found, %",
        "quotations verbatim and near found, %",
        "98",
    ),
    Row(
        "debate transcripts",
        "altered quotations accepted",
        "quotations altered but accepted",
        "31 of 197",
    ),
)


def read(lines: list[str]) -> dict[str, str]:
    """Name -> value of the figures that are printed."""
    return {found["name"]: found["value"] for line in lines if (found := _LINE.match(line))}


def render(page: str, values: Mapping[str, str], day: str) -> str:
    """The page with the table in its place."""
    before, found, rest = page.partition(BEGIN)
    _, ends, after = rest.partition(END)
    if not (found and ends):
        raise ValueError(f"the page needs the lines {BEGIN!r} and {END!r}")
    rows = [
        f"| {row.texts} | {row.measure} | {values.get(row.name, '–')} | {row.other} | {row.human} |"
        for row in ROWS
    ]
    table = [
        f"Measured on {day}.",
        "",
        "| Texts | Measure | quotetrack | best other tool | another human |",
        "|---|---|---|---|---|",
        *rows,
    ]
    return "\n".join([before + BEGIN, "", *table, "", END + after])


if __name__ == "__main__":
    target = Path(sys.argv[1])
    found_values = read(sys.stdin.readlines())
    if not found_values:
        sys.exit("no figure on standard input")
    today = datetime.now(UTC).date()
    day = f"{today.day} {today:%B %Y}"
    target.write_text(render(target.read_text("utf-8"), found_values, day), "utf-8")
