"""Charts of why a mean moved: a waterfall of its parts, and the batches behind it."""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from fairdb_core.domain.histories import BatchEffect, ChangeKind, ChangePart, MeanChange
from fairdb_core.domain.uploads import BatchKind
from pages.ui.charts import SMALLEST_GROUP, Chart
from pages.ui.figures import MET, NEUTRAL, UNMET, finished, label_row, text_for_plotly

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
_DIGITS_OF_ROWS = 2


def signed(points: float, decimals: int | None = 1) -> str:
    """Return points with their sign, as screens show them everywhere.

    Args:
        points: What was gained or lost.
        decimals: How many are shown, ``None`` for as many as there are.
    """
    text = f"{points:+g}" if decimals is None else f"{points:+.{decimals}f}"
    return text.replace("-", "\u2212") if text.strip("+-0.") else f"±{text[1:]}"


def day_text(day: date) -> str:
    """Return a day as screens show it."""
    return f"{day.day} {day:%B %Y}"


def batch_name(batch: BatchEffect) -> str:
    """Return what a batch is called: what was done, to which file or fields."""
    if batch.kind is None:
        return "All other batches"
    if batch.title:
        return batch.title
    name = _BATCHES[batch.kind]
    if batch.file_name:
        return f"{name} of {batch.file_name}"
    if 0 < len(batch.field_titles) <= _MOST_FIELDS:
        return f"{name} of {', '.join(batch.field_titles)}"
    return name


def of_change(change: MeanChange) -> Chart:
    """Return the parts of a change as a waterfall."""
    sentence = _sentence(change)
    is_large = min(change.before_count, change.after_count) >= SMALLEST_GROUP
    rows: list[tuple[str | int | float | None, ...]] = [
        (KINDS[part.kind], points, part.count)
        for part, points in _told_parts(change, _DIGITS_OF_ROWS)
    ]
    if change.total is not None:
        rows.append(("Whole change", change.shown_total(_DIGITS_OF_ROWS), change.after_count))
    return Chart(
        name="change",
        title="Why did it change?",
        sentence=sentence,
        alt=f"Waterfall of {len(rows) - 1} parts that add up to the whole change. {sentence}",
        header=("Part", "Points of the mean", "Datasets"),
        rows=tuple(rows),
        figure=_waterfall(change) if change.parts and is_large else None,
    )


def of_batches(change: MeanChange) -> Chart:
    """Return what each batch added to the mean, the largest effects first."""
    batches, batch_count = change.batches, change.batch_count
    if not batches:
        sentence = "No batch changed anything between these days."
    else:
        first = batches[0]
        where = f" in {first.collection_name}" if first.collection_name else ""
        when = f" on {day_text(first.at)}" if first.at else ""
        most = f"The most of {batch_count:,} batches" if batch_count > 1 else "The one batch"
        points = signed(change.shown_batches()[0])
        sentence = f"{most} came from “{batch_name(first)}”{where}{when}: {points}."
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
                points,
            )
            for batch, points in zip(batches, change.shown_batches(_DIGITS_OF_ROWS), strict=True)
        ),
        figure=_batch_bars(change) if batches else None,
    )


def _sentence(change: MeanChange) -> str:
    since, until = day_text(change.since), day_text(change.until)
    if change.before is None or change.after is None or change.total is None:
        day = since if change.before is None else until
        return f"No dataset that could be judged stood at the end of {day}."
    moved = change.shown_total()
    word = "rose" if moved > 0 else "fell" if moved < 0 else "stayed the same"
    by = f" by {abs(moved):.1f} points" if moved else ""
    if not by and change.total:
        word = "hardly moved"
    causes = [
        f"{signed(points)} {_CAUSES[part.kind].format(count=f'{part.count:,}')}"
        for part, points in _told_parts(change)
        if part.count
    ]
    start = (
        f"From the end of {since} to the end of {until} the mean {word}{by}, from "
        f"{change.before:.1f} % (n = {change.before_count:,}) to {change.after:.1f} % "
        f"(n = {change.after_count:,})"
    )
    return f"{start}: {', '.join(causes)}." if causes else f"{start}; nothing changed."


def _told_parts(change: MeanChange, digits: int = 1) -> list[tuple[ChangePart, float]]:
    """Return the parts with their points as they are printed; an unchanged rubric is left out."""
    return [
        (part, points)
        for part, points in zip(change.parts, change.shown_parts(digits), strict=True)
        if part.count or part.kind is not ChangeKind.RUBRIC
    ]


def _waterfall(change: MeanChange) -> go.Figure:
    figure = go.Figure()
    start, parts = 0.0, _told_parts(change)
    for place, (part, points) in enumerate(parts):
        _bar(figure, -place, points, base=start)
        note = f"{signed(points)}, n = {part.count:,}"
        label_row(figure, -place, f"<b>{KINDS[part.kind]}</b>  ({note})")
        start += points
    total = change.shown_total()
    last = -len(parts)
    _bar(figure, last, total, colour=NEUTRAL)
    means = f"{change.before or 0:.1f} → {change.after or 0:.1f} %"
    label_row(figure, last, f"<b>Whole change</b>  ({signed(total)}, {means})")
    _points_axis(figure)
    return finished(figure, rows=len(parts) + 1)


def _batch_bars(change: MeanChange) -> go.Figure:
    figure, batches = go.Figure(), change.batches
    rows = zip(batches, _bar_names(batches), change.shown_batches(), strict=True)
    for place, (batch, name, points) in enumerate(rows):
        _bar(figure, -place, points)
        note = f"{signed(points)}, n = {batch.count:,}"
        label_row(figure, -place, f"{text_for_plotly(name)}  ({note})")
    _points_axis(figure)
    return finished(figure, rows=len(batches))


def _bar_names(batches: Sequence[BatchEffect]) -> list[str]:
    """Return names with their days, and with the collection where they would be alike."""
    days = [f", {each.at.day} {each.at:%b %Y}" if each.at else "" for each in batches]
    named = [f"{batch_name(each)}{day}" for each, day in zip(batches, days, strict=True)]
    return [
        f"{batch_name(each)} in {each.collection_name}{day}"
        if named.count(name) > 1 and each.collection_name
        else name
        for each, day, name in zip(batches, days, named, strict=True)
    ]


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
