"""File formats: names, extensions and media types, and which are open, machine-readable, standard.

Sources: the machine-readable and non-proprietary lists of the data.europa.eu MQA, by their codes;
IANA media types; F-UJI v0.8's groups of open, long-term and scientific formats; facts.
"""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One file format.

    Attributes:
        name: How it is written canonically.
        media_type: Its IANA media type, empty where it has none.
        words: Extensions and other names, lower case.
        traits: Of ``open`` (not proprietary), ``machine`` (machine-readable), ``lasting`` (fit
            for long-term preservation) and ``science`` (made for scientific data).
    """

    name: str
    media_type: str
    words: tuple[str, ...]
    traits: frozenset[str]


def _rows(text: str) -> tuple[FileFormat, ...]:
    formats = []
    for line in text.strip().splitlines():
        name, media_type, words, traits = (part.strip() for part in line.split("|"))
        formats.append(
            FileFormat(
                name,
                media_type,
                tuple(word.strip() for word in words.split(",") if word.strip()),
                frozenset(traits.split()),
            )
        )
    return tuple(formats)


FORMATS = _rows("""
CSV|text/csv|comma separated values,comma-separated values,csv file,.csv|open machine lasting
TSV|text/tab-separated-values|tab,tab separated values,tab-separated values|open machine lasting
TXT|text/plain|text,plain text,ascii,asc,dat|open lasting
JSON|application/json|json file|open machine lasting
JSON-LD|application/ld+json|json_ld,jsonld|open machine lasting
GeoJSON|application/geo+json|geo json,geojson file|open machine lasting science
TopoJSON|application/json|topo json|open machine
JSON Lines|application/x-ndjson|ndjson,jsonl|open machine
XML|application/xml|text/xml,xml file|open machine lasting
RDF/XML|application/rdf+xml|rdf,rdf_xml,rdf xml|open machine lasting
Turtle|text/turtle|ttl,rdf_turtle|open machine lasting
N-Triples|application/n-triples|nt,rdf_n_triples,ntriples|open machine lasting
N-Quads|application/n-quads|nq,rdf_n_quads,nquads|open machine lasting
TriG|application/trig|rdf_trig|open machine lasting
RDFa|application/xhtml+xml|rdfa|open machine
HTML|text/html|htm,web page,website|open
RSS|application/rss+xml|atom,rss feed|open machine
ICS|text/calendar|icalendar|open machine
KML|application/vnd.google-earth.kml+xml|google earth|open machine science
KMZ|application/vnd.google-earth.kmz|kmz file|open machine science
GML|application/gml+xml|geography markup language|open machine lasting science
GPX|application/gpx+xml|gpx file|open machine
Shapefile|application/vnd.shp|shp,esri shapefile,shape file,shapefiles,shape|machine science
GeoPackage|application/geopackage+sqlite3|gpkg|open machine lasting science
GeoTIFF|image/tiff; application=geotiff|geotif,cog,cloud optimised|open machine lasting science
TIFF|image/tiff|tif|open lasting
PNG|image/png|png file|open lasting
JPEG|image/jpeg|jpg,jpeg file|open lasting
JPEG 2000|image/jp2|jp2,jpeg2000|open lasting
BMP|image/bmp|bitmap|open
GIF|image/gif|gif file|open
SVG|image/svg+xml|svg file|open lasting
WMS|application/vnd.ogc.wms_xml|wms_srvc,ogc wms,web map service|open machine
WFS|application/vnd.ogc.wfs_xml|wfs_srvc,ogc wfs,web feature service|open machine
WMTS|application/vnd.ogc.wmts+xml|wmts_srvc|open
ArcGIS Feature Service|application/json|esri rest,featureserver,mapserver,arcgis rest|machine
NetCDF|application/netcdf|nc,netcdf4,netcdf-4,application/x-netcdf,nc4|open machine lasting science
HDF5|application/x-hdf5|h5,hdf,hdf4,hdf-5,hdf-eos,application/x-hdf|open machine lasting science
Zarr|application/vnd.zarr|zarr store|open machine science
GRIB|application/wmo-grib|grb,grib2,grb2|open machine lasting science
FITS|application/fits|fit,image/fits|open machine lasting science
FASTA|text/x-fasta|fa,fna,faa,chemical/seq-aa-fasta|open machine lasting science
FASTQ|text/x-fastq|fq|open machine lasting science
SAM|application/x-sam|sequence alignment map|open machine science
BAM|application/x-bam|binary alignment map|open machine science
CRAM|application/x-cram|cram file|open machine science
VCF|text/x-vcf|variant call format|open machine science
BED|text/x-bed|bed file|open machine science
GFF|text/x-gff|gff3,gtf|open machine science
PDB|chemical/x-pdb|protein data bank|open machine lasting science
CIF|chemical/x-cif|mmcif|open machine lasting science
mzML|application/x-mzml|mzxml,mztab|open machine science
JCAMP-DX|chemical/x-jcamp-dx|jdx,dx|open machine lasting science
MOL|chemical/x-mdl-molfile|sdf,mol2|open machine science
NIfTI|application/x-nifti|nii,nii.gz|open machine science
DICOM|application/dicom|dcm|open machine lasting science
EDF|application/x-edf|bdf,edf+|open machine science
BIDS|application/x-bids|brain imaging data structure|open machine science
EML|application/xml|ecological metadata language|open machine science
SDMX|application/vnd.sdmx.data+json|sdmx-ml,sdmx-json|open machine science
PX|text/x-px|pc-axis,px-web|open machine
ARFF|text/x-arff|weka|open machine science
LAS|application/vnd.las|laz,lidar|open machine science
PLY|model/ply|polygon file format|open machine science
OBJ|model/obj|wavefront|open
STL|model/stl|stereolithography|open
Parquet|application/vnd.apache.parquet|apache parquet,pq|open machine science
Arrow|application/vnd.apache.arrow.file|feather,ipc|open machine science
Avro|application/avro|apache avro|open machine
SQL|application/sql|sql dump|open machine
SQLite|application/vnd.sqlite3|sqlite3,db,spatialite|open machine lasting
DBF|application/dbase|dbase|open machine
ODS|application/vnd.oasis.opendocument.spreadsheet|opendocument spreadsheet|open machine lasting
ODT|application/vnd.oasis.opendocument.text|opendocument text|open lasting
XLSX|application/vnd.openxmlformats-officedocument.spreadsheetml.sheet|excel xlsx,excel|machine
XLS|application/vnd.ms-excel|excel xls,ms excel,microsoft excel|machine
DOCX|application/vnd.openxmlformats-officedocument.wordprocessingml.document|word|
DOC|application/msword|ms word|
PPTX|application/vnd.openxmlformats-officedocument.presentationml.presentation|powerpoint,ppt|
ACCDB|application/x-msaccess|mdb,access,ms access|
PDF|application/pdf|pdf file,adobe pdf|
PDF/A|application/pdf|pdfa,pdf-a|open lasting
RTF|application/rtf|rich text|open
Markdown|text/markdown|md|open
LaTeX|application/x-latex|tex|open
SPSS|application/x-spss-sav|sav,por,zsav,spss sav|machine science
Stata|application/x-stata-dta|dta|machine science
SAS|application/x-sas-data|sas7bdat,xpt,sas transport|machine science
R data|application/x-r-data|rdata,rda,rds|open machine science
R script|text/x-r-source|r|open
Python|text/x-python|py|open
Jupyter Notebook|application/x-ipynb+json|ipynb|open machine
NumPy|application/x-npy|npy,npz|open machine science
MATLAB|application/x-matlab-data|mat,matlab file|machine science
File Geodatabase|application/x-filegdb|gdb,fgdb,esri geodatabase,file geodatabase|machine science
DWG|image/vnd.dwg|autocad|
DXF|image/vnd.dxf|drawing exchange|machine
WAV|audio/wav|wave,audio/x-wav|open lasting
FLAC|audio/flac|flac file|open lasting
MP3|audio/mpeg|mpeg audio|open
MP4|video/mp4|mpeg-4,m4v|open lasting
MKV|video/matroska|matroska|open lasting
AVI|video/x-msvideo|avi file|
MOV|video/quicktime|quicktime|
ZIP|application/zip|zip file,application/x-zip-compressed,zip archive|open
Darwin Core Archive|application/zip|dwca,dwc-a,dwc archive|open machine lasting science
GZIP|application/gzip|gz,tgz,tar.gz,application/x-gzip|open
TAR|application/x-tar|tarball|open
7z|application/x-7z-compressed|7zip|open
RAR|application/vnd.rar|rar archive|
""")

# Further media types by which repositories name the same formats.
_OTHER_MEDIA_TYPES: dict[str, tuple[str, ...]] = {
    "Shapefile": (
        "application/x-esri-shape", "application/x-shapefile", "application/zipped-shapefile",
        "application/shp",
    ),
    "GeoTIFF": ("image/geotiff",),
    "JPEG": ("image/jpg",),
    "JPEG 2000": ("image/jpx", "image/jpeg2000", "image/x-jpeg2000-image"),
    "GRIB": ("application/x-grib", "application/wmo-grib2"),
    "FASTA": ("chemical/seq-na-fasta",),
    "FASTQ": ("chemical/seq-na-fastq",),
    "GFF": ("text/x-gff3",),
    "CIF": ("chemical/x-mmcif",),
    "MOL": ("chemical/x-mdl-sdfile", "chemical/x-mol2"),
    "STL": ("model/x.stl-ascii", "model/x.stl-binary", "application/sla"),
    "DBF": ("application/dbf",),
    "SPSS": ("application/x-spss-por", "application/x-spss-portable"),
    "Stata": ("application/x-stata", "application/x-stata-13", "application/x-stata-14"),
    "SAS": ("application/x-sas", "application/x-sas-transport", "application/x-sas-system"),
    "MATLAB": ("application/matlab-mat", "application/x-matlab-workspace"),
    "WAV": ("audio/wave", "audio/vnd.wave"),
    "MP3": ("audio/mp3",),
    "MP4": ("application/mp4",),
}  # fmt: skip

# The lists of the data.europa.eu MQA, by the names above.
MQA_MACHINE_READABLE = frozenset(
    {
        "CSV", "GeoJSON", "ICS", "JSON", "JSON-LD", "KML", "KMZ", "NetCDF", "ODS", "RDFa",
        "N-Quads", "N-Triples", "TriG", "Turtle", "RDF/XML", "RSS", "Shapefile", "XLS", "XLSX",
        "XML",
    }
)  # fmt: skip
MQA_NON_PROPRIETARY = frozenset(
    {
        "BMP", "CSV", "DBF", "GeoJSON", "GZIP", "HTML", "ICS", "JPEG 2000", "JSON", "JSON-LD",
        "KML", "KMZ", "NetCDF", "ODS", "PNG", "N-Quads", "N-Triples", "TriG", "Turtle", "RDF/XML",
        "RSS", "RTF", "TAR", "TIFF", "TSV", "TXT", "WMS", "XML", "ZIP",
    }
)  # fmt: skip


def format_of(text: str) -> FileFormat | None:
    """Return the format that a name, extension or media type means, ``None`` where it means none.

    Args:
        text: For example ``.csv``, ``text/csv; charset=utf-8``, or an EU file-type address.
    """
    folded = " ".join(text.split()).casefold()
    folded = folded.rsplit("/authority/file-type/", 1)[-1]
    known = _by_word()
    if folded in known:
        return known[folded]
    bare = folded.lstrip("*.").split(";", 1)[0].strip()
    return known.get(bare) or known.get(bare.replace("_", " "))


def format_of_url(url: str) -> FileFormat | None:
    """Return the format that the file name in an address means."""
    path = url.split("?", 1)[0].split("#", 1)[0]
    name = path.rsplit("/", 1)[-1]
    if "." not in name or "://" not in path or path.count("/") <= 2:  # noqa: PLR2004 - host only
        return None
    return _by_word().get(name.rsplit(".", 1)[-1].casefold())


def is_media_type(text: str) -> bool:
    """Return whether a text has the form of a media type with a registered top level."""
    top, slash, rest = text.strip().casefold().partition("/")
    return bool(slash and rest and " " not in rest.split(";")[0]) and top in TOP_LEVEL_TYPES


TOP_LEVEL_TYPES = frozenset(
    {
        "application", "audio", "chemical", "example", "font", "haptics", "image", "message",
        "model", "multipart", "text", "video",
    }
)  # fmt: skip


@cache
def _by_word() -> dict[str, FileFormat]:
    words: dict[str, FileFormat] = {}
    for file_format in FORMATS:
        others = (*file_format.words, *_OTHER_MEDIA_TYPES.get(file_format.name, ()))
        for word in (file_format.name.casefold(), file_format.media_type, *others):
            if word:
                words.setdefault(word, file_format)
    return words
