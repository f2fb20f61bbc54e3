"""Batches in words, where a facet knows only their keys."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from fairdb_core.domain.summaries import ExplorePage, Facet, FacetCounts, Relief
from fairdb_core.domain.uploads import BatchKind
from fairdb_core.repositories.storage import Work

_KINDS = {
    BatchKind.UPLOAD: "Upload",
    BatchKind.FORM: "Form",
    BatchKind.FIX: "Bulk fix",
    BatchKind.UNDO: "Undo",
}


def with_batch_names(work: Work, page: ExplorePage) -> ExplorePage:
    """Return a page on which batches are named, in facets and in filters that are on."""
    keys = {
        int(each.value)
        for facet in page.facets
        if facet.facet is Facet.BATCH
        for each in facet.values
        if each.value.isdecimal()
    }
    found = work.batches.origins(keys) if keys else {}
    names = {str(key): _name(*origin) for key, origin in found.items()}
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


def _name(kind: BatchKind, at: datetime, file_name: str) -> str:
    told = f"{_KINDS[kind]} of {at:%d %b %Y}"
    return f"{told}: {file_name}" if file_name else told
