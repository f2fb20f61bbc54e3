"""What an undo left alone, because somebody changed it since."""

from dataclasses import dataclass


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
