"""The chart of an order of fixes: where the mean stands after each of them."""

import plotly.graph_objects as go

from fairdb_core.domain.fix_orders import FixOrder
from fairdb_core.domain.sums import shown_difference
from pages.ui.charts import SMALLEST_GROUP, Chart
from pages.ui.figures import MET, NEUTRAL, PERCENT_TICKS, PERCENT_WORDS, TOOLS_PIXELS

_HEIGHT = 360
_FEW = 12


def of_fix_order(order: FixOrder) -> Chart:
    """Return the mean after each fix of an order, and where it reaches the target."""
    sentence = _sentence(order)
    return Chart(
        name="fix-order",
        title="How the mean rises, fix by fix",
        sentence=sentence,
        alt=f"Steps of the mean after each of {len(order.steps)} fixes. {sentence}",
        header=(
            "Fix",
            "Field",
            "Checks that it settles",
            "Datasets",
            "Points of the mean gained",
            "Mean percent after it",
        ),
        rows=tuple(
            (place, step.fix.title, ", ".join(step.fix.check_ids), step.fix.count, step.fix.gain,
             step.mean)
            for place, step in enumerate(order.steps, 1)
        ),
        figure=_figure(order) if order.steps and order.judged_count >= SMALLEST_GROUP else None,
    )  # fmt: skip


def _sentence(order: FixOrder) -> str:
    if not order.steps:
        return "There is nothing left to fix that the records alone could decide."
    if order.judged_count < SMALLEST_GROUP:
        return f"{order.judged_count:,} datasets are too few for a chart; five are needed."
    needed = order.steps_to_target
    rise = shown_difference(order.mean or 0.0, order.steps[-1].mean)
    start = f"All {len(order.steps)} fixes together raise the mean by {rise:.1f} points"
    if len(order.steps) == 1:
        start = f"The one fix raises the mean by {rise:.1f} points"
    if needed is None:
        return f"{start}, to {order.steps[-1].mean:.1f} %, still below {order.target:g} %."
    if not needed:
        return f"{start}; {order.target:g} % is reached already."
    return f"{start}; {order.target:g} % is reached after fix {needed}."


def _figure(order: FixOrder) -> go.Figure:
    means = [order.mean or 0.0, *(step.mean for step in order.steps)]
    words = ["as it is", *(f"fix {place}" for place in range(1, len(means)))]
    needed = order.steps_to_target
    figure = go.Figure(
        go.Scatter(
            x=list(range(len(means))),
            y=means,
            customdata=words,
            mode="lines+markers",
            cliponaxis=False,
            line={"color": MET, "width": 2, "shape": "hv"},
            marker={
                "size": [13 if place == needed else 8 for place in range(len(means))],
                "symbol": ["diamond" if n == needed else "circle" for n in range(len(means))],
                "line": {"width": 0},
                "opacity": 1,
            },
            hovertemplate="%{customdata}: %{y:.1f} %<extra></extra>",
        )
    )
    figure.add_hline(y=order.target, line={"dash": "dash", "color": NEUTRAL, "width": 2})
    figure.add_annotation(
        x=1, xref="paper", xanchor="right", y=order.target, yanchor="top", showarrow=False,
        text=f"target {order.target:g} %",
    )  # fmt: skip
    for place in sorted({0, len(means) - 1, needed or 0}):
        is_above = place == needed and place > 0
        figure.add_annotation(
            x=place, y=means[place], yanchor="bottom" if is_above else "top",
            yshift=10 if is_above else -10, showarrow=False, text=f"{means[place]:.1f} %",
        )  # fmt: skip
    every = 1 if len(means) <= _FEW else 2
    figure.update_xaxes(
        title="Fixes done, in the order below", range=[-0.5, len(means) - 0.5], fixedrange=True,
        tickvals=list(range(0, len(means), every)),
    )  # fmt: skip
    figure.update_yaxes(
        range=[0, 100], tickvals=PERCENT_TICKS, ticktext=PERCENT_WORDS, fixedrange=True
    )
    figure.update_layout(
        height=_HEIGHT, margin={"l": 8, "r": 16, "t": TOOLS_PIXELS + 8, "b": 44}, showlegend=False
    )
    return figure
