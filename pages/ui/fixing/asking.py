"""What is to be done to which field: the questions of the bulk fix, with what a check proposes."""

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.fixes import BulkFix, FixAction, LookUp, Remedy
from fairdb_core.importers.fixes import FIXABLE
from fairdb_core.importers.lookups import look_up_of
from fairdb_core.importers.reader import Table
from fairdb_core.metadata import FIELD_BY_NAME, Field, Kind
from pages.ui.fixes import questions_of
from pages.ui.plain import plain
from pages.ui.session import core

ACTIONS = {
    FixAction.FILL: "Fill in where it is empty",
    FixAction.SET: "Set in every dataset",
    FixAction.REPLACE: "Replace one value by another",
    FixAction.NORMALISE: "Bring to the usual form",
    FixAction.COPY: "Copy from another field where it is empty",
    FixAction.LOOK_UP: "Look up in a table by identifier",
    FixAction.SPLIT: "Split values at a mark",
    FixAction.JOIN: "Join all values into one",
    FixAction.CLEAR: "Empty the field",
}
_OF_SEVERAL = (FixAction.SPLIT, FixAction.JOIN)
_TYPED = (FixAction.FILL, FixAction.SET, FixAction.REPLACE)
_USUAL = {
    Kind.LICENSE: "Names and addresses of licences become SPDX identifiers.",
    Kind.FORMAT: "Formats become their usual short names.",
    Kind.MEDIA_TYPE: "Formats become media types registered with IANA.",
    Kind.IDENTIFIER: "DOIs, Handles and other identifiers get their one canonical form.",
    Kind.DATE: "Dates become year-month-day.",
    Kind.PERIOD: "Periods become start/end, as year-month-day.",
    Kind.LANGUAGE: "Languages become ISO 639 codes.",
    Kind.ACCESS_RIGHTS: "Access rights become one of the four terms.",
    Kind.NAME: "ORCID iDs and ROR ids become addresses; wrong check digits are listed.",
    Kind.TEXT: "ORCID iDs and ROR ids become addresses; wrong check digits are listed.",
    Kind.URL: "DOIs and Handles become addresses.",
}


def draw_fix(who: Viewer, remedy: Remedy | None) -> BulkFix | None:
    """Draw what is to be done, and return it once it can be told.

    Args:
        remedy: What the failed checks of the address propose.
    """
    asked = st.query_params.get("field", "")
    first = remedy.field if remedy else asked if asked in FIXABLE else "license"
    # A key that follows the proposal starts the questions afresh where others are meant.
    mark = f"{first}-{' '.join(remedy.questions) if remedy else ''}"
    left, right = st.columns(2)
    name = left.selectbox(
        "Field",
        FIXABLE,
        index=FIXABLE.index(first),
        format_func=lambda key: FIELD_BY_NAME[key].title,
        key=f"fix-field-{mark}",
    )
    field = FIELD_BY_NAME[name]
    possible = [each for each in ACTIONS if field.is_many or each not in _OF_SEVERAL]
    proposed = remedy.action if remedy and remedy.field == name else FixAction.FILL
    action = right.selectbox(
        "What to do",
        possible,
        index=possible.index(proposed),
        format_func=ACTIONS.__getitem__,
        key=f"fix-action-{mark}-{name}",
    )
    return _asked_for(who, field, action, remedy.source if remedy else "")


def draw_remedy(remedy: Remedy) -> None:
    """Say what the failed checks propose."""
    what = ACTIONS[remedy.action].lower()
    copied = f" ({FIELD_BY_NAME[remedy.source].title})" if remedy.source else ""
    failed = "They fail" if len(remedy.questions) == 1 else "They fail one or more of these"
    st.info(
        f"{failed}:\n{questions_of(remedy.questions)}\n\n{plain(' '.join(remedy.advice))}  \n"
        f"Proposed: **{plain(FIELD_BY_NAME[remedy.field].title)}**, {plain(what + copied)}; "
        f"a value that is right, for example: {plain(remedy.example)}  \n"
        "Put in only what is true of these datasets."
    )


def _asked_for(who: Viewer, field: Field, action: FixAction, source: str) -> BulkFix | None:
    if action is FixAction.COPY:
        others = [key for key in FIELD_BY_NAME if key != field.name]
        chosen = st.selectbox(
            "Copy from",
            others,
            index=others.index(source) if source in others else 0,
            format_func=lambda key: FIELD_BY_NAME[key].title,
        )
        return BulkFix(field.name, action, source=chosen)
    if action is FixAction.NORMALISE:
        st.markdown(
            f"{_USUAL.get(field.kind, 'Blanks are trimmed.')} "
            "What is not understood stays as it is and is listed."
        )
        return BulkFix(field.name, action)
    if action in _OF_SEVERAL:
        mark = st.text_input(
            "Mark that parts the values" if action is FixAction.SPLIT else "Mark between them",
            ";" if action is FixAction.SPLIT else ", ",
            max_chars=10,
        )
        return BulkFix(field.name, action, separator=mark)
    if action is FixAction.LOOK_UP:
        table = _draw_table(who, field)
        return BulkFix(field.name, action, table=table) if table else None
    return _typed(field, action)


def _typed(field: Field, action: FixAction) -> BulkFix:
    value = found = ""
    if action is FixAction.REPLACE:
        found = st.text_input("Value to replace, as it is stored")
    if action in _TYPED:
        hint = f"{field.help} Example: {field.example}"
        draw = st.text_area if field.is_many else st.text_input
        label = "New value, one to a line" if field.is_many else "New value"
        value = draw(label, help=plain(hint), placeholder=field.example)
    return BulkFix(field.name, action, value, found)


def _draw_table(who: Viewer, field: Field) -> LookUp | None:
    """Draw the choice of a table of identifiers and values, and return what was read."""
    limit = core().settings.max_widget_megabytes
    several = " Several values in one cell are parted by semicolons." if field.is_many else ""
    st.markdown(
        "A CSV, TSV or Excel file with a column of identifiers and one of values. It is read as "
        f"strictly as an upload; an empty cell changes nothing.{several}"
    )
    chosen = st.file_uploader(
        "Table of values", type=["csv", "tsv", "txt", "tab", "xlsx"], max_upload_size=limit
    )
    if chosen is None:
        return None
    table = _read(who, chosen.file_id, chosen.getvalue(), chosen.name)
    if table is None:
        return None
    header = list(table.report.header)
    if len(header) == 1:
        st.error("The table has one column; it needs identifiers and values.")
        return None
    st.markdown(plain(f"{table.report.row_count:,} rows, {len(header)} columns."))
    for warning in table.report.warnings:
        st.warning(plain(warning))
    if not (table.report.is_encoding_certain and table.report.is_separator_certain):
        st.warning(plain(f"Read as {table.report.encoding}; look at the preview with care."))
    left, right = st.columns(2)
    key = left.selectbox("Column of identifiers", header, index=0)
    value = right.selectbox("Column of values", header, index=1)
    try:
        return look_up_of(table, key, value)
    except FAIRDatabaseError as error:
        st.error(plain(str(error)))
        return None


def _read(who: Viewer, file_id: str, content: bytes, name: str) -> Table | None:
    held = st.session_state.get("fix_table")
    if held is not None and held[0] == file_id:
        table: Table = held[1]
        return table
    try:
        table = core().previews.read(who, content, name)
    except FAIRDatabaseError as error:
        st.error(plain(str(error)))
        return None
    st.session_state["fix_table"] = (file_id, table)
    return table
