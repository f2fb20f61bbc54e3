"""Screens are looked up once a session, and again where a visitor has become somebody else."""

from streamlit.testing.v1 import AppTest


def _script() -> None:
    from datetime import UTC, datetime

    import streamlit as st

    from fairdb_core.domain.accounts import AccountState, Role, User, Viewer
    from pages.ui.routes import routes_of, screen

    def made() -> list[st.Page]:
        st.session_state["made"] = st.session_state.get("made", 0) + 1
        return [
            st.Page(lambda: None, title="Overview", url_path="", default=True),
            st.Page(lambda: None, title="Dataset", url_path="dataset"),
            st.Page(lambda: None, title="The same", url_path="overview", visibility="hidden"),
        ]

    role = st.session_state.get("role")
    user = role and User(
        1, "jdoe", "j@example.org", "J", Role(role), AccountState.ACTIVE, datetime.now(UTC)
    )
    pages = routes_of(Viewer(user or None), made)
    st.session_state["told"] = (
        [page.title for page in pages],
        screen("dataset") is pages[1],
        screen("overview") is pages[0],
        screen("nowhere"),
    )


def test_screens_are_looked_up_once_a_session_and_role() -> None:
    app = AppTest.from_function(_script).run()
    assert app.session_state["told"] == (
        ["Overview", "Dataset", "The same"],
        True,
        True,
        "pages/nowhere.py",
    )
    app.run()
    assert app.session_state["made"] == 1
    app.session_state["role"] = "steward"
    app.run()
    app.run()
    assert app.session_state["made"] == 2
    assert not app.exception
