"""The chart of scores over time: a line, and the number of datasets as bars below it."""

from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from fairdb_core.domain.histories import RubricMark
from fairdb_core.domain.summaries import TrendPoint
from fairdb_core.domain.sums import shown_difference
from pages.ui.charts import Chart
from pages.ui.figures import MET, NEUTRAL, PERCENT_TICKS, PERCENT_WORDS, text_for_plotly

FEWEST_POINTS = 2


def of_trend(points: Sequence[TrendPoint], marks: Sequence[RubricMark] = ()) -> Chart:
    """Return how mean and median moved, and when another version of the rubric came to count."""
    if len(points) < FEWEST_POINTS:
        sentence = "There is one point in time so far; the next upload starts the line."
    else:
        first, last = points[0], points[-1]
        moved = shown_difference(first.mean, last.mean)
        word = "rose" if moved > 0 else "fell" if moved < 0 else "stayed the same"
        by = f" by {abs(moved):.1f} points" if moved else ""
        sentence = (
            f"The mean {word}{by} from {first.mean:.1f} % in {first.at:%B %Y} to {last.mean:.1f} % "
            f"in {last.at:%B %Y}, while the number of datasets went from {first.count:,} to "
            f"{last.count:,}."
        )
        shown = [mark for mark in marks if first.at <= mark.at <= last.at]
        if shown:
            listed = ", ".join(f"{mark.label} from {mark.at:%d %B %Y}" for mark in shown)
            sentence += f" The rubric changed: {listed}."
    return Chart(
        name="trend",
        title="Over time",
        sentence=sentence,
        alt=f"Line of the mean and the median over bars of the number of datasets. {sentence}",
        header=("Date", "Mean percent", "Median percent", "Datasets"),
        rows=tuple((f"{p.at:%Y-%m-%d}", p.mean, p.median, p.count) for p in points),
        figure=_figure(points, marks) if len(points) >= FEWEST_POINTS else None,
    )


def _figure(points: Sequence[TrendPoint], marks: Sequence[RubricMark]) -> go.Figure:
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, row_heights=[0.75, 0.25], vertical_spacing=0.06
    )
    times = [point.at for point in points]
    for name, values, colour, dash in (
        ("mean", [point.mean for point in points], MET, "solid"),
        ("median", [point.median for point in points], NEUTRAL, "dot"),
    ):
        figure.add_scatter(
            x=times,
            y=values,
            name=name,
            mode="lines+markers",
            line={"color": colour, "width": 2, "dash": dash},
            hovertemplate=name + " %{y:.1f} %, %{x|%d %b %Y}<extra></extra>",
            row=1,
            col=1,
        )
    figure.add_bar(
        x=times,
        y=[point.count for point in points],
        marker={"color": NEUTRAL},
        hovertemplate="%{y:,} datasets, %{x|%d %b %Y}<extra></extra>",
        showlegend=False,
        row=2,
        col=1,
    )
    for mark in marks:
        if times[0] <= mark.at <= times[-1]:
            _mark(figure, mark)
    figure.update_yaxes(
        range=[0, 100], tickvals=PERCENT_TICKS, ticktext=PERCENT_WORDS, row=1, col=1
    )
    figure.update_yaxes(title="n", rangemode="tozero", nticks=3, row=2, col=1)
    figure.update_xaxes(fixedrange=True)
    figure.update_yaxes(fixedrange=True)
    figure.update_layout(
        height=380,
        margin={"l": 8, "r": 16, "t": 36, "b": 30},
        showlegend=True,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
    )
    return figure


def _mark(figure: go.Figure, mark: RubricMark) -> None:
    """Draw a line across both charts; a plain shape, as Plotly cannot average times."""
    figure.add_shape(
        type="line",
        x0=mark.at,
        x1=mark.at,
        y0=0,
        y1=1,
        xref="x",
        yref="paper",
        line={"dash": "dash", "color": NEUTRAL, "width": 2},
    )
    figure.add_annotation(
        x=mark.at,
        y=0.02,
        xref="x",
        yref="y",
        yanchor="bottom",
        xanchor="right",
        text=text_for_plotly(f"▲ {mark.label}"),
        showarrow=False,
    )
