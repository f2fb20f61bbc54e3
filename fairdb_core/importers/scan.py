"""One pass over a file's bytes: what it is, how long its lines are, and what its letters may be."""

import codecs
import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import BinaryIO

from fairdb_core.errors import UnreadableFileError

BLOCK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ZIP, _SHEETS = b"PK\x03\x04", b"xl/worksheets/"
_KINDS = (
    (_ZIP, "a ZIP archive or Office document", "Save the table as CSV, or as XLSX with "
                    "the ending .xlsx."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"BZh", "a bzip2 archive", "Unpack it first."),
    (b"\xfd7zXZ\x00", "an xz archive", "Unpack it first."),
    (b"(\xb5/\xfd", "a Zstandard archive", "Unpack it first."),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it first."),
    (b"Rar!\x1a\x07", "a RAR archive", "Unpack it first."),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel 97–2003 workbook", "Save it as XLSX or CSV."),
    (b"%PDF-", "a PDF document", "Export the table as CSV."),
    (b"PAR1", "a Parquet file", "Export the table as CSV."),
    (b"SQLite format 3\x00", "a SQLite database", "Export the table as CSV."),
    (b"\x89PNG", "a PNG image", "Choose the table itself."),
    (b"\xff\xd8\xff", "a JPEG image", "Choose the table itself."),
)  # fmt: skip
_MARKUP = re.compile(rb"(?is)^\s*(<!doctype\s+html|<html|<\?xml)")
_JSON = re.compile(rb"^\s*[\[{]\s*[\[{\"]")
_UNDEFINED_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_VALID_PER_BROKEN = 3
# All but control characters, and the bytes with which marks of direction and lost letters begin.
_PLAIN = b"\t\n\r" + bytes(each for each in range(0x20, 0x100) if each not in (0x7F, 0xE2, 0xEF))


@dataclass
class Scan:
    """What one pass over the bytes found.

    Attributes:
        mark: The encoding that a byte order mark names, if there is one.
        longest_line: Bytes of the longest physical line that does not lie within one block.
        nul_line: The physical line of the first NUL, counted from 1.
        nuls_even: NULs on even positions among the first block, which UTF-16 puts there.
        broken_line: The physical line of the first byte that is no UTF-8.
        broken_count: Bytes that are no UTF-8.
        valid_count: Letters beyond ASCII that are good UTF-8.
        line_feeds: Line feeds, inside of cells too.
        is_plain: Whether no byte can be of a letter that nobody sees, in UTF-8 or in an encoding
            of one byte a letter.
    """

    byte_count: int = 0
    sha256: str = ""
    mark: str | None = None
    longest_line: int = 0
    longest_line_number: int = 1
    nul_line: int | None = None
    nuls_even: int = 0
    nuls_odd: int = 0
    broken_line: int | None = None
    broken_byte: int | None = None
    broken_count: int = 0
    valid_count: int = 0
    has_undefined: bool = False
    line_feeds: int = 0
    is_plain: bool = True
    head: bytes = field(default=b"", repr=False)


def scan(stream: BinaryIO) -> Scan:
    """Read all bytes once, and once more letter by letter where they are no UTF-8.

    Args:
        stream: The file, from its start.
    """
    found = Scan()
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    line_number, open_line = 1, 0
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="hashes") as thread:
        while block := stream.read(BLOCK):
            hashed = thread.submit(digest.update, block)
            if not found.byte_count:
                _note_head(found, block)
            found.byte_count += len(block)
            if found.nul_line is None and b"\0" in block:
                found.nul_line = line_number + block.count(b"\n", 0, block.index(b"\0"))
            feeds = block.count(b"\n")
            found.line_feeds += feeds
            found.is_plain = found.is_plain and not block.translate(None, _PLAIN)
            is_utf8 = is_utf8 and _decodes(decoder, block)
            line_number, open_line = _measure_lines(found, block, feeds, line_number, open_line)
            hashed.result()
    found.sha256 = digest.hexdigest()
    if not (is_utf8 and _decodes(decoder, b"", final=True)):
        stream.seek(0)
        _judge_letters(found, stream)
    return found


def refuse_other_kinds(found: Scan, file_name: str) -> None:
    """Stop when the bytes are those of something that is not a text table.

    Raises:
        UnreadableFileError: It is an archive, a workbook, a document or a picture.
    """
    if found.head.startswith(_ZIP) and _SHEETS in found.head:
        remedy = "Give it a name that ends with .xlsx, or save the table as CSV."
        raise _not_text(file_name, "an Excel workbook with the name of another kind", remedy)
    for magic, kind, remedy in _KINDS:
        if found.head.startswith(magic):
            raise _not_text(file_name, kind, remedy)
    if _MARKUP.match(found.head):
        raise _not_text(file_name, "an HTML or XML document", "Download the table itself as CSV.")
    if _JSON.match(found.head):
        raise _not_text(file_name, "a JSON document", "Export the table as CSV.")


def decide_encoding(found: Scan, asked: str | None, file_name: str) -> tuple[str, bool]:
    """Return the encoding, and whether it is certain.

    Args:
        found: What the bytes say.
        asked: What the person says.
        file_name: The file as the person named it.

    Raises:
        UnreadableFileError: The bytes contradict every encoding that is possible.
    """
    if asked is not None:
        return _asked_encoding(found, asked, file_name), True
    if found.mark is not None:
        return found.mark, found.mark == "utf-8"
    if found.nul_line is not None:
        raise _nul(found, file_name)
    if found.broken_line is None:
        return "utf-8", True
    if found.valid_count > _VALID_PER_BROKEN * found.broken_count:
        raise _broken_utf8(found, file_name)
    return ("latin-1" if found.has_undefined else "cp1252"), False


def wrong_encoding(file_name: str, encoding: str, error: UnicodeError) -> UnreadableFileError:
    """Return why a file is refused whose bytes are not of the encoding that was chosen."""
    found = str(error)
    if isinstance(error, UnicodeDecodeError):
        found = f"the byte 0x{error.object[error.start]:02X}, which has no letter there"
    return UnreadableFileError(
        file_name,
        f"it is not {encoding} text",
        code="wrong_encoding",
        found=found,
        expected=f"{encoding} throughout",
        remedy="Choose another encoding, or export the table again as UTF-8.",
    )


def _broken_utf8(found: Scan, file_name: str) -> UnreadableFileError:
    return UnreadableFileError(
        file_name,
        "it is UTF-8 with broken letters",
        code="broken_utf8",
        line=found.broken_line,
        found=f"the byte 0x{found.broken_byte or 0:02X}",
        expected="UTF-8 throughout",
        remedy="Export it again as UTF-8, or choose another encoding.",
    )


def _asked_encoding(found: Scan, asked: str, file_name: str) -> str:
    try:
        name = codecs.lookup(asked).name
    except LookupError as error:
        raise UnreadableFileError(
            file_name,
            f"no encoding is called {asked}",
            code="unknown_encoding",
            expected="utf-8, utf-16, cp1252 or latin-1",
            remedy="Choose one of these.",
        ) from error
    name = {"utf-8-sig": "utf-8", "iso8859-1": "latin-1"}.get(name, name)
    if found.mark is not None and not name.startswith(found.mark):
        raise UnreadableFileError(
            file_name,
            f"its first bytes say {found.mark}, not {asked}",
            code="encoding_contradicts_mark",
            line=1,
            found=f"a byte order mark of {found.mark}",
            expected=f"no mark, or one of {asked}",
            remedy=f"Read it as {found.mark}.",
        )
    if name.startswith("utf-16") and found.mark is None:
        return "utf-16-be" if found.nuls_even > found.nuls_odd else "utf-16-le"
    if name == "utf-8" and found.broken_line is not None:
        raise _broken_utf8(found, file_name)
    if found.nul_line is not None and not name.startswith(("utf-16", "utf-32")):
        raise _nul(found, file_name)
    return name


def _nul(found: Scan, file_name: str) -> UnreadableFileError:
    nuls, half = found.nuls_even + found.nuls_odd, len(found.head) // 2
    looks_utf16 = max(found.nuls_even, found.nuls_odd) > 0.4 * half and nuls < 1.2 * half
    if looks_utf16:
        return UnreadableFileError(
            file_name,
            "it looks like UTF-16 without a byte order mark",
            code="utf16_without_mark",
            line=1,
            found="a NUL at every other byte",
            expected="UTF-8, or UTF-16 with a byte order mark",
            remedy="Choose the encoding UTF-16, or export it as UTF-8.",
        )
    return UnreadableFileError(
        file_name,
        "it holds a NUL character (0x00), so it is damaged or no text",
        code="nul_character",
        line=found.nul_line,
        found="a NUL character (0x00)",
        expected="a table as text",
        remedy="Export the table again.",
    )


def _not_text(file_name: str, kind: str, remedy: str) -> UnreadableFileError:
    return UnreadableFileError(
        file_name,
        f"it is {kind}",
        code="not_a_text_table",
        line=1,
        found=kind,
        expected="a table as text: CSV or TSV",
        remedy=remedy,
    )


def _note_head(found: Scan, block: bytes) -> None:
    found.head = block
    found.mark = next((name for mark, name in _MARKS if block.startswith(mark)), None)
    found.nuls_even, found.nuls_odd = block[::2].count(0), block[1::2].count(0)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _judge_letters(found: Scan, stream: BinaryIO) -> None:
    """Count good and broken letters, and find the first broken one."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    line_number = 1
    while True:
        block = stream.read(BLOCK)
        text = decoder.decode(block, final=not block)
        broken = re.findall("[\udc80-\udcff]", text)
        if broken:
            if found.broken_line is None:
                found.broken_line = line_number + text.count("\n", 0, text.index(broken[0]))
                found.broken_byte = ord(broken[0]) - 0xDC00
            found.broken_count += len(broken)
            found.has_undefined |= bool(_UNDEFINED_IN_CP1252.search(block))
        found.valid_count += len(re.findall("[^\x00-\x7f]", text)) - len(broken)
        line_number += text.count("\n")
        if not block:
            return


def _measure_lines(
    found: Scan, block: bytes, feeds: int, line_number: int, open_line: int
) -> tuple[int, int]:
    """Note lines that reach over blocks; return number and length so far of the open line.

    A line within one block is never too long, so only those that cross its ends are measured.
    """
    mark = b"\n" if feeds else b"\r"
    first = block.find(mark)
    length = open_line + (len(block) if first < 0 else first)
    if length > found.longest_line:
        found.longest_line, found.longest_line_number = length, line_number
    if first < 0:
        return line_number, length
    return line_number + (feeds or block.count(mark)), len(block) - block.rfind(mark) - 1
