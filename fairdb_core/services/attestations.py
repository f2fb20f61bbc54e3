"""What people attest: saying it with a note and a last day, and revoking it."""

from datetime import UTC, date, datetime, time, timedelta

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.attestations import Answer, Attestation, Standing
from fairdb_core.domain.permissions import Action, is_allowed, require
from fairdb_core.errors import ConflictError, ResourceNotFoundError, ValidationError
from fairdb_core.logs import get_logger
from fairdb_core.services.attested import AttestedService
from fairdb_core.services.collections import visible_collection
from fairdb_core.services.datasets import readable_dataset

NOTE_LENGTH = (10, 1_000)
LONGEST = timedelta(days=5 * 366)
_log = get_logger(__name__)


class AttestationService(AttestedService):
    """Attestations as one person makes and revokes them."""

    def attest(
        self,
        viewer: Viewer,
        collection_id: int,
        indicator: str,
        answer: Answer,
        *,
        note: str,
        expires_on: date,
        dataset_id: int | None = None,
    ) -> Attestation:
        """Say what only a person can judge.

        Args:
            indicator: The fact.
            answer: What was found.
            note: What it rests on.
            expires_on: The last day on which it counts.
            dataset_id: The one dataset it is said of; else it is said of the whole collection.

        Raises:
            AuthorizationError: The viewer may not attest anything of this collection.
            ResourceNotFoundError: There is no such collection or dataset for the viewer.
            ValidationError: The question is none for a person, the note too short or long, or
                the day is past or too far.
        """
        if indicator not in {question.indicator for question in self.questions}:
            raise ValidationError("Question", "choose one that only a person can judge")
        note, expires_at = _checked(note, expires_on)
        with self._storage.work() as work:
            collection = visible_collection(work, viewer, collection_id)
            require(viewer, Action.ATTEST, collection)
            if dataset_id is not None:
                dataset, _ = readable_dataset(work, viewer, dataset_id)
                if dataset.collection_id != collection_id:
                    raise ResourceNotFoundError("Dataset", dataset_id)
            made = work.attestations.add(
                viewer,
                collection_id,
                dataset_id,
                indicator=indicator,
                answer=answer,
                note=note,
                at=datetime.now(UTC),
                expires_at=expires_at,
            )
            key = made.attestation_id
            work.audit.add(viewer, "attested", "attestation", key, after=_audited(made))
        _log.info("attested", attestation_id=key, indicator=indicator)
        return made

    def revoke(self, viewer: Viewer, attestation_id: int) -> None:
        """End an attestation before its time.

        Raises:
            AuthorizationError: The viewer may not attest anything of its collection.
            ConflictError: It does not count any more.
            ResourceNotFoundError: There is none that the viewer may see.
        """
        now = datetime.now(UTC)
        with self._storage.work() as work:
            found = work.attestations.get(attestation_id)
            collection = work.collections.get(found.collection_id, lock=True) if found else None
            if (
                found is None
                or collection is None
                or not is_allowed(viewer, Action.READ_DATASETS, collection)
            ):
                raise ResourceNotFoundError("Attestation", attestation_id)
            require(viewer, Action.ATTEST, collection)
            if found.standing(now) is not Standing.IN_FORCE:
                raise ConflictError(f"This attestation is {found.standing(now)} already.")
            work.attestations.revoke(viewer, attestation_id, now)
            work.audit.add(
                viewer,
                "attestation_revoked",
                "attestation",
                attestation_id,
                before=_audited(found),
            )
        _log.info("attestation_revoked", attestation_id=attestation_id)


def _checked(note: str, expires_on: date) -> tuple[str, datetime]:
    note = " ".join(note.split())
    least, most = NOTE_LENGTH
    if not least <= len(note) <= most:
        raise ValidationError(
            "Note", f"say in {least} to {most:,} characters what the answer rests on"
        )
    today = datetime.now(UTC).date()
    if not today <= expires_on <= today + LONGEST:
        raise ValidationError("Counts until", "choose a day within the next five years")
    # The day itself still counts.
    return note, datetime.combine(expires_on, time(), UTC) + timedelta(days=1)


def _audited(attestation: Attestation) -> dict[str, object]:
    return {
        "collection_id": attestation.collection_id,
        "dataset_id": attestation.dataset_id,
        "indicator": attestation.indicator,
        "answer": attestation.answer.value,
        "expires_at": attestation.expires_at.date().isoformat(),
    }
