"""Upload: a file is read, mapped, checked, previewed and committed, in five steps."""

import streamlit as st

from fairdb_core.domain.accounts import Role
from pages.ui.session import require_user
from pages.ui.wizard import columns, commit, effect, problems, read
from pages.ui.wizard.state import STEPS, wizard

viewer = require_user(Role.STEWARD, Role.ADMINISTRATOR)

state = wizard()
st.title("Upload datasets", anchor=False)
st.markdown(
    " → ".join(
        f"**{number}\\.\u00a0{name}**" if number == state.step + 1 else f"{number}\\.\u00a0{name}"
        for number, name in enumerate(STEPS, start=1)
    )
)
if state.step == 0 or state.table is None:
    read.draw(viewer, state)
elif STEPS[state.step] == "Map":
    columns.draw(state)
elif STEPS[state.step] == "Problems":
    problems.draw(viewer, state)
elif STEPS[state.step] == "Effect":
    effect.draw(viewer, state)
else:
    commit.draw(viewer, state)
