"""The name of a browser in words, from what it says of itself."""

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
_MOST_LETTERS = 80


def browser_in_words(user_agent: str) -> str:
    """Return for example “Firefox on Windows”; many browsers also name those that they resemble."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    known = " on ".join(filter(None, (browser, system)))
    return known or user_agent[:_MOST_LETTERS] or "Unknown browser"
