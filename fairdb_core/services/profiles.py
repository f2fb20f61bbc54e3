"""What people say about themselves."""

from fairdb_core.domain.accounts import User, Viewer, checked_full_name, checked_orcid
from fairdb_core.logs import get_logger
from fairdb_core.services.account_access import AccountAccess, held_user, signed_in

_log = get_logger(__name__)


class Profiles(AccountAccess):
    """Names and ORCID iDs, changed by the people they belong to."""

    def update_profile(self, viewer: Viewer, full_name: str, orcid: str) -> User:
        """Change the own name and ORCID iD; both may be left empty.

        Raises:
            AuthenticationError: Nobody is signed in.
            ValidationError: One of the values breaks a rule.
        """
        user_id = signed_in(viewer).user_id
        with self._storage.work() as work:
            before = held_user(work, user_id)
            work.users.change(
                user_id, full_name=checked_full_name(full_name), orcid=checked_orcid(orcid) or ""
            )
            after = held_user(work, user_id)
            work.audit.add(
                viewer,
                "profile_changed",
                "user",
                user_id,
                before=_shown(before),
                after=_shown(after),
            )
        _log.info("profile_changed", user_id=user_id)
        return after


def _shown(user: User) -> dict[str, str | None]:
    return {"full_name": user.full_name, "orcid": user.orcid}
