"""New dataset and edit: the fields, rules and messages of the file, with the score moving along."""

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.assessments import Assessment
from fairdb_core.domain.datasets import Dataset
from fairdb_core.domain.explanations import Edit
from fairdb_core.domain.uploads import Problem, Severity
from fairdb_core.errors import ConflictError, NothingChangedError
from fairdb_core.metadata import FIELD_BY_NAME, FIELDS, Field, Kind
from pages.ui.collection_choice import draw_collection_choice
from pages.ui.dataset.edits import EDITS_SHOWN, told_gain, told_value
from pages.ui.dataset.prefill import filled_fields
from pages.ui.filters import rubric_of_address
from pages.ui.plain import plain
from pages.ui.routes import screen
from pages.ui.selection import number_of_address
from pages.ui.session import core, require_user
from pages.ui.states import answer

viewer = require_user(Role.STEWARD, Role.ADMINISTRATOR)

GROUPS = {
    "What it is": (
        "identifier", "title", "description", "creators", "publisher", "publication_date",
        "resource_type", "keywords",
    ),
    "Access and reuse": (
        "license", "license_url", "access_rights", "access_url", "download_url", "formats",
        "media_types", "size", "embargo_date", "rights_holder",
    ),
    "Context": (
        "related_identifiers", "subjects", "theme", "language", "spatial_coverage",
        "temporal_coverage", "provenance", "conforms_to", "funding", "version",
    ),
}  # fmt: skip


def asked_dataset(who: Viewer) -> Dataset | None:
    """Return the dataset to edit, none for a new one."""
    asked = number_of_address("id")
    if asked is None:
        return None
    key = f"editing_{asked}"
    if key not in st.session_state:
        try:
            st.session_state[key] = core().datasets.get(who, asked)
        except FAIRDatabaseError as error:
            st.error(plain(str(error)))
            st.stop()
    dataset: Dataset = st.session_state[key]
    return dataset


def draw_field(field: Field, value: str, key: str) -> str:
    """Draw one field and return what stands in it."""
    hint = f"{field.help} Example: {field.example}" + (
        " One value to a line." if field.is_many else ""
    )
    if field.is_many or field.kind is Kind.LONG_TEXT:
        typed: str = st.text_area(field.title, value, help=plain(hint), key=key, height=90)
    else:
        typed = st.text_input(field.title, value, help=plain(hint), key=key)
    return typed


def draw_fields(start: dict[str, str], key: str, filled: dict[str, str]) -> dict[str, str]:
    """Draw all fields in their groups and return what stands in them.

    Args:
        start: What stands in them at first.
        key: Tells this form from others.
        filled: Those that come filled from the dataset's page; their groups are open.
    """
    start = {**start, **filled}
    by_name = {field.name: field for field in FIELDS}
    grouped = [name for names in GROUPS.values() for name in names]
    groups = {**GROUPS, "More": tuple(name for name in by_name if name not in grouped)}
    typed: dict[str, str] = {}
    for title, names in groups.items():
        is_open = title == "What it is" or any(name in filled for name in names)
        with st.expander(title, expanded=is_open):
            for name in names:
                typed[name] = draw_field(by_name[name], start[name], f"{key}_{name}")
    return typed


def draw_score(assessment: Assessment) -> None:
    """Draw the score of what stands in the form."""
    total = assessment.total
    noun = "points" if total.has_percent else "checks"
    if total.has_percent:
        percent = "–" if total.percent is None else f"{total.percent:.0f} %"
        st.metric("Score", percent, help="By the rubric of the page that you came from.")
    else:
        st.metric("Checks met", f"{total.earned:g} of {total.judged:g}")
    st.markdown(
        f"{total.earned:g} of {total.judged:g} {noun} that can be judged "
        f"({total.possible:g} in all)"
    )


def draw_edits(edits: tuple[Edit, ...], *, has_percent: bool) -> None:
    """Draw the edits worth most, as the dataset's page has them."""
    for edit in edits[:EDITS_SHOWN]:
        gain, told = told_gain(edit, has_percent=has_percent), map(told_value, edit.values)
        if len(edit.values) == 1:
            st.markdown(f"**{gain}** · {next(told)}")
        else:
            st.markdown("\n".join([f"**{gain}**", "", *(f"- {each}" for each in told)]))


def draw_together(typed: dict[str, str], *, has_percent: bool) -> None:
    """Draw the edit that counts only as a whole, once it is asked for: it takes a while."""
    box = st.expander("What counts only together", key="together", on_change="rerun")
    if not box.open:
        return
    with box:
        edit = core().what_ifs.best_together(typed, rubric_of_address())
        if edit is None:
            st.markdown("No check asks for several fields at once.")
            return
        st.markdown("Only together, because one check asks for all of them:")
        draw_edits((edit,), has_percent=has_percent)


def draw_problems(problems: tuple[Problem, ...]) -> None:
    """Draw what is wrong, by the titles of the fields."""
    for problem in problems:
        show = st.error if problem.severity is Severity.ERROR else st.warning
        field = FIELD_BY_NAME.get(problem.column or "")
        where = f"{field.title if field else problem.column}: " if problem.column else ""
        show(plain(f"{where}expected {problem.expected}. {problem.remedy}"))


def save(who: Viewer, collection_id: int, typed: dict[str, str], editing: Dataset | None) -> None:
    """Save what stands in the form, or say why not."""
    try:
        core().datasets.save(who, collection_id, typed, editing=editing)
    except ConflictError as error:
        st.error(plain(str(error)))
        if editing is not None:
            show_conflict(who, typed, editing)
    except NothingChangedError as error:
        st.info(str(error))
    except FAIRDatabaseError as error:
        st.error(plain(str(error)))
    else:
        _, problems, _ = core().what_ifs.check(typed)
        draw_saved(typed, editing, problems)


def draw_saved(
    typed: dict[str, str], editing: Dataset | None, problems: tuple[Problem, ...]
) -> None:
    """Say that it was saved and what could not be taken as it stands, and what can come next."""
    st.success("Saved.")
    draw_problems(problems)
    if editing is not None:
        st.session_state.pop(f"editing_{editing.dataset_id}", None)
        params = {"id": str(editing.dataset_id)}
        if rubric_of_address():
            params["rubric"] = rubric_of_address()
        st.page_link(
            screen("dataset"),
            label="See the dataset",
            query_params=params,
            icon=":material/visibility:",
        )
        return
    st.page_link(
        screen("explore"),
        label="Find it on the Explore page",
        query_params={"q": typed["identifier"] or typed["title"]},
        icon=":material/search:",
    )
    st.button("Add another dataset", on_click=empty_form)


def empty_form() -> None:
    """Begin a new form."""
    st.session_state["records_added"] = st.session_state.get("records_added", 0) + 1


def show_conflict(who: Viewer, typed: dict[str, str], editing: Dataset) -> None:
    """Show what the other person wrote beside what stands in the form."""
    differences = core().datasets.conflict(who, editing.dataset_id, typed)
    st.table(
        [
            {
                "Field": change.title,
                "In the store now": plain(change.before),
                "In this form": plain(change.after),
            }
            for change in differences
        ],
        hide_index=True,
    )
    st.button(
        "Keep my text and save over the newer version",
        on_click=save_over,
        args=(who, typed, editing),
    )


def save_over(who: Viewer, typed: dict[str, str], editing: Dataset) -> None:
    """Save over what somebody else wrote, which the person has just read."""
    key = f"editing_{editing.dataset_id}"
    try:
        newer = core().datasets.get(who, editing.dataset_id)
        core().datasets.save(who, newer.collection_id, typed, editing=newer)
    except NothingChangedError as error:
        st.session_state.pop(key, None)
        st.info(str(error))
    except FAIRDatabaseError as error:
        st.error(plain(str(error)))
    else:
        st.session_state.pop(key, None)
        st.success("Saved over the newer version.")


editing = asked_dataset(viewer)
st.title("Edit a dataset" if editing else "New dataset", anchor=False)
collections = {c.collection_id: c.name for c in core().collections.open_to_uploads(viewer)}
if editing is not None and editing.collection_id not in collections:
    st.error("Your role does not permit you to edit this dataset.")
    st.stop()
if not collections:
    st.info("Make a collection on the Upload page first.")
    st.page_link(screen("upload"), label="Make a collection", icon=":material/upload:")
    st.stop()
if editing is None:
    collection_id = draw_collection_choice(collections)
else:
    collection_id = editing.collection_id
    st.markdown(f"Collection: {plain(collections[collection_id])}")

fields, score = st.columns([3, 2])
with fields:
    added = st.session_state.get("records_added", 0)
    form_key = f"record_new_{added}"
    filled_in: dict[str, str] = {}
    if editing is not None:
        filling, filled_in = filled_fields(editing.dataset_id)
        form_key = f"record_{editing.dataset_id}_{filling}"
    if filled_in:
        titles = ", ".join(FIELD_BY_NAME[name].title for name in filled_in)
        st.info(plain(f"Filled from the dataset's page: {titles}. Check it, then save."))
    values = draw_fields(core().datasets.typed(editing), form_key, filled_in)
    if collection_id is None:
        st.info("Choose the collection above that the dataset belongs to.")
    is_meant = st.button("Save", type="primary", disabled=collection_id is None)
    if is_meant and collection_id is not None:
        save(viewer, collection_id, values, editing)
with score:
    read, found, assessment_now = answer(lambda: core().what_ifs.check(values, rubric_of_address()))
    draw_score(assessment_now)
    draw_edits(
        core().what_ifs.best_edits(read, rubric_of_address()),
        has_percent=assessment_now.total.has_percent,
    )
    draw_together(values, has_percent=assessment_now.total.has_percent)
    draw_problems(found if any(values.values()) else ())
