"""Golden rows of facts about how richly a dataset is described."""

from fairdb_core.indicators import State

MET, UNMET, NOT_ASSESSED = State.MET, State.UNMET, State.NOT_ASSESSED

CITED = {
    "creators": ["Curie, Marie"],
    "title": "Messdaten",
    "identifier": "17",
    "publication_date": "2024",
    "publisher": "国立研究所",
    "resource_type": "Dataset",
}
DISCOVERED = {**CITED, "description": "Hourly.", "keywords": ["soil"]}


def without(record: dict[str, str | list[str]], field: str) -> dict[str, str | list[str]]:
    return {name: value for name, value in record.items() if name != field}


GOLDEN = {
    "has_citation_elements": [
        (MET, CITED),
        (MET, DISCOVERED),
        *((UNMET, without(DISCOVERED, field)) for field in CITED),
        (UNMET, {**without(CITED, "creators"), "contributors": ["Curie, Marie"]}),
        (UNMET, {**without(CITED, "publication_date"), "creation_date": "2024"}),
        (UNMET, {}),
    ],
    "has_discovery_elements": [
        (MET, DISCOVERED),
        *((UNMET, without(DISCOVERED, field)) for field in DISCOVERED),
        (UNMET, {**without(DISCOVERED, "keywords"), "subjects": ["soil"], "theme": ["ENVI"]}),
        (UNMET, {}),
    ],
    "has_resource_type": [
        (MET, {"resource_type": "Dataset"}),
        (MET, {"resource_type": "набор данных"}),
        (UNMET, {"title": "Dataset", "formats": ["CSV"]}),
        (UNMET, {}),
    ],
    "names_variables": [
        (NOT_ASSESSED, {"subjects": ["soil moisture"], "keywords": ["pH"]}),
        (NOT_ASSESSED, {}),
    ],
}
