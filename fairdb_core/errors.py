"""Every error the program raises on purpose; ``str(error)`` is a sentence fit to show.

FAIRDatabaseError
├── ValidationError             one field of an input breaks a rule
├── DuplicateError              something with this name exists already (also a ``ValueError``)
├── AuthenticationError         nobody is signed in, or the sign-in failed
│   └── TooManyAttemptsError    wait before the next try
├── AuthorizationError          signed in, but not permitted
├── ResourceNotFoundError       no such thing, or none that this person may see
├── ConflictError               somebody else changed it in the meantime
├── NothingChangedError         what was to be saved stands there already
├── UnreadableFileError         a whole file is refused
├── RubricError                 a rubric file contradicts itself or names a stranger
├── SettingsError               the program cannot start with these settings
└── StorageError                the database does not answer as it should
"""

from typing import Any


class FAIRDatabaseError(Exception):
    """Base of all errors that the program raises on purpose."""


class ValidationError(FAIRDatabaseError):
    """One field of an input breaks a rule.

    Args:
        field: The field as people know it.
        message: What was found and what was expected.
    """

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        self.message = message
        super().__init__(f"{field}: {message}")


class DuplicateError(FAIRDatabaseError, ValueError):
    """Something with this name or address exists already."""


class AuthenticationError(FAIRDatabaseError):
    """Nobody is signed in, or the sign-in failed."""


class TooManyAttemptsError(AuthenticationError):
    """The next try has to wait.

    Args:
        seconds: How long to wait.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"Too many attempts. Please wait {max(1, round(seconds))} seconds.")


class AuthorizationError(FAIRDatabaseError):
    """The signed-in person is not permitted to do this."""


class ResourceNotFoundError(FAIRDatabaseError):
    """There is no such thing, or none that this person may see.

    Args:
        resource_type: What was looked for, as people call it.
        resource_id: The key it was looked for by.
    """

    def __init__(self, resource_type: str, resource_id: Any) -> None:
        self.resource_type = resource_type
        self.resource_id = resource_id
        super().__init__(f"{resource_type} with id {resource_id} not found")


class ConflictError(FAIRDatabaseError):
    """Somebody else changed it in the meantime; nothing was written."""


class NothingChangedError(FAIRDatabaseError):
    """What was to be saved stands there already; nothing was written."""

    def __init__(self) -> None:
        super().__init__("Nothing was changed.")


class UnreadableFileError(FAIRDatabaseError):
    """A whole file is refused, with the place and the way out.

    Args:
        file_name: The file as the person named it.
        reason: What is wrong, as a plain clause.
        line: The physical line of the finding, counted from 1.
        column: The column header or position of the finding.
        found: What stands there.
        expected: What should stand there.
        remedy: What the person can do.
        code: A stable short name of the cause.
        read: What could be read of it (a ``ReadReport``), where the file was read to its end.
    """

    def __init__(
        self,
        file_name: str,
        reason: str,
        *,
        code: str = "unreadable",
        line: int | None = None,
        column: str | None = None,
        found: str = "",
        expected: str = "",
        remedy: str = "",
        read: Any = None,
    ) -> None:
        self.read = read
        self.file_name = file_name
        self.reason = reason
        self.code = code
        self.line = line
        self.column = column
        self.found = found
        self.expected = expected
        self.remedy = remedy
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        place = ", ".join(
            part
            for part in (
                f"line {self.line}" if self.line is not None else "",
                f"column {self.column}" if self.column is not None else "",
            )
            if part
        )
        parts = [f"{self.file_name} cannot be read: {self.reason}"]
        if place:
            parts[0] += f" ({place})"
        if self.found and self.found not in self.reason:
            parts.append(f"Found {self.found}")
        if self.expected:
            parts.append(f"Expected {self.expected}")
        if self.remedy:
            parts.append(self.remedy)
        return ". ".join(part.rstrip(".") for part in parts) + "."


class RubricError(FAIRDatabaseError):
    """A rubric file contradicts itself or names a stranger; the program does not start."""


class SettingsError(FAIRDatabaseError):
    """The program cannot start with these settings."""


class StorageError(FAIRDatabaseError):
    """The database does not answer as it should."""
