"""Every chart has a sentence, a text, a table and a file; none lets markup through."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fairdb_core.domain.assessments import Points
from fairdb_core.domain.comparisons import (
    BeforeAfter,
    Funnel,
    FunnelPoint,
    GroupOption,
    GroupScore,
    GroupShift,
    Migration,
    Standing,
)
from fairdb_core.domain.fix_orders import FixOrder, FixStep
from fairdb_core.domain.goals import Goal, GoalPlace, GoalProgress, GoalState
from fairdb_core.domain.heatmaps import HeatCheck, HeatGroup, Heatmap
from fairdb_core.domain.histories import (
    BatchEffect,
    ChangeKind,
    ChangePart,
    MeanChange,
    RubricMark,
)
from fairdb_core.domain.summaries import (
    Bin,
    CheckCounts,
    CollectionScore,
    Facet,
    Filters,
    Fix,
    PrincipleScore,
    TrendPoint,
)
from fairdb_core.domain.uploads import BatchKind
from fairdb_core.exporters.tables import csv_of
from pages.ui import changes, charts, comparisons, fix_curve, goals, heatmap, trends
from pages.ui.charts import Chart

NAMES = {"F": "Findable", "A": "Accessible", "I": "Interoperable", "R": "Reusable"}
MARKUP = "<a href='javascript:x'>Soil</a> & more"
DAYS = date(2026, 3, 1), date(2026, 6, 1)
FIX = Fix(MARKUP, "license", ("F1", "F2"), ("F1", "R1.1"), (MARKUP,), (), "x", 25, 3.5)


def _principles() -> Chart:
    scores = [
        PrincipleScore(letter, NAMES[letter], percent, percent / 20, 5, 7, 60)
        for letter, percent in {"F": 80.0, "A": 60.0, "I": 20.0, "R": 40.0}.items()
    ]
    return charts.of_principles(scores, 60)


def _dataset() -> Chart:
    return charts.of_dataset(
        [Points(letter, 2, 4, 7, title=name) for letter, name in NAMES.items()]
    )


def _histogram() -> Chart:
    bins = [Bin(start, start + 10, 6) for start in range(0, 100, 10)]
    return charts.of_distribution(bins, [], 45.0, 60)


def _strip() -> Chart:
    percents = [10.0, 10.2, 50.0, 80.0, 90.0]
    return charts.of_distribution([Bin(0, 100, 5)], percents, 50.0, 5)


def _checks() -> Chart:
    return charts.of_checks([CheckCounts("F1", "F1", MARKUP, 30, 5, 20, 5)], 60)


def _fixes() -> Chart:
    return charts.of_fixes([FIX], 60)


def _collections() -> Chart:
    return charts.of_collections([CollectionScore(1, MARKUP, 60, 50.0, 51.0, 40.0, 60.0)])


def _trend() -> Chart:
    points = [
        TrendPoint(datetime(2026, month, 1, tzinfo=UTC), 40.0 + month, 42.0 + month, 10 * month)
        for month in (1, 2, 3)
    ]
    return trends.of_trend(points)


def _fix_order() -> Chart:
    order = FixOrder("", "", 60, 60, 60, 50.0, 80.0, (FixStep(FIX, 53.5),))
    return fix_curve.of_fix_order(order)


def _change() -> Chart:
    parts = (
        ChangePart(ChangeKind.RUBRIC, 0.0, 0),
        ChangePart(ChangeKind.FIXED, 3.5, 25),
        ChangePart(ChangeKind.WORSENED, -0.25, 2),
        ChangePart(ChangeKind.NEW, -1.0, 9),
        ChangePart(ChangeKind.REMOVED, 0.0, 0),
    )
    return changes.of_change(MeanChange(*DAYS, 40.0, 42.25, 60, 69, parts, (), 0, ()))


def _batches() -> Chart:
    at = datetime(2026, 5, 12, tzinfo=UTC)
    fix = BatchEffect(7, BatchKind.FIX, at, "", ("Licence",), MARKUP, "sam", 1.34, 25)
    file = BatchEffect(8, BatchKind.UPLOAD, at, MARKUP, (), "Soil", "sam", -0.3, 9)
    rest = BatchEffect(0, None, None, "", (), "", "", 0.01, 3)
    parts = (ChangePart(ChangeKind.RUBRIC, 1.0, 60), ChangePart(ChangeKind.FIXED, 1.05, 37))
    batches = (fix, file, rest)
    return changes.of_batches(MeanChange(*DAYS, 40.04, 42.09, 60, 60, parts, batches, 5, ()))


def _groups() -> Chart:
    points = tuple((name, 50.0) for name in NAMES.values())
    groups = [
        GroupScore(MARKUP, Filters(), 60, 50.0, 45.0, 55.0, points, (1, 2)),
        GroupScore("Seven", Filters(), 7, 52.0, 35.0, 70.0, points),
        GroupScore("Four", Filters(), 4, 52.0, None, None, points),
    ]
    return comparisons.of_groups(groups, "They cannot be told apart.")


def _funnel() -> Chart:
    standings = [*Standing] * 3
    points = [
        FunnelPoint(str(n), MARKUP, 10 * (n + 1), 40.0 + n, standing)
        for n, standing in enumerate(standings)
    ]
    return comparisons.of_funnel(
        Funnel(45.0, 12.0, 2.8, tuple(points), 2, (), 1), "Some stand out."
    )


def _before_after(groups: int = 2) -> BeforeAfter:
    shifts = [GroupShift(MARKUP, 40.0, 45.0, 50, 60) for _ in range(groups)]
    few = GroupShift("Few", None, 45.0, 0, 3)
    whole = GroupShift("All together", 40.0, 45.0, 50, 63)
    counts = tuple(tuple(5 * (i == j) + (j == i + 1) for j in range(5)) for i in range(5))
    moves = Migration(counts, (1, 2, 0, 0, 0), (0, 0, 0, 0, 1))
    days = date(2026, 3, 1), date(2026, 6, 1)
    return BeforeAfter(*days, "", (*shifts, few, whole), 0, moves, "", ())


def _shifts() -> Chart:
    return comparisons.of_shifts(_before_after())


def _migration() -> Chart:
    return comparisons.of_migration(_before_after())


def _goals() -> Chart:
    at, due_on = datetime(2026, 1, 1, tzinfo=UTC), date(2026, 12, 31)
    goal = Goal(1, GoalPlace(1), "fsf_v0_8", "", 80.0, at, due_on)
    given: list[tuple[GoalState, float | None, float | None, int]] = [
        (GoalState.BEHIND, 2.5, 0.5, 60),
        (GoalState.ON_THE_WAY, 1.5, 2.0, 60),
        (GoalState.REACHED, None, 3.0, 60),
        (GoalState.ENDED, None, None, 4),
    ]
    return goals.of_goals(
        [
            GoalProgress(
                goal, MARKUP, "Mean score", "", count, 40.0, 55.0, None, state, 60.0, needed, so_far
            )
            for state, needed, so_far, count in given
        ]
    )


def _heatmap() -> Chart:
    groups = (HeatGroup("1", MARKUP, 789), HeatGroup("2", "Snow", 40), HeatGroup("3", "Few", 4))
    checks = (
        HeatCheck("F1", "Is it named?", 8.2, (0, 0, 4), (780, 40, 4)),
        HeatCheck("F2", "Is it found?", 4.1, (300, 10, 4), (323, 40, 4)),
        HeatCheck("F3", "Is it open?", 0.01, (323, 40, 4), (323, 40, 4)),
    )
    return heatmap.of_heatmap(Heatmap(Facet.COLLECTION, 833, groups, checks, 3, 3))


CHARTS = [
    _principles,
    _dataset,
    _histogram,
    _strip,
    _checks,
    _fixes,
    _collections,
    _trend,
    _fix_order,
    _change,
    _batches,
    _groups,
    _funnel,
    _shifts,
    _migration,
    _goals,
    _heatmap,
]


def test_every_chart_function_is_walked_here() -> None:
    functions = {
        getattr(module, name)
        for module in (changes, charts, comparisons, fix_curve, goals, heatmap, trends)
        for name in vars(module)
        if name.startswith("of_")
    }
    called = {
        function
        for make in CHARTS
        for function in functions
        if function.__name__ in make.__code__.co_names
    }
    assert called == functions


@pytest.mark.parametrize("make", CHARTS)
def test_chart_has_sentence_alternative_text_and_numbers(make: Callable[[], Chart]) -> None:
    chart = make()
    assert chart.title
    assert chart.sentence.endswith(".")
    assert len(chart.alt) > 20
    assert chart.rows
    read = list(csv.reader(io.StringIO(csv_of(chart.header, chart.rows).decode("utf-8-sig"))))
    assert read[0] == list(chart.header)
    assert len(read) == len(chart.rows) + 1


@pytest.mark.parametrize("make", CHARTS)
def test_chart_draws_a_figure_without_markup_of_others(make: Callable[[], Chart]) -> None:
    figure = make().figure
    assert figure is not None
    assert "<a " not in figure.to_json()


@pytest.mark.parametrize("make", [_principles, _dataset, _histogram, _strip, _collections])
def test_percent_axis_runs_from_nothing_to_all(make: Callable[[], Chart]) -> None:
    figure = make().figure
    assert figure is not None
    assert tuple(figure.layout.xaxis.range) == (0, 100)


def test_heatmap_of_one_group_says_so() -> None:
    check = HeatCheck("F2", "Is it found?", 4.1, (300,), (323,))
    chart = heatmap.of_heatmap(
        Heatmap(Facet.COLLECTION, 789, (HeatGroup("1", "Snow", 789),), (check,), 1, 1)
    )
    assert "fails in 93 % of the 323 datasets" in chart.sentence
    assert "All are of one group, Snow;" in chart.sentence


def test_fewer_than_five_datasets_give_a_note_instead_of_a_chart() -> None:
    chart = charts.of_distribution([Bin(0, 100, 4)], [10.0, 20.0, 30.0, 40.0], 25.0, 4)
    assert chart.figure is None
    assert "too few" in chart.sentence


def test_distribution_counts_datasets_at_the_target() -> None:
    assert "2 reach 80 %" in _strip().sentence
    assert "12 reach 80 %" in _histogram().sentence
    below = charts.of_distribution([], [30.0] * 6, 30.0, 6)
    assert "none reaches 80 %" in below.sentence


def test_trend_says_what_moved() -> None:
    assert _trend().sentence.startswith(
        "The mean rose by 2.0 points from 41.0 % in January 2026 to 43.0 % in March 2026"
    )
    assert trends.of_trend([]).figure is None


def test_trend_marks_when_the_rubric_changed() -> None:
    points = [TrendPoint(datetime(2026, m, 1, tzinfo=UTC), 40.0, 40.0, 10) for m in (1, 3)]
    mark = RubricMark(datetime(2026, 2, 1, tzinfo=UTC), "version 2 <b>")
    outside = RubricMark(datetime(2026, 4, 1, tzinfo=UTC), "version 3")
    chart = trends.of_trend(points, (mark, outside))
    assert chart.sentence.endswith("The rubric changed: version 2 <b> from 01 February 2026.")
    assert chart.figure is not None
    assert [each.text for each in chart.figure.layout.annotations] == ["▲ version 2 &lt;b&gt;"]


def test_change_says_its_parts_and_the_batch_behind() -> None:
    assert _change().sentence == (
        "From the end of 1 March 2026 to the end of 1 June 2026 the mean rose by 2.2 points, from "
        "40.0 % (n = 60) to 42.2 % (n = 69): +3.5 from 25 that improved, −0.3 from 2 that got "
        "worse, −1.0 from 9 that came."
    )
    assert _batches().sentence.startswith("The most of 5 batches came from “Bulk fix of Licence”")
    assert _batches().sentence.endswith("on 12 May 2026: +1.4.")
    assert [row[1] for row in _change().rows] == [3.5, -0.25, -1.0, 0.0, 2.25]
    assert [row[-1] for row in _batches().rows] == [1.34, -0.3, 0.01]


def test_heatmap_says_of_how_many_that_could_be_judged() -> None:
    chart = _heatmap()
    told = f"fails most often in {MARKUP}: 93 % of the 323 datasets in which it could be judged."
    assert chart.sentence.startswith(f"“Is it found?” (+4.1) {told}")
    assert chart.alt.endswith(chart.sentence)
    assert chart.header[-2] == "Snow (n = 40): fail, of those judged"
    assert chart.rows[1][3:] == ("300 of 323", "10 of 40", "4 of 4")


def test_heatmap_keeps_the_label_of_each_column_on_a_narrow_screen() -> None:
    figure = _heatmap().figure
    assert figure is not None
    axis = figure.layout.xaxis
    assert len(axis.ticktext) == len(axis.tickvals) == 3
    assert (axis.ticklabeloverflow, axis.automargin) == ("allow", True)


def test_batches_that_are_named_alike_tell_their_collections() -> None:
    at = datetime(2026, 5, 12, tzinfo=UTC)
    alike = [
        BatchEffect(n, BatchKind.FIX, at, "", ("Licence",), name, "sam", 1.0, 25)
        for n, name in enumerate(("Soil", "Snow"))
    ]
    alone = replace(alike[0], field_titles=("Title",))
    parts = (ChangePart(ChangeKind.FIXED, 3.0, 75),)
    change = MeanChange(*DAYS, 40.0, 43.0, 60, 60, parts, (*alike, alone), 3, ())
    figure = changes.of_batches(change).figure
    assert figure is not None
    assert [
        each.text.partition("<br>(")[0].partition("  (")[0] for each in figure.layout.annotations
    ] == [
        "Bulk fix of Licence in Soil, 12 May 2026",
        "Bulk fix of Licence in Snow, 12 May 2026",
        "Bulk fix of Title, 12 May 2026",
    ]


def test_small_groups_are_noted_and_not_drawn_or_ranked() -> None:
    chart = _groups()
    assert chart.sentence.endswith("Fewer than five datasets, so not drawn: Four (n = 4).")
    assert [row[5] for row in chart.rows] == [
        "rank 1 to 2",
        "no rank, n below 10",
        "no rank, n below 10",
    ]
    assert chart.figure is not None
    assert "Four" not in chart.figure.to_json()


def test_small_groups_among_many_are_named_as_far_as_they_can_be() -> None:
    small = (GroupOption("4", "Four", 4),)
    funnel = Funnel(
        45.0, 12.0, 2.8, (FunnelPoint("9", "Nine", 9, 45.0, Standing.WITHIN),), 7, small
    )
    assert comparisons.of_funnel(funnel, "None stands out.").sentence == (
        "None stands out. Fewer than five datasets, so not drawn: Four (n = 4) and 6 more."
    )


def test_label_that_a_narrow_screen_would_cut_has_its_note_on_a_line_of_its_own() -> None:
    short, long = "Soil", "Institute of Soil and Water & Sediment"
    points = tuple((name, 50.0) for name in NAMES.values())
    groups = [GroupScore(name, Filters(), 60, 50.0, 45.0, 55.0, points) for name in (short, long)]
    one, two = (comparisons.of_groups([group], "").figure for group in groups)
    both = comparisons.of_groups(groups, "").figure
    assert one is not None
    assert two is not None
    assert both is not None
    assert one.layout.annotations[0].text == "<b>Soil</b>  (50.0 %, n = 60, no rank)"
    assert two.layout.annotations[0].text == (
        "<b>Institute of Soil and Water &amp; Sediment</b><br>(50.0 %, n = 60, no rank)"
    )
    assert both.layout.height == one.layout.height + 68


def test_rows_are_higher_where_labels_have_many_lines() -> None:
    def height(question: str) -> int:
        figure = charts.of_fixes([replace(FIX, title=question)], 60).figure
        assert figure is not None
        return int(figure.layout.height)

    line = height("Is it there? " * 3) - height("Is it there?")
    assert 0 < line < 20
    # Of four lines two would not fit above a bar: the row is higher as well.
    assert height("Is it there? " * 12) > height("Is it there?") + 3 * line


@pytest.mark.parametrize(("median", "band"), [(30.0, 28), (76.0, 28), (92.0, 46)])
def test_word_above_a_chart_shares_the_band_of_the_tools_unless_it_would_reach_them(
    median: float, band: int
) -> None:
    figure = charts.of_distribution([Bin(0, 100, 60)], [], median, 60).figure
    assert figure is not None
    word = figure.layout.annotations[0]
    assert (word.x, word.xanchor) == (median, "left" if median < 40 else "right")
    assert figure.layout.margin.t == band


@pytest.mark.parametrize(
    ("points", "decimals", "shown"),
    [
        (1.25, 1, "+1.2"),
        (-0.5, 1, "−0.5"),
        (-0.04, 1, "±0.0"),
        (-0.04, 2, "−0.04"),
        (10.0, 1, "+10.0"),
        (-2.5, None, "−2.5"),
        (0.0, None, "±0"),
    ],
)
def test_points_are_shown_with_a_true_minus(
    points: float, decimals: int | None, shown: str
) -> None:
    assert changes.signed(points, decimals) == shown


def test_two_days_say_what_moved() -> None:
    assert _shifts().sentence == (
        "All together 40.0 % (n = 50) at the end of 1 March 2026 and 45.0 % (n = 63) at the end of "
        "1 June 2026, +5.0 points. Fewer than five datasets on one of the days, so not drawn: "
        "Few (n = 0 → 3)."
    )
    assert _migration().sentence == (
        "4 datasets rose to a higher band, 0 fell to a lower one and 25 stayed; 3 came and 1 went."
    )
    many = comparisons.of_shifts(_before_after(groups=30))
    assert "Of 30 groups the 12 that moved most are drawn." in many.sentence


def test_goals_are_counted_by_state_and_small_ones_not_drawn() -> None:
    assert _goals().sentence == (
        "4 goals: 1 behind, 1 on the way, 1 reached, 1 ended, not reached. "
        "Fewer than five datasets, so not drawn: "
        "Mean score in <a href='javascript:x'>Soil</a> & more (n = 4)."
    )
    assert goals.of_goals([]).figure is None


def test_cell_that_a_spreadsheet_would_run_is_taken_as_text() -> None:
    text = csv_of(("Title",), [("=1+1",), (" @x",), ("plain",), (-3,)]).decode("utf-8-sig")
    assert text.splitlines() == ["Title", "'=1+1", "' @x", "plain", "-3"]
