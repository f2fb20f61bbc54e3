"""Datasets of one collection in the fewest words, for programs that work with one at a time."""

from collections.abc import Mapping

from fairdb_core.cache import CacheInterface
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.assessments import Assessment
from fairdb_core.domain.datasets import Dataset
from fairdb_core.records import Record
from fairdb_core.rubrics import DEFAULT_RUBRIC, Rubric, load_rubrics
from fairdb_core.scoring.explain import explain
from fairdb_core.services.datasets import DatasetService


class CollectionShelf:
    """The datasets of one collection as one person may read and change them.

    Args:
        datasets: Reads and saves.
        viewer: In whose name.
        collection_id: Which collection.
    """

    def __init__(self, *, datasets: DatasetService, viewer: Viewer, collection_id: int) -> None:
        self._datasets = datasets
        self._viewer = viewer
        self._collection_id = collection_id

    def add(self, metadata: Mapping[str, str]) -> Dataset:
        """Save a new dataset under the rules of the form.

        Args:
            metadata: Text by field name; several values one to a line.

        Raises:
            ConflictError: A dataset with this identifier is there already.
            ValidationError: A field cannot be accepted.
        """
        batch = self._datasets.save(self._viewer, self._collection_id, metadata)
        return self._datasets.written_by(self._viewer, batch)

    def get(self, dataset_id: int) -> Dataset:
        """Return a dataset.

        Raises:
            ResourceNotFoundError: There is none that the viewer may read.
        """
        return self._datasets.get(self._viewer, dataset_id)


class FairValidator:
    """Judges a record by a rubric, the F-UJI record edition where none is given."""

    def __init__(self, rubric: Rubric | None = None) -> None:
        self.rubric = rubric or load_rubrics()[DEFAULT_RUBRIC]

    def assess(self, record: Record) -> Assessment:
        """Return every check with its evidence, and the points."""
        return explain(record, self.rubric)


class DatasetManager:
    """Makes datasets and says how FAIR they are.

    Attributes:
        repository: Where datasets are kept.
        validator: Judges them.
        cache: Keeps judgements, ``None`` to judge afresh each time.

    Example:
        >>> manager = DatasetManager(repository=repo)
        >>> dataset = manager.create_dataset({"title": "Soil moisture", "license": "CC-BY-4.0"})
        >>> manager.validate_fair_compliance(dataset.dataset_id).total.possible
        26.0
    """

    def __init__(
        self,
        repository: CollectionShelf,
        validator: FairValidator | None = None,
        cache: CacheInterface | None = None,
    ) -> None:
        self.repository = repository
        self.validator = validator or FairValidator()
        self.cache = cache

    def create_dataset(self, metadata: Mapping[str, str]) -> Dataset:
        """Save a new dataset.

        Args:
            metadata: Text by field name; several values one to a line.

        Raises:
            ConflictError: A dataset with this identifier is there already.
            ValidationError: A field cannot be accepted.
        """
        return self.repository.add(metadata)

    def validate_fair_compliance(self, dataset_id: int) -> Assessment:
        """Return how FAIR a dataset is, check by check.

        Raises:
            ResourceNotFoundError: There is none that may be read.
        """
        dataset = self.repository.get(dataset_id)
        key = ("compliance", dataset.dataset_version_id, self.validator.rubric.key)
        kept = self.cache.get(key) if self.cache is not None else None
        if isinstance(kept, Assessment):
            return kept
        assessment = self.validator.assess(dataset.record)
        if self.cache is not None:
            self.cache.set(key, assessment)
        return assessment
