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
