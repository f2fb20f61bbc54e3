"""Charts of why a mean moved: a waterfall of its parts, and the batches behind it."""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from fairdb_core.domain.histories import BatchEffect, ChangeKind, ChangePart, MeanChange
from fairdb_core.domain.uploads import BatchKind
from pages.ui.charts import (
    MET,
    NEUTRAL,
    SMALLEST_GROUP,
    UNMET,
    Chart,
    finished,
    label_row,
    text_for_plotly,
)

KINDS = {
    ChangeKind.RUBRIC: "Another rubric",
    ChangeKind.FIXED: "Fixed",
    ChangeKind.WORSENED: "Worsened",
    ChangeKind.NEW: "New",
    ChangeKind.REMOVED: "Removed",
}
_CAUSES = {
    ChangeKind.RUBRIC: "from judging {count} by another rubric",
    ChangeKind.FIXED: "from {count} that improved",
    ChangeKind.WORSENED: "from {count} that got worse",
    ChangeKind.NEW: "from {count} that came",
    ChangeKind.REMOVED: "from {count} that went",
}
_BATCHES = {
    BatchKind.UPLOAD: "Upload",
    BatchKind.FORM: "Edit",
    BatchKind.FIX: "Bulk fix",
    BatchKind.UNDO: "Undo",
}
_MOST_FIELDS = 3
_SHOWN = 0.05


def signed(points: float) -> str:
    """Return points with their sign to one decimal, as screens show them everywhere."""
    return f"{points:+.1f}".replace("-", "\u2212") if abs(points) >= _SHOWN else "±0.0"


def day_text(day: date) -> str:
    """Return a day as screens show it."""
    return f"{day.day} {day:%B %Y}"


def batch_name(batch: BatchEffect) -> str:
    """Return what a batch is called: what was done, to which file or fields."""
    if batch.kind is None:
        return "All other batches"
    name = _BATCHES[batch.kind]
    if batch.file_name:
        return f"{name} of {batch.file_name}"
    if 0 < len(batch.field_titles) <= _MOST_FIELDS:
        return f"{name} of {', '.join(batch.field_titles)}"
    return name


def of_change(change: MeanChange) -> Chart:
    """Return the parts of a change as a waterfall."""
    sentence = _sentence(change)
    shown = [part for part in change.parts if part.count or part.kind is not ChangeKind.RUBRIC]
    is_large = min(change.before_count, change.after_count) >= SMALLEST_GROUP
    rows: list[tuple[str | int | float | None, ...]] = [
        (KINDS[part.kind], part.points, part.count) for part in shown
    ]
    if change.total is not None:
        rows.append(("Whole change", change.total, change.after_count))
    return Chart(
        name="change",
        title="Why did it change?",
        sentence=sentence,
        alt=f"Waterfall of {len(shown)} parts that add up to the whole change. {sentence}",
        header=("Part", "Points of the mean", "Datasets"),
        rows=tuple(rows),
        figure=_waterfall(shown, change) if shown and is_large else None,
    )


def of_batches(batches: Sequence[BatchEffect], batch_count: int) -> Chart:
    """Return what each batch added to the mean, the largest effects first."""
    if not batches:
        sentence = "No batch changed anything between these days."
    else:
        first = batches[0]
        where = f" in {first.collection_name}" if first.collection_name else ""
        when = f" on {day_text(first.at)}" if first.at else ""
        most = f"The most of {batch_count:,} batches" if batch_count > 1 else "The one batch"
        sentence = f"{most} came from “{batch_name(first)}”{where}{when}: {signed(first.points)}."
    return Chart(
        name="batches",
        title="Which batches did it?",
        sentence=sentence,
        alt=f"Bars of what each batch added to the mean. {sentence}",
        header=("Batch", "Name", "Collection", "Day", "By", "Datasets", "Points of the mean"),
        rows=tuple(
            (
                str(batch.batch_id or ""),
                batch_name(batch),
                batch.collection_name,
                f"{batch.at:%Y-%m-%d}" if batch.at else "",
                batch.author_name,
                batch.count,
                batch.points,
            )
            for batch in batches
        ),
        figure=_batch_bars(batches) if batches else None,
    )


def _sentence(change: MeanChange) -> str:
    since, until = day_text(change.since), day_text(change.until)
    if change.before is None or change.after is None or change.total is None:
        day = since if change.before is None else until
        return f"No dataset that could be judged stood at the end of {day}."
    word = "rose" if change.total > 0 else "fell" if change.total < 0 else "stayed the same"
    by = f" by {abs(change.total):.1f} points" if abs(change.total) >= _SHOWN else ""
    if not by and change.total:
        word = "hardly moved"
    causes = [
        f"{signed(part.points)} {_CAUSES[part.kind].format(count=f'{part.count:,}')}"
        for part in change.parts
        if part.count
    ]
    start = (
        f"From the end of {since} to the end of {until} the mean {word}{by}, from "
        f"{change.before:.1f} % (n = {change.before_count:,}) to {change.after:.1f} % "
        f"(n = {change.after_count:,})"
    )
    return f"{start}: {', '.join(causes)}." if causes else f"{start}; nothing changed."


def _waterfall(parts: Sequence[ChangePart], change: MeanChange) -> go.Figure:
    figure = go.Figure()
    start = 0.0
    for place, part in enumerate(parts):
        _bar(figure, -place, part.points, base=start)
        note = f"{signed(part.points)}, n = {part.count:,}"
        label_row(figure, -place, f"<b>{KINDS[part.kind]}</b>  ({note})")
        start += part.points
    total = change.total or 0.0
    last = -len(parts)
    _bar(figure, last, total, colour=NEUTRAL)
    means = f"{change.before or 0:.1f} → {change.after or 0:.1f} %"
    label_row(figure, last, f"<b>Whole change</b>  ({signed(total)}, {means})")
    _points_axis(figure)
    return finished(figure, rows=len(parts) + 1)


def _batch_bars(batches: Sequence[BatchEffect]) -> go.Figure:
    figure = go.Figure()
    for place, batch in enumerate(batches):
        _bar(figure, -place, batch.points)
        day = f", {batch.at.day} {batch.at:%b %Y}" if batch.at else ""
        name = text_for_plotly(f"{batch_name(batch)}{day}")
        note = f"{signed(batch.points)}, n = {batch.count:,}"
        label_row(figure, -place, f"{name}  ({note})")
    _points_axis(figure)
    return finished(figure, rows=len(batches))


def _bar(
    figure: go.Figure, place: float, points: float, *, base: float = 0.0, colour: str = ""
) -> None:
    figure.add_bar(
        x=[points],
        y=[place],
        base=[base],
        orientation="h",
        width=0.34,
        marker={"color": colour or (MET if points >= 0 else UNMET)},
        hovertemplate=f"{signed(points)} points<extra></extra>",
    )


def _points_axis(figure: go.Figure) -> None:
    figure.update_xaxes(
        title="Points of the mean score", zeroline=True, zerolinecolor=NEUTRAL, fixedrange=True
    )
    figure.update_layout(barmode="overlay")
