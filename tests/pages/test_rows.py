"""A dataset in a list can be read on a narrow screen."""

from pages.ui.rows import title_in_lines


def test_title_is_broken_into_lines_and_says_where_it_goes_on() -> None:
    assert title_in_lines("Soil_moisture") == r"Soil\_moisture"
    long = "Soil moisture of the Rhine valley, hourly at 24 stations, measured with probes"
    assert title_in_lines(long) == (
        "Soil moisture of the Rhine valley, hourly at\\\n24 stations, measured with probes"
    )
    lines = title_in_lines(f"{long} at three depths since 1998").split("\\\n")
    assert len(lines) == 2
    assert lines[1].endswith("…")
