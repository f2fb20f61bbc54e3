"""Step 1 of the wizard: choose a collection and a file, and see what was read."""

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.uploads import ReadReport
from fairdb_core.errors import UnreadableFileError
from fairdb_core.metadata import FIELDS
from pages.ui.collection_choice import draw_collection_choice
from pages.ui.plain import plain
from pages.ui.session import core
from pages.ui.wizard.large_files import draw_large_file
from pages.ui.wizard.state import Wizard

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1 (ISO 8859-1)",
}
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}
VISIBILITIES = {
    Visibility.INSTITUTION: "Everybody who is signed in",
    Visibility.PRIVATE: "Only me and my team",
    Visibility.PUBLIC: "Aggregates for the public, all for the signed-in",
}
# Another encoding or separator may read a file that is refused for one of these.
_READ_OTHERWISE = frozenset(
    {"broken_utf8", "utf16_without_mark", "ragged_rows", "stray_quote", "unclosed_quote"}
)
PASTED = "pasted text"
_PREVIEW_ROWS = 5
_SURE = 0.95


def draw(viewer: Viewer, state: Wizard) -> None:
    """Draw the step."""
    _choose_collection(viewer, state)
    _choose_file(viewer, state)
    if not state.file_name:
        return
    if state.table is None and not _read(viewer, state):
        return
    if state.table is not None:
        _show_what_was_read(state, state.table.report)


def sentence(report: ReadReport) -> str:
    """Return what was read, in one sentence."""
    if report.encoding == "xlsx":
        how = f"Excel workbook, sheet “{report.sheet}”"
    else:
        name = ENCODINGS.get(report.encoding, report.encoding)
        how = f"{name}, {SEPARATORS.get(report.separator, 'one column')}"
    return f"{how}, {report.row_count:,} rows, {len(report.header)} columns"


def visibility_in_words(visibility: Visibility, *, is_public_allowed: bool) -> str:
    """Return who sees a collection's scores, and what is missing where the public may not yet."""
    words = VISIBILITIES[visibility]
    if visibility is Visibility.PUBLIC and not is_public_allowed:
        return f"{words} (once an administrator allows the public view)"
    return words


def _choose_collection(viewer: Viewer, state: Wizard) -> None:
    collections = core().collections.open_to_uploads(viewer)
    names = {collection.collection_id: collection.name for collection in collections}
    if names:
        state.collection_id = draw_collection_choice(names, state.collection_id)
    else:
        st.info("Begin with a collection: the set of datasets that your file belongs to.")
    # A key that counts the collections closes and empties the form once one was made.
    mark = f"new_collection_{len(names)}"
    with (
        st.expander("New collection", expanded=not names, key=f"{mark}_box"),
        st.form(mark, border=False),
    ):
        name = st.text_input("Name", max_chars=200)
        description = st.text_area("Description (optional)", height=80)
        visibility = st.selectbox(
            "Who may see its scores",
            list(VISIBILITIES),
            format_func=lambda each: visibility_in_words(
                each, is_public_allowed=core().settings.public_view
            ),
        )
        if st.form_submit_button("Create collection"):
            try:
                made = core().collections.create(
                    viewer, name, description=description, visibility=visibility
                )
            except FAIRDatabaseError as error:
                st.error(plain(str(error)))
            else:
                state.collection_id = made.collection_id
                st.rerun()


def _choose_file(viewer: Viewer, state: Wizard) -> None:
    settings = core().settings
    limit = settings.max_widget_megabytes
    st.markdown(
        f"CSV, TSV or Excel, one row a dataset, up to {settings.max_rows:,} rows, "
        f"{settings.max_columns} columns and {settings.max_cell_bytes // 1024} kB a cell; up to "
        f"{limit} MB as a file, {settings.max_upload_megabytes} MB as a large file. Nothing is "
        "stored before you commit."
    )
    upload, paste, large = st.tabs(["File", "Paste", "Large file"])
    with upload:
        chosen = st.file_uploader(
            "Metadata file",
            type=["csv", "tsv", "txt", "tab", "xlsx"],
            key=f"file_{state.generation}",
            max_upload_size=limit,
        )
        if chosen is not None and chosen.file_id != state.widget_file:
            state.take(chosen.getvalue(), chosen.name)
            state.widget_file = chosen.file_id
    with paste, st.form("paste", border=False):
        text = st.text_area(
            "Rows from a spreadsheet, the first one with the column names", height=160
        )
        if st.form_submit_button("Read the text") and text.strip():
            state.take(text.encode(), PASTED)
    with large:
        draw_large_file(viewer, state)
    st.download_button(
        "Download a template",
        _template(),
        file_name="fairdatabase-template.csv",
        mime="text/csv",
        help="A CSV file with every column that is understood, and one example row.",
    )


def _template() -> bytes:
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    header = ",".join(field.name for field in FIELDS)
    example = ",".join(quoted(field.example) for field in FIELDS)
    return f"{header}\r\n{example}\r\n".encode("utf-8-sig")


def _read(viewer: Viewer, state: Wizard) -> bool:
    """Read the file, and return whether that went well."""
    try:
        with st.spinner("Reading the file …"):
            state.table = core().previews.read(viewer, state.source, state.file_name, **state.asked)
    except FAIRDatabaseError as error:
        st.error(plain(str(error)))
        code = error.code if isinstance(error, UnreadableFileError) else ""
        if state.asked or code in _READ_OTHERWISE:
            _ask_how(state, state.asked.get("encoding"), state.asked.get("separator"))
        return False
    state.suggested = core().previews.suggest(viewer, state.table)
    kept = {column.column: column for column in state.mapping}
    state.mapping = tuple(kept.get(column.column, column) for column in state.suggested)
    return True


def _show_what_was_read(state: Wizard, report: ReadReport) -> None:
    st.subheader("What was read")
    st.markdown(plain(sentence(report)) + ".")
    for warning in report.warnings:
        st.warning(plain(warning))
    if report.encoding == "xlsx":
        if len(report.sheets) > 1:
            sheet = st.selectbox(
                "Sheet", report.sheets, index=report.sheets.index(report.sheet or "")
            )
            if sheet != report.sheet:
                state.ask(sheet=sheet)
                st.rerun()
    else:
        _ask_how(state, report.encoding, report.separator)
    if state.table is not None:
        st.dataframe(
            state.table.frame.head(_PREVIEW_ROWS).to_pandas(), hide_index=True, width="stretch"
        )
    is_certain = report.is_encoding_certain and report.is_separator_certain
    is_confirmed = is_certain or st.checkbox(
        "The letters and columns above look right",
        help="The bytes allow more than one reading, so please look at accents and columns.",
    )
    has_place = state.collection_id is not None
    if not has_place:
        st.info("Choose the collection above that the file belongs to.")
    can_go = is_confirmed and has_place
    can_skip = all(column.confidence >= _SURE for column in state.mapping)
    label = "Next: look for problems" if can_skip else "Next: map the columns"
    if can_skip:
        st.markdown("Every column is known, so you can skip the mapping.")
        if st.button("Look at the mapping", disabled=not can_go):
            state.go(1)
            st.rerun()
    if st.button(label, type="primary", disabled=not can_go):
        state.go(2 if can_skip else 1)
        st.rerun()


def _ask_how(state: Wizard, encoding: str | None, separator: str | None) -> None:
    left, right = st.columns(2)
    chosen = None
    if state.file_name != PASTED:
        known = list(ENCODINGS)
        chosen = left.selectbox(
            "Encoding",
            known,
            index=known.index(encoding) if encoding in ENCODINGS else None,
            format_func=ENCODINGS.__getitem__,
            placeholder="Choose if the letters look wrong",
        )
    marks = list(SEPARATORS)
    mark = right.selectbox(
        "Separator",
        marks,
        index=marks.index(separator) if separator in SEPARATORS else None,
        format_func=lambda key: SEPARATORS[key].capitalize(),
        placeholder="Choose if the columns look wrong",
    )
    how = {}
    if chosen and chosen != encoding:
        how["encoding"] = chosen
    if mark and mark != separator:
        how["separator"] = mark
    if how:
        state.ask(**how)
        st.rerun()
