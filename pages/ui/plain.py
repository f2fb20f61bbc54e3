"""Text that came from people, shown letter by letter: Streamlit would take it for Markdown."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:^=&@\"'/])")


def plain(text: str) -> str:
    """Return a text that shows as it is in any Streamlit label, message or Markdown.

    Every mark that Markdown, its directives or its automatic links could take is escaped, and
    line breaks become blanks, so that no line begins anew.
    """
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
