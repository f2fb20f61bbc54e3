"""Filters, facets and pages over a few datasets, worked out by hand."""

import polars as pl
import pytest

from fairdb_core.domain.summaries import NOT_GIVEN, CheckMethod, Facet, Filters, Sort
from fairdb_core.repositories.chunk_texts import ChunkTexts
from fairdb_core.rubrics import load_rubrics
from fairdb_core.services.explore import explore
from fairdb_core.services.narrowing import Scope, matching
from fairdb_core.services.score_frames import nothing_standing
from fairdb_core.services.standing import Standing
from fairdb_core.services.texts import Texts
from tests.services.test_texts import packed

SCORES = {f"{letter}.percent": [10.0, 50.0, 100.0] for letter in "FAIR"}
DATASETS = pl.DataFrame(
    {
        "dataset_id": [11, 12, 13],
        "dataset_version_id": [101, 102, 103],
        "collection_id": [1, 1, 2],
        "batch_id": [7, 8, 8],
        "text": ["Böden (Rhine)\n10.1/a\nLoess", "Rain\n10.1/b\n", "\nx\n"],
        "publisher": ["Zenodo", None, "PANGAEA"],
        "publication_year": [2020, 2021, 2021],
        "resource_type": ["Dataset", "Dataset", "Software"],
        "license": ["CC-BY-4.0", "CC-BY-4.0", None],
        "access_rights": ["open", "open", "restricted"],
        "language": ["en", "de", "en"],
        "format": ["CSV", "CSV", None],
        "percent": [10.0, 50.0, 100.0],
        "pattern": [0, 1, 2],
    },
    schema_overrides={"pattern": pl.UInt32},
)
PATTERNS = pl.DataFrame({"fact:licence": [1, 3, 0], "percent": [10.0, 50.0, 100.0], **SCORES})
SCOPE = Scope(
    {1: "Soil", 2: "Water"},
    (CheckMethod("L", "licence", "R", "R1.1", "Is a licence given?", 1, "", "", "record"),),
    [(letter, letter, 1.0) for letter in "FAIR"],
    own_ids=[12],
    patterns=PATTERNS,
)


def _standing(datasets: pl.DataFrame) -> Standing:
    texts = ChunkTexts(1, 0, 999, packed(datasets.select("dataset_version_id", "text")))
    rows = datasets.drop("text")
    return Standing(rows, PATTERNS, Texts(rows["dataset_version_id"], [texts]))


STANDING = _standing(DATASETS)


def _chosen(*pairs: tuple[Facet, tuple[str, ...]]) -> Filters:
    return Filters(chosen=pairs)


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(), [11, 12, 13]),
        (Filters(text="BÖDEN (rhine"), [11]),
        (Filters(text="10.1/"), [11, 12]),
        (Filters(text="loess Böden"), [11]),
        (Filters(text="a.n"), []),
        (Filters(is_mine=True), [12]),
        (Filters(ids=(13, 11, 99)), [11, 13]),
        (Filters(ids=(13, 11), text="rain"), []),
        (Filters(ids=(12, 13), is_mine=True), [12]),
        (_chosen((Facet.COLLECTION, ("1",))), [11, 12]),
        (_chosen((Facet.BATCH, ("8",))), [12, 13]),
        (_chosen((Facet.YEAR, ("2021",)), (Facet.COLLECTION, ("1",))), [12]),
        (_chosen((Facet.YEAR, ("2020", "2021"))), [11, 12, 13]),
        (_chosen((Facet.YEAR, ("no year",))), []),
        (_chosen((Facet.PUBLISHER, (NOT_GIVEN,))), [12]),
        (_chosen((Facet.PUBLISHER, (NOT_GIVEN, "Zenodo"))), [11, 12]),
        (_chosen((Facet.BAND, ("80–100",))), [13]),
        (_chosen((Facet.BAND, ("40–60", "0–20"))), [11, 12]),
        (_chosen((Facet.GAP, ("L",))), [11]),
        (_chosen((Facet.GAP, ("no such check",))), []),
    ],
)
def test_filters_leave_the_datasets_that_match_all_of_them(
    filters: Filters, ids: list[int]
) -> None:
    assert matching(STANDING, filters, SCOPE).rows["dataset_id"].to_list() == ids


def test_facet_counts_ignore_what_is_chosen_in_the_same_facet() -> None:
    page = explore(STANDING, _chosen((Facet.COLLECTION, ("2",))), SCOPE, sort=Sort.LOWEST, page=1)
    counts = {
        each.facet: {value.label: value.count for value in each.values} for each in page.facets
    }
    assert counts[Facet.COLLECTION] == {"Soil": 2, "Water": 1}
    assert counts[Facet.LICENSE] == {NOT_GIVEN: 1}
    assert counts[Facet.BAND] == {"80–100 %": 1}
    assert counts[Facet.GAP] == {}


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        (Sort.LOWEST, [11, 12, 13]),
        (Sort.HIGHEST, [13, 12, 11]),
        (Sort.NEWEST, [13, 12, 11]),
        (Sort.TITLE, [11, 12, 13]),
    ],
)
def test_list_comes_in_the_order_asked_for(sort: Sort, ids: list[int]) -> None:
    page = explore(STANDING, Filters(), SCOPE, sort=sort, page=1)
    assert [row.dataset_id for row in page.rows] == ids


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_of_some_follow_each_other_in_the_order_of_all(sort: Sort) -> None:
    titles = [f"T{(number * 7) % 90:02}\n\n" for number in range(90)]
    many = pl.concat([DATASETS] * 30).with_columns(
        dataset_id=pl.int_range(90), dataset_version_id=pl.int_range(90), text=pl.Series(titles)
    )
    standing, filters = _standing(many), _chosen((Facet.COLLECTION, ("1",)))
    every = matching(standing, Filters(), SCOPE).page(sort, 0, 90)
    expected = every.filter(pl.col("collection_id") == 1)["dataset_id"].to_list()
    found = matching(standing, filters, SCOPE)
    pages = [found.page(sort, start, start + 25)["dataset_id"].to_list() for start in (0, 25, 50)]
    assert [each for page in pages for each in page] == expected


def test_rows_tell_collection_principles_and_gaps() -> None:
    row = explore(STANDING, Filters(text="rhine"), SCOPE, sort=Sort.LOWEST, page=1).rows[0]
    assert (row.collection_name, row.year, row.percent, row.gaps) == ("Soil", 2020, 10.0, 1)
    assert row.principles == tuple((letter, 10.0) for letter in "FAIR")


def test_page_beyond_the_last_gives_the_last() -> None:
    many = pl.concat([DATASETS] * 10).with_columns(dataset_version_id=pl.int_range(30))
    page = explore(_standing(many), Filters(), SCOPE, sort=Sort.LOWEST, page=99)
    assert (page.page, page.page_count, page.count, len(page.rows)) == (2, 2, 30, 10)


def test_empty_result_says_which_filter_to_drop() -> None:
    filters = Filters("rain", ((Facet.YEAR, ("2020",)), (Facet.COLLECTION, ("1",))))
    page = explore(STANDING, filters, SCOPE, sort=Sort.LOWEST, page=1)
    assert page.count == 0
    assert [(relief.label, relief.count) for relief in page.reliefs] == [
        ("Year: 2020", 1),
        ("Search: rain", 1),
        ("Collection: Soil", 0),
    ]
    assert page.reliefs[0].filters.values(Facet.YEAR) == ()


def test_datasets_named_one_by_one_can_be_let_go_as_any_filter() -> None:
    asked = Filters(ids=(11,)).with_values(Facet.YEAR, ["2021"])
    page = explore(STANDING, asked, SCOPE, sort=Sort.TITLE, page=1)
    assert [(relief.label, relief.count) for relief in page.reliefs] == [
        ("Chosen one by one: 1", 2),
        ("Year: 2021", 1),
    ]
    assert page.reliefs[0].filters == Filters(chosen=((Facet.YEAR, ("2021",)),))


def test_empty_store_gives_an_empty_page() -> None:
    page = explore(
        nothing_standing(load_rubrics()["fsf_v0_8"]),
        Filters(text="x"),
        SCOPE,
        sort=Sort.TITLE,
        page=1,
    )
    assert (page.rows, page.count, page.facets) == ((), 0, ())
