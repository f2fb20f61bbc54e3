"""Batches in words, where a facet knows only their keys."""

from collections.abc import Mapping
from dataclasses import replace

from fairdb_core.domain.summaries import ExplorePage, Facet, FacetCounts, Relief
from fairdb_core.domain.uploads import BatchKind
from fairdb_core.repositories.batch_lists import BatchOrigin
from fairdb_core.repositories.storage import Work

_KINDS = {
    BatchKind.UPLOAD: "Upload",
    BatchKind.FORM: "Form",
    BatchKind.FIX: "Bulk fix",
    BatchKind.UNDO: "Undo",
}


def with_batch_names(work: Work, page: ExplorePage, collections: Mapping[int, str]) -> ExplorePage:
    """Return a page on which batches are named, in facets and in filters that are on.

    Args:
        work: The open unit of work.
        page: On which batches are known by their keys.
        collections: Names of the collections that the viewer may read.
    """
    keys = {
        int(each.value)
        for facet in page.facets
        if facet.facet is Facet.BATCH
        for each in facet.values
        if each.value.isdecimal()
    }
    found = work.batches.origins(keys) if keys else {}
    names = {str(key): _name(origin, collections) for key, origin in found.items()}
    return replace(
        page,
        facets=tuple(_named(facet, names) for facet in page.facets),
        reliefs=tuple(_named_relief(relief, names) for relief in page.reliefs),
    )


def _named(facet: FacetCounts, names: Mapping[str, str]) -> FacetCounts:
    if facet.facet is not Facet.BATCH:
        return facet
    values = [replace(each, label=names.get(each.value, each.label)) for each in facet.values]
    return FacetCounts(facet.facet, tuple(values))


def _named_relief(relief: Relief, names: Mapping[str, str]) -> Relief:
    start, _, keys = relief.label.partition(": ")
    if start != Facet.BATCH.label:
        return relief
    shown = ", ".join(names.get(key, key) for key in keys.split(", "))
    return replace(relief, label=f"{start}: {shown}")


def _name(origin: BatchOrigin, collections: Mapping[int, str]) -> str:
    told = f"{_KINDS[origin.kind]} of {origin.at:%d %b %Y}"
    named = f"{told}: {origin.name}" if origin.name else told
    # Batches of one act are alike but for where they are.
    where = collections.get(origin.one_of, "") if origin.one_of is not None else ""
    return f"{named} in {where}" if where else named
