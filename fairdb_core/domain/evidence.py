"""What a stored score rests on, and whether computing it again gives the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Provenance:
    """By what some records were assessed; one for all rows of a chunk.

    Attributes:
        rubric_digest: SHA-256 of the rubric's file.
        vocabularies: The state of each reference list by its key; empty where it was not kept.
        input_hash: SHA-256 of the content hashes of the records, in their order.
        program_version: The version of this program; empty where it was not kept.
        assessed_at: When the rows were computed.
    """

    rubric_id: str
    rubric_version: str
    rubric_digest: str
    vocabularies: Mapping[str, str]
    input_hash: str
    program_version: str
    assessed_at: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that is another one when it is computed again."""

    name: str
    stored: str
    now: str


@dataclass(frozen=True, slots=True)
class Recheck:
    """One stored assessment, computed again from the stored metadata.

    Attributes:
        content_hash: The hash of the record that was judged.
        provenance: By what it was assessed; ``None`` where nothing was stored.
        compared: How many facts and figures were compared.
        differences: What is another one now, the record's own hash included.
        changes: What the score rests on and is another one by now, in words.
    """

    dataset_id: int
    dataset_version_id: int
    content_hash: str
    provenance: Provenance | None
    compared: int
    differences: tuple[Difference, ...]
    changes: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether everything is the same to the bit."""
        return self.provenance is not None and not self.differences

    @property
    def sentence(self) -> str:
        """The outcome in one sentence."""
        if self.provenance is None:
            return "No assessment of this version is stored, so there is nothing to compare."
        stored = f"stored on {self.provenance.assessed_at:%d %b %Y}"
        if self.provenance.program_version:
            stored += f" by version {self.provenance.program_version}"
        if self.differences:
            return (
                f"Computed again from the stored metadata, {len(self.differences)} of "
                f"{self.compared} facts and figures differ from what was {stored}."
            )
        return (
            f"Computed again from the stored metadata, all {self.compared} facts and figures "
            f"agree to the bit with what was {stored}."
        )


@dataclass(frozen=True, slots=True)
class CollectionRecheck:
    """Every stored assessment of a collection, computed again.

    Attributes:
        checked: Stored assessments, those of earlier versions included.
        differing: Those that are not the same to the bit.
        unassessed: Versions of which nothing is stored, or nothing that can be read.
        columns: Which facts and figures differ, with the number of assessments.
        changes: What some scores rest on and is another one by now, in words.
        batch_ids: The batches that are concerned.
    """

    collection_name: str
    checked: int
    differing: int
    unassessed: int
    columns: tuple[tuple[str, int], ...]
    changes: tuple[str, ...]
    batch_ids: tuple[int, ...]

    @property
    def agrees(self) -> bool:
        """Whether everything is stored, and the same to the bit."""
        return not (self.differing or self.unassessed)

    @property
    def sentence(self) -> str:
        """The outcome in one sentence."""
        same = self.checked - self.differing
        told = f"{self.collection_name}: {same:,} of {self.checked:,} stored assessments agree"
        if self.agrees:
            return f"{told} to the bit."
        return f"{told}, {self.differing:,} differ, {self.unassessed:,} are missing or damaged."
