"""What is said of the reference lists."""

import re
import subprocess
import sys
from importlib import metadata

import pytest

from fairdb_core.vocabularies import licences, placeholders
from fairdb_core.vocabularies.sources import _digest_of, installed_versions, reference_lists


def test_every_list_names_source_version_and_licence_and_holds_something() -> None:
    lists = reference_lists()
    assert {each.key for each in lists} >= {
        "licences", "formats", "media_types", "access_rights", "languages", "resource_types",
        "identifier_schemes", "protocols", "metadata_standards",
    }  # fmt: skip
    for each in lists:
        assert each.count > 3
        assert all((each.title, each.source, each.version, each.licence))
        assert re.fullmatch("[0-9a-f]{64}", each.digest)
        assert each.renewal
        if each.package:
            assert each.version == metadata.version(each.package)
    assert len({each.digest for each in lists}) == len(lists)


def test_states_are_the_same_in_another_process() -> None:
    code = (
        "from fairdb_core.vocabularies.sources import installed_versions;"
        "print(installed_versions())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"},
    )  # fmt: skip
    assert done.stdout.strip() == str(installed_versions())


@pytest.fixture
def fresh() -> object:
    """Digests worked out anew, before and after."""
    _digest_of.cache_clear()
    yield
    _digest_of.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_digest_changes_with_one_term_and_not_with_a_comment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = _digest_of("licences"), _digest_of("placeholders")
    _digest_of.cache_clear()
    monkeypatch.setattr(licences, "__doc__", "Another comment.")
    monkeypatch.setattr(placeholders, "PLACEHOLDERS", placeholders.PLACEHOLDERS | {"nix"})
    assert _digest_of("licences") == before[0]
    assert _digest_of("placeholders") != before[1]
