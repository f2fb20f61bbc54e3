"""Golden rows of facts about the files: size, and whether their format is open and lasts."""

from fairdb_core.indicators import State

MET, UNMET = State.MET, State.UNMET

GOLDEN = {
    "states_size_and_format": [
        (MET, {"size": "1.2 GB", "formats": ["CSV"]}),
        (MET, {"size": "1.2 GB", "media_types": ["text/csv"]}),
        (MET, {"service_url": ["https://example.org/wfs"], "formats": ["WFS"]}),
        (UNMET, {"size": "1.2 GB"}),
        (UNMET, {"formats": ["CSV"], "media_types": ["text/csv"]}),
        (UNMET, {"service_url": ["https://example.org/wfs"]}),
        (UNMET, {"service_url": ["https://example.org/wfs"], "size": "1.2 GB"}),
        (UNMET, {"size": "1.2 GB", "download_url": ["https://example.org/17.csv"]}),
        (UNMET, {}),
    ],
    "format_is_open_or_scientific": [
        (MET, {"formats": ["CSV"]}),
        (MET, {"formats": [".csv"]}),
        (MET, {"formats": ["DOCX", "NetCDF"]}),
        (MET, {"formats": ["SPSS"]}),
        (MET, {"formats": ["PDF/A"]}),
        (MET, {"media_types": ["text/csv; charset=utf-8"]}),
        (MET, {"media_types": ["application/ld+json"]}),
        (MET, {"download_url": ["https://example.org/17.csv"]}),
        (MET, {"download_url": ["https://example.org/17.CSV?download=1"]}),
        (MET, {"download_url": ["https://example.org/17.json#part"]}),
        (MET, {"download_url": ["https://example.org/read.doc", "https://example.org/17.csv"]}),
        # The report beside the table does not make the table worse.
        (MET, {"formats": ["PDF"], "download_url": ["https://example.org/17.csv"]}),
        (MET, {"media_types": ["application/vnd.soil+json"]}),
        (MET, {"media_types": ["APPLICATION/VND.SOIL+XML"]}),
        (MET, {"media_types": ["application/atom+xml; type=entry"]}),
        (UNMET, {"media_types": ["application/xml-dtd"]}),
        (UNMET, {"media_types": ["text/x-unheard-of"]}),
        # The endings of hosts: Moldova and New Caledonia, not Markdown and NetCDF.
        (UNMET, {"download_url": ["https://example.md", "https://example.nc"]}),
        (UNMET, {"formats": ["XLSX"]}),
        (UNMET, {"formats": ["ZIP", "tar.gz", "HTML"]}),
        (UNMET, {"media_types": ["application/zip", "application/xhtml+xml", "text/html"]}),
        (UNMET, {"download_url": ["https://example.org/17.zip", "https://example.org/17.htm"]}),
        (MET, {"formats": ["CSV"], "download_url": ["https://example.org/17.zip"]}),
        (MET, {"formats": ["Darwin Core Archive"], "media_types": ["application/zip"]}),
        (MET, {"media_types": ["application/x-esri-shape"]}),
        (UNMET, {"formats": ["DOCX", "PDF"]}),
        (UNMET, {"formats": ["something"]}),
        (UNMET, {"media_types": ["application/octet-stream"]}),
        (UNMET, {"download_url": ["https://example.org/17.xlsx"]}),
        (UNMET, {"download_url": ["https://example.org/17"]}),
        (UNMET, {"download_url": ["https://example.org/csv"]}),
        (UNMET, {"access_url": "https://example.org/17.csv"}),
        (UNMET, {}),
    ],
}
