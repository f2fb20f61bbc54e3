"""Text that came from people, shown letter by letter: Streamlit would take it for Markdown."""

import re
from functools import lru_cache

_KEPT, _SHORT = 4_096, 300
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:^=&@\"'/])")
_SAFE_LINK = re.compile(r"https?://[^\s()<>\[\]\\\"']+")
_MAIL = re.compile(r"[-.\w+]+@[-\w]+(?:\.[-\w]+)+")
_WEB = r"(?:https?://|www\.)[^\s`“”]*[^\s`“”.,;:!?'\")\]]"
_TOGETHER = re.compile("(?<=[0-9]) (?=%)|(?<=[✓◐✕▲▼]) ")
_QUOTED_CODE = re.compile("“(`[^`]+`)”")
_MAIL_OR_WEB = re.compile(f"{_MAIL.pattern}|{_WEB}", re.IGNORECASE)
# What Markdown would take for its own in the middle of a line, a bar or a dash in a word not.
_TAKEN = re.compile(
    r"[\\`*\[\]~<>$^=&{}]|(?<!\w)_|_(?!\w)|:\S*:|--|[-+]>|://|@|\bwww\.|^\W|^\d+[.)]"
)


def plain(text: str) -> str:
    """Return a text that shows as it is in any Streamlit label, message or Markdown.

    Every mark that Markdown or its directives could take is escaped, and line breaks become
    blanks, so that no line begins anew. A mail address would become a link even so: it stands in a
    span of code, letter by letter, so that a copy of it is the address.
    """
    return _of_short(text) if len(text) <= _SHORT else _escaped(text, _MAIL)


@lru_cache(maxsize=_KEPT)
def _of_short(text: str) -> str:
    """Return the same of what is drawn again and again, and takes little room."""
    return _escaped(text, _MAIL)


def heading(text: str) -> str:
    """Return a text for a heading: no web address in it becomes a link."""
    return _escaped(text, _MAIL_OR_WEB)


def label(text: str) -> str:
    """Return a text for a box or a button that opens: no web address in it becomes a link.

    A screen reader reads the label of a box as it is given, with every mark that is escaped: where
    none has to be, none is.
    """
    flat = " ".join(text.split())
    return heading(flat) if _TAKEN.search(flat) else flat


def _escaped(text: str, as_code: re.Pattern[str]) -> str:
    """Return a text with its marks escaped, but for what stands in spans of code."""
    flat = " ".join(text.split())
    parts, end = [], 0
    for found in as_code.finditer(flat):
        parts += [_MARKUP.sub(r"\\\1", flat[end : found.start()]), f"`{found[0]}`"]
        end = found.end()
    whole = "".join([*parts, _MARKUP.sub(r"\\\1", flat[end:])])
    # A span of code is set off by itself, and would stand in its quotation marks with blanks.
    return _QUOTED_CODE.sub(r"\1", whole)


def cut(text: str, longest: int) -> str:
    """Return a text that ends with a mark where it would be longer."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def unbroken(text: str) -> str:
    """Return a text in which no line ends before a percent sign or behind the mark of a state."""
    return _TOGETHER.sub("\u00a0", text)


def source_link(source: str, title: str = "") -> str:
    """Return where something is published: a link, or the text where it is no safe address.

    Args:
        source: An address, or words.
        title: What the link says, the address where nothing is given.
    """
    if _SAFE_LINK.fullmatch(source):
        return f"[{plain(title or source)}]({source})"
    return plain(source)
