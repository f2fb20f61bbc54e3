"""Access rights: the four of COAR, and how other vocabularies and plain words say them.

Sources: COAR Access Rights 1.0 (CC BY 4.0); the EU access-right authority table; the OpenAIRE
``info:eu-repo/semantics`` terms; facts.
"""

from functools import cache

OPEN = "open access"
EMBARGOED = "embargoed access"
RESTRICTED = "restricted access"
METADATA_ONLY = "metadata only access"

COAR_URIS = {
    OPEN: "http://purl.org/coar/access_right/c_abf2",
    EMBARGOED: "http://purl.org/coar/access_right/c_f1cf",
    RESTRICTED: "http://purl.org/coar/access_right/c_16ec",
    METADATA_ONLY: "http://purl.org/coar/access_right/c_14cb",
}

_WORDS = {
    OPEN: (
        "open", "open access", "openaccess", "public", "publicly available", "public access",
        "unrestricted", "free", "freely available", "free access", "open data", "anyone",
        "öffentlich", "offen", "offener zugang", "frei", "frei zugänglich", "frei verfügbar",
        "uneingeschränkt",
        "accès libre", "accès ouvert", "libre", "ouvert", "public access level", "non restricted",
        "acceso abierto", "abierto", "público", "pública", "acesso aberto", "aberto",
        "accesso aperto",
        "aperto", "pubblico", "openbaar", "open toegang", "vrij toegankelijk", "öppen", "offentlig",
        "åpen", "avoin", "publiczny", "otwarty", "otwarty dostęp", "veřejný", "otevřený",
        "открытый", "открытый доступ", "公开", "開放", "公開", "オープン", "c_abf2",
    ),
    EMBARGOED: (
        "embargo", "embargoed", "embargoed access", "embargoedaccess", "under embargo",
        "gesperrt bis",
        "sous embargo", "accès sous embargo", "embargado", "acceso embargado", "acesso embargado",
        "accesso con embargo", "onder embargo", "c_f1cf",
    ),
    RESTRICTED: (
        "restricted", "restricted access", "restrictedaccess", "on request", "upon request",
        "available on request", "by request", "controlled", "controlled access", "limited",
        "registered access", "application required", "data access committee", "non-public",
        "non public", "nonpublic", "private", "confidential", "sensitive", "internal",
        "eingeschränkt",
        "beschränkt", "auf anfrage", "nicht öffentlich", "intern", "vertraulich", "restreint",
        "accès restreint", "sur demande", "confidentiel", "privé", "restringido",
        "acceso restringido", "bajo petición", "confidencial", "privado", "acesso restrito",
        "restrito", "sob pedido", "accesso ristretto", "ristretto", "su richiesta", "riservato",
        "beperkt", "op aanvraag", "vertrouwelijk", "begränsad", "begrenset", "rajoitettu",
        "ograniczony", "na żądanie", "omezený", "ограниченный", "受限", "限制", "制限",
        "normal", "op_datpro", "c_16ec",
    ),
    METADATA_ONLY: (
        "closed", "closed access", "closedaccess", "metadata only", "metadata only access",
        "metadata-only", "not available for download", "geschlossen", "nur metadaten", "fermé",
        "accès fermé", "cerrado", "acceso cerrado", "acesso fechado", "fechado", "accesso chiuso",
        "chiuso", "gesloten", "stängd", "lukket", "suljettu", "zamknięty", "закрытый", "c_14cb",
    ),
}  # fmt: skip
_PREFIXES = (
    "info:eu-repo/semantics/",
    "http://purl.org/coar/access_right/",
    "https://purl.org/coar/access_right/",
    "http://vocabularies.coar-repositories.org/access_rights/",
    "https://vocabularies.coar-repositories.org/access_rights/",
    "http://publications.europa.eu/resource/authority/access-right/",
    "https://publications.europa.eu/resource/authority/access-right/",
    "http://purl.org/eprint/accessrights/",
    "https://purl.org/eprint/accessrights/",
)


def access_of(text: str) -> str | None:
    """Return which of the four COAR terms a text stands for, ``None`` where it is none.

    Args:
        text: A term, an address of a term, or plain words.
    """
    folded = " ".join(text.split()).casefold()
    for prefix in _PREFIXES:
        folded = folded.removeprefix(prefix)
    folded = folded.strip(" ./")
    return _terms().get(folded.replace("_", " ")) or _terms().get(folded)


@cache
def _terms() -> dict[str, str]:
    return {word: term for term, words in _WORDS.items() for word in words}
