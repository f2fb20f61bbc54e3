"""Metadata standards and vocabularies, told apart by generic and disciplinary.

Sources: the RDA Metadata Standards Catalog and FAIRsharing, from which F-UJI v0.8 takes its list;
names and namespaces are facts.
"""

import re

# Standard, its names and namespaces; a text names it when it holds one of them as whole words.
GENERIC_STANDARDS: dict[str, tuple[str, ...]] = {
    "DataCite": ("datacite",),
    "Dublin Core": ("dublin core", "dublincore", "purl.org/dc", "dcmi", "dcterms", "oai_dc"),
    "schema.org": ("schema.org", "bioschemas"),
    "DCAT": ("dcat", "dcat-ap", "geodcat-ap", "statdcat-ap", "www.w3.org/ns/dcat"),
    "RO-Crate": ("ro-crate", "ro crate", "w3id.org/ro/crate"),
    "Data Package": ("data package", "datapackage", "frictionless"),
    "PROV": ("prov-o", "www.w3.org/ns/prov"),
    "METS": ("mets", "www.loc.gov/mets"),
    "PREMIS": ("premis",),
    "DOI Crossref": ("crossref",),
    "OpenAIRE": ("openaire",),
    "Croissant": ("croissant", "mlcommons.org/croissant"),
    "VoID": ("rdfs.org/ns/void",),
}
DISCIPLINARY_STANDARDS: dict[str, tuple[str, ...]] = {
    "DDI": ("ddi", "ddi-c", "ddi-l", "ddi-codebook", "ddi-lifecycle", "ddi:codebook",
        "www.ddialliance.org"),
    "ISO 19115": ("iso 19115", "iso19115", "iso 19115-1", "iso 19115-2", "iso 19115-3", "gmd",
        "standards.iso.org/iso/19115"),
    "ISO 19139": ("iso 19139", "iso19139", "www.isotc211.org/2005/gmd"),
    "INSPIRE": ("inspire",),
    "DIF": ("dif", "dif 10", "directory interchange format", "gcmd"),
    "EML": ("eml", "ecological metadata language", "ecoinformatics.org/eml"),
    "Darwin Core": ("darwin core", "dwc", "dwca", "rs.tdwg.org/dwc"),
    "ABCD": ("abcd", "www.tdwg.org/schemas/abcd"),
    "MIxS": ("mixs", "mimarks", "migs"),
    "CF conventions": ("cf", "cf-1", "cf conventions", "cf convention", "cfconventions"),
    "ACDD": ("acdd",),
    "FGDC CSDGM": ("fgdc", "csdgm"),
    "TEI": ("tei", "www.tei-c.org"),
    "CMDI": ("cmdi", "clarin.eu/cmd"),
    "HL7 FHIR": ("fhir", "hl7.org/fhir"),
    "OMOP CDM": ("omop",),
    "SNOMED CT": ("snomed", "snomed ct"),
    "CDISC": ("cdisc", "sdtm"),
    "HDR UK Dataset Schema": ("hdruk", "hdr uk"),
    "ISA-Tab": ("isa-tab", "isatab", "isa tools"),
    "MIAME": ("miame",),
    "MINSEQE": ("minseqe",),
    "BIDS": ("bids", "brain imaging data structure"),
    "NeXus": ("nexus", "nexusformat"),
    "CIF": ("cif", "mmcif"),
    "VOResource": ("voresource", "ivoa"),
    "FITS": ("fits",),
    "SDMX": ("sdmx",),
    "SensorML": ("sensorml",),
    "O&M": ("o&m", "iso 19156", "www.opengis.net/om"),
    "EDM": ("edm", "europeana data model", "www.europeana.eu/schemas/edm"),
    "CIDOC CRM": ("cidoc", "cidoc crm", "cidoc-crm"),
    "LIDO": ("lido",),
    "OAI-ORE": ("oai-ore", "www.openarchives.org/ore"),
    "MODS": ("mods", "www.loc.gov/mods"),
    "MARC 21": ("marc", "marc21", "marcxml"),
}  # fmt: skip
MACHINE_READABLE = (
    "http://", "https://", "json-ld", "jsonld", "rdf", "xml", "ttl", "turtle", "owl", "xsd",
    "shacl",
)  # fmt: skip

# Vocabularies that every linked description uses; a term of theirs says nothing of the subject.
# They are the 26 that F-UJI v0.8 leaves out, schema.org being one by http and one by https.
GENERIC_NAMESPACES = (
    "ogp.me/ns#", "purl.org/dc/elements/1.1/", "purl.org/dc/terms/", "schema.org/",
    "www.w3.org/1999/02/22-rdf-syntax-ns#", "www.w3.org/1999/xsl/transform",
    "www.w3.org/1999/xhtml/vocab", "www.w3.org/2000/01/rdf-schema#", "www.w3.org/2000/xmlns",
    "www.w3.org/2001/xmlschema#", "www.w3.org/2001/xmlschema-instance",
    "www.w3.org/2002/07/owl#", "www.w3.org/2004/02/skos/core#",
    "www.w3.org/2004/07/xpath-functions", "www.w3.org/2005/sparql-results#",
    "www.w3.org/2005/xpath-functions#", "www.w3.org/2005/xqt-errors#",
    "www.w3.org/2006/vcard/ns#", "www.w3.org/2007/05/powder-s#", "www.w3.org/tr/wd-xsl",
    "www.w3.org/xml/1998/namespace", "www.w3.org/xsl/transform/1.0", "www.w3.org/ns/dcat",
    "www.w3.org/ns/rdfa", "xmlns.com/foaf/0.1/",
)  # fmt: skip
# Addresses there name people, papers, data and code, and are no terms of a vocabulary.
HOSTS_WITHOUT_TERMS = (
    "orcid.org", "doi.org", "ror.org", "isni.org", "zenodo.org", "github.com", "arxiv.org",
    "fairsharing.org", "nbn-resolving.org",
)  # fmt: skip


# Languages of provenance that no discipline owns, and standards that have a place for it.
PROVENANCE_LANGUAGES: dict[str, tuple[str, ...]] = {
    "PROV": ("prov", "prov-o", "www.w3.org/ns/prov", "prov:wasderivedfrom"),
    "PAV": ("pav", "purl.org/pav"),
    "PREMIS": ("premis",),
}
_WITH_PROVENANCE = (
    "DDI", "ISO 19115", "ISO 19139", "EML", "MIAME", "MINSEQE", "ISA-Tab", "BIDS", "HL7 FHIR",
    "RO-Crate", "CIDOC CRM", "OAI-ORE", "SensorML", "O&M",
)  # fmt: skip


def pattern_of(standards: dict[str, tuple[str, ...]]) -> str:
    """Return a pattern, safe for Polars, that a text matches when it names a standard."""
    every = {name for names in standards.values() for name in names}
    # The longest first, and the same in every process: stored scores name a digest of this.
    names = sorted(every, key=lambda name: (-len(name), name))
    return r"(?i)(?:^|[^0-9a-z])(?:" + "|".join(map(re.escape, names)) + r")(?:$|[^0-9a-z])"


GENERIC_PATTERN = pattern_of(GENERIC_STANDARDS)
DISCIPLINARY_PATTERN = pattern_of(DISCIPLINARY_STANDARDS)
PROVENANCE_PATTERN = pattern_of(PROVENANCE_LANGUAGES)
WITH_PROVENANCE_PATTERN = pattern_of(
    {
        **PROVENANCE_LANGUAGES,
        **{
            name: words
            for name, words in {**GENERIC_STANDARDS, **DISCIPLINARY_STANDARDS}.items()
            if name in _WITH_PROVENANCE
        },
    }
)
