"""Makes the extract of media types anew: ``npm pack mime-db``, then this with the file it made."""

import sys
import tarfile
from pathlib import Path
from typing import Any

import orjson

from fairdb_core.vocabularies.media_types import FILE

SOURCE = "IANA media types, from the npm package mime-db"


def extract_of(package: Path) -> dict[str, Any]:
    """Return what is kept of the npm package mime-db.

    Args:
        package: The file that ``npm pack mime-db`` made.
    """
    with tarfile.open(package) as archive:
        about, types = (
            orjson.loads(_member(archive, name)) for name in ("package.json", "db.json")
        )
        notice = _member(archive, "LICENSE").decode()
    return {
        "source": SOURCE,
        "version": about["version"],
        "licence": about["license"],
        "notice": notice,
        "types": sorted(
            name.casefold() for name, each in types.items() if each.get("source") == "iana"
        ),
    }


def bytes_of(extract: dict[str, Any]) -> bytes:
    """Return an extract as the file holds it: one type a line, so that changes can be read."""
    return orjson.dumps(extract, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def main() -> None:
    """Write the file, and say what was written."""
    extract = extract_of(Path(sys.argv[1]))
    (Path(__file__).parent / FILE).write_bytes(bytes_of(extract))
    sys.stdout.write(f"mime-db {extract['version']}: {len(extract['types']):,} media types\n")


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(f"package/{name}")
    if file is None:
        raise FileNotFoundError(name)
    return file.read()


if __name__ == "__main__":
    main()
