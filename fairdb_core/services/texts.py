"""Titles, identifiers and keywords of versions that are held together."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from fairdb_core.repositories.chunk_layout import texts_in
from fairdb_core.repositories.chunk_texts import ChunkTexts
from fairdb_core.scoring.quantiles import Counts


class Texts:
    """What is searched and shown of versions, unpacked as far as it is asked for.

    Args:
        versions: The keys of the versions.
        chunks: Where their texts are.
    """

    def __init__(self, versions: pl.Series, chunks: Iterable[ChunkTexts]) -> None:
        self._versions = versions.to_numpy()
        self._chunks = tuple(chunks)
        self._firsts = np.array([chunk.first_version_id for chunk in self._chunks], np.int64)
        self._lasts = np.array([chunk.last_version_id for chunk in self._chunks], np.int64)

    @cached_property
    def all(self) -> pl.Series:
        """The text of every version."""
        if not len(self._versions):
            return pl.Series("text", dtype=pl.String)
        in_order = [self._chunks[at] for at in np.argsort(self._firsts, kind="stable")]
        # Several are of parts of one.
        rows = texts_in(list({id(each.chunk): each.chunk for each in in_order}.values()))
        for chunk in in_order:
            chunk.pack_again()
        return _looked_up(rows, self._versions)

    def at(self, places: npt.NDArray[np.intp]) -> pl.Series:
        """Return the text of the versions at a few places."""
        if "all" in self.__dict__:
            return self.all.gather(places)
        wanted = self._versions[places]
        is_within = (self._firsts <= wanted[:, None]) & (wanted[:, None] <= self._lasts)
        near = np.flatnonzero(is_within.any(axis=0))
        if not len(near):
            return pl.Series("text", dtype=pl.String)
        return _looked_up(pl.concat(self._chunks[at].rows for at in near), wanted)


NO_TEXTS = Texts(pl.Series(dtype=pl.Int64), ())


def _looked_up(rows: pl.DataFrame, wanted: Counts) -> pl.Series:
    """Return the texts of some versions, which are among rows of them."""
    versions, order = rows["dataset_version_id"].to_numpy(), None
    if (np.diff(versions) == 1).all():
        return rows["text"].gather(wanted - versions[0])
    if (versions[1:] < versions[:-1]).any():
        order = np.argsort(versions, kind="stable")
    places = np.searchsorted(versions, wanted, sorter=order)
    return rows["text"].gather(places if order is None else order[places])
