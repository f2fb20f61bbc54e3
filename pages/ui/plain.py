"""Text that came from people, shown letter by letter: Streamlit would take it for Markdown."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:^=&@\"'/])")
_SAFE_LINK = re.compile(r"https?://[^\s()<>\[\]\\\"']+")
_ADDRESS_MARKS = re.compile(r"@|(?<=:)//|(?<=www)\.", re.IGNORECASE)


def plain(text: str) -> str:
    """Return a text that shows as it is in any Streamlit label, message or Markdown.

    Every mark that Markdown, its directives or its automatic links could take is escaped, and
    line breaks become blanks, so that no line begins anew.
    """
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def label(text: str) -> str:
    """Return a text for a box or a button that opens: no address in it becomes a link of its own.

    A joiner that nobody sees parts what Markdown would take for an address.
    """
    return plain(_ADDRESS_MARKS.sub("\u2060\\g<0>", text))


def source_link(source: str, title: str = "") -> str:
    """Return where something is published: a link, or the text where it is no safe address.

    Args:
        source: An address, or words.
        title: What the link says, the address where nothing is given.
    """
    if _SAFE_LINK.fullmatch(source):
        return f"[{plain(title or source)}]({source})"
    return plain(source)
