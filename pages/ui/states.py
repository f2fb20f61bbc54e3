"""What stands where a screen has nothing to show: no datasets yet, none to be seen, an error."""

import time
from collections.abc import Callable
from contextlib import nullcontext
from types import CodeType
from typing import TypeVar

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.errors import ResourceNotFoundError
from pages.ui.plain import plain
from pages.ui.routes import screen
from pages.ui.session import is_signed_in

Answer = TypeVar("Answer")
_QUICK_SECONDS = 0.3
_QUICK: set[CodeType] = set()


def answer(ask: Callable[[], Answer]) -> Answer:
    """Return what the core answers, or say why not and stop.

    A spinner costs a thread and two messages: it is spared where the same was quick before.
    """
    asked = ask.__code__
    start = time.monotonic()
    try:
        with nullcontext() if asked in _QUICK else st.spinner("Working out the figures …"):
            found = ask()
    except ResourceNotFoundError as error:
        kind = error.resource_type
        st.title(plain(f"{kind} not found"), anchor=False)
        st.markdown(plain(f"This {kind.lower()} was removed, or it is not shared with you."))
        if is_signed_in():
            st.page_link(screen("explore"), label="Find datasets", icon=":material/search:")
    except FAIRDatabaseError as error:
        st.error(plain(str(error)))
    else:
        is_quick = time.monotonic() - start < _QUICK_SECONDS
        remember = _QUICK.add if is_quick else _QUICK.discard
        remember(asked)
        return found
    return st.stop()


def draw_no_datasets(viewer: Viewer) -> None:
    """Say that there is nothing yet, and where to begin."""
    st.info("There are no datasets that you may see yet.")
    if viewer.role in (Role.STEWARD, Role.ADMINISTRATOR):
        st.markdown("Upload a table of datasets, and this screen shows how FAIR they are.")
        st.page_link(screen("upload"), label="Upload a file", icon=":material/upload:")
    else:
        st.markdown(
            "A data steward uploads datasets and assigns them; ask yours to share a collection."
        )
