"""A receipt: one assessment as a JSON file that anybody can compute again, and its verification.

The file has one form only, so that no byte of it can change unseen. Its SHA-256 finds a change;
computing the scores again finds figures that do not follow from the record; the signature, made
with a key that only the issuing installation has, finds a receipt that somebody made up.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict
from pydantic import ValidationError as PydanticValidationError

from fairdb_core import records
from fairdb_core.domain.assessments import Assessment, Check, Points
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import Record
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.explain import explain
from fairdb_core.settings import program_version
from fairdb_core.vocabularies.sources import changes_since, installed_versions

FORMAT = "FAIRDatabase receipt 1"
MAX_BYTES = 4 * 1024 * 1024
_PURPOSE = b"FAIRDatabase receipt 1"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Subject(_Part):
    identity: str
    collection: str
    dataset_id: int
    version_id: int


class _Rubric(_Part):
    id: str
    title: str
    version: str
    digest: str
    source: str


class _Receipt(_Part):
    """Everything that a receipt says."""

    format: str
    issued_at: str
    assessed_at: str
    program_version: str
    dataset: _Subject
    record: dict[str, str | list[str]]
    record_hash: str
    record_sha256: str
    rubric: _Rubric
    vocabularies: dict[str, str]
    checks: list[dict[str, Any]]
    totals: dict[str, Any]
    signature: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Which version of which dataset a receipt is of, and when it was assessed."""

    identity: str
    collection: str
    dataset_id: int
    version_id: int
    assessed_at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found.

    Attributes:
        agrees: Whether nothing stands against the receipt.
        sentence: The outcome, naming what does not agree.
        notes: What is another one here than where it was issued, in words.
        told: What the receipt is about, in one line; empty where it cannot be trusted.
        is_rubric_unknown: Whether it names a rubric that is not known here.
    """

    agrees: bool
    sentence: str
    notes: tuple[str, ...] = ()
    told: str = ""
    is_rubric_unknown: bool = False


def write_receipt(
    record: Record, subject: Subject, rubric: Rubric, *, key: bytes, issued_at: datetime
) -> bytes:
    """Return the receipt of one record's assessment.

    Args:
        record: The record as it is stored.
        subject: Whose record it is.
        rubric: By which it is assessed.
        key: The secret key of this installation.
        issued_at: When it is issued.
    """
    text = records.to_json(record)
    content = {
        "format": FORMAT,
        "issued_at": issued_at.isoformat(),
        "assessed_at": subject.assessed_at.isoformat(),
        "program_version": program_version(),
        "dataset": {
            "identity": subject.identity,
            "collection": subject.collection,
            "dataset_id": subject.dataset_id,
            "version_id": subject.version_id,
        },
        "record": dict(record),
        **_hashes(text),
        "rubric": {
            "id": rubric.id,
            "title": rubric.title,
            "version": rubric.version,
            "digest": rubric.digest,
            "source": rubric.source,
        },
        "vocabularies": dict(installed_versions()),
        **_judged(explain(record, rubric)),
    }
    content["signature"] = _signature(content, key)
    content["sha256"] = _sha256(content)
    return _bytes_of(content)


def verify_receipt(content: bytes, rubrics: Mapping[str, Rubric], key: bytes | None) -> Verdict:
    """Return whether a receipt is as it was issued and its figures follow from its record.

    Args:
        content: The file, byte for byte.
        rubrics: The rubrics that are known here, by id.
        key: The secret key of the installation that is to have issued it; ``None`` where that
            is not asked.
    """
    found = _read(content)
    if isinstance(found, Verdict):
        return found
    told, receipt = found
    if key is not None and not hmac.compare_digest(receipt.signature, _signature(told, key)):
        return Verdict(
            agrees=False,
            sentence="The hashes agree, but the signature is not that of this installation: "
            "the receipt was issued by another one, or somebody made it up.",
        )
    named = receipt.rubric
    # Of a rubric of one's own the version that was meant, though later ones are published.
    rubric = rubrics.get(f"{named.id}@{named.version}") or rubrics.get(named.id)
    against = _against_record(receipt) or _against_rubric(receipt, rubric)
    notes = _notes(receipt)
    if not against and rubric is not None:
        against = _against_figures(receipt, told, rubric)
        against += f" {_CAUSE}" if against and notes else ""
    if against:
        is_unknown = rubric is None
        return Verdict(agrees=False, sentence=against, notes=notes, is_rubric_unknown=is_unknown)
    return Verdict(
        agrees=True, sentence=_agreement(receipt, key), notes=notes, told=_headline(receipt)
    )


_CAUSE = "Something that scores rest on is another one here, which may be why."


def _agreement(receipt: _Receipt, key: bytes | None) -> str:
    figures = f"its {len(receipt.checks)} checks and their sums follow from its record."
    if key is None:
        return (
            f"No byte of the receipt was changed since it was made, and {figures} "
            "Who issued it was not checked: that takes the key of the installation."
        )
    return f"The receipt is as this installation issued it, and {figures}"


def _headline(receipt: _Receipt) -> str:
    total = receipt.totals["total"]
    share = "" if total["percent"] is None else f"{total['percent']:.1f} %, "
    return (
        f"{receipt.dataset.identity} in {receipt.dataset.collection}: {share}"
        f"{total['earned']:g} of {total['judged']:g} judged, by {receipt.rubric.title} "
        f"{receipt.rubric.version}, assessed {receipt.assessed_at[:10]}, "
        f"issued {receipt.issued_at[:10]}."
    )


def _read(content: bytes) -> tuple[dict[str, Any], _Receipt] | Verdict:
    """Return what a file says once no byte of it was changed, or what is wrong with it."""
    if len(content) > MAX_BYTES:
        return Verdict(agrees=False, sentence="This is not a receipt: it is larger than any is.")
    try:
        told = orjson.loads(content)
    except orjson.JSONDecodeError:
        return Verdict(
            agrees=False,
            sentence="This cannot be read as a receipt: it is another file, or a byte of it was "
            "changed or lost.",
        )
    if not isinstance(told, dict) or "sha256" not in told or "signature" not in told:
        return Verdict(agrees=False, sentence="This is not a receipt of FAIRDatabase.")
    if told["sha256"] != _sha256(told) or _bytes_of(told) != content:
        return Verdict(
            agrees=False,
            sentence="The receipt was changed after it was issued: its SHA-256 does not agree "
            "with what it says.",
        )
    try:
        return told, _Receipt.model_validate(told)
    except PydanticValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        return Verdict(
            agrees=False, sentence=f"This is not a receipt of FAIRDatabase: {place} is amiss."
        )


def _against_record(receipt: _Receipt) -> str:
    if receipt.format != FORMAT:
        return f"The receipt has the form “{receipt.format[:40]}”, which this program cannot read."
    for name, value in receipt.record.items():
        field = FIELD_BY_NAME.get(name)
        if field is None or isinstance(value, str) is field.is_many:
            return f"The record of the receipt holds {name[:40]}, which no record holds so."
    expected = _hashes(records.to_json(receipt.record))
    if expected != {
        "record_hash": receipt.record_hash,
        "record_sha256": receipt.record_sha256,
    }:
        return "The hash of the record in the receipt is not that of the record."
    return ""


def _against_rubric(receipt: _Receipt, known: Rubric | None) -> str:
    named = receipt.rubric
    if known is None:
        return f"The receipt names the rubric {named.id[:60]}, which is not known here."
    if known.digest != named.digest or known.version != named.version:
        return (
            f"The receipt names another rubric: {known.title} {named.version[:20]} with the digest "
            f"{named.digest[:12]}…, where {known.version} with {known.digest[:12]}… is known here."
        )
    if (known.title, known.source) != (named.title, named.source):
        return "The receipt gives the rubric another title or source than it has."
    return ""


def _against_figures(receipt: _Receipt, told: Mapping[str, Any], rubric: Rubric) -> str:
    """Return the first figure that does not follow from the record."""
    expected = orjson.loads(orjson.dumps(_judged(explain(receipt.record, rubric))))
    if len(receipt.checks) != len(expected["checks"]):
        return "The receipt lacks checks of its rubric, or has more than the rubric has."
    for stated, follows in zip(told["checks"], expected["checks"], strict=True):
        if stated == follows:
            continue
        if stated.get("state") != follows["state"]:
            return (
                f"The scores do not follow from the record: {follows['id']} is "
                f"{_words(stated.get('state'))} in the receipt, and {_words(follows['state'])} "
                "when it is computed again."
            )
        return (
            f"The scores do not follow from the record: {follows['id']} has another wording, "
            "evidence or other points when it is computed again."
        )
    if told["totals"] != expected["totals"]:
        return "The sums of the receipt do not follow from its checks."
    return ""


def _words(state: object) -> str:
    return str(state)[:20].replace("_", " ").replace("unmet", "not met")


def _notes(receipt: _Receipt) -> tuple[str, ...]:
    notes = list(changes_since(receipt.vocabularies))
    if receipt.program_version != program_version():
        notes.append(f"Program: {receipt.program_version[:20]} then, {program_version()} now")
    return tuple(notes)


def _judged(assessment: Assessment) -> dict[str, Any]:
    return {
        "checks": [_check(check) for check in assessment.checks],
        "totals": {
            "total": _points(assessment.total),
            "dimensions": {each.name: _points(each) for each in assessment.dimensions},
            "principles": {each.name: _points(each) for each in assessment.principles},
        },
    }


def _check(check: Check) -> dict[str, Any]:
    return {
        "id": check.check_id,
        "principle": check.principle,
        "question": check.question,
        "rule": check.rule,
        "state": check.state.value,
        "evidence": check.evidence,
        "earned": check.earned,
        "possible": check.possible,
    }


def _points(points: Points) -> dict[str, Any]:
    return {**asdict(points), "percent": points.percent}


def _hashes(text: str) -> dict[str, str]:
    return {
        "record_hash": records.content_hash(text),
        "record_sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def _signature(content: Mapping[str, Any], key: bytes) -> str:
    """Return the HMAC of everything but the signature and the hash that is put over it."""
    signed = {name: value for name, value in content.items() if name not in _OVER_ALL}
    own_key = hmac.digest(key, _PURPOSE, "sha256")
    return "hmac-sha256:" + hmac.new(own_key, _bytes_of(signed), "sha256").hexdigest()


_OVER_ALL = frozenset({"signature", "sha256"})


def _sha256(content: Mapping[str, Any]) -> str:
    hashed = {name: value for name, value in content.items() if name != "sha256"}
    return hashlib.sha256(_bytes_of(hashed)).hexdigest()


def _bytes_of(content: Mapping[str, Any]) -> bytes:
    """Return the one form that a receipt has as a file."""
    options = orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(content, option=options)
