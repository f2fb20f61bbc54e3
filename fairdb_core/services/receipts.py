"""Receipts of this installation: issued for what is stored and reproduces, and verified."""

from collections.abc import Mapping
from datetime import UTC, datetime

from fairdb_core.domain.accounts import Viewer
from fairdb_core.errors import AuthenticationError, ConflictError, ResourceNotFoundError
from fairdb_core.logs import get_logger
from fairdb_core.repositories.storage import Storage
from fairdb_core.rubrics import Rubric
from fairdb_core.services.datasets import readable_dataset
from fairdb_core.services.receipt_documents import (
    Subject,
    Verdict,
    verify_receipt,
    write_receipt,
)
from fairdb_core.services.rechecks import RecheckService

_log = get_logger(__name__)


class ReceiptService:
    """Receipts as one person asks for them.

    Args:
        storage: The store.
        rechecks: Computes again what a receipt is to say.
        rubrics: By id; the first is the one that is meant when none is named.
        key: The secret key of this installation, by which it knows its own receipts.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        rechecks: RecheckService,
        rubrics: Mapping[str, Rubric],
        key: bytes,
    ) -> None:
        self._storage = storage
        self._rechecks = rechecks
        self._rubrics = rubrics
        self._key = key

    def issue(self, viewer: Viewer, dataset_id: int, rubric_id: str = "") -> bytes:
        """Return the receipt of a dataset's current version.

        Raises:
            ConflictError: The stored figures are others when they are computed again.
            ResourceNotFoundError: There is none that the viewer may read, or no such rubric.
        """
        rubric = self._rubrics.get(rubric_id or next(iter(self._rubrics)))
        if rubric is None:
            raise ResourceNotFoundError("Rubric", rubric_id)
        recheck = self._rechecks.dataset(viewer, dataset_id)
        with self._storage.read() as work:
            dataset, collection = readable_dataset(work, viewer, dataset_id)
        if recheck.provenance is None or not recheck.agrees:
            raise ConflictError(f"There is no receipt of what does not agree. {recheck.sentence}")
        if dataset.dataset_version_id != recheck.dataset_version_id:
            raise ConflictError("The dataset was changed in this moment. Ask once more.")
        subject = Subject(
            identity=dataset.identity,
            collection=collection.name,
            dataset_id=dataset_id,
            version_id=recheck.dataset_version_id,
            assessed_at=recheck.provenance.assessed_at,
        )
        _log.info("receipt_issued", dataset_id=dataset_id, rubric_id=rubric.id)
        return write_receipt(
            dataset.record, subject, rubric, key=self._key, issued_at=datetime.now(UTC)
        )

    def verify(self, viewer: Viewer, content: bytes) -> Verdict:
        """Return whether this installation issued a receipt and its figures follow.

        Raises:
            AuthenticationError: Nobody is signed in.
        """
        if viewer.user is None:
            raise AuthenticationError("Please sign in first.")
        verdict = verify_receipt(content, self._rubrics, self._key)
        _log.info("receipt_verified", agrees=verdict.agrees)
        return verdict
