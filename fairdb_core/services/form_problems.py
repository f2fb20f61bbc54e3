"""What is wrong with a form, told for a form, which has neither rows nor columns."""

from collections.abc import Iterable
from dataclasses import replace

from fairdb_core.domain.uploads import Problem
from fairdb_core.importers.dates import date_of
from fairdb_core.importers.findings import Finding
from fairdb_core.importers.normalise import problem_of


def told_for_form(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems of a file's rows as those of a form, which may not be left blank."""
    return tuple(_told(problem) for problem in problems)


def _told(problem: Problem) -> Problem:
    match problem.code:
        case Finding.BLANK_ROW:
            nameless = Finding.NO_IDENTIFIER_OR_TITLE
            return _told(problem_of(nameless, problem.rows, column=None, value="", field=None))
        case Finding.NO_IDENTIFIER_OR_TITLE:
            return replace(problem, remedy="Fill in one of them.")
        case Finding.SEVERAL_VALUES:
            return replace(problem, remedy="The first is kept.")
        case Finding.AMBIGUOUS_DATE:
            return replace(problem, remedy=f"Left empty. Write {_readings(problem.value)}.")
    return problem


def _readings(text: str) -> str:
    """Return both dates that a text may mean, the day first and the month first."""
    found = [date_of(text, is_day_first=is_day_first)[0] for is_day_first in (True, False)]
    return " or ".join(day for day in found if day) or "it as 2025-04-03"
