"""What people attest as others read it, and the score that it would give, apart."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.assessments import Assessment
from fairdb_core.domain.attestations import Attestation, AttestedScore, Question, in_force
from fairdb_core.domain.datasets import Collection
from fairdb_core.domain.permissions import Action, is_allowed, require
from fairdb_core.errors import ResourceNotFoundError
from fairdb_core.indicators import INDICATORS, Basis
from fairdb_core.repositories.storage import Storage
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.attested import attested_score
from fairdb_core.services.collections import visible_collection
from fairdb_core.services.datasets import readable_dataset


class AttestedService:
    """Attestations as one person sees them.

    Args:
        storage: The store.
        rubrics: By id; they say which facts only a person can judge.
    """

    def __init__(self, *, storage: Storage, rubrics: Mapping[str, Rubric]) -> None:
        self._storage = storage
        self._rubrics = rubrics
        self.questions = _questions(rubrics)

    def open_to(self, viewer: Viewer) -> list[Collection]:
        """Return the collections of which the viewer may attest something."""
        with self._storage.read() as work:
            return [
                each
                for each in work.collections.visible(viewer)
                if is_allowed(viewer, Action.ATTEST, each)
            ]

    def of_collection(self, viewer: Viewer, collection_id: int) -> list[Attestation]:
        """Return what was attested of a collection and of its datasets, the newest first.

        Raises:
            AuthorizationError: The viewer may not read its datasets.
            ResourceNotFoundError: There is no such collection for the viewer.
        """
        with self._storage.read() as work:
            collection = visible_collection(work, viewer, collection_id)
            require(viewer, Action.READ_DATASETS, collection)
            return work.attestations.of_collection(collection_id)

    def of_dataset(self, viewer: Viewer, dataset_id: int) -> list[Attestation]:
        """Return what was attested of a dataset or of all its collection, the newest first.

        Raises:
            ResourceNotFoundError: There is none that the viewer may read.
        """
        with self._storage.read() as work:
            _, collection = readable_dataset(work, viewer, dataset_id)
            return work.attestations.of_dataset(collection.collection_id, dataset_id)

    def score(self, assessment: Assessment, attestations: Sequence[Attestation]) -> AttestedScore:
        """Return the score of a dataset in which the attestations that are in force count.

        Args:
            assessment: As it was computed.
            attestations: Those of the dataset and of its collection.

        Raises:
            ResourceNotFoundError: The rubric is not known.
        """
        rubric = self._rubrics.get(assessment.rubric_id)
        if rubric is None:
            raise ResourceNotFoundError("Rubric", assessment.rubric_id)
        counted = in_force(attestations, datetime.now(UTC))
        return attested_score(
            assessment, rubric, {key: each.answer for key, each in counted.items()}
        )


def _questions(rubrics: Mapping[str, Rubric]) -> tuple[Question, ...]:
    found = (
        Question(
            indicator=key,
            text=fact.question,
            advice=fact.advice,
            check_ids=tuple(
                (test.id, rubric.title)
                for rubric in rubrics.values()
                for test in rubric.tests
                if test.indicator == key
            ),
        )
        for key, fact in INDICATORS.items()
        if fact.basis is Basis.PERSON
    )
    return tuple(sorted(found, key=lambda question: question.check_ids))
