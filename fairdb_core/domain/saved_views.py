"""Views of Explore that somebody named, to be opened again."""

from dataclasses import dataclass
from datetime import datetime

MAX_NAME = 80
MAX_ADDRESS = 4_000


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named view.

    Attributes:
        address: What stands behind the question mark of its address.
        team_id: The team that it is shared with, ``None`` where it is for its owner alone.
        owner_name: Who saved it.
        is_own: Whether it belongs to who asks.
    """

    saved_view_id: int
    name: str
    address: str
    team_id: int | None
    owner_name: str
    is_own: bool
    created_at: datetime
