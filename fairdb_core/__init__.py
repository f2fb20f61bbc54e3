"""The door to the core: what screens and programs may take hold of."""

from fairdb_core.bootstrap import Core, build_core, running_core
from fairdb_core.errors import FAIRDatabaseError
from fairdb_core.importers.reader import Table
from fairdb_core.scoring.weighted import calculate_fair_score
from fairdb_core.services.dataset_manager import CollectionShelf, DatasetManager
from fairdb_core.services.plans import Plan
from fairdb_core.settings import Settings, read_settings

__all__ = [
    "CollectionShelf",
    "Core",
    "DatasetManager",
    "FAIRDatabaseError",
    "Plan",
    "Settings",
    "Table",
    "build_core",
    "calculate_fair_score",
    "read_settings",
    "running_core",
]
