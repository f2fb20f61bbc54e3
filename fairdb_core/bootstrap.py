"""From settings to a core that is ready to work: the only place that wires."""

import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from filelock import BaseFileLock, FileLock, Timeout

from fairdb_core.cache import Cache
from fairdb_core.errors import SettingsError, StorageError
from fairdb_core.importers.reader import ReadLimits
from fairdb_core.logs import configure_logs, get_logger
from fairdb_core.repositories.schema import migrate
from fairdb_core.repositories.storage import Storage
from fairdb_core.rubrics import DEFAULT_RUBRIC, load_rubrics
from fairdb_core.services.accounts import AccountService
from fairdb_core.services.assessments import AssessmentService
from fairdb_core.services.attestations import AttestationService
from fairdb_core.services.audit import AuditService
from fairdb_core.services.batches import BatchService
from fairdb_core.services.bulk_fixes import BulkFixService
from fairdb_core.services.collections import CollectionService
from fairdb_core.services.commits import Committer
from fairdb_core.services.comparisons import ComparisonService
from fairdb_core.services.datasets import DatasetService
from fairdb_core.services.exports import ExportService
from fairdb_core.services.fix_order import FixOrderService
from fairdb_core.services.goals import GoalService
from fairdb_core.services.histories import HistoryService
from fairdb_core.services.jobs import Jobs
from fairdb_core.services.ledgers import LedgerService
from fairdb_core.services.news import NewsService
from fairdb_core.services.ownership import OwnershipService
from fairdb_core.services.passwords import PasswordService
from fairdb_core.services.plan_views import PlanViewService
from fairdb_core.services.previews import PreviewService
from fairdb_core.services.proposed_fixes import ProposedFixService
from fairdb_core.services.receipts import ReceiptService
from fairdb_core.services.rechecks import RecheckService
from fairdb_core.services.rubric_catalogue import RubricCatalogue
from fairdb_core.services.rubric_drafts import RubricDraftService
from fairdb_core.services.rubric_publications import RubricPublicationService
from fairdb_core.services.saved_views import SavedViewService
from fairdb_core.services.score_frames import ScoreFrames
from fairdb_core.services.sessions import SessionService
from fairdb_core.services.teams import TeamService
from fairdb_core.services.undo_plans import UndoPlanService
from fairdb_core.services.undos import Undoer
from fairdb_core.services.uploads import UploadService
from fairdb_core.services.views import ViewService
from fairdb_core.services.what_ifs import WhatIfService
from fairdb_core.settings import Settings, read_settings
from fairdb_core.turns import Turns

MIN_KEY_BYTES = 32
LARGE_ENTRIES = 12
_FEWEST_DIFFERENT = 12
_KNOWN = ("change", "secret", "example", "password", "fairdatabase", "some_key", "your-")
_log = get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Core:
    """Everything that screens, routes and commands work with."""

    settings: Settings
    storage: Storage
    cache: Cache
    accounts: AccountService
    sessions: SessionService
    teams: TeamService
    audit: AuditService
    collections: CollectionService
    previews: PreviewService
    plan_views: PlanViewService
    uploads: UploadService
    batches: BatchService
    undo_plans: UndoPlanService
    datasets: DatasetService
    assessments: AssessmentService
    ownership: OwnershipService
    bulk_fixes: BulkFixService
    proposed_fixes: ProposedFixService
    fix_orders: FixOrderService
    views: ViewService
    saved_views: SavedViewService
    exports: ExportService
    ledgers: LedgerService
    attestations: AttestationService
    rechecks: RecheckService
    receipts: ReceiptService
    histories: HistoryService
    comparisons: ComparisonService
    rubrics: RubricCatalogue
    rubric_drafts: RubricDraftService
    rubric_publications: RubricPublicationService
    what_ifs: WhatIfService
    goals: GoalService
    news: NewsService
    lock: BaseFileLock | None = None
    turns: Turns = field(default_factory=Turns)

    @contextmanager
    def rerun(self) -> Iterator[None]:
        """Draw a screen within this block: in its turn, looking for commits once."""
        with self.turns.take(), self.storage.at_once():
            yield

    def close(self) -> None:
        """Finish what runs and let go of the store."""
        self.uploads.close()
        self.storage.close()
        if self.lock is not None:
            self.lock.release()


def build_core(
    settings: Settings, *, storage: Storage | None = None, is_alone: bool = True
) -> Core:
    """Return a core over an up-to-date store.

    Args:
        settings: What the installation chose.
        storage: Another store than the one that the settings name.
        is_alone: Whether no other process may use the embedded store meanwhile.

    Raises:
        SettingsError: The secret key is missing, short or known.
        StorageError: The store cannot be reached, is damaged, is newer than this program, or
            is in use by another process.
    """
    key = secret_key(settings)
    lock = _lock(settings) if settings.is_embedded and storage is None and is_alone else None
    store = storage or Storage(
        settings.url,
        pool_size=settings.database_pool_size,
        statement_seconds=settings.database_statement_seconds,
    )
    migrate(store)
    passwords = PasswordService(
        key=key, cost=settings.bcrypt_cost, strict=settings.strict_passwords
    )
    return Core(
        settings=settings,
        storage=store,
        accounts=AccountService(storage=store, passwords=passwords),
        sessions=SessionService(
            storage=store,
            passwords=passwords,
            idle=timedelta(minutes=settings.session_idle_minutes),
            absolute=timedelta(hours=settings.session_hours),
        ),
        teams=TeamService(storage=store),
        saved_views=SavedViewService(storage=store),
        audit=AuditService(storage=store),
        collections=CollectionService(storage=store),
        plan_views=PlanViewService(storage=store),
        undo_plans=UndoPlanService(storage=store),
        ownership=OwnershipService(storage=store),
        lock=lock,
        **_scoring_services(settings, store, key),
    )


def _scoring_services(settings: Settings, store: Storage, key: bytes) -> dict[str, Any]:
    """Return the services that need a rubric, by their names in the core."""
    rubrics = load_rubrics()
    rubric = rubrics[DEFAULT_RUBRIC]
    cache = Cache(settings.cache_entries, large=Cache(LARGE_ENTRIES))
    committer, jobs = Committer(storage=store, rubric=rubric), Jobs()
    previews = PreviewService(storage=store, rubric=rubric, limits=ReadLimits.of(settings))
    catalogue = RubricCatalogue(storage=store, shipped={DEFAULT_RUBRIC: rubric, **rubrics})
    catalogue.look_again()
    assessments = AssessmentService(storage=store, cache=cache, rubrics=catalogue)
    uploads = UploadService(storage=store, committer=committer, jobs=jobs)
    bulk_fixes = BulkFixService(storage=store, previews=previews, assessments=assessments)
    rechecks = RecheckService(storage=store, rubric=rubric)
    goals = GoalService(storage=store, cache=cache, rubrics=catalogue)
    return {
        "cache": cache,
        "previews": previews,
        "uploads": uploads,
        "batches": BatchService(
            storage=store,
            committer=committer,
            undoer=Undoer(storage=store, rubric=rubric),
            jobs=jobs,
        ),
        "datasets": DatasetService(storage=store, previews=previews, committer=committer),
        "assessments": assessments,
        "bulk_fixes": bulk_fixes,
        "proposed_fixes": ProposedFixService(storage=store, bulk_fixes=bulk_fixes, uploads=uploads),
        "attestations": AttestationService(storage=store, rubrics=catalogue),
        "rechecks": rechecks,
        "receipts": ReceiptService(storage=store, rechecks=rechecks, rubrics=catalogue, key=key),
        "rubrics": catalogue,
        "rubric_drafts": RubricDraftService(storage=store, catalogue=catalogue),
        "rubric_publications": RubricPublicationService(
            storage=store, catalogue=catalogue, frames=ScoreFrames(cache=cache, rubrics=catalogue)
        ),
        "what_ifs": WhatIfService(storage=store, rubrics=catalogue),
        "exports": ExportService(storage=store, cache=cache, rubrics=catalogue),
        "views": ViewService(storage=store, cache=cache, rubrics=catalogue),
        "fix_orders": FixOrderService(storage=store, cache=cache, rubrics=catalogue),
        "ledgers": LedgerService(storage=store, cache=cache, rubrics=catalogue),
        "histories": HistoryService(storage=store, cache=cache, rubrics=catalogue),
        "goals": goals,
        "news": NewsService(storage=store, cache=cache, rubrics=catalogue),
        "comparisons": ComparisonService(storage=store, cache=cache, rubrics=catalogue),
    }


_running: list[Core] = []
_building = threading.Lock()


def running_core() -> Core:
    """Return the one core of this process, built when it is first asked for.

    Raises:
        SettingsError: A setting is wrong; the sentence names it.
        StorageError: The store cannot be used.
    """
    with _building:
        if not _running:
            settings = read_settings()
            configure_logs(settings.log_level, settings.log_format)
            core = build_core(settings)
            cleared = core.batches.clear_interrupted(is_only_process=settings.is_embedded)
            _log.info("core_started", is_embedded=settings.is_embedded, cleared_batches=cleared)
            _running.append(core)
        return _running[0]


def secret_key(settings: Settings) -> bytes:
    """Return the key behind stored passwords; the embedded store makes and keeps its own.

    Raises:
        SettingsError: It is missing, shorter than 32 bytes, or known to others.
    """
    if settings.secret_key is not None:
        return _checked_key(settings.secret_key.get_secret_value())
    if not settings.is_embedded:
        raise SettingsError(
            "FAIRDB_SECRET_KEY is missing: with FAIRDB_DATABASE_URL set it must be given, "
            "32 random bytes or more, for example from: openssl rand -hex 32"
        )
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = settings.data_dir / "secret.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _checked_key(path.read_text().strip())
    with os.fdopen(handle, "w") as file:
        made = secrets.token_hex(MIN_KEY_BYTES)
        file.write(made)
    return made.encode()


def known_key(settings: Settings) -> bytes | None:
    """Return the key of an installation that has one already, ``None`` where there is none.

    Raises:
        SettingsError: It is shorter than 32 bytes, or known to others.
    """
    is_there = settings.secret_key is not None or (settings.data_dir / "secret.key").is_file()
    return secret_key(settings) if is_there else None


def has_store(settings: Settings) -> bool:
    """Return whether an installation has a store already, or says where one is kept for it."""
    return not settings.is_embedded or (settings.data_dir / "fairdatabase.sqlite").is_file()


def _lock(settings: Settings) -> BaseFileLock:
    """Keep other processes from the embedded store as long as this one uses it."""
    lock = FileLock(settings.data_dir / "in-use.lock", thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise StorageError(
            f"The store in {settings.data_dir} is in use by another process of FAIRDatabase. "
            "Stop it first, or upload in the browser."
        ) from None
    return lock


def _checked_key(key: str) -> bytes:
    is_known = any(word in key.casefold() for word in _KNOWN) or len(set(key)) < _FEWEST_DIFFERENT
    if len(key.encode()) < MIN_KEY_BYTES or is_known:
        raise SettingsError(
            "FAIRDB_SECRET_KEY is too short or known: use 32 random bytes or more, "
            "for example from: openssl rand -hex 32"
        )
    return key.encode()
