"""Dataset: why this score, what to do about it, and how it became what it is."""

import streamlit as st

from pages.ui import charts
from pages.ui.dataset.added_up import draw_added_up
from pages.ui.dataset.attested import attestations_of, draw_attested, lines_of
from pages.ui.dataset.checks import draw_checks
from pages.ui.dataset.edits import draw_best
from pages.ui.dataset.history import draw_history
from pages.ui.dataset.metadata import draw_record
from pages.ui.dataset.receipt import draw_evidence
from pages.ui.dataset.scores import draw_score
from pages.ui.dataset.what_if import draw_what_if
from pages.ui.filters import rubric_of_address
from pages.ui.plain import cut, heading, plain
from pages.ui.routes import screen
from pages.ui.rubric_choice import draw_rubric_choice
from pages.ui.selection import number_of_address
from pages.ui.session import core, require_user
from pages.ui.show import show_chart
from pages.ui.states import answer

viewer = require_user()

LONGEST_TITLE = 140

asked = number_of_address("id")
if asked is None:
    st.title("Dataset", anchor=False)
    st.info("Choose a dataset on the Explore page.")
    st.page_link(screen("explore"), label="Explore", icon=":material/search:")
    st.stop()
shown = answer(lambda: core().assessments.dataset(viewer, asked, rubric_of_address()))
# A longer title would be all that a narrow screen shows; it stands whole among the metadata.
st.title(heading(cut(shown.title, LONGEST_TITLE)), anchor=False)
st.markdown(plain(f"{shown.collection_name} · {shown.dataset.identity}"))
draw_rubric_choice()
draw_score(shown)
show_chart(charts.of_dataset, shown.assessment.dimensions, level=2)
draw_best(shown)
draw_what_if(viewer, shown)
attestations = attestations_of(viewer, shown)
draw_checks(shown, lines_of(attestations))
draw_added_up(shown)
draw_attested(viewer, shown, attestations)
draw_record(shown)
draw_evidence(viewer, shown)
draw_history(shown.history)
