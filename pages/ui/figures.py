"""What all figures share: colours, axes from nothing to all, labels on the marks, and margins."""

import html
import re
from textwrap import wrap

import plotly.graph_objects as go

from fairdb_core.domain.summaries import TARGET_PERCENT

MET, PARTLY, UNMET, NEUTRAL = "#0072B2", "#CC79A7", "#D55E00", "#76839B"
LABEL_WIDTH = 50
ROW_PIXELS = 68
# Above all that is drawn, the room for the tools that come with the mouse, at the right; a word
# or a legend that keeps to the left of them shares it.
TOOLS_PIXELS = 28
_LEGEND_PIXELS, _WORD_PIXELS = 44, 18
# How far to the right a word can end without touching the tools of a narrow chart.
_LEFT_OF_TOOLS = 80
PERCENT_TICKS = (0, 20, 40, 60, 80, 100)
PERCENT_WORDS = ("0", "20 %", "40 %", "60 %", "80 %", "100 %")
# Of a row, the part above its bar that a label may fill.
_LABEL_AT, _LABEL_SHARE, _LINE_PIXELS = 0.2, 0.52, 17
_BELOW_PIXELS = 44
_TAG = re.compile(r"</?b>")


def text_for_plotly(text: str) -> str:
    """Return text in which Plotly finds no markup, broken into lines."""
    lines = wrap(text, LABEL_WIDTH) or [""]
    return "<br>".join(html.escape(line, quote=False) for line in lines)


def label_row(figure: go.Figure, place: float, text: str) -> None:
    """Write above a row rather than beside it, so that a narrow screen has room for the bar."""
    figure.add_annotation(row_label(place, text))


def row_label(place: float, text: str) -> dict[str, str | float | bool]:
    """Return such a label; its note has a line of its own where both are too long for one."""
    head, mark, note = text.rpartition("  (")
    last_line = _TAG.sub("", text.rpartition("<br>")[2])
    if mark and len(html.unescape(last_line)) > LABEL_WIDTH:
        text = f"{head}<br>({note}"
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": place + _LABEL_AT,
        "yanchor": "bottom",
        "text": text,
        "showarrow": False,
        "align": "left",
    }


def percent_axis(figure: go.Figure) -> None:
    """Draw an axis from nothing to all."""
    figure.update_xaxes(
        range=[0, 100], tickvals=PERCENT_TICKS, ticktext=PERCENT_WORDS, fixedrange=True
    )


def target_line(figure: go.Figure) -> None:
    """Draw a line at the percent that is asked of everybody."""
    figure.add_vline(
        x=TARGET_PERCENT, line={"dash": "dash", "color": NEUTRAL, "width": 2}, layer="below"
    )
    word_above(figure, TARGET_PERCENT, f"target {TARGET_PERCENT:.0f} %")


def word_above(figure: go.Figure, percent: float, text: str) -> None:
    """Write above a line of a percent axis, to its left where the tools are near."""
    figure.add_annotation(
        x=percent,
        xanchor="left" if percent < _LEFT_OF_TOOLS / 2 else "right",
        y=1,
        yref="paper",
        yanchor="bottom",
        text=text,
        showarrow=False,
    )


def finished(
    figure: go.Figure,
    *,
    rows: int = 0,
    row_pixels: int = ROW_PIXELS,
    height: int | None = None,
    has_labels: bool = True,
    has_legend: bool = False,
) -> go.Figure:
    """Return a figure with the margins and the height that all charts share.

    Args:
        figure: What was drawn.
        rows: How many bars or dots stand below each other.
        row_pixels: What one of them takes, more where a label has many lines.
        height: Of a figure without such rows.
        has_labels: Whether labels stand above the rows.
        has_legend: Whether a legend stands above all.
    """
    words = figure.layout.annotations
    top = _LEGEND_PIXELS if has_legend else TOOLS_PIXELS
    if any(each.yref == "paper" and each.x > _LEFT_OF_TOOLS for each in words):
        top += _WORD_PIXELS
    lines = max((each.text.count("<br>") + 1 for each in words), default=1)
    row_pixels = max(row_pixels, round(lines * _LINE_PIXELS / _LABEL_SHARE))
    if has_labels:
        highest = _end_of_first_label(figure, row_pixels)
        figure.update_yaxes(visible=False, range=[-rows + 0.6, highest], fixedrange=True)
        height = round((highest + rows - 0.6) * row_pixels) + top + _BELOW_PIXELS
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 16, "t": top, "b": _BELOW_PIXELS},
        showlegend=has_legend,
        bargap=0.1,
        hoverlabel={"align": "left"},
    )
    return figure


def _end_of_first_label(figure: go.Figure, row_pixels: int) -> float:
    """Return how high the label of the first row reaches, in rows."""
    lines = max(
        (each.text.count("<br>") + 1 for each in figure.layout.annotations if each.y == _LABEL_AT),
        default=1,
    )
    return _LABEL_AT + (lines + 0.3) * _LINE_PIXELS / row_pixels
