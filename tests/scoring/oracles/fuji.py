"""F-UJI v0.8, one record at a time: its 31 tests, points and maturities."""

from fairdb_core.records import Record, values_of
from fairdb_core.vocabularies.protocols import STANDARD_PROTOCOLS, WITH_AUTHENTICATION
from fairdb_core.vocabularies.standards import DISCIPLINARY_STANDARDS, GENERIC_STANDARDS
from tests.scoring.oracles import subjects
from tests.scoring.oracles.adding_up import (
    MET,
    NOT_ASSESSED,
    Row,
    Score,
    States,
    met_if,
    met_if_given,
    metrics_of,
    points_of,
)
from tests.scoring.oracles.links import (
    data_links_of,
    identifiers_of,
    is_reached_by,
    met_unless_closed,
)
from tests.scoring.oracles.subjects import has, has_any
from tests.scoring.oracles.values import is_linked, is_persistent, is_unique, states_access

# Test, its score, and the maturity that it brings.
TABLE = """
FsF-F1-01MD-1   1   3
FsF-F1-01MD-2   0   3
FsF-F1-02MD-1   0.5 1
FsF-F1-02MD-2   0.5 3
FsF-F1-02MD-4   0   3
FsF-F1-02MD-5   0   3
FsF-F2-01M-2    1   2
FsF-F2-01M-3    1   3
FsF-F3-01M-2    1   3
FsF-F4-01M-1    2   3
FsF-A1-01M-1    1   3
FsF-A1-02MD-1   1   3
FsF-A1-02MD-2   1   3
FsF-A1.1-01MD-1 1   3
FsF-A1.1-01MD-2 1   3
FsF-A1.2-01MD-1 1   3
FsF-A1.2-01MD-2 1   3
FsF-I1-01M-1    2   2
FsF-I1-01M-2    2   3
FsF-I2-01M-2    2   3
FsF-I3-01M-1    2   2
FsF-I3-01M-2    2   3
FsF-R1-01M-1    1   1
FsF-R1-01M-2    1   3
FsF-R1-01M-3    0   3
FsF-R1.1-01M-1  1   3
FsF-R1.2-01M-1  1   2
FsF-R1.2-01M-2  1   3
FsF-R1.3-01M-1  1   3
FsF-R1.3-01M-3  1   1
FsF-R1.3-02D-1  1   3
"""
ALTERNATIVE = ("FsF-I1-01M", "FsF-I3-01M", "FsF-R1.2-01M", "FsF-R1.3-01M")
# What needs the network, and the measured variables, for which there is no field.
NEVER = (
    "FsF-F1-02MD-2", "FsF-F1-02MD-5", "FsF-F4-01M-1", "FsF-A1-02MD-1", "FsF-A1-02MD-2",
    "FsF-I1-01M-1", "FsF-I1-01M-2", "FsF-R1-01M-3", "FsF-R1.2-01M-2",
)  # fmt: skip


def _row(line: str) -> Row:
    test, points, maturity = line.split()
    principle = test.split("-")[1]
    return Row(
        test, test.rpartition("-")[0], (principle[0], principle), float(points),
        maturity=int(maturity),
    )  # fmt: skip


ROWS = [_row(line) for line in TABLE.strip().splitlines()]
METRICS = metrics_of(ROWS)
GROUPS = dict.fromkeys(group for row in ROWS for group in row.groups)


def states_of(record: Record) -> dict[str, int]:
    states = dict.fromkeys(NEVER, NOT_ASSESSED) | _of_identifiers(record) | _of_content(record)
    return {row.test: states[row.test] for row in ROWS}


def _of_identifiers(record: Record) -> dict[str, int]:
    pages, links = identifiers_of(record), data_links_of(record)
    has_link = any(map(is_unique, links))
    return {
        "FsF-F1-01MD-1": met_if(any(map(is_unique, pages))),
        "FsF-F1-01MD-2": met_if(has_link),
        "FsF-F1-02MD-1": met_if(any(map(is_persistent, values_of(record, "identifier")))),
        "FsF-F1-02MD-4": met_if(any(map(is_persistent, links))),
        "FsF-F3-01M-2": met_unless_closed(record, has_link),
        "FsF-A1.1-01MD-1": met_if(is_reached_by(pages, STANDARD_PROTOCOLS)),
        "FsF-A1.1-01MD-2": met_unless_closed(record, is_reached_by(links, STANDARD_PROTOCOLS)),
        "FsF-A1.2-01MD-1": met_if(is_reached_by(pages, WITH_AUTHENTICATION)),
        "FsF-A1.2-01MD-2": met_unless_closed(record, is_reached_by(links, WITH_AUTHENTICATION)),
    }


def _of_content(record: Record) -> dict[str, int]:
    related = values_of(record, "related_identifiers")
    typed = has_any(record, "formats", "media_types")
    cited = has(record, *subjects.CITATION)
    follows = values_of(record, "conforms_to")
    disciplinary = subjects.names_standard(record, DISCIPLINARY_STANDARDS, "conforms_to")
    generic = subjects.names_standard(record, GENERIC_STANDARDS, "conforms_to")
    return {
        "FsF-F2-01M-2": met_if(cited),
        "FsF-F2-01M-3": met_if(cited and has(record, "description", "keywords")),
        "FsF-A1-01M-1": met_if(any(map(states_access, values_of(record, "access_rights")))),
        "FsF-I2-01M-2": subjects.vocabulary_terms(record),
        "FsF-I3-01M-1": met_if(bool(related)),
        "FsF-I3-01M-2": met_if(any(map(is_linked, related))),
        "FsF-R1-01M-1": met_if(has(record, "resource_type")),
        "FsF-R1-01M-2": met_if(typed and has_any(record, "size", "service_url")),
        "FsF-R1.1-01M-1": met_if(has_any(record, "license", "license_url")),
        "FsF-R1.2-01M-1": met_if(subjects.tells_origin(record)),
        "FsF-R1.3-01M-1": met_if_given(follows, disciplinary),
        "FsF-R1.3-01M-3": met_if_given(follows, generic),
        "FsF-R1.3-02D-1": met_if(any(map(subjects.is_good_format, subjects.formats_of(record)))),
    }


def score_of(states: States) -> Score:
    score = points_of(METRICS, states, ALTERNATIVE)
    reached = [(rows[0].groups, _level(rows, states)) for rows in METRICS.values()]
    levels = {
        group: _rounded_mean([level for groups, level in reached if group in groups])
        for group in GROUPS
    }
    score |= {f"{name}.maturity": level for name, level in levels.items()}
    mean = round(sum(levels[name] or 0 for name in "FAIR") / 4, 2)
    return score | {"maturity": 1 if 0 < mean < 1 else mean}


def _level(metric: list[Row], states: States) -> int | None:
    """Return the maturity of the last test that is met, nothing where none could be judged."""
    if all(states[row.test] == NOT_ASSESSED for row in metric):
        return None
    reached = [row.maturity for row in metric if states[row.test] == MET]
    return reached[-1] if reached else 0


def _rounded_mean(found: list[int | None]) -> float | None:
    levels = [level for level in found if level is not None]
    if not levels:
        return None
    mean = sum(levels) / len(levels)
    return 1 if 0 < mean < 1 else round(mean)
