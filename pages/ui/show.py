"""Drawing a chart with its twins: the sentence before it, the numbers and the download after."""

from typing import Any

import plotly.graph_objects as go
import streamlit as st

from fairdb_core.exporters.tables import csv_of
from pages.ui.charts import Cell, Chart
from pages.ui.plain import plain
from pages.ui.session import is_signed_in

_CONFIG = {
    "displaylogo": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "zoom2d", "pan2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "svg"},
}


def show_chart(
    chart: Chart, *, key: str = "", level: int = 3, is_chosen_from: bool = False
) -> Any | None:
    """Draw a chart with its heading, sentence, figure, table and download.

    Args:
        key: Tells two charts of the same kind on one screen apart.
        level: Of the heading, 2 or 3.
        is_chosen_from: Whether a click on a mark asks for something.

    Returns:
        What was clicked, ``None`` where nothing can be.
    """
    name = f"{chart.name}{key}"
    heading = st.header if level == 2 else st.subheader  # noqa: PLR2004
    heading(plain(chart.title), anchor=False)
    st.markdown(plain(chart.sentence))
    event = None
    if chart.figure is not None:
        _ink(chart.figure)
        if is_chosen_from:
            event = st.plotly_chart(
                chart.figure,
                key=f"chart-{name}",
                alt=chart.alt,
                config=_CONFIG,
                on_select="rerun",
                selection_mode="points",
            )
        else:
            st.plotly_chart(chart.figure, key=f"chart-{name}", alt=chart.alt, config=_CONFIG)
    if chart.rows:
        _show_numbers(chart, name)
    return event


def _show_numbers(chart: Chart, name: str) -> None:
    with st.expander("Numbers of this chart"):
        st.table(
            [
                {title: plain(_shown(cell)) for title, cell in zip(chart.header, row, strict=True)}
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
        return f"{cell:,.2f}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def _ink(figure: go.Figure) -> None:
    """Write labels in the colour of the text, on the ground of the page where a line crosses."""
    is_dark = st.context.theme.type == "dark"
    colour, ground = ("#fafafa", "#171614") if is_dark else ("#31333f", "#ffffff")
    # All at once: one by one, each costs as much as all before it.
    figure.layout.annotations = [
        {
            **each,
            "font": {**each.get("font", {}), "color": colour, "size": 13},
            "bgcolor": ground,
            "borderpad": 0,
        }
        for each in figure.to_plotly_json()["layout"].get("annotations", ())
    ]
    figure.update_layout(font={"color": colour})
    figure.update_xaxes(tickfont={"color": colour}, title_font={"color": colour})
    figure.update_yaxes(tickfont={"color": colour}, title_font={"color": colour})
