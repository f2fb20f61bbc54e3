"""Resource types: DataCite's general types, and the words by which tables mean them.

Source: DataCite Metadata Schema 4.6, resourceTypeGeneral (doi:10.14454/mzv1-5b55; CC BY 4.0).
"""

from functools import cache

GENERAL_TYPES = (
    "Audiovisual", "Award", "Book", "BookChapter", "Collection", "ComputationalNotebook",
    "ConferencePaper", "ConferenceProceeding", "DataPaper", "Dataset", "Dissertation", "Event",
    "Image", "Instrument", "InteractiveResource", "Journal", "JournalArticle", "Model",
    "OutputManagementPlan", "PeerReview", "PhysicalObject", "Preprint", "Project", "Report",
    "Service", "Software", "Sound", "Standard", "StudyRegistration", "Text", "Workflow", "Other",
)  # fmt: skip

_WORDS = {
    "Dataset": (
        "data", "data set", "datasets", "datensatz", "datensätze", "jeu de données",
        "jeux de données", "conjunto de datos", "conjunto de dados", "insieme di dati",
        "gegevensset",
        "zbiór danych", "набор данных", "数据集", "データセット", "research data",
        "forschungsdaten",
        "données de recherche", "spreadsheet", "table", "tabular", "database", "datenbank",
        "survey",
        "survey data", "vector data", "raster data", "occurrence", "checklist", "sampling event",
        "sampling_event", "raw", "derivative", "dctype:dataset",
        "info:eu-repo/semantics/other dataset",
        "http://purl.org/coar/resource_type/c_ddb1", "http://purl.org/dc/dcmitype/dataset",
        "statistical data", "observational data", "experimental data", "measurement",
    ),
    "Collection": ("collections", "sammlung", "series", "serie", "dataset series", "fonds"),
    "Software": ("code", "source code", "script", "scripts", "programm", "logiciel", "program"),
    "Image": ("images", "picture", "photo", "photograph", "figure", "map", "karte", "carte",
        "bild"),
    "Text": ("document", "documents", "article", "publication", "dokument", "texte"),
    "Audiovisual": ("video", "film", "moving image", "movie"),
    "Sound": ("audio", "recording", "ton"),
    "Service": ("web service", "api", "dienst", "wms", "wfs", "service web"),
    "Model": ("models", "simulation", "modell", "modèle"),
    "Report": ("bericht", "rapport", "informe", "technical report"),
    "PhysicalObject": ("physical object", "specimen", "sample", "probe"),
    "InteractiveResource": ("interactive resource", "website", "web page", "web application"),
    "Workflow": ("workflows", "pipeline"),
}  # fmt: skip


def general_type_of(text: str) -> str | None:
    """Return the DataCite general type that a text means, ``None`` where it means none."""
    folded = " ".join(text.split()).casefold()
    return _types().get(folded) or _types().get(folded.replace(" ", "").replace("_", ""))


@cache
def _types() -> dict[str, str]:
    types = {name.casefold(): name for name in GENERAL_TYPES}
    types |= {word: name for name, words in _WORDS.items() for word in words}
    return types
