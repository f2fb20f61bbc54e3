import pytest

from fairdb_core.importers.dates import date_of, day_first_of, period_of
from fairdb_core.importers.findings import Finding


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", "2024"),
        ("2024-03", "2024-03"),
        ("2024-3-5", "2024-03-05"),
        ("2024/03/15", "2024-03-15"),
        ("20240315", "2024-03-15"),
        ("2024-03-15T10:20:30Z", "2024-03-15"),
        ("2024-03-15 10:20:30.123+02:00", "2024-03-15"),
        ("2018-08-15T17:30:07.000Z", "2018-08-15"),
        ("15.03.2024", "2024-03-15"),
        ("15/03/2024", "2024-03-15"),
        ("03/15/2024", "2024-03-15"),
        ("03/2024", "2024-03"),
        ("3/3/2024", "2024-03-03"),
        ("15 March 2024", "2024-03-15"),
        ("March 15, 2024", "2024-03-15"),
        ("15th of March 2024", "2024-03-15"),
        ("Wed, 15 Mar 2024", "2024-03-15"),
        ("15. März 2024", "2024-03-15"),
        ("1er août 2019", "2019-08-01"),
        ("3 de enero de 2020", "2020-01-03"),
        ("12 febbraio 2021", "2021-02-12"),
        ("5 de março de 2017", "2017-03-05"),
        ("2 mei 2016", "2016-05-02"),
        ("Dezember 1999", "1999-12"),
        ("15.3.98", "1998-03-15"),
        ("15-Mar-98", "1998-03-15"),
        ("5 déc. 19", "2019-12-05"),
        ("2024年3月15日", "2024-03-15"),
        ("2024년 3월", "2024-03"),
        ("2024-00-00", "2024"),
    ],
)
def test_date_is_brought_to_iso(text: str, expected: str) -> None:
    assert date_of(text) == (expected, None)


@pytest.mark.parametrize(
    ("is_day_first", "expected"), [(True, "2025-04-03"), (False, "2025-03-04")]
)
def test_order_of_day_and_month_is_that_of_the_column(is_day_first: bool, expected: str) -> None:
    assert date_of("03/04/2025", is_day_first=is_day_first) == (expected, None)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("03/04/2025", Finding.AMBIGUOUS_DATE),
        ("2023-02-30", Finding.IMPOSSIBLE_DATE),
        ("2023-13-01", Finding.IMPOSSIBLE_DATE),
        ("2024-00-15", Finding.IMPOSSIBLE_DATE),
        ("00/2024", Finding.DATE_NOT_UNDERSTOOD),
        ("31.04.2020", Finding.IMPOSSIBLE_DATE),
        ("soon", Finding.DATE_NOT_UNDERSTOOD),
        ("spring 2020", Finding.DATE_NOT_UNDERSTOOD),
        ("43831", Finding.DATE_NOT_UNDERSTOOD),
        ("43831/03/1999 10:00", Finding.DATE_NOT_UNDERSTOOD),
        ("0000", Finding.DATE_NOT_UNDERSTOOD),
        ("2010-2015", Finding.DATE_NOT_UNDERSTOOD),
    ],
)
def test_date_that_cannot_be_read_is_left_empty(text: str, finding: Finding) -> None:
    assert date_of(text) == (None, finding)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["03/04/2025", "13/04/2025"], True),
        (["03/04/2025", "04/13/2025"], False),
        (["03.04.2025"], True),
        (["03/04/2025", "2025-04-03"], None),
        (["13/04/2025", "04/13/2025"], None),
    ],
)
def test_column_tells_the_order_of_day_and_month(texts: list[str], expected: bool | None) -> None:
    assert day_first_of(texts) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015-01-01/2020-12-31", "2015-01-01/2020-12-31"),
        ("2012-05 - 2013-08", "2012-05/2013-08"),
        ("2015 to 2020", "2015/2020"),
        ("2015-2020", "2015/2020"),
        ("1.1.2015 bis 31.12.2020", "2015-01-01/2020-12-31"),
        ("2015-01-01/..", "2015-01-01/.."),
        ("2015 - present", "2015/.."),
        ("2019", "2019"),
        ("Jurassic", "Jurassic"),
        ("2020 - 2010", "2020 - 2010"),
    ],
)
def test_period_has_a_start_and_an_end(text: str, expected: str) -> None:
    assert period_of(text) == expected
