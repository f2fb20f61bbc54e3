"""The words that made-up records are put together from; nobody and nothing in them is real."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """What a collection is about."""

    measured: tuple[str, ...]
    places: tuple[str, ...]
    methods: tuple[str, ...]
    keywords: tuple[str, ...]
    people: tuple[str, ...]
    formats: tuple[str, ...]
    standards: tuple[str, ...]
    access: tuple[str, ...]


EARTH = Subject(
    measured=(
        "Soil moisture at three depths", "Nitrate in groundwater", "River discharge",
        "Leaf area index of beech", "Air temperature at two metres", "Aerosol particle counts",
        "Bathymetry", "Snow water equivalent", "Sediment grain sizes", "Radon in soil gas",
        "Earthworm abundance", "Phenology of fruit trees", "Eddy covariance fluxes",
    ),
    places=(
        "Upper Rhine valley", "Kaiserstuhl", "Lake Constance", "Northern Black Forest", "Vosges",
        "Hegau", "Breisgau", "Kraichgau", "Palatinate Forest", "Swabian Alb", "Basel basin",
    ),
    methods=(
        "logged every ten minutes", "sampled by hand each month", "measured by drone",
        "read from automatic stations", "taken from cores of one metre",
    ),
    keywords=(
        "soil", "groundwater", "climate", "river", "forest", "nitrate", "time series", "ecology",
        "hydrology", "phenology",
    ),
    people=(
        "Brandt, Ilse", "Okafor, Daniel", "Meyer, Johanna", "Rossi, Paolo", "Nguyen, Linh",
        "Kowalski, Ewa", "Schmid, Peter", "Haddad, Rana",
    ),
    formats=("CSV", "NetCDF", "XLSX", "GeoTIFF", "ZIP", "Shapefile"),
    standards=("ISO 19115", "CF Conventions 1.8", "Darwin Core"),
    access=("open access", "open access", "restricted access"),
)  # fmt: skip

HEALTH = Subject(
    measured=(
        "Blood pressure of adults", "Sleep diaries", "Vaccination records",
        "Gait analysis after hip surgery", "Growth of infants", "Diabetes follow-up",
        "Hearing thresholds", "Nutrition questionnaires", "Emergency admissions",
        "Retinal photographs", "Lung function of miners",
    ),
    places=(
        "university hospital", "city of Freiburg", "three rural practices", "twelve schools",
        "cohort north", "cohort south", "rehabilitation centre", "maternity ward",
    ),
    methods=(
        "collected with consent", "exported from the clinic's system", "asked by telephone",
        "measured at two visits", "coded with ICD-10",
    ),
    keywords=(
        "cohort", "public health", "cardiology", "children", "questionnaire", "diabetes",
        "surgery", "epidemiology", "rehabilitation",
    ),
    people=(
        "Weiss, Clara", "Adeyemi, Tola", "Fischer, Martin", "Larsen, Ida", "Sato, Kenji",
        "Moreau, Lucie", "Becker, Tom",
    ),
    formats=("CSV", "SPSS", "XLSX", "DICOM", "Stata"),
    standards=("CDISC SDTM", "HL7 FHIR R4", "OMOP CDM"),
    access=("restricted access", "restricted access", "metadata only", "embargoed access"),
)  # fmt: skip

CULTURE = Subject(
    measured=(
        "Recorded tales", "Dialect questionnaires", "Letters of emigrants", "Place names",
        "Museum photographs", "Song notations", "Glossed interviews", "Field notebooks",
        "Inscriptions", "Weaving patterns", "Parish registers",
    ),
    places=(
        "Alsace", "Engadine", "Aosta valley", "Upper Valais", "South Tyrol", "Brittany",
        "Friuli", "Lusatia", "Åland", "Setesdal",
    ),
    methods=(
        "transcribed by two people", "scanned at 600 dpi", "recorded in the field",
        "annotated with ELAN", "copied from private holdings",
    ),
    keywords=(
        "dialect", "oral history", "folk music", "toponymy", "manuscripts", "museum",
        "minority language", "migration",
    ),
    people=(
        "Caduff, Ursina", "Le Goff, Yann", "Nordin, Elsa", "Petrova, Mila", "Zanier, Luca",
        "Hofer, Resi",
    ),
    formats=("WAV", "TIFF", "PDF", "XML", "DOCX", "CSV"),
    standards=("TEI P5", "CMDI", "Dublin Core"),
    access=("open access", "restricted access", "embargoed access"),
)  # fmt: skip
