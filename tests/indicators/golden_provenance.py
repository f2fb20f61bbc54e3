"""Golden rows of facts about origin, and about the standard that a description follows."""

from fairdb_core.indicators import State

MET, UNMET, NOT_ASSESSED = State.MET, State.UNMET, State.NOT_ASSESSED

GOLDEN = {
    "has_provenance": [
        (MET, {"creators": ["Curie, Marie"]}),
        (MET, {"contributors": ["Lovelace, Ada"]}),
        (MET, {"publisher": "Zenodo"}),
        (MET, {"rights_holder": "University of Mannheim"}),
        (MET, {"publication_date": "2024"}),
        (MET, {"modified_date": "2024-05"}),
        (MET, {"creation_date": "2024-05-17"}),
        (MET, {"related_identifiers": ["Curie (1903)", "IsDerivedFrom:10.5281/zenodo.17"]}),
        (MET, {"related_identifiers": ["isVersionOf: our first table"]}),
        (UNMET, {"related_identifiers": ["IsSupplementTo:10.1038/s41586-020-2649-2"]}),
        (UNMET, {"related_identifiers": ["IsDerivedFrom:", "10.5281/zenodo.17"]}),
        (UNMET, {"title": "Soil", "description": "Made in 2024 by Curie.", "funding": ["DFG"]}),
        (UNMET, {"contact_name": "Curie, Marie"}),
        (UNMET, {"version": "1.2.0"}),
        (UNMET, {"provenance": "Derived from raw logger files."}),
        (UNMET, {"temporal_coverage": ["2015-01-01/2020-12-31"], "temporal_start": "2015"}),
        (UNMET, {}),
    ],
    "follows_disciplinary_standard": [
        (MET, {"conforms_to": ["ISO 19115-3"]}),
        (MET, {"conforms_to": ["http://www.isotc211.org/2005/gmd"]}),
        (MET, {"conforms_to": ["DataCite", "Darwin Core"]}),
        (MET, {"conforms_to": ["CF-1.8"]}),
        (MET, {"conforms_to": ["метаданные: DDI"]}),
        (MET, {"conforms_to": ["http://standards.iso.org/iso/19115/-3/mdb/2.0"]}),
        (MET, {"conforms_to": ["http://www.loc.gov/mods/v3"]}),
        (UNMET, {"conforms_to": ["DataCite 4.6"]}),
        (UNMET, {"conforms_to": ["our own template"]}),
        (UNMET, {"conforms_to": ["teiler"]}),
        (NOT_ASSESSED, {"provenance": "ISO 19115", "description": "Follows Darwin Core."}),
        (NOT_ASSESSED, {}),
    ],
    "follows_generic_standard": [
        (MET, {"conforms_to": ["DataCite 4.6"]}),
        (MET, {"conforms_to": ["https://www.w3.org/ns/dcat#"]}),
        (MET, {"conforms_to": ["DCAT-AP.de"]}),
        (MET, {"conforms_to": ["ISO 19115", "Dublin Core"]}),
        (MET, {"conforms_to": ["http://purl.org/dc/terms/"]}),
        (MET, {"conforms_to": ["http://www.openarchives.org/OAI/2.0/oai_dc/"]}),
        (MET, {"conforms_to": ["http://www.crossref.org/schema/4.4.0"]}),
        (UNMET, {"conforms_to": ["http://www.loc.gov/mods/v3"]}),
        (UNMET, {"conforms_to": ["ISO 19115-3"]}),
        (UNMET, {"conforms_to": ["our own template"]}),
        (NOT_ASSESSED, {"description": "Follows DataCite."}),
        (NOT_ASSESSED, {}),
    ],
}
