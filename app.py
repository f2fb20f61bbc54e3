"""The script that Streamlit runs for every rerun, and the ASGI app that serves it."""

from pathlib import Path

if __name__ == "__main__":
    import streamlit as st

    from fairdb_core.domain.accounts import Role, Viewer
    from pages.ui.frame import draw_frame
    from pages.ui.session import core, current_viewer

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
    STEWARDS = (Role.STEWARD, Role.ADMINISTRATOR)

    def entrance() -> list[st.Page]:
        """Return the pages of who is not signed in: every address leads to the sign-in."""
        rubrics = st.Page("pages/rubrics.py", title="Rubrics", icon=":material/rule:")
        closed = [
            st.Page("pages/login.py", title="Sign in", url_path=stem, visibility="hidden")
            for stem in STEMS
        ]
        if not core().settings.public_view:
            start = st.Page("pages/login.py", title="FAIRDatabase", url_path="start", default=True)
            closed.append(
                st.Page("pages/login.py", title="Sign in", url_path="login", visibility="hidden")
            )
            return [start, *closed]
        overview = st.Page(
            "pages/overview.py", title="Overview", icon=":material/monitoring:", default=True
        )
        sign_in = st.Page("pages/login.py", title="Sign in", icon=":material/login:")
        return [overview, rubrics, sign_in, *closed[1:]]

    def navigation(viewer: Viewer) -> list[st.Page]:
        """Return the pages that a signed-in person may open."""
        pages = [
            st.Page(
                "pages/overview.py", title="Overview", icon=":material/monitoring:", default=True
            ),
            st.Page("pages/planner.py", title="Fix first", icon=":material/checklist:"),
            st.Page("pages/explore.py", title="Explore", icon=":material/search:"),
            st.Page("pages/compare.py", title="Compare", icon=":material/compare_arrows:"),
            st.Page("pages/history.py", title="History", icon=":material/timeline:"),
            st.Page("pages/goals.py", title="Goals", icon=":material/flag:"),
            st.Page("pages/dataset.py", title="Dataset", visibility="hidden"),
            st.Page("pages/rubrics.py", title="Rubrics", icon=":material/rule:"),
            st.Page("pages/verify.py", title="Verify a receipt", visibility="hidden"),
        ]
        # A page that is only hidden says who may open it; a missing one would be "not found".
        for_stewards = "visible" if viewer.role in STEWARDS else "hidden"
        for_administrators = "visible" if viewer.is_administrator else "hidden"
        return [
            *pages,
            st.Page(
                "pages/upload.py",
                title="Upload",
                icon=":material/upload:",
                visibility=for_stewards,
            ),
            st.Page(
                "pages/uploads.py",
                title="My uploads",
                icon=":material/history:",
                visibility=for_stewards,
            ),
            st.Page(
                "pages/record.py",
                title="New dataset",
                icon=":material/add:",
                visibility=for_stewards,
            ),
            st.Page(
                "pages/fix.py",
                title="Bulk fix",
                icon=":material/build:",
                visibility=for_stewards,
            ),
            st.Page(
                "pages/attestations.py",
                title="Attestations",
                icon=":material/approval:",
                visibility=for_stewards,
            ),
            st.Page(
                "pages/rubric_draft.py",
                title="Rubric drafts",
                icon=":material/edit_note:",
                visibility=for_administrators,
            ),
            st.Page(
                "pages/admin.py",
                title="Admin",
                icon=":material/admin_panel_settings:",
                visibility=for_administrators,
            ),
            st.Page("pages/account.py", title="Account", icon=":material/person:"),
            st.Page("pages/login.py", title="Signed in", visibility="hidden"),
        ]

    st.set_page_config(page_title="FAIRDatabase", page_icon="pages/ui/icon.svg", layout="wide")
    who = current_viewer()
    page = st.navigation(entrance() if who.user is None else navigation(who), expanded=True)
    draw_frame(who)
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
