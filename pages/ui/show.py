"""Drawing a chart with its twins: the sentence before it, the numbers and the download after."""

import json
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, Literal

import plotly.graph_objects as go
import streamlit as st

from fairdb_core.exporters.tables import csv_of
from pages.ui.changes import signed
from pages.ui.charts import Cell, Chart
from pages.ui.plain import plain, unbroken
from pages.ui.session import is_signed_in

_KEPT = 256
_CONFIG = {
    "displaylogo": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "zoom2d", "pan2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "svg"},
}


def show_chart(
    make: Callable[..., Chart],
    *told: Hashable,
    key: str = "",
    level: int = 3,
    is_chosen_from: bool = False,
) -> Any | None:
    """Draw a chart with its heading, sentence, figure, table and download.

    Args:
        make: Makes the chart of what it is told, once as long as it is told the same.
        told: What the chart is made of, and all that it depends on.
        key: Tells two charts of the same kind on one screen apart.
        level: Of the heading, 2 or 3.
        is_chosen_from: Whether a click on a mark asks for something.

    Returns:
        What was clicked, ``None`` where nothing can be.
    """
    chart, figure = finished_chart(make, told, is_dark=st.context.theme.type == "dark")
    name = f"{chart.name}{key}"
    heading = st.header if level == 2 else st.subheader  # noqa: PLR2004
    heading(plain(chart.title), anchor=False)
    st.markdown(unbroken(plain(chart.sentence)))
    event = None
    if figure is not None:
        if is_chosen_from:
            event = st.plotly_chart(
                figure,
                key=f"chart-{name}",
                alt=chart.alt,
                config=_CONFIG,
                on_select="rerun",
                selection_mode="points",
            )
        else:
            st.plotly_chart(figure, key=f"chart-{name}", alt=chart.alt, config=_CONFIG)
    if chart.rows:
        _show_numbers(chart, name)
    return event


def show_mean(
    label: str,
    percent: float | None,
    moved: float | None,
    *,
    before: float | None = None,
    width: int | Literal["stretch"] = "stretch",
) -> None:
    """Draw a mean in a box of its own, with how it moved and, where it is given, from what."""
    start = "" if before is None else f"{before:.1f} → "
    # Said apart from the text: only a hyphen would be taken for a minus.
    st.metric(
        label,
        "–" if percent is None else f"{start}{percent:.1f} %",
        None if moved is None else f"{signed(moved)} points",
        delta_color="red" if moved is not None and moved < 0 else "green",
        delta_arrow="down" if moved is not None and moved < 0 else "up",
        border=True,
        width=width,
    )


def _show_numbers(chart: Chart, name: str) -> None:
    box = st.expander("Numbers of this chart", key=f"numbers-{name}", on_change="rerun")
    if not box.open:
        return
    with box:
        st.table(
            [
                {
                    unbroken(title): unbroken(plain(_shown(cell)))
                    for title, cell in zip(chart.header, row, strict=True)
                }
                for row in chart.rows
            ],
            hide_index=True,
        )
        if not is_signed_in():
            return
        st.download_button(
            "Download as CSV",
            csv_of(chart.header, chart.rows),
            file_name=f"{chart.name}.csv",
            mime="text/csv",
            key=f"csv-{name}",
            on_click="ignore",
        )


def _shown(cell: Cell) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:,.2f}".replace("-", "\u2212")
    return f"{cell:,}" if isinstance(cell, int) else cell


class _Checked(go.Figure):
    """A figure that Plotly checked when it was made; all that Streamlit asks of it is its dict."""

    def __init__(self, drawn: dict[str, Any]) -> None:
        object.__setattr__(self, "_drawn", drawn)

    def to_dict(self) -> dict[str, Any]:
        """Return what is drawn."""
        return self._drawn


@lru_cache(maxsize=_KEPT)
def finished_chart(
    make: Callable[..., Chart], told: tuple[Hashable, ...], *, is_dark: bool
) -> tuple[Chart, go.Figure | None]:
    """Return a chart, and its figure as it is drawn; what they say depends on nothing else."""
    chart = make(*told)
    if chart.figure is None:
        return chart, None
    return chart, _Checked(_inked(json.loads(chart.figure.to_json()), is_dark=is_dark))


def _inked(drawn: dict[str, Any], *, is_dark: bool) -> dict[str, Any]:
    """Write labels in the colour of the text, on the ground of the page where a line crosses."""
    colour, ground = ("#fafafa", "#171614") if is_dark else ("#31333f", "#ffffff")
    layout = drawn["layout"]
    # The browser puts its own theme in the place of Plotly's, which would be half of a chart.
    layout["template"] = {"layout": {}}
    for each in layout.get("annotations", ()):
        each["font"] = {**each.get("font", {}), "color": colour, "size": 13}
        each |= {"bgcolor": ground, "borderpad": 0}
    layout["font"] = {**layout.get("font", {}), "color": colour}
    for name, axis in layout.items():
        if name.startswith(("xaxis", "yaxis")):
            axis["tickfont"] = {**axis.get("tickfont", {}), "color": colour}
            if "title" in axis:
                axis["title"]["font"] = {**axis["title"].get("font", {}), "color": colour}
    return drawn
