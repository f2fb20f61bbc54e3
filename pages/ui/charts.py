"""Charts: a finished summary becomes a figure with its sentence, its text and its table.

Functions, palette and rules are the same on all screens: percent axes from 0 to 100, counts beside
every percentage, labels on the marks, a note instead of a chart below five datasets.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from fairdb_core.domain.assessments import Points
from fairdb_core.domain.summaries import (
    TARGET_PERCENT,
    Bin,
    CheckCounts,
    CollectionScore,
    Fix,
    PrincipleScore,
)
from pages.ui.figures import (
    MET,
    NEUTRAL,
    PARTLY,
    UNMET,
    finished,
    label_row,
    percent_axis,
    row_label,
    target_line,
    text_for_plotly,
    word_above,
)
from pages.ui.small_groups import not_drawn

COLOURS = {"F": "#0072B2", "A": "#D55E00", "I": "#009E73", "R": "#CC79A7"}
SMALLEST_GROUP = 5
STRIP_BELOW = 50

FAIR = ("F", "A", "I", "R")
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure and its twins for those who do not see it, or want the numbers.

    Attributes:
        alt: What a screen reader says instead of the figure.
        figure: ``None`` where there is too little to draw; the sentence says so.
    """

    name: str
    title: str
    sentence: str
    alt: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    figure: go.Figure | None


def percent_text(percent: float | None) -> str:
    """Return a percentage as screens show it, a dash where nothing was judged."""
    return "–" if percent is None else f"{percent:.0f} %"


def _title_of(dimensions: Sequence[str]) -> str:
    return "The four principles" if tuple(dimensions) == FAIR else "The rubric's dimensions"


def of_principles(scores: Sequence[PrincipleScore], count: int) -> Chart:
    """Return a bar for each dimension of the rubric, over many datasets."""
    judged = [score for score in scores if score.percent is not None]
    best, worst = _extremes([(score.name, score.percent) for score in judged])
    sentence = (
        f"{best} is strongest, {worst} weakest, over {count:,} datasets."
        if judged
        else "No principle could be judged."
    )
    return Chart(
        name="principles",
        title=_title_of([score.dimension for score in scores]),
        sentence=sentence,
        alt="One bar each. " + _listed([(s.name, percent_text(s.percent)) for s in scores]),
        header=(
            "Principle",
            "Mean percent",
            "Points earned",
            "Points judged",
            "Points possible",
            "Datasets judged",
        ),
        rows=tuple(
            (s.name, s.percent, s.earned, s.judged, s.possible, s.judged_count) for s in scores
        ),
        figure=_bars(
            [
                (
                    s.dimension,
                    s.name,
                    s.percent,
                    f"{s.earned:.1f} of {s.judged:.1f} points, n = {count:,}",
                )
                for s in scores
            ]
        )
        if count >= SMALLEST_GROUP
        else None,
    )


def of_dataset(dimensions: Sequence[Points]) -> Chart:
    """Return a bar for each dimension of the rubric, of one dataset."""
    judged = [(p.title, p.percent) for p in dimensions if p.percent is not None]
    best, worst = _extremes(judged)
    return Chart(
        name="dataset-principles",
        title=_title_of([points.name for points in dimensions]),
        sentence=f"{best} is strongest, {worst} weakest."
        if judged
        else "No principle could be judged.",
        alt="One bar each. " + _listed([(p.title, percent_text(p.percent)) for p in dimensions]),
        header=("Principle", "Percent", "Points earned", "Points judged", "Points possible"),
        rows=tuple((p.title, p.percent, p.earned, p.judged, p.possible) for p in dimensions),
        figure=_bars(
            [
                (
                    p.name,
                    p.title,
                    p.percent,
                    f"{p.earned:g} of {p.judged:g} points judged, {p.possible:g} possible",
                )
                for p in dimensions
            ]
        ),
    )


def of_distribution(
    bins: Sequence[Bin], percents: Sequence[float], median: float | None, count: int
) -> Chart:
    """Return how the datasets spread over the scores."""
    at_target = sum(1 for percent in percents if percent >= TARGET_PERCENT)
    if count > len(percents):
        at_target = sum(each.count for each in bins if each.start >= TARGET_PERCENT)
    reached = f"{at_target:,} reach" if at_target > 1 else f"{at_target or 'none'} reaches"
    sentence = (
        f"Half of the {count:,} datasets score {percent_text(median)} or more; "
        f"{reached} {TARGET_PERCENT:.0f} %."
        if count >= SMALLEST_GROUP
        else _too_few(count)
    )
    figure = None
    if count >= STRIP_BELOW:
        figure = _histogram(bins, median)
    elif count >= SMALLEST_GROUP:
        figure = _strip(percents, median)
    return Chart(
        name="distribution",
        title="How the scores spread",
        sentence=sentence,
        alt=("Histogram. " if count >= STRIP_BELOW else "One dot a dataset. ") + sentence,
        header=("From percent", "To percent", "Datasets"),
        rows=tuple((each.start, each.stop, each.count) for each in bins),
        figure=figure,
    )


def of_checks(checks: Sequence[CheckCounts], count: int, *, limit: int = 12) -> Chart:
    """Return the checks that fail most, as shares of datasets in each state."""
    ordered = sorted(checks, key=lambda check: (-check.unmet, -check.partly, check.check_id))
    failing = [check for check in ordered if check.failed][:limit]
    sentence = (
        f"{_plain_question(failing[0].question)} — no in {failing[0].unmet:,} "
        f"of {count:,} datasets, the most of all checks."
        if failing
        else "No dataset fails any check that could be judged."
    )
    return Chart(
        name="checks",
        title="Where points are lost",
        sentence=sentence,
        alt=f"Stacked bars of the {len(failing)} checks that fail most. {sentence}",
        header=("Check", "Question", "Met", "Partly met", "Not met", "Not assessed"),
        rows=tuple(
            (c.check_id, c.question, c.met, c.partly, c.unmet, c.not_assessed) for c in ordered
        ),
        figure=_state_bars(failing, count) if failing and count >= SMALLEST_GROUP else None,
    )


def of_fixes(fixes: Sequence[Fix], count: int) -> Chart:
    """Return what each fix by itself would add to the mean score."""
    sentence = (
        f"{fixes[0].title}, filled or corrected in {fixes[0].count:,} of {count:,} datasets, "
        f"raises the mean by {fixes[0].gain:.1f} points."
        if fixes
        else "There is nothing left to fix that the records alone could decide."
    )
    return Chart(
        name="fixes",
        title="What to fix first",
        sentence=sentence,
        alt=f"Bars of the gain of {len(fixes)} fixes, the largest first. {sentence}",
        header=("Field", "Checks that it settles", "Datasets", "Points of the mean gained"),
        rows=tuple((f.title, ", ".join(f.check_ids), f.count, f.gain) for f in fixes),
        figure=_gain_bars(fixes) if fixes and count >= SMALLEST_GROUP else None,
    )


def of_collections(collections: Sequence[CollectionScore]) -> Chart:
    """Return each collection's median with its quartiles and size."""
    large = [each for each in collections if each.count >= SMALLEST_GROUP]
    small = [each for each in collections if each.count < SMALLEST_GROUP]
    sentence = (
        "Medians run from "
        f"{percent_text(min(c.median or 0 for c in large))} to "
        f"{percent_text(max(c.median or 0 for c in large))} in {len(large)} collections."
        if large
        else "No collection has five datasets or more."
    )
    if large:
        sentence += not_drawn([(each.name, f"{each.count}") for each in small])
    return Chart(
        name="collections",
        title="By collection",
        sentence=sentence,
        alt=f"Dots with quartiles. {sentence}",
        header=(
            "Collection",
            "Datasets",
            "Mean percent",
            "Median percent",
            "Lower quartile",
            "Upper quartile",
        ),
        rows=tuple(
            (c.name, c.count, c.mean, c.median, c.lower_quartile, c.upper_quartile)
            for c in collections
        ),
        figure=_dots(large) if large else None,
    )


def _bars(rows: Sequence[tuple[str, str, float | None, str]]) -> go.Figure:
    """Draw a bar for each dimension: its id, title, percent and a note."""
    figure = go.Figure()
    for place, (dimension, title, percent, note) in enumerate(rows):
        figure.add_bar(
            x=[percent or 0],
            y=[-place],
            orientation="h",
            width=0.34,
            marker={"color": COLOURS.get(dimension, NEUTRAL)},
            hovertemplate=f"{title} %{{x:.1f}} %<extra></extra>",
        )
        label = f"<b>{html.escape(title)}</b>  {percent_text(percent)}"
        label_row(figure, -place, f"{label}  ({html.escape(note, quote=False)})")
    percent_axis(figure)
    target_line(figure)
    return finished(figure, rows=len(rows))


def _histogram(bins: Sequence[Bin], median: float | None) -> go.Figure:
    figure = go.Figure(
        go.Bar(
            x=[(each.start + each.stop) / 2 for each in bins],
            y=[each.count for each in bins],
            width=[each.stop - each.start - 0.8 for each in bins],
            marker={"color": NEUTRAL},
            hovertemplate="%{y} datasets<extra></extra>",
        )
    )
    percent_axis(figure)
    _median(figure, median)
    for each in bins:
        if each.count:
            figure.add_annotation(
                x=(each.start + each.stop) / 2,
                y=each.count,
                yanchor="bottom",
                text=f"{each.count:,}",
                showarrow=False,
            )
    # Room above the highest bar for its count, which would touch the word at the median.
    most = max((each.count for each in bins), default=0)
    figure.update_yaxes(title="Datasets", range=[0, 1.15 * most], fixedrange=True)
    return finished(figure, height=320, has_labels=False)


def _strip(percents: Sequence[float], median: float | None) -> go.Figure:
    figure = go.Figure(
        go.Scatter(
            x=list(percents),
            y=_stacked_places(percents),
            mode="markers",
            marker={"color": NEUTRAL, "size": 10, "line": {"width": 1}},
            hovertemplate="%{x:.1f} %<extra></extra>",
        )
    )
    percent_axis(figure)
    _median(figure, median)
    figure.update_yaxes(visible=False, range=[-1, max(8, *_stacked_places(percents)) + 1])
    return finished(figure, height=260, has_labels=False)


def _state_bars(checks: Sequence[CheckCounts], count: int) -> go.Figure:
    """Draw failures to the left of zero and successes to the right."""
    places = [-place for place in range(len(checks))]
    figure = go.Figure()
    states: tuple[tuple[str, str, list[int], int, str], ...] = (
        ("◐ partly", PARTLY, [c.partly for c in checks], -1, ""),
        ("✕ not met", UNMET, [c.unmet for c in checks], -1, ""),
        ("✓ met", MET, [c.met for c in checks], 1, ""),
        ("– not assessed", NEUTRAL, [c.not_assessed for c in checks], 1, "/"),
    )
    for name, colour, counts, side, hatch in states:
        figure.add_bar(
            name=name,
            x=[side * 100 * each / count for each in counts],
            y=places,
            orientation="h",
            width=0.34,
            customdata=counts,
            marker={"color": colour, "pattern": {"shape": hatch}},
            hovertemplate=name + ": %{customdata:,}<extra></extra>",
        )
    for place, check in zip(places, checks, strict=True):
        note = f"{text_for_plotly(check.question)}  ({check.failed:,} fail)"
        label_row(figure, place, note)
    figure.update_xaxes(
        range=[-100, 100],
        tickvals=[-100, -50, 0, 50, 100],
        ticktext=["100 %", "50 %", "0", "50 %", "100 %"],
        fixedrange=True,
    )
    figure.update_layout(
        barmode="relative",
        showlegend=True,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
    )
    return finished(figure, rows=len(checks), has_legend=True)


def _gain_bars(fixes: Sequence[Fix]) -> go.Figure:
    figure = go.Figure()
    for place, fix in enumerate(fixes):
        letters = dict.fromkeys(principle[:1] for principle in fix.principles)
        figure.add_bar(
            x=[fix.gain],
            y=[-place],
            orientation="h",
            width=0.34,
            marker={"color": COLOURS[next(iter(letters))]},
            hovertemplate="+%{x:.2f} points<extra></extra>",
        )
        note = f"<b>{' '.join(letters)}</b>  {text_for_plotly(fix.title)}"
        label_row(figure, -place, f"{note}  (+{fix.gain:.1f}, n = {fix.count:,})")
    figure.update_xaxes(
        title="Points of the mean score gained", rangemode="tozero", fixedrange=True
    )
    return finished(figure, rows=len(fixes))


def _dots(collections: Sequence[CollectionScore]) -> go.Figure:
    places = [-place for place in range(len(collections))]
    quartiles = [(each.lower_quartile, each.upper_quartile, None) for each in collections]
    figure = go.Figure(
        [
            go.Scatter(
                x=[bound for three in quartiles for bound in three],
                y=[y for place in places for y in (place, place, None)],
                mode="lines",
                line={"color": NEUTRAL, "width": 4},
                hoverinfo="skip",
            ),
            go.Scatter(
                x=[each.median for each in collections],
                y=places,
                mode="markers",
                marker={"color": MET, "size": 14},
                hovertemplate="median %{x:.1f} %<extra></extra>",
            ),
        ]
    )
    # All at once: one by one, each costs as much as all before it.
    figure.layout.annotations = [
        row_label(
            place,
            f"{text_for_plotly(each.name)}  ({percent_text(each.median)}, n = {each.count:,})",
        )
        for place, each in zip(places, collections, strict=True)
    ]
    percent_axis(figure)
    target_line(figure)
    return finished(figure, rows=len(collections))


def _median(figure: go.Figure, median: float | None) -> None:
    if median is not None:
        figure.add_vline(x=median, line={"color": UNMET, "width": 2})
        word_above(figure, median, f"median {percent_text(median)}")


def _stacked_places(percents: Sequence[float]) -> list[int]:
    """Return how high each dot sits, equal whole percents on top of each other."""
    seen: dict[int, int] = {}
    places = []
    for percent in percents:
        place = seen.get(round(percent), 0)
        places.append(place)
        seen[round(percent)] = place + 1
    return places


def _extremes(named: Sequence[tuple[str, float | None]]) -> tuple[str, str]:
    if not named:
        return "", ""
    ordered = sorted(named, key=lambda pair: pair[1] or 0)
    (low, lowest), (high, highest) = ordered[0], ordered[-1]
    return f"{high} ({percent_text(highest)})", f"{low} ({percent_text(lowest)})"


def _listed(pairs: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{name} {value}" for name, value in pairs) + "."


def _too_few(count: int) -> str:
    return f"{count:,} datasets are too few for a chart; five are needed."


def _plain_question(question: str) -> str:
    return f"“{question}”"
