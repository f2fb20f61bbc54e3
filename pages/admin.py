"""Admin: people and their roles, teams, and who did what."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import AccountState, Role, User, Viewer
from fairdb_core.services.account_administration import LINK_HOURS
from pages.ui.notices import leave_notice
from pages.ui.plain import label, plain
from pages.ui.session import core, require_user

viewer = require_user(Role.ADMINISTRATOR)

PER_PAGE = 50
PERSON, LINK, ADDED = "admin_person", "admin_link", "admin_people_added"


def attempt(act: object, done: str = "") -> None:
    """Do something, then draw the screen anew, or say why not."""
    try:
        act()  # type: ignore[operator]
    except FAIRDatabaseError as error:
        st.error(plain(str(error)))
    else:
        if done:
            leave_notice(done)
        st.rerun()


def in_words(values: Mapping[str, object] | None) -> str:
    """Return what an event holds, as a line of names and values."""
    return ", ".join(
        f"{name.replace('_', ' ')}: {'none' if value is None else value}"
        for name, value in (values or {}).items()
    )


def link_of(purpose: str, token: str) -> str:
    """Return the address that a person opens with a one-time token."""
    base = st.context.url
    origin = "/".join(base.split("/")[:3]) if isinstance(base, str) else ""
    return f"{origin}/login?{purpose}={token}"


def keep_link(user: User, token: str) -> None:
    """Keep a one-time link for as long as the screen is open, and draw the screen anew."""
    until = datetime.now(UTC) + timedelta(hours=LINK_HOURS)
    st.session_state[LINK] = (user.username, link_of("reset", token), until)
    st.rerun()


def draw_link(users: list[User]) -> None:
    """Draw the one-time link that was made last, until it is dismissed or can work no more."""
    username, link, until = st.session_state.get(LINK, ("", "", None))
    if username not in {user.username for user in users if user.is_active}:
        st.session_state.pop(LINK, None)
        return
    with st.container(border=True):
        st.markdown(
            f"Send this link to **{plain(username)}**, who sets a password with it. It works once, "
            f"until {until:%d %b %Y %H:%M} UTC, and is not shown again:"
        )
        st.code(link, language=None, wrap_lines=True)
        if st.button("Dismiss the link"):
            del st.session_state[LINK]
            st.rerun()


def draw_requests(who: Viewer, users: list[User]) -> None:
    """Draw who asks for an account."""
    waiting = [user for user in users if user.state is AccountState.REQUESTED]
    st.subheader(f"Requests: {len(waiting)}", anchor=False)
    if not waiting:
        st.markdown("Nobody is waiting.")
    for user in waiting:
        with st.container(border=True):
            st.markdown(
                plain(" · ".join(filter(None, (user.username, user.full_name, user.email))))
                + f" · {user.created_at:%d %b %Y}"
            )
            if user.request_note:
                st.markdown(plain(f"“{user.request_note}”"))
            role = st.selectbox(
                f"Role for {label(user.username)}",
                list(Role),
                format_func=str.capitalize,
                key=f"grant_{user.user_id}",
            )
            yes, no = st.columns(2)
            if yes.button(
                "Approve", key=f"approve_{user.user_id}", type="primary", width="stretch"
            ):
                attempt(lambda u=user, r=role: core().accounts.approve(who, u.user_id, r))
            if no.button("Reject", key=f"reject_{user.user_id}", width="stretch"):
                attempt(lambda u=user: core().accounts.reject(who, u.user_id))


def draw_user(who: Viewer, user: User) -> None:
    """Draw one person with what can be changed."""
    role = st.selectbox(
        "Role",
        list(Role),
        index=list(Role).index(user.role),
        format_func=str.capitalize,
        key=f"role_{user.user_id}_{user.role}",
    )
    change, toggle, link = st.columns(3)
    if change.button("Change the role", width="stretch", disabled=role == user.role):
        attempt(lambda: core().accounts.change_role(who, user.user_id, role), "Role changed.")
    if user.is_active:
        if toggle.button("Deactivate", width="stretch"):
            attempt(lambda: core().accounts.deactivate(who, user.user_id), "Deactivated.")
        if link.button("One-time reset link", width="stretch"):
            try:
                made = core().accounts.reset_link(who, user.user_id)
            except FAIRDatabaseError as error:
                st.error(plain(str(error)))
            else:
                keep_link(user, made)
    elif toggle.button("Reactivate", width="stretch"):
        attempt(lambda: core().accounts.reactivate(who, user.user_id), "Reactivated.")


def draw_users(who: Viewer) -> None:
    """Draw everybody."""
    users = core().accounts.users(who)
    draw_requests(who, users)
    known = [user for user in users if user.state is not AccountState.REQUESTED]
    st.subheader(f"People: {len(known)}", anchor=False)
    st.dataframe(
        [
            {
                "Username": user.username,
                "Name": user.full_name,
                "E-mail": user.email,
                "Role": user.role.capitalize(),
                "State": user.state.capitalize(),
                "Since": user.created_at.date(),
            }
            for user in known
        ],
        hide_index=True,
        width="stretch",
    )
    # By key: a person who was changed is another value, and would not be found among the options.
    by_id = {user.user_id: user for user in known}
    chosen = st.selectbox(
        "Change a person",
        list(by_id),
        format_func=lambda user_id: by_id[user_id].username,
        index=None,
        placeholder="Choose a person",
        key=PERSON,
    )
    if chosen is not None:
        draw_user(who, by_id[chosen])
    with st.expander("Add a person"):
        draw_new_person(who)
    draw_link(users)


def draw_new_person(who: Viewer) -> None:
    """Draw the form that adds a person; it is empty again once it did."""
    with st.form(f"add_person_{st.session_state.get(ADDED, 0)}", border=False):
        username = st.text_input("Username")
        email = st.text_input("E-mail")
        full_name = st.text_input("Full name (optional)")
        role = st.selectbox("Role", list(Role), format_func=str.capitalize)
        if not st.form_submit_button("Add"):
            return
        try:
            user, token = core().accounts.create_user(who, username, email, full_name, role)
        except FAIRDatabaseError as error:
            st.error(plain(str(error)))
            return
    st.session_state[ADDED] = st.session_state.get(ADDED, 0) + 1
    keep_link(user, token)


def draw_teams(who: Viewer) -> None:
    """Draw teams and their members."""
    people = {user.user_id: user.username for user in core().accounts.users(who)}
    teams = core().teams.all(who)
    if not teams:
        st.markdown("There are no teams yet. Stewards of one team look after its collections.")
    for team in teams:
        size = len(team.member_user_ids)
        people_count = "1 person" if size == 1 else f"{size:,} people"
        is_new = team.name == st.session_state.get("team_made")
        with st.expander(f"{plain(team.name)}: {people_count}", expanded=is_new):
            for user_id in sorted(team.member_user_ids):
                name, out = st.columns([4, 1], vertical_alignment="center")
                name.markdown(plain(people.get(user_id, str(user_id))))
                if out.button("Remove", key=f"out_{team.team_id}_{user_id}", width="stretch"):
                    attempt(lambda t=team, u=user_id: core().teams.remove_member(who, t.team_id, u))
            others = [key for key in people if key not in team.member_user_ids]
            added = st.selectbox(
                "Add a person to this team",
                others,
                index=None,
                placeholder="Choose a person",
                format_func=people.__getitem__,
                key=f"in_{team.team_id}",
            )
            if added is not None and st.button("Add", key=f"add_{team.team_id}"):
                attempt(lambda t=team, u=added: core().teams.add_member(who, t.team_id, u))
    with st.form("new_team", clear_on_submit=True):
        name = st.text_input("New team", max_chars=100)
        if st.form_submit_button("Create the team"):
            st.session_state["team_made"] = name.strip()
            attempt(
                lambda: core().teams.create(who, name),
                f"The team {plain(name.strip())} was made. Add its people above.",
            )


def draw_audit(who: Viewer) -> None:
    """Draw who did what."""
    text, action, number = st.columns([2, 2, 1])
    wanted = text.text_input("Person, or number of the object", key="audit_text")
    act = action.text_input("Action", key="audit_action", placeholder="upload committed")
    page = int(number.number_input("Page", min_value=1, value=1, step=1, key="audit_page"))
    events = core().audit.search(
        who,
        text=wanted.strip(),
        action=act.strip().lower().replace(" ", "_"),
        limit=PER_PAGE,
        offset=(page - 1) * PER_PAGE,
    )
    if not events:
        st.info("Nothing matches." if page == 1 else "There is no more; go back a page.")
        return
    st.dataframe(
        [
            {
                "When (UTC)": event.occurred_at.strftime("%Y-%m-%d %H:%M:%S"),
                "Who": event.actor_name or "–",
                "Action": event.action.replace("_", " "),
                "Object": f"{event.object_type} {event.object_id}".strip(),
                "Before": in_words(event.before),
                "After": in_words(event.after),
                "Address": event.address,
            }
            for event in events
        ],
        hide_index=True,
        width="stretch",
        column_config={
            "When (UTC)": st.column_config.TextColumn(width=150),
            "Who": st.column_config.TextColumn(width=110),
            "Action": st.column_config.TextColumn(width=130),
            "Object": st.column_config.TextColumn(width=100),
            "Before": st.column_config.TextColumn(width=150),
            "After": st.column_config.TextColumn(width=300),
            "Address": st.column_config.TextColumn(width=110),
        },
    )


st.title("Admin", anchor=False)
if PERSON not in st.session_state:
    # Streamlit forgets a choice once another screen is open; the link goes with it.
    st.session_state.pop(LINK, None)
people_tab, teams_tab, audit_tab = st.tabs(["People", "Teams", "Audit"])
with people_tab:
    draw_users(viewer)
with teams_tab:
    draw_teams(viewer)
with audit_tab:
    draw_audit(viewer)
