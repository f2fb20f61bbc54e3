"""The script that Streamlit runs for every rerun, and the ASGI app that serves it."""

from pathlib import Path
from typing import Literal

if __name__ == "__main__":
    import streamlit as st

    from fairdb_core.domain.accounts import Role, Viewer
    from pages.ui.frame import ICON, draw_frame
    from pages.ui.nowhere import draw_nowhere, misspelt
    from pages.ui.routes import routes_of
    from pages.ui.session import core, current_viewer, known_as

    STEMS = (
        "overview",
        "planner",
        "explore",
        "compare",
        "history",
        "goals",
        "dataset",
        "verify",
        "attestations",
        "upload",
        "uploads",
        "record",
        "fix",
        "rubric_draft",
        "account",
        "admin",
    )
    START = "start"
    Shown = Literal["visible", "hidden"]
    STEWARDS = (Role.STEWARD, Role.ADMINISTRATOR)

    def overview() -> list[st.Page]:
        """Return the start page, which its name leads to as well."""
        file, title = "pages/overview.py", "Overview"
        return [
            st.Page(
                file,
                title=title,
                icon=":material/monitoring:",
                url_path=START,
                default=True,
            ),
            st.Page(file, title=title, visibility="hidden"),
        ]

    def entrance() -> list[st.Page]:
        """Return the pages of who is not signed in: every address leads to the sign-in."""
        rubrics = st.Page("pages/rubrics.py", title="Rubrics", icon=":material/rule:")
        closed = [
            st.Page("pages/login.py", title="Sign in", url_path=stem, visibility="hidden")
            for stem in STEMS
        ]
        if not core().settings.public_view:
            start = st.Page("pages/login.py", title="FAIRDatabase", url_path=START, default=True)
            closed.append(
                st.Page("pages/login.py", title="Sign in", url_path="login", visibility="hidden")
            )
            return [start, *closed]
        sign_in = st.Page("pages/login.py", title="Sign in", icon=":material/login:")
        return [*overview(), rubrics, sign_in, *closed[1:]]

    def navigation(viewer: Viewer) -> list[st.Page]:
        """Return the pages that a signed-in person may open: to look, improve, add, manage."""
        # A page that is only hidden says who may open it; a missing one would be "not found".
        for_stewards: Shown = "visible" if viewer.role in STEWARDS else "hidden"
        for_administrators: Shown = "visible" if viewer.is_administrator else "hidden"

        def screen(stem: str, title: str, icon: str, visibility: Shown = "visible") -> st.Page:
            return st.Page(
                f"pages/{stem}.py", title=title, icon=f":material/{icon}:", visibility=visibility
            )

        # Headings between them would be no list any more to a screen reader.
        return [
            *overview(),
            screen("explore", "Explore", "search"),
            screen("compare", "Compare", "compare_arrows"),
            screen("history", "History", "timeline"),
            screen("rubrics", "Rubrics", "rule"),
            screen("planner", "What to fix first", "checklist"),
            screen("fix", "Bulk fix", "build", for_stewards),
            screen("goals", "Goals", "flag"),
            screen("attestations", "Attestations", "approval", for_stewards),
            screen("upload", "Upload", "upload", for_stewards),
            screen("record", "New dataset", "add", for_stewards),
            screen("uploads", "My uploads", "history", for_stewards),
            screen("rubric_draft", "Rubric drafts", "edit_note", for_administrators),
            screen("admin", "Admin", "admin_panel_settings", for_administrators),
            screen("account", "Account", "person"),
            st.Page("pages/dataset.py", title="Dataset", visibility="hidden"),
            st.Page("pages/verify.py", title="Verify a receipt", visibility="hidden"),
            st.Page("pages/login.py", title="Signed in", visibility="hidden"),
        ]

    def elsewhere(viewer: Viewer, name: str) -> st.Page:
        """Return the page of an address that names none; Streamlit would open a box over it."""
        shown = "pages/login.py" if viewer.user is None else draw_nowhere
        return st.Page(shown, title="No such page", url_path=name, visibility="hidden")

    with core().rerun():
        st.set_page_config(page_title="FAIRDatabase", page_icon=ICON, layout="wide")
        who = current_viewer()
        pages = routes_of(who, entrance if who.user is None else lambda: navigation(who))
        wrong = misspelt(st.context.url, (START, *(each.url_path for each in pages)))
        page = st.navigation([*pages, elsewhere(who, wrong)] if wrong else pages, expanded=True)
        draw_frame(who)
        with known_as(who):
            page.run()
else:
    from streamlit.starlette import App

    from fairdb_core.bootstrap import running_core
    from fairdb_core.web import build_web

    web = build_web(running_core())
    app = App(
        Path(__file__),
        routes=web.routes,
        middleware=web.middleware,
        lifespan=web.lifespan,
        exception_handlers=web.exception_handlers,
        on_script_error=web.on_script_error,
    )
