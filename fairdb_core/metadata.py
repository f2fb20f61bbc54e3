"""The canonical fields of a dataset's metadata: one row a field, and nothing else knows them.

Terms follow DataCite Metadata Schema 4.6, DCAT 3 with Dublin Core terms, and schema.org.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial


class Kind(StrEnum):
    """What a field's values are, which decides how they are normalised and shown."""

    TEXT = "text"
    LONG_TEXT = "long text"
    NAME = "name"
    IDENTIFIER = "identifier"
    DATE = "date"
    PERIOD = "period"
    URL = "URL"
    LICENSE = "licence"
    ACCESS_RIGHTS = "access rights"
    LANGUAGE = "language"
    FORMAT = "format"
    MEDIA_TYPE = "media type"
    RESOURCE_TYPE = "resource type"
    SIZE = "size"
    EMAIL = "e-mail"
    BOX = "bounding box"


@dataclass(frozen=True, slots=True)
class Field:
    """One canonical field.

    Attributes:
        name: The stable key, used in storage and in mappings.
        title: The name on screens.
        help: One sentence for the form, the template and the wizard.
        kind: What the values are.
        is_many: Whether a record may hold several values.
        datacite: The DataCite property, empty where there is none.
        dcat: The DCAT or Dublin Core term, empty where there is none.
        schema_org: The schema.org property, empty where there is none.
        example: A value that is right, for templates and advice.
        is_own: Whether a value belongs to one dataset alone, so that several hardly share it.
    """

    name: str
    title: str
    help: str
    kind: Kind
    is_many: bool
    datacite: str
    dcat: str
    schema_org: str
    example: str
    is_own: bool = False

    @property
    def has_vocabulary(self) -> bool:
        """Whether values are terms of a list, so that the example is one that many share."""
        return self.kind in _WITH_VOCABULARY


_WITH_VOCABULARY = frozenset(
    {
        Kind.LICENSE, Kind.ACCESS_RIGHTS, Kind.LANGUAGE, Kind.FORMAT, Kind.MEDIA_TYPE,
        Kind.RESOURCE_TYPE,
    }
)  # fmt: skip


def _field(
    name: str,
    title: str,
    kind: Kind,
    terms: tuple[str, str, str],
    *texts: str,
    is_many: bool,
    is_own: bool = False,
) -> Field:
    help_text, example = texts
    return Field(name, title, help_text, kind, is_many, *terms, example, is_own)


_one = partial(_field, is_many=False)
_many = partial(_field, is_many=True)


FIELDS: tuple[Field, ...] = (
    _one(
        "identifier", "Identifier", Kind.IDENTIFIER,
        ("Identifier", "dct:identifier", "identifier"),
        "The dataset's own persistent identifier, or your own stable number.",
        "https://doi.org/10.5061/dryad.8515", is_own=True,
    ),
    _one(
        "title", "Title", Kind.TEXT, ("Title", "dct:title", "name"),
        "The name by which the dataset is known.", "Soil moisture in the Upper Rhine, 2015–2020",
        is_own=True,
    ),
    _one(
        "description", "Description", Kind.LONG_TEXT,
        ("Description", "dct:description", "description"),
        "What the data are, how and why they were made, in a few sentences.",
        "Hourly soil moisture at 24 stations, measured with TDR probes at three depths.",
        is_own=True,
    ),
    _many(
        "creators", "Creators", Kind.NAME, ("Creator", "dct:creator", "creator"),
        "People or organisations that made the data.", "Curie, Marie",
    ),
    _many(
        "contributors", "Contributors", Kind.NAME,
        ("Contributor", "dct:contributor", "contributor"),
        "People or organisations that helped to make or manage the data.", "Lovelace, Ada",
    ),
    _one(
        "publisher", "Publisher", Kind.NAME, ("Publisher", "dct:publisher", "publisher"),
        "The organisation or repository that publishes the dataset.", "Zenodo",
    ),
    _one(
        "publication_date", "Publication date", Kind.DATE,
        ("PublicationYear", "dct:issued", "datePublished"),
        "When the dataset was or will be made public; a year is enough.", "2024-05-17",
    ),
    _one(
        "modified_date", "Last modified", Kind.DATE,
        ("Date (Updated)", "dct:modified", "dateModified"),
        "When the dataset was last changed.", "2025-01-31",
    ),
    _one(
        "creation_date", "Created", Kind.DATE, ("Date (Created)", "dct:created", "dateCreated"),
        "When the data were made.", "2023-11-02",
    ),
    _one(
        "resource_type", "Resource type", Kind.RESOURCE_TYPE,
        ("ResourceType", "dct:type", "additionalType"),
        "What kind of thing it is, in DataCite's general types.", "Dataset",
    ),
    _many(
        "subjects", "Subjects", Kind.TEXT, ("Subject (with scheme)", "dct:subject", "about"),
        "Terms from a vocabulary or classification, best as their URIs.",
        "http://aims.fao.org/aos/agrovoc/c_7208",
    ),
    _many(
        "keywords", "Keywords", Kind.TEXT, ("Subject", "dcat:keyword", "keywords"),
        "Free words that people search for.", "soil moisture",
    ),
    _many(
        "theme", "Theme", Kind.TEXT, ("Subject", "dcat:theme", "about"),
        "The category of a catalogue, for example an EU data theme.",
        "http://publications.europa.eu/resource/authority/data-theme/ENVI",
    ),
    _many(
        "language", "Language", Kind.LANGUAGE, ("Language", "dct:language", "inLanguage"),
        "The language of the data, as an ISO 639 code.", "en",
    ),
    _one(
        "license", "Licence", Kind.LICENSE, ("Rights", "dct:license", "license"),
        "Under which terms the data may be reused, best as an SPDX identifier.", "CC-BY-4.0",
    ),
    _one(
        "license_url", "Licence URL", Kind.URL, ("rightsURI", "dct:license", "license"),
        "The address of the licence text.", "https://creativecommons.org/licenses/by/4.0/",
    ),
    _one(
        "access_rights", "Access rights", Kind.ACCESS_RIGHTS,
        ("Rights", "dct:accessRights", "conditionsOfAccess"),
        "Who may get the data: open, embargoed, restricted or metadata only.", "open access",
    ),
    _one(
        "rights_holder", "Rights holder", Kind.NAME,
        ("Contributor (RightsHolder)", "dct:rightsHolder", "copyrightHolder"),
        "Who owns the rights in the data.", "University of Mannheim",
    ),
    _one(
        "embargo_date", "Embargo until", Kind.DATE,
        ("Date (Available)", "dct:available", "datePublished"),
        "From when the data may be used.", "2027-01-01",
    ),
    _one(
        "access_url", "Landing page", Kind.URL, ("", "dcat:landingPage", "url"),
        "The web page that describes the dataset.", "https://zenodo.org/records/1234567",
        is_own=True,
    ),
    _many(
        "download_url", "Download URL", Kind.URL, ("", "dcat:downloadURL", "contentUrl"),
        "The address of the data themselves.",
        "https://zenodo.org/records/1234567/files/moisture.csv", is_own=True,
    ),
    _many(
        "service_url", "Service URL", Kind.URL, ("", "dcat:endpointURL", "potentialAction"),
        "The address of a service that gives out the data.",
        "https://example.org/wfs?service=WFS",
    ),
    _one(
        "metadata_url", "Metadata URL", Kind.URL,
        ("RelatedIdentifier (HasMetadata)", "dcat:CatalogRecord", "subjectOf"),
        "The address of this description in a machine-readable form.",
        "https://example.org/records/17.jsonld", is_own=True,
    ),
    _many(
        "formats", "Formats", Kind.FORMAT, ("Format", "dct:format", "encodingFormat"),
        "File formats of the data.", "CSV",
    ),
    _many(
        "media_types", "Media types", Kind.MEDIA_TYPE,
        ("Format", "dcat:mediaType", "encodingFormat"),
        "IANA media types of the data files.", "text/csv",
    ),
    _one(
        "size", "Size", Kind.SIZE, ("Size", "dcat:byteSize", "contentSize"),
        "How large the data are, with the unit.", "1.2 GB", is_own=True,
    ),
    _one(
        "checksum", "Checksum", Kind.TEXT, ("", "spdx:checksum", "sha256"),
        "A hash of the data file, with its algorithm.", "sha256:9f86d081884c7d65", is_own=True,
    ),
    _one(
        "version", "Version", Kind.TEXT, ("Version", "dcat:version", "version"),
        "The version of the data.", "1.2.0",
    ),
    _one(
        "status", "Status", Kind.TEXT, ("", "adms:status", "creativeWorkStatus"),
        "Where the dataset is in its life, for example completed or deprecated.", "completed",
    ),
    _one(
        "update_frequency", "Update frequency", Kind.TEXT,
        ("", "dct:accrualPeriodicity", ""),
        "How often the data are renewed.", "annual",
    ),
    _many(
        "related_identifiers", "Related resources", Kind.IDENTIFIER,
        ("RelatedIdentifier", "dct:relation", "isBasedOn"),
        "Papers, datasets or code that belong to it; a DOI or URL, best with its relation first.",
        "IsSupplementTo:10.1038/s41586-020-2649-2",
    ),
    _many(
        "alternate_identifier", "Other identifiers", Kind.IDENTIFIER,
        ("AlternateIdentifier", "adms:identifier", "identifier"),
        "Other numbers under which the same dataset is known.", "ds000001", is_own=True,
    ),
    _many(
        "alternative_title", "Other titles", Kind.TEXT,
        ("Title (AlternativeTitle)", "dct:alternative", "alternateName"),
        "Short names, former names, translated titles.", "Bodenfeuchte am Oberrhein", is_own=True,
    ),
    _one(
        "collection", "Part of", Kind.TEXT,
        ("RelatedIdentifier (IsPartOf)", "dct:isPartOf", "isPartOf"),
        "The series or collection that the dataset belongs to.", "Rhine observatory",
    ),
    _many(
        "funding", "Funding", Kind.TEXT, ("FundingReference", "", "funding"),
        "Who paid for it, with the grant number.", "DFG, 390727645",
    ),
    _many(
        "spatial_coverage", "Spatial coverage", Kind.TEXT,
        ("GeoLocation", "dct:spatial", "spatialCoverage"),
        "The places that the data are about.", "Upper Rhine valley",
    ),
    _one(
        "spatial_bbox", "Bounding box", Kind.BOX,
        ("geoLocationBox", "dcat:bbox", "spatialCoverage"),
        "West, south, east and north in degrees.", "7.5,47.5,8.6,50.0",
    ),
    _many(
        "temporal_coverage", "Temporal coverage", Kind.PERIOD,
        ("Date (Coverage)", "dct:temporal", "temporalCoverage"),
        "The time that the data are about.", "2015-01-01/2020-12-31",
    ),
    _one(
        "temporal_start", "Coverage from", Kind.DATE,
        ("Date (Coverage)", "dcat:startDate", "temporalCoverage"),
        "Start of the time that the data are about.", "2015-01-01",
    ),
    _one(
        "temporal_end", "Coverage to", Kind.DATE,
        ("Date (Coverage)", "dcat:endDate", "temporalCoverage"),
        "End of the time that the data are about.", "2020-12-31",
    ),
    _many(
        "conforms_to", "Conforms to", Kind.TEXT, ("", "dct:conformsTo", "schemaVersion"),
        "The metadata standard or schema that the description follows.", "ISO 19115-3",
    ),
    _one(
        "provenance", "Provenance", Kind.LONG_TEXT,
        ("Description (Methods)", "dct:provenance", "isBasedOn"),
        "Where the data come from and what was done to them.",
        "Derived from raw logger files; gaps under 3 h were interpolated.",
    ),
    _one(
        "contact_name", "Contact", Kind.NAME,
        ("Contributor (ContactPerson)", "dcat:contactPoint", "contactPoint"),
        "Who answers questions about the data.", "Data Stewardship Team",
    ),
    _one(
        "contact_email", "Contact e-mail", Kind.EMAIL,
        ("Contributor (ContactPerson)", "vcard:hasEmail", "contactPoint"),
        "The address for questions about the data.", "data@example.org",
    ),
)  # fmt: skip

FIELD_BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}
