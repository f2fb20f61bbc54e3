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
            "end page;mesh terms;journal title;source title;cited by"
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
        _signs("order id;order date;unit price;quantity;invoice;customer;customer id;"
               "product id;amount;currency;discount;sku"),
        4,
    ),
)  # fmt: skip
_NAMED = _signs(
    "title;name;dataset;titel;titre;titulo;titolo;naam;nazwa;otsikko;description;abstract;"
    "beschreibung;descripcion;descricao;descrizione;resume;keywords;license;licence;lizenz;doi;"
    "identifier;url;link;publisher;creator;creators;author;label;bezeichnung;nombre;nom;nome;"
    "タイトル;标题;название;uri;pid;landing page;データセット;数据集"
)


def other_kind_of(header: Iterable[str]) -> str:
    """Return what the rows are if they are something well known but no datasets, else nothing."""
    words = [frozenset(words_of(name)) for name in header]
    for kind in _KINDS:
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
    if mapped & {"title", "identifier", "description"}:
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
