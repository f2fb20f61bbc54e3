"""Charts of a comparison: groups with intervals, a funnel of many, two days, and the moves."""

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from fairdb_core.domain.comparisons import (
    BeforeAfter,
    Funnel,
    FunnelPoint,
    GroupScore,
    GroupShift,
    Standing,
)
from fairdb_core.domain.summaries import BANDS
from fairdb_core.domain.sums import shown_difference
from pages.ui.changes import day_text, signed
from pages.ui.charts import SMALLEST_GROUP, Chart
from pages.ui.figures import (
    MET,
    NEUTRAL,
    PERCENT_TICKS,
    PERCENT_WORDS,
    UNMET,
    finished,
    label_row,
    percent_axis,
    target_line,
    text_for_plotly,
)
from pages.ui.small_groups import not_drawn

_MARKS = {
    Standing.ABOVE: ("▲ above", MET, "triangle-up"),
    Standing.WITHIN: ("● not told apart", NEUTRAL, "circle"),
    Standing.BELOW: ("▼ below", UNMET, "triangle-down"),
}
_NAMED = 12
_SIZES = (1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000)
_MOST_PAIRS = 13
_CURVE_STEPS = 60
_HEIGHT = 420


def rank_text(score: GroupScore) -> str:
    """Return the ranks that a group could have, or why it has none."""
    if score.ranks is None:
        return "no rank, n below 10" if score.count < 10 else "no rank"  # noqa: PLR2004
    best, worst = score.ranks
    return f"rank {best}" if best == worst else f"rank {best} to {worst}"


def of_groups(groups: Sequence[GroupScore], verdict: str) -> Chart:
    """Return the mean of each group with its interval, its size and its possible ranks."""
    large = [group for group in groups if group.count >= SMALLEST_GROUP]
    small = [group for group in groups if group.count < SMALLEST_GROUP]
    sentence = verdict + not_drawn([(group.label, str(group.count)) for group in small])
    titles = [title for title, _ in groups[0].dimensions] if groups else []
    return Chart(
        name="groups",
        title="Do they really differ?",
        sentence=sentence,
        alt=f"Dots with intervals of {len(large)} groups. {sentence}",
        header=("Group", "Datasets", "Mean percent", "From", "To", "Possible ranks", *titles),
        rows=tuple(
            (
                g.label,
                g.count,
                g.mean,
                g.lower,
                g.upper,
                rank_text(g),
                *(p for _, p in g.dimensions),
            )
            for g in groups
        ),
        figure=_dots(large) if large else None,
    )


def of_funnel(funnel: Funnel, verdict: str) -> Chart:
    """Return many groups by their size, and the range in which chance puts them."""
    small = [(group.label, str(group.count)) for group in funnel.small]
    notes = [not_drawn(small, funnel.small_count)]
    if funnel.hidden_count:
        notes.append(f" Only the {len(funnel.points):,} largest are drawn.")
    sentence = verdict + "".join(notes)
    return Chart(
        name="funnel",
        title="Which groups stand out?",
        sentence=sentence,
        alt=f"Funnel of {len(funnel.points):,} groups by size and mean. {sentence}",
        header=("Group", "Datasets", "Mean percent", "Against the mean of all"),
        rows=tuple((p.label, p.count, p.mean, _MARKS[p.standing][0]) for p in funnel.points),
        figure=_funnel(funnel) if funnel.points else None,
    )


def of_shifts(found: BeforeAfter) -> Chart:
    """Return each group on two days."""
    since, until = day_text(found.since), day_text(found.until)
    whole = found.shifts[-1]
    moved = ""
    if whole.before is not None and whole.after is not None:
        moved = f", {signed(shown_difference(whole.before, whole.after))} points"
    sentence = (
        f"All together {_exactly(whole.before)} (n = {whole.before_count:,}) at the end of "
        f"{since} and {_exactly(whole.after)} (n = {whole.after_count:,}) at the end of "
        f"{until}{moved}."
    )
    large = [s for s in found.shifts if min(s.before_count, s.after_count) >= SMALLEST_GROUP]
    small = [s for s in found.shifts if s not in large]
    counts = [(s.label, f"{s.before_count} → {s.after_count}") for s in small]
    sentence += not_drawn(counts, why="on one of the days")
    drawn = large if len(large) <= _MOST_PAIRS else [*large[: _MOST_PAIRS - 1], large[-1]]
    if len(drawn) < len(large):
        sentence += f" Of {len(large) - 1:,} groups the {len(drawn) - 1} that moved most are drawn."
    return Chart(
        name="shifts",
        title="Before and after",
        sentence=sentence,
        alt=f"Pairs of dots, before and after, of {len(drawn)} groups. {sentence}",
        header=("Group", "Mean before", "Mean after", "Points", "Datasets before", "After"),
        rows=tuple(
            (s.label, s.before, s.after, _move(s), s.before_count, s.after_count)
            for s in found.shifts
        ),
        figure=_dumbbell(drawn) if drawn else None,
    )


def of_migration(found: BeforeAfter) -> Chart:
    """Return how many datasets went from which score band to which."""
    moves = found.migration
    sentence = (
        f"{moves.risen:,} datasets rose to a higher band, {moves.fallen:,} fell to a lower one and "
        f"{moves.stayed:,} stayed; {sum(moves.came):,} came and {sum(moves.went):,} went."
    )
    bands = [f"{band} %" for band in BANDS]
    rows = [
        (band, *counts, went)
        for band, counts, went in zip(bands, moves.counts, moves.went, strict=True)
    ]
    total = moves.risen + moves.fallen + moves.stayed
    return Chart(
        name="migration",
        title="From which score band to which",
        sentence=sentence,
        alt=f"Matrix of five score bands before by five after. {sentence}",
        header=("Before", *(f"After {band}" for band in bands), "Gone"),
        rows=(*rows, ("Not there", *moves.came, None)),
        figure=_matrix(found) if total >= SMALLEST_GROUP else None,
    )


def _exactly(percent: float | None) -> str:
    return "–" if percent is None else f"{percent:.1f} %"


def _move(shift: GroupShift) -> float | None:
    if shift.before is None or shift.after is None:
        return None
    return shift.after - shift.before


def _dots(groups: Sequence[GroupScore]) -> go.Figure:
    figure = go.Figure()
    for place, group in enumerate(groups):
        figure.add_scatter(
            x=[group.lower, group.upper],
            y=[-place, -place],
            mode="lines+markers",
            line={"color": NEUTRAL, "width": 3},
            marker={"symbol": "line-ns", "size": 14, "line": {"width": 3, "color": NEUTRAL}},
            hovertemplate="%{x:.1f} %<extra>interval</extra>",
        )
        figure.add_scatter(
            x=[group.mean],
            y=[-place],
            mode="markers",
            marker={"color": MET, "size": 13},
            hovertemplate="mean %{x:.1f} %<extra></extra>",
        )
        note = f"{group.mean:.1f} %, n = {group.count:,}, {rank_text(group)}"
        label_row(figure, -place, f"<b>{text_for_plotly(group.label)}</b>  ({note})")
    percent_axis(figure)
    target_line(figure)
    return finished(figure, rows=len(groups))


def _funnel(funnel: Funnel) -> go.Figure:
    figure = go.Figure()
    sizes = [point.count for point in funnel.points]
    low, high = math.log10(min(sizes)), math.log10(max(sizes))
    steps = [10 ** (low + (high - low) * n / _CURVE_STEPS) for n in range(_CURVE_STEPS + 1)]
    for side, name in ((1, "range that chance explains"), (-1, "")):
        limits = [
            funnel.mean + side * funnel.strictness * funnel.deviation / math.sqrt(size)
            for size in steps
        ]
        figure.add_scatter(
            x=steps,
            y=[min(100.0, max(0.0, limit)) for limit in limits],
            mode="lines",
            name=name,
            showlegend=bool(name),
            line={"color": NEUTRAL, "dash": "dash", "width": 2},
            hoverinfo="skip",
        )
    for standing, (name, colour, symbol) in _MARKS.items():
        points = [point for point in funnel.points if point.standing is standing]
        if points:
            figure.add_scatter(
                x=[point.count for point in points],
                y=[point.mean for point in points],
                mode="markers",
                name=name[2:],
                marker={"color": colour, "symbol": symbol, "size": 11, "line": {"width": 1}},
                text=[text_for_plotly(point.label) for point in points],
                hovertemplate="%{text}<br>%{y:.1f} %, n = %{x:,}<extra></extra>",
            )
    figure.add_hline(y=funnel.mean, line={"color": NEUTRAL, "width": 1})
    for point in _named(funnel.points):
        figure.add_annotation(
            x=math.log10(point.count),
            y=point.mean,
            text=text_for_plotly(point.label),
            showarrow=False,
            yanchor="bottom" if point.standing is Standing.ABOVE else "top",
            yshift=8 if point.standing is Standing.ABOVE else -8,
        )
    return _sized(figure)


def _named(points: Sequence[FunnelPoint]) -> list[FunnelPoint]:
    """Return those that stand out, the largest first, as many as can be read."""
    return [point for point in points if point.standing is not Standing.WITHIN][:_NAMED]


def _sized(figure: go.Figure) -> go.Figure:
    figure.update_xaxes(
        type="log", tickvals=_SIZES, ticktext=[f"{size:,}" for size in _SIZES],
        title="Datasets in the group", fixedrange=True,
    )  # fmt: skip
    figure.update_yaxes(
        range=[0, 100], tickvals=PERCENT_TICKS, ticktext=PERCENT_WORDS, fixedrange=True
    )
    figure.update_layout(legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0})
    return finished(figure, height=_HEIGHT, has_labels=False, has_legend=True)


def _dumbbell(shifts: Sequence[GroupShift]) -> go.Figure:
    figure = go.Figure()
    places = [-place for place in range(len(shifts))]
    for place, shift in zip(places, shifts, strict=True):
        figure.add_scatter(
            x=[shift.before, shift.after],
            y=[place, place],
            mode="lines",
            line={"color": NEUTRAL, "width": 4},
            hoverinfo="skip",
            showlegend=False,
        )
        counts = f"n = {shift.before_count:,} → {shift.after_count:,}"
        means = f"{shift.before:.1f} → {shift.after:.1f} %"
        label_row(figure, place, f"<b>{text_for_plotly(shift.label)}</b>  ({means}, {counts})")
    for name, values, colour, symbol in (
        ("before", [s.before for s in shifts], NEUTRAL, "circle-open"),
        ("after", [s.after for s in shifts], MET, "circle"),
    ):
        figure.add_scatter(
            x=values,
            y=places,
            mode="markers",
            name=name,
            marker={"color": colour, "size": 13, "symbol": symbol, "line": {"width": 2}},
            hovertemplate=name + " %{x:.1f} %<extra></extra>",
        )
    percent_axis(figure)
    figure.update_layout(legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0})
    return finished(figure, rows=len(shifts), has_legend=True)


def _matrix(found: BeforeAfter) -> go.Figure:
    counts = found.migration.counts
    bands = list(BANDS)
    most = max(max(row) for row in counts) or 1
    figure = go.Figure(
        go.Heatmap(
            x=bands,
            y=bands,
            z=[[math.log1p(count) if count else None for count in row] for row in counts],
            zmin=0,
            zmax=math.log1p(most),
            colorscale="cividis",
            showscale=False,
            customdata=counts,
            xgap=2,
            ygap=2,
            hovertemplate="%{y} → %{x}: %{customdata:,}<extra></extra>",
        )
    )
    figure.add_scatter(
        x=[after for _ in bands for after in bands],
        y=[before for before in bands for _ in bands],
        mode="text",
        text=[f"{count:,}" if count else "" for row in counts for count in row],
        textfont={
            "color": [
                "#ffffff" if math.log1p(count) < math.log1p(most) / 2 else "#000000"
                for row in counts
                for count in row
            ],
            "size": 14,
        },
        hoverinfo="skip",
    )
    figure.update_xaxes(title="After, in percent", type="category", fixedrange=True)
    figure.update_yaxes(title="Before, in percent", type="category", fixedrange=True)
    return finished(figure, height=_HEIGHT, has_labels=False)
