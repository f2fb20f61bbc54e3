"""The words that headers cut short, as in "Pub. Yr" and "Kwds"."""

_SHORT_FOR = {
    "auth": "author",
    "auths": "authors",
    "cov": "coverage",
    "descr": "description",
    "desc": "description",
    "dept": "department",
    "dok": "documentation",
    "fmt": "format",
    "fndr": "funder",
    "freq": "frequency",
    "geog": "geographic",
    "ident": "identifier",
    "inst": "institution",
    "kwd": "keyword",
    "kwds": "keywords",
    "lic": "license",
    "lng": "language",
    "loc": "location",
    "mod": "modified",
    "org": "organization",
    "publ": "publisher",
    "pubs": "publications",
    "rel": "related",
    "subj": "subject",
    "sz": "size",
    "ttl": "title",
    "upd": "updated",
    "ver": "version",
    "vers": "version",
    "yr": "year",
    "yrs": "years",
}
# These stand for several words, so what follows decides.
_BEFORE = {
    ("pub", "date"): "publication",
    ("pub", "year"): "publication",
    ("temp", "coverage"): "temporal",
    ("temp", "extent"): "temporal",
    ("temp", "range"): "temporal",
}
# "Study No." and, but not, "checked yes/no".
_NUMBERS = {("no",), ("nr",), ("nro",)}
_ANSWERS = {("yes",), ("si",), ("oui",)}


def spelt_out(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return a header's words with those in full that are commonly cut short.

    Args:
        words: Its words in lower case.
    """
    if words[-1:] in _NUMBERS and words[-2:-1] not in _ANSWERS:
        words = (*words[:-1], "number") if len(words) > 1 else words
    full = tuple(_SHORT_FOR.get(word, word) for word in words)
    followers = (*full[1:], "")[: len(full)]
    pairs = zip(full, followers, strict=True)
    return tuple(_BEFORE.get((word, after), word) for word, after in pairs)
