"""Whose words a verb introduces: a table of subjects of all shapes (cases/subjects.txt)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quotetrack.attribution.reading import prepare
from quotetrack.attribution.rule_arguments import find_arguments
from quotetrack.attribution.rule_cues import find_cues
from quotetrack.text.quotemarks import find_quotations
from quotetrack.text.segment import segment
from quotetrack.text.tagger import tag

_LINES = (Path(__file__).parent / "cases/subjects.txt").read_text(encoding="utf-8").split("\n")


@pytest.mark.parametrize("line", [line for line in _LINES if line and line[0] != "#"])
def test_subjects(line: str) -> None:
    text = re.sub(r"[][<>]", "", line)
    wanted, verb = (re.findall(marks, line)[0] for marks in (r"<(.*?)>", r"\[(.*?)\]"))
    layout = segment(text)
    reading = prepare(layout, tag(layout), find_quotations(layout))
    found = [
        (text[slice(*a.source)] if a.source else None, text[slice(*a.cue)])
        for a in find_arguments(reading, find_cues(reading))
        if a.cue
    ]
    assert (re.sub(r"[][]", "", wanted), verb) in found
