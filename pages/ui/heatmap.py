"""Checks by groups as a heatmap whose cells lead to their datasets."""

import html
from collections.abc import Sequence
from textwrap import wrap

import plotly.graph_objects as go
import streamlit as st

from fairdb_core.domain.gaps import with_gaps
from fairdb_core.domain.heatmaps import HeatCheck, Heatmap
from fairdb_core.domain.summaries import Filters
from pages.ui.charts import SMALLEST_GROUP, Chart
from pages.ui.figures import TOOLS_PIXELS, finished, text_for_plotly
from pages.ui.filters import address_of
from pages.ui.plain import cut
from pages.ui.routes import screen
from pages.ui.show import show_chart

_LONGEST_GROUP = 18
_LONGEST_CHECK = 46
_ROW = 56
_GAP = 26
_LIGHT_FROM = 55
_MARK = 26


def of_heatmap(found: Heatmap) -> Chart:
    """Return which share of each group fails each check, the check worth most at the top."""
    sentence = _sentence(found)
    return Chart(
        name="heatmap",
        title=f"Failed checks by {found.facet.label.lower()}",
        sentence=sentence,
        alt=f"Grid of {len(found.checks)} checks and {len(found.groups)} groups. {sentence}",
        header=(
            "Check",
            "Question",
            "Points of the mean",
            *(
                f"{group.label} (n = {group.count:,}): fail, of those judged"
                for group in found.groups
            ),
        ),
        rows=tuple(
            (
                check.check_id,
                check.question,
                check.gain,
                *(_counts(check, at) for at in range(len(found.groups))),
            )
            for check in found.checks
        ),
        figure=_figure(found) if _worst_cell(found) else None,
    )


def _sentence(found: Heatmap) -> str:
    worst = _worst_cell(found)
    if worst is None:
        return "There are no five datasets in a group that fail a check."
    check, at = worst
    share, judged = 100 * check.failed[at] / check.judged[at], check.judged[at]
    where = f" most often in {found.groups[at].label}:" if len(found.groups) > 1 else " in"
    sentence = (
        f"“{check.question}” (+{check.gain:.1f}) fails{where} "
        f"{share:.0f} % of the {judged:,} datasets in which it could be judged. Each cell says "
        "how many percent fail the check, of those in the group in which it could be judged; "
        "behind each check are the points that the mean gains when it is met everywhere."
    )
    if len(found.groups) == 1:
        sentence += (
            f" All are of one group, {found.groups[0].label}; other groups, chosen above, may show "
            "where they differ."
        )
    hidden = [
        f"the {shown} {word} of {count:,}"
        for shown, count, word in (
            (len(found.groups), found.group_count, "largest groups"),
            (len(found.checks), found.check_count, "checks worth most"),
        )
        if shown < count
    ]
    if hidden:
        sentence += f" Shown are {' and '.join(hidden)}."
    return sentence


def draw_heatmap(found: Heatmap, filters: Filters) -> None:
    """Draw the heatmap, and the way from a cell to its datasets."""
    event = show_chart(of_heatmap, found, level=2, is_chosen_from=True)
    if not found.checks:
        return
    points = event.selection.points if event is not None else []
    marked = points[0].get("customdata") if points else None
    place = marked if isinstance(marked, list) and len(marked) == 2 else [0, 0]  # noqa: PLR2004
    check_at, group_at = (
        number if isinstance(number, int) and 0 <= number < size else 0
        for number, size in zip(place, (len(found.checks), len(found.groups)), strict=True)
    )
    _draw_cell(found, filters, check_at, group_at)


def _draw_cell(found: Heatmap, filters: Filters, check_at: int, group_at: int) -> None:
    st.markdown("Choose a cell in the chart, or here, and open its datasets.")
    mark = f"{found.facet}-{check_at}-{group_at}"
    left, right, link = st.columns([3, 2, 2], vertical_alignment="bottom")
    check = left.selectbox(
        "Check",
        found.checks,
        index=check_at,
        format_func=lambda each: each.question,
        key=f"check-{mark}",
    )
    group = right.selectbox(
        found.facet.label,
        found.groups,
        index=group_at,
        format_func=lambda each: each.label,
        key=f"group-{mark}",
    )
    count = check.failed[found.groups.index(group)]
    narrowed = with_gaps(filters.with_values(found.facet, [group.value]), [check.check_id])
    if not count:
        link.markdown("None of them fails it.")
        return
    link.page_link(
        screen("explore"),
        label="Show the dataset" if count == 1 else f"Show the {count:,} datasets",
        query_params=address_of(narrowed),
        icon=":material/search:",
    )


def _worst_cell(found: Heatmap) -> tuple[HeatCheck, int] | None:
    """Return the check worth most that fails in a large group, and where it fails most often."""
    for check in found.checks:
        large = [
            at
            for at, judged in enumerate(check.judged)
            if judged >= SMALLEST_GROUP and check.failed[at]
        ]
        if large:
            return check, max(large, key=lambda at: check.failed[at] / check.judged[at])
    return None


def _figure(found: Heatmap) -> go.Figure:
    groups, checks = range(len(found.groups)), range(len(found.checks))
    shares = [[_share(check, n) for n in groups] for check in found.checks]
    figure = go.Figure(
        go.Heatmap(
            z=shares,
            zmin=0,
            zmax=100,
            colorscale="Cividis",
            showscale=False,
            hoverinfo="skip",
            xgap=2,
            ygap=_GAP,
        )
    )
    # A heatmap tells no click; squares that are not seen lie on its cells and do.
    figure.add_trace(_squares(found, shares))
    labels = told_apart([check.question for check in found.checks], _LONGEST_CHECK)
    for row, (check, label) in enumerate(zip(found.checks, labels, strict=True)):
        question = text_for_plotly(label)
        figure.add_annotation(
            x=0,
            xref="paper",
            xanchor="left",
            y=row - 0.5,
            text=f"{question} <b>+{check.gain:.1f}</b>",
            showarrow=False,
        )
    figure.update_xaxes(
        tickvals=list(groups),
        ticktext=[_heading(group.label) for group in found.groups],
        side="top",
        ticklabeloverflow="allow",
        automargin=True,
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(
        visible=False, range=[len(checks) - 0.4, -0.8], showgrid=False, fixedrange=True
    )
    finished(figure, height=78 + TOOLS_PIXELS + _ROW * len(checks), has_labels=False)
    return figure.update_layout(margin={"t": 48 + TOOLS_PIXELS, "b": 8}, clickmode="event+select")


def _squares(found: Heatmap, shares: list[list[float | None]]) -> go.Scatter:
    cells = [(row, column) for row, line in enumerate(shares) for column in range(len(line))]
    is_light = [(shares[row][column] or 0) >= _LIGHT_FROM for row, column in cells]
    return go.Scatter(
        x=[column for _, column in cells],
        y=[row for row, _ in cells],
        mode="markers+text",
        text=[_number(shares[row][column]) for row, column in cells],
        textfont={"color": ["#1a1a1a" if light else "#ffffff" for light in is_light]},
        marker={"symbol": "square", "size": _MARK, "opacity": 0},
        customdata=[[row, column] for row, column in cells],
        hovertext=[_hover(found, row, column) for row, column in cells],
        hoverinfo="text",
        showlegend=False,
    )


def _share(check: HeatCheck, group: int) -> float | None:
    judged = check.judged[group]
    return 100 * check.failed[group] / judged if judged >= SMALLEST_GROUP else None


def _number(share: float | None) -> str:
    return "–" if share is None else f"{share:.0f}"


def _counts(check: HeatCheck, group: int) -> str:
    return f"{check.failed[group]:,} of {check.judged[group]:,}"


def _hover(found: Heatmap, check_at: int, group_at: int) -> str:
    check, group = found.checks[check_at], found.groups[group_at]
    return html.escape(
        f"{group.label} (n = {group.count:,}): {_counts(check, group_at)} judged fail. "
        f"{check.question}"
    )


def _heading(label: str) -> str:
    """Return a name in up to two lines, cut where it is longer."""
    lines = wrap(cut(label, 2 * _LONGEST_GROUP), _LONGEST_GROUP, max_lines=2, placeholder="…")
    return "<br>".join(text_for_plotly(line) for line in lines)


def told_apart(texts: Sequence[str], longest: int) -> list[str]:
    """Return texts that are cut where they are longer, so that different ones stay different."""
    cuts = [cut(text, longest) for text in texts]
    return [
        cut if len({text for text, other in zip(texts, cuts, strict=True) if other == cut}) == 1
        else _cut_in_the_middle(texts[at], _alike(cut, texts, cuts), longest)
        for at, cut in enumerate(cuts)
    ]  # fmt: skip


def _alike(cut: str, texts: Sequence[str], cuts: Sequence[str]) -> int:
    """Return where the texts begin to differ that are cut to the same, at the start of a word."""
    found = sorted(text for text, other in zip(texts, cuts, strict=True) if other == cut)
    first, last = found[0], found[-1]
    end = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
    return first.rfind(" ", 0, end) + 1


def _cut_in_the_middle(text: str, start: int, longest: int) -> str:
    """Return how a text begins, and how it goes on where it differs from others."""
    beginning = text[: longest // 3].rstrip()
    return f"{beginning}… {cut(text[start:], longest - len(beginning) - 2)}"
