"""Who is said to have said what: a table of small texts of many sorts (cases/attribution.txt)."""

from __future__ import annotations

import attribution_cases
import case_files
import pytest

KNOWN_FAILURES = "attribution_known_failures.txt"


@pytest.mark.parametrize("case", case_files.params("attribution.txt"))
def test_cases(case: str) -> None:
    wrong = attribution_cases.problems(case)
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.xfail(raises=AssertionError, reason="not mended yet; xpassed: move to the other file")
@pytest.mark.parametrize("case", case_files.params(KNOWN_FAILURES))
def test_known_failures(case: str) -> None:
    wrong = attribution_cases.problems(case)
    assert not wrong, "\n".join(["", *wrong])


def test_names_are_unique_and_cases_many() -> None:
    names = [
        name for file in ("attribution.txt", KNOWN_FAILURES) for name, _ in case_files.read(file)
    ]
    assert len(names) == len(set(names))
    assert len(names) >= 400


@pytest.mark.parametrize(
    ("marked", "wrong"),
    [
        ("{1 The pier is shut}, <1 she> [1 said].", ""),
        ("{1 The pier is shut{? today}}, <1 she> [1 said].", ""),
        ("{1? The pier is shut}, <1? she> [1? said].", ""),
        ("The pier is shut, she said.", "not wanted: {The pier is shut} [said] <she>"),
        ("{1 The pier is} shut, <1 she> [1 said].", "1: content: wanted ‘The pier is’, "),
        ("{1 The pier is shut}, she [1 said].", "1: source: wanted ‘none’, found ‘she’"),
        ("{1 The pier is shut}, <1 she> said.", "1: cue: wanted ‘none’, found ‘said’"),
        ("The pier is [sic] <1 shut>, {1 she said}.", "1: missed: {she said} [] <shut>"),
        ("{1 The pier is shut}, <1 she> [1 said].\n= 1: direct", "1: wanted direct, found indir"),
        ("{1 The pier is shut}, <1 she> [1 said].\n= 1: writing", "1: wanted writing, found spe"),
        ("{1 The pier is shut}, <1 Ida> [1 said].\n= 1: Ida, speech", ""),
    ],
)
def test_what_differs_is_told(marked: str, wrong: str) -> None:
    found = attribution_cases.problems(marked)
    assert any(line.startswith(wrong) for line in found) if wrong else not found


@pytest.mark.parametrize(
    ("marked", "message"),
    [
        ("{1 The pier is shut, <1 she> said.", "{1 is never closed"),
        ("The pier} is shut.", "'}' closes nothing"),
        ("<1 She> [1 said] so.", "attribution 1 has no {1 content}"),
        ("{1 The pier is shut}.\n= 2: direct", "not '= number: kind"),
    ],
)
def test_mistakes_in_marks_are_told(marked: str, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("{", r"\{")):
        attribution_cases.unmark(marked)
