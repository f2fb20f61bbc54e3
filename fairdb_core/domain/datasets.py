"""Collections, datasets, their versions, and what makes two records the same dataset."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fairdb_core.records import Record


class Visibility(StrEnum):
    """Who may see a collection besides its owner and team."""

    PRIVATE = "private"
    INSTITUTION = "institution"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Collection:
    """A named set of datasets with one owner, who may share it with a team."""

    collection_id: int
    name: str
    owner_user_id: int
    team_id: int | None
    visibility: Visibility
    data_version: int
    created_at: datetime
    description: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset as it stands now.

    Attributes:
        identity: The normalised persistent identifier, else the steward's own number.
        row_version: Counts every change, for optimistic locking.
        owner_user_id: The researcher it is assigned to.
    """

    dataset_id: int
    collection_id: int
    identity: str
    dataset_version_id: int
    row_version: int
    record: Record
    owner_user_id: int | None = None
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DatasetVersion:
    """One state of a dataset's metadata; never changed once written.

    Attributes:
        raw: The cells as they were uploaded, by column header; empty for the form.
    """

    dataset_version_id: int
    dataset_id: int
    batch_id: int
    record: Record
    raw: dict[str, str]
    content_hash: str
    author_name: str
    created_at: datetime
    is_deletion: bool = False
