"""Persistent and globally unique identifiers: their forms, and one canonical spelling each.

Sources: the schemes that F-UJI v0.8 accepts as persistent (doi:10.5281/zenodo.15045911); the DOI
Handbook (doi:10.1000/182); RFC 8141 (URN); draft-kunze-ark (ARK); RFC 9562 (UUID); facts.
The patterns have no look-around, so that Polars can use them too.
"""

import re

DOI_PATTERN = r"10\.\d{4,9}(?:\.\d+)*/\S+"
_WEB = r"(?i)^\s*(?:https?://)?"

# Any namespace of URNs but uuid: anybody can make such a one, and nothing resolves it.
_NAMESPACE = (
    r"(?:[a-tv-z0-9][a-z0-9-]{1,31}|u[a-tv-z0-9-][a-z0-9-]{0,30}|uu|uu[a-hj-z0-9-][a-z0-9-]{0,29}"
    r"|uui|uui[a-ce-z0-9-][a-z0-9-]{0,28}|uuid[a-z0-9-]{1,28})"
)

# Scheme, pattern of the whole text with one group, and how the group is written canonically.
PERSISTENT_SCHEMES: tuple[tuple[str, str, str], ...] = (
    ("doi", r"(?i)^\s*(?:doi:\s*|doi\s+|info:doi/)?(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|hdl\.handle\.net/)?"
            r"(?:doi:\s*)?(10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+?)\s*$", "{}"),
    ("handle", r"(?i)^\s*(?:(?:https?://)?hdl\.handle\.net/|hdl:\s*|info:hdl/)"
               r"([0-9]+(?:\.[0-9]+)*/\S+?)\s*$", "hdl:{}"),
    ("ark", r"(?i)^\s*(?:https?://[^/\s]+/(?:resolve/)?)?(ark:/?[0-9b-df-hj-np-tv-z]{5,}/\S+?)\s*$",
     "{}"),
    ("urn", r"(?i)^\s*(?:https?://(?:nbn-resolving\.(?:org|de)|resolver\.[^/\s]+|urn\.(?:fi|nb\.no|nsk\.hr)"
            r"|urn\.kb\.se|nbn\.depositolegale\.it|(?:www\.)?persistent-identifier\.nl)/(?:resolve\?urn=)?)?"
            rf"(urn:{_NAMESPACE}:\S+?)\s*$", "{}"),
    ("arxiv", r"(?i)^\s*(?:(?:https?://)?arxiv\.org/(?:abs|pdf)/|arxiv:\s*)"
              r"((?:[0-9]{4}\.[0-9]{4,5}|[a-z.-]+/[0-9]{7})(?:v[0-9]+)?)\s*$", "arxiv:{}"),
    ("w3id", r"(?i)^\s*(https?://(?:www\.)?w3id\.org/\S+?)\s*$", "{}"),
    ("purl", r"(?i)^\s*(https?://(?:purl\.(?:org|oclc\.org|archive\.org|net|obolibrary\.org)|"
             r"www\.purl\.org)/\S+?)\s*$", "{}"),
    ("identifiers.org", r"(?i)^\s*(?:https?://)?(?:www\.)?(identifiers\.org/[a-z0-9._-]+[:/]\S+?)\s*$",
     "https://{}"),
    ("lsid", r"(?i)^\s*lsid:(\S+?)\s*$", "lsid:{}"),
    ("pmid", r"(?i)^\s*(?:pmid:\s*|(?:https?://)?pubmed\.ncbi\.nlm\.nih\.gov/|"
             r"(?:https?://)?(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed/)([0-9]{1,8})/?\s*$", "pmid:{}"),
    ("pmcid", r"(?i)^\s*(?:pmcid:\s*|(?:https?://)?(?:www\.)?ncbi\.nlm\.nih\.gov/pmc/articles/|"
              r"(?:https?://)?pmc\.ncbi\.nlm\.nih\.gov/articles/)?(pmc[0-9]{3,9})/?\s*$", "{}"),
    ("bioproject", r"(?i)^\s*(?:bioproject:\s*|(?:https?://)?(?:www\.)?ncbi\.nlm\.nih\.gov/bioproject/)?"
                   r"(prj(?:na|eb|db)[0-9]+)\s*$", "{}"),
    ("biosample", r"(?i)^\s*(?:biosample:\s*|(?:https?://)?(?:www\.)?ncbi\.nlm\.nih\.gov/biosample/)?"
                  r"(sam(?:n|ea|d)[0-9]+)\s*$", "{}"),
    ("sra", r"(?i)^\s*(?:sra:\s*|(?:https?://)?(?:www\.)?ncbi\.nlm\.nih\.gov/sra/)?"
            r"([sed]r[apxrsz][0-9]{6,})\s*$", "{}"),
    ("refseq", r"(?i)^\s*(?:refseq:\s*)?((?:nc|ng|nm|np|nr|nt|nw|xm|xp|xr|ac|ap|yp|zp)_"
               r"[0-9]{6,}(?:\.[0-9]+)?)\s*$", "{}"),
    ("genome", r"(?i)^\s*(?:genome:\s*)?(gc[af]_[0-9]{9}(?:\.[0-9]+)?)\s*$", "{}"),
    ("ensembl", r"(?i)^\s*(?:ensembl:\s*)?(ens[a-z]*[fegpt][0-9]{11}(?:\.[0-9]+)?)\s*$", "{}"),
    ("uniprot", r"(?i)^\s*(?:uniprot(?:kb)?:\s*|(?:https?://)?(?:www\.|purl\.)?uniprot\.org/uniprot(?:kb)?/)"
                r"([a-z0-9]{6,10})\s*$", "uniprot:{}"),
    ("gnd", r"(?i)^\s*(?:gnd:\s*|(?:https?://)?d-nb\.info/gnd/)([0-9x-]{5,12})\s*$", "gnd:{}"),
)  # fmt: skip

URL_PATTERN = r"(?i)^\s*[a-z][a-z0-9+.-]*://[^\s/?#]+\S*\s*$"
UUID_PATTERN = r"(?i)^\s*(?:urn:uuid:|\{)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?\s*$"
HASH_PATTERN = r"(?i)^\s*(?:(?:md5|sha-?1|sha-?224|sha-?256|sha-?384|sha-?512)[:=])?(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})\s*$"  # noqa: E501

# One pattern that any persistent identifier matches, for a whole column at once.
PERSISTENT_PATTERN = "|".join(f"(?:{pattern})" for _, pattern, _ in PERSISTENT_SCHEMES)
# And one for those that a resolver answers for over https: no LSID, and of URNs only NBN.
RESOLVED_PATTERN = "|".join(
    [f"(?:{text})" for name, text, _ in PERSISTENT_SCHEMES if name not in {"lsid", "urn"}]
    + [r"(?:(?i)^\s*urn:nbn:\S+?\s*$)"]
)
UNIQUE_PATTERN = "|".join(f"(?:{pattern})" for pattern in (URL_PATTERN, UUID_PATTERN, HASH_PATTERN))

_COMPILED = tuple((name, re.compile(text), form) for name, text, form in PERSISTENT_SCHEMES)
# What no scheme could be made of is spared the whole list: most numbers of one's own.
CANDIDATE_PATTERN = r"(?i)[:/]|^\s*(?:pmc|prj|sam|[sed]r[apxrsz][0-9]|[a-z]{2}_[0-9]|gc[af]_|ens)"
_CANDIDATE = re.compile(CANDIDATE_PATTERN)
# In these schemes letters are alike in upper and lower case, so one spelling is kept.
_CASELESS = {"doi": str.lower, "arxiv": str.lower, "pmcid": str.upper, "bioproject": str.upper,
             "biosample": str.upper, "sra": str.upper}  # fmt: skip
_TRAILING = ".,;)]}>\"'"


def scheme_of(text: str) -> str | None:
    """Return the persistent scheme that a text follows, ``None`` where it follows none."""
    found = _match(text)
    return found[0] if found else None


def normalise_identifier(text: str) -> str:
    """Return an identifier in its one canonical spelling; what is not known is only trimmed.

    A DOI becomes bare and lower case, a Handle ``hdl:…``, an ARK ``ark:…``.
    """
    found = _match(text)
    return found[1] if found else text.strip()


def _match(text: str) -> tuple[str, str] | None:
    if not _CANDIDATE.search(text):
        return None
    for name, pattern, form in _COMPILED:
        match = pattern.match(text)
        if match is None:
            continue
        value = match.group(1)
        if name == "doi":
            value = _without_tail(value)
        value = _CASELESS.get(name, str)(value)
        if name == "urn":
            scheme, namespace, rest = value.split(":", 2)
            value = f"{scheme.lower()}:{namespace.lower()}:{rest}"
        if name == "ark":
            value = "ark:" + value[4:].lstrip("/")
        return name, form.format(value)
    return None


def _without_tail(value: str) -> str:
    """Return a DOI without the punctuation of the sentence that it was cut from."""
    while value and value[-1] in _TRAILING:
        if value[-1] == ")" and value.count("(") >= value.count(")"):
            break
        value = value[:-1]
    return value
