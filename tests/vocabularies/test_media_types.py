"""The extract of media types: what it holds, and that the script makes the same file again."""

import io
import tarfile
from importlib import resources
from pathlib import Path

import orjson
import pytest

from fairdb_core.vocabularies import renew_media_types
from fairdb_core.vocabularies.media_types import FILE, is_registered, media_types


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("text/csv", True),
        (" Text/CSV; charset=utf-8", True),
        ("application/vnd.apache.parquet", True),
        ("application/geo+json", True),
        ("application/x-netcdf", False),
        ("text/our-own", False),
        ("csv", False),
        ("", False),
    ],
)
def test_media_type_is_registered_when_iana_lists_it(text: str, *, expected: bool) -> None:
    assert is_registered(text) is expected


def test_extract_names_its_source_version_licence_and_notice() -> None:
    told = orjson.loads((resources.files("fairdb_core.vocabularies") / FILE).read_bytes())
    assert told["licence"] == "MIT"
    assert "Copyright" in told["notice"]
    assert told["types"] == sorted(set(told["types"]))
    assert len(media_types().types) > 2_000
    assert media_types().version == told["version"]


def _package(path: Path) -> None:
    """Write a small package as ``npm pack`` does."""
    members = {
        "package.json": {"version": "9.9.9", "license": "MIT"},
        "db.json": {
            "text/csv": {"source": "iana", "extensions": ["csv"]},
            "Model/Example": {"source": "iana"},
            "application/x-own": {"source": "apache"},
            "application/x-none": {},
        },
        "LICENSE": "Copyright",
    }
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members.items():
            data = content.encode() if isinstance(content, str) else orjson.dumps(content)
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


def test_script_keeps_only_what_iana_lists(tmp_path: Path) -> None:
    _package(tmp_path / "mime-db-9.9.9.tgz")
    extract = renew_media_types.extract_of(tmp_path / "mime-db-9.9.9.tgz")
    assert extract == {
        "source": renew_media_types.SOURCE,
        "version": "9.9.9",
        "licence": "MIT",
        "notice": "Copyright",
        "types": ["model/example", "text/csv"],
    }


def test_file_has_the_form_that_the_script_gives_it() -> None:
    content = (resources.files("fairdb_core.vocabularies") / FILE).read_bytes()
    assert renew_media_types.bytes_of(orjson.loads(content)) == content
