"""Golden rows of facts about what a record refers to: vocabularies and related resources."""

from fairdb_core.indicators import State

MET, UNMET, NOT_ASSESSED = State.MET, State.UNMET, State.NOT_ASSESSED

AGROVOC = "http://aims.fao.org/aos/agrovoc/c_7208"

GOLDEN = {
    "uses_vocabulary_terms": [
        (MET, {"subjects": [AGROVOC]}),
        (MET, {"keywords": ["soil", AGROVOC]}),
        (MET, {"theme": ["http://publications.europa.eu/resource/authority/data-theme/ENVI"]}),
        (MET, {"keywords": ["https://schema.org/Dataset"], "subjects": [AGROVOC]}),
        (UNMET, {"keywords": ["https://schema.org/Dataset"]}),
        (UNMET, {"subjects": ["http://www.w3.org/2004/02/skos/core#Concept"]}),
        (UNMET, {"theme": ["http://purl.org/dc/terms/subject", "HTTPS://SCHEMA.ORG/Thing"]}),
        (MET, {"subjects": ["http://www.w3.org/2006/time#Instant"]}),
        (MET, {"subjects": ["https://notdoi.org/soil"]}),
        (
            UNMET,
            {"subjects": ["https://orcid.org/0000-0002-1825-0097", "https://doi.org/10.1000/1"]},
        ),
        (UNMET, {"keywords": ["https://www.github.com/soil"]}),
        (MET, {"keywords": ["https://github.com/soil", AGROVOC]}),
        (NOT_ASSESSED, {"subjects": ["soil"], "keywords": ["почва"], "theme": ["環境"]}),
        (NOT_ASSESSED, {"subjects": ["https://", "soil"]}),
        (NOT_ASSESSED, {"subjects": [f"soil ({AGROVOC})"]}),
        (NOT_ASSESSED, {}),
    ],
    "has_related_resource": [
        (MET, {"related_identifiers": ["Curie (1903), Recherches"]}),
        (MET, {"related_identifiers": ["IsSupplementTo:10.1038/s41586-020-2649-2"]}),
        (UNMET, {"collection": "Rhine observatory"}),
        (UNMET, {}),
    ],
    "related_resource_is_link": [
        (MET, {"related_identifiers": ["IsSupplementTo:10.1038/s41586-020-2649-2"]}),
        (MET, {"related_identifiers": ["https://example.org/paper"]}),
        (MET, {"related_identifiers": ["Curie (1903)", "https://example.org/paper"]}),
        (MET, {"related_identifiers": ["Cites: https://example.org/paper (in French)"]}),
        (MET, {"related_identifiers": ["10.1000/1, 10.1000/2 (both in French)"]}),
        (MET, {"related_identifiers": ["IsSourceOf:s3://bucket/table.csv"]}),
        (MET, {"related_identifiers": ["Cites:pmid:12345678"]}),
        (MET, {"related_identifiers": ["ark:/12148/btv1b8449691v"]}),
        (MET, {"related_identifiers": ["Curie (1903)", "IsSourceOf:PRJNA123456"]}),
        (MET, {"related_identifiers": ["PMC1234567"]}),
        (MET, {"related_identifiers": ["ftp://example.org/paper.pdf"]}),
        (UNMET, {"related_identifiers": ["Benchmark:imagenet", "return:17"]}),
        (UNMET, {"related_identifiers": ["Curie (1903), Recherches"]}),
        (UNMET, {"related_identifiers": ["Curie (1903), https://doi.org/10.1000/1"]}),
        (UNMET, {"related_identifiers": ["Curie (1903), doi:10.1000/1", "see 10.1000/1"]}),
        (UNMET, {"related_identifiers": ["version 2010.1234/5"]}),
        (UNMET, {"related_identifiers": ["IsPartOf:observatory"]}),
        (UNMET, {"identifier": "10.5061/dryad.8515"}),
        (UNMET, {}),
    ],
}
