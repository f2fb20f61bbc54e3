"""How resources are related, and identifiers that name data.

Sources: the relation types of the DataCite Metadata Schema 4.6; DOI prefixes and accession schemes
of data repositories (re3data, identifiers.org); facts.
"""

RELATION_TYPES = (
    "IsCitedBy", "Cites", "IsSupplementTo", "IsSupplementedBy", "IsContinuedBy", "Continues",
    "IsDescribedBy", "Describes", "HasMetadata", "IsMetadataFor", "HasVersion", "IsVersionOf",
    "IsNewVersionOf", "IsPreviousVersionOf", "IsPartOf", "HasPart", "IsPublishedIn",
    "IsReferencedBy", "References", "IsDocumentedBy", "Documents", "IsCompiledBy", "Compiles",
    "IsVariantFormOf", "IsOriginalFormOf", "IsIdenticalTo", "IsReviewedBy", "Reviews",
    "IsDerivedFrom", "IsSourceOf", "IsRequiredBy", "Requires", "IsObsoletedBy", "Obsoletes",
    "IsCollectedBy", "Collects", "IsTranslationOf", "HasTranslation",
)  # fmt: skip

# Relations to an earlier or later state, which tell where data come from, as F-UJI reads them.
ORIGIN_RELATIONS = (
    "IsVersionOf", "HasVersion", "IsNewVersionOf", "IsPreviousVersionOf", "IsReplacedBy",
    "Replaces", "Obsoletes", "IsObsoletedBy", "IsFormatOf", "HasFormat", "IsDerivedFrom",
    "IsBasedOn",
)  # fmt: skip

# Relations that lead from data to data.
DATA_RELATIONS = (
    "IsDerivedFrom", "IsSourceOf", "IsNewVersionOf", "IsPreviousVersionOf", "IsVersionOf",
    "HasVersion", "IsVariantFormOf", "IsOriginalFormOf", "IsIdenticalTo", "HasPart",
    "IsSupplementedBy",
)  # fmt: skip

# Zenodo, Dryad, figshare, PANGAEA, Dataverse, OpenNeuro, Mendeley Data, GBIF, UK Data Service,
# Harvard Dataverse, ICPSR, 4TU, GFZ, DKRZ; GEO, SRA and BioProject; identifiers.org.
DATA_TARGET = (
    r"(?i)10\.(?:5281/zenodo|5061/dryad|6084/m9|1594/pangaea|18112/openneuro|17632/|15468/"
    r"|5255/ukda|7910/dvn|3886/icpsr|4121/|5880/|1594/|26050/wdcc|5067/)"
    r"|(?:geo:|gse)[0-9]+|prj(?:na|eb|db)[0-9]+|[sed]r[px][0-9]{5,}|ds[0-9]{6}\b"
)
