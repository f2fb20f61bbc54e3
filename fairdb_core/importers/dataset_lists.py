"""Whether the rows of a table are datasets at all, by what its columns are called and hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from fairdb_core.domain.uploads import ColumnMapping, Problem, Severity
from fairdb_core.importers.header_words import words_of

_MOSTLY_NUMBERS = 0.75
_FEWEST_COLUMNS = 4
_ROWS = 500


@dataclass(frozen=True, slots=True)
class _Kind:
    """Something else that rows can be.

    Attributes:
        name: In plain words.
        signs: Each a set of header words, of which all have to be in one header.
        least: How many signs have to be there.
    """

    name: str
    signs: tuple[frozenset[str], ...]
    least: int


def _signs(text: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(sign.split()) for sign in text.split(";"))


_KINDS = (
    _Kind(
        "publications",
        _signs(
            "journal;volume;issue;pages;pagination;issn;isbn;pmid;pmcid;times cited;citation count;"
            "impact factor;conference;booktitle;zeitschrift;band;heft;seiten;revue;revista;"
            "anthology title;publication type;article title;first page;last page;start page;"
            "end page;mesh terms;journal title;source title;cited by;volumen;numero;paginas;"
            "rivista;fascicolo;pagine;tijdschrift;jaargang;czasopismo;tidskrift;tidsskrift;"
            "nummer;strony;sidor;periodico;期刊;卷;期;页码;雑誌名;巻;号"
        ),
        4,
    ),
    _Kind(
        "observations, samples or events",
        _signs(
            "event id;occurrence id;parent event id;event date;sampling protocol;basis of record;"
            "scientific name;decimal latitude;decimal longitude;verbatim latitude;"
            "verbatim longitude;verbatim locality;individual count;catalog number;recorded by;"
            "identified by;organism quantity;sample id;specimen id;geodetic datum;taxon rank;"
            "coordinate uncertainty;location id;kingdom;sample date;station id"
        ),
        4,
    ),
    _Kind(
        "persons",
        _signs(
            "first name;last name;surname;given name;family name;date birth;birth date;gender;"
            "phone;telephone;vorname;nachname;geburtsdatum;telefon;prenom;nom famille;"
            "date naissance;apellido;apellidos;telefono;street;postcode;postal code;salary"
        ),
        3,
    ),
    _Kind(
        "orders or payments",
        _signs(
            "order id;order date;unit price;quantity;invoice;customer;customer id;"
            "product id;amount;currency;discount;sku"
        ),
        4,
    ),
)
# Their words also stand in lists of datasets, so these count only where nothing speaks for one.
_WEAKER_KINDS = (
    _Kind("products", _signs("sku;price;stock;brand;ean;barcode;preis;prix;precio;prezzo"), 2),
    _Kind(
        "variables of one dataset",
        _signs("variable;variable name;unit;units;missing code;missing value;value labels;"
               "data type;allowed values;einheit;variablenname;codes"),
        3,
    ),
    _Kind("files", _signs("filename;file name;dateiname;path;pfad;mtime;permissions;md5"), 3),
    _Kind(
        "projects or grants",
        _signs("grant number;award number;amount;award amount;currency;budget;project title;"
               "project id;projekt;betrag;principal investigator;pi;funding amount;start;end"),
        4,
    ),
    _Kind(
        "patients or interviews",
        _signs("patient id;patient;age;sex;diagnosis;admission date;discharge date;respondent id;"
               "respondent;participant id;subject id;treatment;q1;q2;q3;alter;geschlecht"),
        3,
    ),
    _Kind(
        "genes or sequences",
        _signs("gene;gene id;gene name;chromosome;strand;sequence;organism;molecule type;"
               "transcript"),
        3,
    ),
    _Kind(
        "films, books or records",
        _signs("genre;director;runtime;isbn;album;artist;budget;revenue;cast;page count"),
        3,
    ),
    _Kind(
        "measurements",
        _signs("timestamp;sensor id;sensor;value;unit;station;temperature;humidity;ph;depth m;"
               "pressure;wind;sample id;tmin;tmax;precip"),
        3,
    ),
)  # fmt: skip
_OF_DATASETS = _signs(
    "doi;dataset;datasets;datensatz;datensatze;dataset id;license;licence;licenses;lizenz;licencia;"
    "licenza;licence;licenca;keywords;abstract;landing page;download url;publisher;数据集;"
    "データセット"
)
# With three of these, rows may be datasets though none has a title or a description.
_DESCRIBING = frozenset(
    {"identifier", "creators", "publisher", "license", "access_rights", "keywords", "access_url",
     "download_url", "formats", "publication_date", "modified_date"}
)  # fmt: skip
_LEAST_DESCRIBING = 3
_NAMED = _signs(
    "title;name;dataset;titel;titre;titulo;titolo;naam;nazwa;otsikko;description;abstract;"
    "beschreibung;descripcion;descricao;descrizione;resume;keywords;license;licence;lizenz;doi;"
    "identifier;url;link;publisher;creator;creators;author;label;bezeichnung;nombre;nom;nome;"
    "タイトル;标题;название;uri;pid;landing page;データセット;数据集"
)


def other_kind_of(header: Iterable[str]) -> str:
    """Return what the rows are if they are something well known but no datasets, else nothing."""
    words = [frozenset(words_of(name)) for name in header]
    has_sign = any(sign <= each for each in words for sign in _OF_DATASETS)
    for kind in _KINDS + _WEAKER_KINDS * (not has_sign):
        found = sum(any(sign <= each for each in words) for sign in kind.signs)
        if found >= kind.least:
            return kind.name
    return ""


def not_a_dataset_list(frame: pl.DataFrame, mapping: Sequence[ColumnMapping]) -> Problem | None:
    """Return why the rows of a table are no datasets, ``None`` where they can be.

    Args:
        frame: Raw cells, one text column a header.
        mapping: Where each column goes; what a person has chosen outweighs the header.
    """
    mapped = {column.field for column in mapping if column.field}
    if any(column.field and column.reason.startswith("chosen") for column in mapping):
        return None
    kind = other_kind_of(frame.columns)
    if kind:
        return _problem(f"rows that are {kind}", frame)
    if mapped & {"title", "description"} or len(mapped & _DESCRIBING) >= _LEAST_DESCRIBING:
        return None
    if _is_matrix(frame):
        return _problem("numbers in almost every column, so the table looks like data", frame)
    if not any(sign <= frozenset(words_of(name)) for name in frame.columns for sign in _NAMED):
        return _problem("no column that names or describes a dataset", frame)
    return None


def _is_matrix(frame: pl.DataFrame) -> bool:
    if frame.width < _FEWEST_COLUMNS:
        return False
    head = frame.head(_ROWS).select(pl.all().str.strip_chars())
    numeric = 0
    for name in head.columns:
        filled = head[name].filter(head[name] != "")
        is_number = filled.str.contains(r"^[-+]?[0-9]+([.,][0-9]+)?([eE][-+]?[0-9]+)?$")
        numeric += bool(filled.len()) and is_number.sum() >= 0.9 * filled.len()
    return numeric >= _MOSTLY_NUMBERS * frame.width


def _problem(found: str, frame: pl.DataFrame) -> Problem:
    return Problem(
        code="not_a_dataset_list",
        severity=Severity.ERROR,
        count=frame.height,
        row=None,
        column=None,
        value=found,
        expected="a table in which each row describes one dataset",
        remedy=f"Found {found}. Choose the list of your datasets; if this is one, say where its "
        "columns go.",
    )
