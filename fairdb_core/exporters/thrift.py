"""As much of Thrift's compact protocol as the contents of a Parquet file are written in."""

from typing import NamedTuple

Path = tuple[int, ...]
# Kinds of values, and how many bytes those take that are neither of these.
_WHOLE_NUMBERS, _TEXT, _LIST, _STRUCTURE = frozenset({4, 5, 6}), 8, 9, 12
_BYTES_OF = {1: 0, 2: 0, 3: 1, 7: 8}
_LONG_LIST = 15
_SEVEN_BITS, _MORE_FOLLOWS = 0x7F, 0x80


class Value(NamedTuple):
    """A whole number, or a structure, and where it stands.

    Attributes:
        path: The fields that lead to it, by number; members of a list are of the list's field.
        start: Bytes before it.
        end: Bytes up to its end.
        number: The number, 0 where it is a structure.
    """

    path: Path
    start: int
    end: int
    number: int = 0


def values_in(structure: bytes) -> list[Value]:
    """Return the whole numbers in a structure, and behind their members the structures."""
    reader = _Reader(structure)
    reader.read_structure(())
    return reader.found


def number(value: int) -> bytes:
    """Return a whole number as it is written."""
    return _unsigned(value << 1 ^ value >> 63)


def head_of_list(count: int) -> bytes:
    """Return how a list of structures begins, in the field after the one before."""
    field = 1 << 4 | _LIST
    if count < _LONG_LIST:
        return bytes([field, count << 4 | _STRUCTURE])
    return bytes([field, _LONG_LIST << 4 | _STRUCTURE]) + _unsigned(count)


def _unsigned(value: int) -> bytes:
    written = bytearray()
    while value > _SEVEN_BITS:
        written.append(value & _SEVEN_BITS | _MORE_FOLLOWS)
        value >>= 7
    return bytes([*written, value])


class _Reader:
    """Reads a structure from left to right."""

    def __init__(self, structure: bytes) -> None:
        self._bytes = structure
        self._at = 0
        self.found: list[Value] = []

    def read_structure(self, path: Path) -> None:
        start, field = self._at, 0
        while head := self._byte():
            field = field + (head >> 4) if head >> 4 else self._number()
            self._read(head & 15, (*path, field))
        self.found.append(Value(path, start, self._at))

    def _read(self, kind: int, path: Path) -> None:
        if kind in _WHOLE_NUMBERS:
            start, found = self._at, self._number()
            self.found.append(Value(path, start, self._at, found))
        elif kind == _TEXT:
            size = self._unsigned()
            self._at += size
        elif kind == _LIST:
            head = self._byte()
            count = self._unsigned() if head >> 4 == _LONG_LIST else head >> 4
            for _ in range(count):
                self._read(head & 15, path)
        elif kind == _STRUCTURE:
            self.read_structure(path)
        else:
            self._at += _BYTES_OF[kind]

    def _byte(self) -> int:
        self._at += 1
        return self._bytes[self._at - 1]

    def _unsigned(self) -> int:
        byte, value, shift = self._byte(), 0, 0
        while byte & _MORE_FOLLOWS:
            value |= (byte & _SEVEN_BITS) << shift
            byte, shift = self._byte(), shift + 7
        return value | byte << shift

    def _number(self) -> int:
        value = self._unsigned()
        return value >> 1 ^ -(value & 1)
