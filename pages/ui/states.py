"""What stands where a screen has nothing to show: no datasets yet, none to be seen, an error."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import TypeVar

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.errors import ResourceNotFoundError
from pages.ui.plain import plain
from pages.ui.session import is_signed_in

Answer = TypeVar("Answer")


def answer(ask: Callable[[], Answer], *, has_spinner: bool = True) -> Answer:
    """Return what the core answers, or say why not and stop."""
    waiting = st.spinner("Working out the figures …") if has_spinner else nullcontext()
    try:
        with waiting:
            return ask()
    except ResourceNotFoundError as error:
        kind = error.resource_type
        st.title(plain(f"{kind} not found"), anchor=False)
        st.markdown(plain(f"This {kind.lower()} was removed, or it is not shared with you."))
        if is_signed_in():
            st.page_link("pages/explore.py", label="Find datasets", icon=":material/search:")
    except FAIRDatabaseError as error:
        st.error(plain(str(error)))
    return st.stop()


def draw_no_datasets(viewer: Viewer) -> None:
    """Say that there is nothing yet, and where to begin."""
    st.info("There are no datasets that you may see yet.")
    if viewer.role in (Role.STEWARD, Role.ADMINISTRATOR):
        st.markdown("Upload a table of datasets, and this screen shows how FAIR they are.")
        st.page_link("pages/upload.py", label="Upload a file", icon=":material/upload:")
    else:
        st.markdown(
            "A data steward uploads datasets and assigns them; ask yours to share a collection."
        )
