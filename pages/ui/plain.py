"""Text that came from people, shown letter by letter: Streamlit would take it for Markdown."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:^=&@\"'/])")
_SAFE_LINK = re.compile(r"https?://[^\s()<>\[\]\\\"']+")
_MAIL_SIGN = re.compile(r"(?<=[-.\w+])@(?=[-\w]+\.)")
_WEB_SIGN = re.compile(r"(?<=:)//|(?<=www)\.", re.IGNORECASE)
_JOINER = "\u2060"


def plain(text: str) -> str:
    """Return a text that shows as it is in any Streamlit label, message or Markdown.

    Every mark that Markdown or its directives could take is escaped, and line breaks become
    blanks, so that no line begins anew. A mail address would become a link even so: a joiner that
    nobody sees parts it.
    """
    parted = _MAIL_SIGN.sub(f"{_JOINER}@", " ".join(text.split()))
    return _MARKUP.sub(r"\\\1", parted)


def label(text: str) -> str:
    """Return a text for a box or a button that opens: no web address in it becomes a link."""
    return plain(_WEB_SIGN.sub(f"{_JOINER}\\g<0>", text))


def source_link(source: str, title: str = "") -> str:
    """Return where something is published: a link, or the text where it is no safe address.

    Args:
        source: An address, or words.
        title: What the link says, the address where nothing is given.
    """
    if _SAFE_LINK.fullmatch(source):
        return f"[{plain(title or source)}]({source})"
    return plain(source)
