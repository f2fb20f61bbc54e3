"""Receipts: issued, altered in every byte, made up, and verified."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairdb_core.records import Record
from fairdb_core.rubrics import Rubric, load_rubrics
from fairdb_core.services import receipt_documents
from fairdb_core.services.receipt_documents import (
    Subject,
    _bytes_of,
    _sha256,
    _signature,
    verify_receipt,
    write_receipt,
)

KEY = b"k" * 16 + b"1234567890abcdef"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
RUBRICS = load_rubrics()
RECORD: Record = {
    "title": "Température, “日本”\n2020",
    "identifier": "10.5061/dryad.8515",
    "license": "CC-BY-4.0",
    "keywords": ["soil", "water"],
    "publisher": "Zenodo",
}
SUBJECT = Subject("10.5061/dryad.8515", "Rhine", 7, 12, NOW)


def receipt(rubric_id: str = "fsf_v0_8", record: Record = RECORD) -> bytes:
    return write_receipt(record, SUBJECT, RUBRICS[rubric_id], key=KEY, issued_at=NOW)


def forged(change: Callable[[dict[str, Any]], object], key: bytes | None = None) -> bytes:
    """Return a receipt that somebody changed, its hashes made to fit, its signature if he can."""
    content = orjson.loads(receipt())
    change(content)
    if key is not None:
        content["signature"] = _signature(content, key)
    content["sha256"] = _sha256(content)
    return _bytes_of(content)


@pytest.mark.parametrize("rubric_id", RUBRICS)
def test_receipt_is_verified_with_the_key_and_without(rubric_id: str) -> None:
    content = receipt(rubric_id)
    known = verify_receipt(content, RUBRICS, KEY)
    assert known.agrees, known.sentence
    assert known.sentence.startswith("The receipt is as this installation issued it")
    assert f"{len(RUBRICS[rubric_id].tests)} checks" in known.sentence
    assert known.notes == ()
    assert RUBRICS[rubric_id].title in known.told
    stranger = verify_receipt(content, RUBRICS, None)
    assert stranger.agrees
    assert "Who issued it was not checked" in stranger.sentence


def test_receipt_names_everything_that_the_score_rests_on() -> None:
    told = orjson.loads(receipt())
    assert set(told) == {
        "format", "issued_at", "assessed_at", "program_version", "dataset", "record",
        "record_hash", "record_sha256", "rubric", "vocabularies", "checks", "totals",
        "signature", "sha256",
    }  # fmt: skip
    assert told["record"] == RECORD
    assert told["rubric"]["digest"] == RUBRICS["fsf_v0_8"].digest
    assert {"licences", "languages", "formats"} <= set(told["vocabularies"])
    assert len(told["checks"]) == 31
    assert told["totals"]["total"]["possible"] == 26
    assert sum(check["earned"] for check in told["checks"]) == told["totals"]["total"]["earned"]


def test_one_altered_byte_is_found_at_every_position() -> None:
    content = receipt()
    chance = random.Random(5)  # noqa: S311 - the same bytes in every run
    for position in range(len(content)):
        altered = bytearray(content)
        altered[position] ^= chance.randint(1, 255)
        assert not verify_receipt(bytes(altered), RUBRICS, None).agrees, position


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_byte_that_is_changed_lost_or_added_anywhere_is_found(data: st.DataObject) -> None:
    content = receipt()
    position = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.binary(min_size=1, max_size=1))
    ways = [
        content[:position] + byte + content[position + 1 :],
        content[:position] + content[position + 1 :],
        content[:position] + byte + content[position:],
    ]
    for altered in ways:
        if altered != content:
            assert not verify_receipt(altered, RUBRICS, None).agrees
            assert not verify_receipt(altered, RUBRICS, KEY).agrees


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda told: told["checks"][0].update(state="unmet"), "FsF-F1-01MD-1 is not met in"),
        (lambda told: told["checks"][0].update(earned=0.5), "FsF-F1-01MD-1 has another wording"),
        (lambda told: told["checks"].pop(), "lacks checks of its rubric"),
        (lambda told: told["totals"]["total"].update(percent=99.0), "sums of the receipt"),
        (lambda told: told["record"].update(license="n/a"), "hash of the record"),
        (lambda told: told["record"].update(colour="red"), "holds colour"),
        (lambda told: told["record"].update(keywords="soil"), "holds keywords"),
        (lambda told: told["rubric"].update(digest="0" * 64), "another rubric"),
        (lambda told: told["rubric"].update(id="mine"), "names the rubric mine"),
        (lambda told: told["rubric"].update(title="Better"), "another title"),
        (lambda told: told.update(format="Another 2"), "“Another 2”"),
        (lambda told: told.update(extra=1), "extra is amiss"),
        (lambda told: told["dataset"].update(dataset_id="7"), "dataset.dataset_id is amiss"),
    ],
)
def test_forged_receipt_whose_hashes_fit_is_named_by_what_does_not(
    change: Callable[[dict[str, Any]], object], sentence: str
) -> None:
    for content, key in ((forged(change), None), (forged(change, KEY), KEY)):
        verdict = verify_receipt(content, RUBRICS, key)
        assert not verdict.agrees
        assert sentence in verdict.sentence


def test_receipt_that_somebody_made_up_in_full_is_found_by_the_issuer_alone() -> None:
    richer = {**RECORD, "access_rights": "open access"}
    made_up = write_receipt(
        richer, SUBJECT, RUBRICS["fsf_v0_8"], key=b"another key of 32 random bytes!!", issued_at=NOW
    )
    assert verify_receipt(made_up, RUBRICS, None).agrees
    verdict = verify_receipt(made_up, RUBRICS, KEY)
    assert not verdict.agrees
    assert "signature is not that of this installation" in verdict.sentence
    moved = forged(lambda told: told["dataset"].update(identity="10.1/other"))
    assert verify_receipt(moved, RUBRICS, None).agrees
    assert not verify_receipt(moved, RUBRICS, KEY).agrees


def test_vocabulary_that_changed_since_is_a_note_and_no_refusal() -> None:
    older = forged(lambda told: told["vocabularies"].update(licences="1.0+0"), KEY)
    verdict = verify_receipt(older, RUBRICS, KEY)
    assert verdict.agrees
    assert verdict.notes[0].startswith("Licences: 1.0+0 then, ")

    def change(told: dict[str, Any]) -> None:
        told["vocabularies"].update(licences="1.0+0")
        told["checks"][0].update(state="unmet")

    refused = verify_receipt(forged(change, KEY), RUBRICS, KEY)
    assert "which may be why" in refused.sentence


def test_newer_rubric_of_the_same_name_does_not_pass_for_the_old_one() -> None:
    newer = RUBRICS["fsf_v0_8"].model_copy(update={"version": "0.9", "digest": "f" * 64})
    rubrics: dict[str, Rubric] = {**RUBRICS, newer.id: newer}
    verdict = verify_receipt(receipt(), rubrics, None)
    assert "0.8.0 with the digest" in verdict.sentence
    assert not verdict.agrees


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"null", b"\xff", b"{" * 9_000, b'{"sha256": 1}', b"x" * 5_000_000],
)
def test_what_is_no_receipt_is_said_to_be_none(content: bytes) -> None:
    verdict = verify_receipt(content, RUBRICS, KEY)
    assert not verdict.agrees
    assert "receipt" in verdict.sentence


def test_limit_leaves_room_for_the_longest_record() -> None:
    assert receipt_documents.MAX_BYTES > 44 * 64_000
