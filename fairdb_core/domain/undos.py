"""What an undo will do, and what it left alone, because somebody changed it since."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What undoing a batch will do, told before it is done.

    Attributes:
        collection_names: The collections that it puts back.
        data_versions: The state of each of these for which it was worked out.
        put_back: Datasets that get back what the batch changed.
        removed: Datasets that the batch created and that go.
        kept: Datasets of which something was changed since, which stays as it is now.
        refusal: Why nothing would be undone; empty where something would.
    """

    batch_id: int
    collection_names: tuple[str, ...]
    data_versions: tuple[int, ...]
    put_back: int
    removed: int
    kept: int
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class UndoConflict:
    """One field of one dataset that was changed after the batch, and stays as it is now.

    Attributes:
        identity: By which the dataset is known.
        field_title: The field's name on screens, empty where the dataset as a whole is meant.
        before: What stood before the batch; several values are parted by semicolons.
        written: What the batch wrote.
        now: What stands now.
    """

    dataset_id: int
    identity: str
    field_title: str
    before: str = ""
    written: str = ""
    now: str = ""
