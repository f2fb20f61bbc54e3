"""A chart is made once of what it is told, and never shown for anything else."""

import pytest

from fairdb_core.domain.summaries import PrincipleScore
from pages.ui import charts
from pages.ui.show import finished_chart

NAMES = {"F": "Findable", "A": "Accessible", "I": "Interoperable", "R": "Reusable"}


def _scores(findable: float) -> tuple[PrincipleScore, ...]:
    percents = {"F": findable, "A": 60.0, "I": 20.0, "R": 40.0}
    return tuple(
        PrincipleScore(letter, NAMES[letter], percent, percent / 20, 5, 7, 60)
        for letter, percent in percents.items()
    )


def test_chart_of_equal_figures_is_made_once() -> None:
    one = finished_chart(charts.of_principles, (_scores(80.0), 60), is_dark=False)
    other = finished_chart(charts.of_principles, (_scores(80.0), 60), is_dark=False)
    assert one is other


def test_chart_of_other_figures_is_another() -> None:
    one, _ = finished_chart(charts.of_principles, (_scores(80.0), 60), is_dark=False)
    other, _ = finished_chart(charts.of_principles, (_scores(30.0), 60), is_dark=False)
    assert one.sentence != other.sentence


@pytest.mark.parametrize(("is_dark", "ink"), [(False, "#31333f"), (True, "#fafafa")])
def test_labels_and_axes_have_the_ink_of_the_theme(is_dark: bool, ink: str) -> None:
    _, figure = finished_chart(charts.of_principles, (_scores(80.0), 60), is_dark=is_dark)
    assert figure is not None
    layout = figure.to_dict()["layout"]
    assert {each["font"]["color"] for each in layout["annotations"]} == {ink}
    assert layout["xaxis"]["tickfont"]["color"] == ink


def test_figure_that_is_drawn_says_what_plotly_checked() -> None:
    chart, figure = finished_chart(charts.of_principles, (_scores(80.0), 60), is_dark=False)
    assert chart.figure is not None
    assert figure is not None
    checked, drawn = chart.figure.to_dict(), figure.to_dict()
    assert drawn["data"] == checked["data"]
    assert [each["text"] for each in drawn["layout"]["annotations"]] == [
        each["text"] for each in checked["layout"]["annotations"]
    ]
