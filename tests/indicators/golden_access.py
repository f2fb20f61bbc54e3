"""Golden rows of facts about who may get the data, and over which protocol."""

from fairdb_core.indicators import State
from fairdb_core.records import Record

MET, UNMET, NOT_ASSESSED = State.MET, State.UNMET, State.NOT_ASSESSED

_RECORD_BY_PROTOCOL: list[tuple[State, Record]] = [
    (MET, {"identifier": "https://example.org/17"}),
    (MET, {"identifier": "10.5061/dryad.8515"}),
    (MET, {"identifier": "hdl:2381/12345"}),
    (MET, {"identifier": "urn:nbn:de:hbz:5-1"}),
    (MET, {"access_url": "HTTP://example.org/17"}),
    (MET, {"identifier": "17", "access_url": "sftp://example.org/17"}),
    (UNMET, {"identifier": "17", "access_url": "s3://bucket/17"}),
    (UNMET, {"access_url": "example.org/17"}),
    (UNMET, {"access_url": "httpss://example.org/17"}),
    (UNMET, {"access_url": "see https://example.org/17"}),
    # No resolver answers for these.
    (UNMET, {"identifier": "lsid:zoobank.org:act:1"}),
    (UNMET, {"identifier": "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8"}),
    (UNMET, {"download_url": ["https://example.org/17.csv"]}),
    (UNMET, {}),
]
_DATA_BY_PROTOCOL: list[tuple[State, Record]] = [
    (MET, {"download_url": ["https://example.org/17.csv"]}),
    (MET, {"download_url": ["ftp://example.org/17.csv"]}),
    (MET, {"download_url": ["s3://bucket/17", "https://example.org/17"]}),
    (MET, {"download_url": ["10.5061/dryad.8515/1"]}),
    (MET, {"access_rights": "embargoed access", "download_url": ["https://example.org/17"]}),
    (MET, {"download_url": ["on the shelf", "10.5061/dryad.8515/1"]}),
    (MET, {"download_url": ["lsid:zoobank.org:act:1", "10.5061/dryad.8515/1"]}),
    (UNMET, {"download_url": ["s3://bucket/17"]}),
    (UNMET, {"download_url": ["gs://bucket/17", "ipfs://bafy"]}),
    (UNMET, {"access_url": "https://example.org/17"}),
    (UNMET, {"access_rights": "restricted access", "download_url": ["s3://bucket/17"]}),
    (UNMET, {"access_rights": "open access"}),
    (NOT_ASSESSED, {"access_rights": "restricted access"}),
    (NOT_ASSESSED, {"access_rights": "nur Metadaten", "access_url": "https://example.org/17"}),
    (UNMET, {}),
]

GOLDEN = {
    "states_access_rights": [
        (MET, {"access_rights": "open access"}),
        (MET, {"access_rights": "info:eu-repo/semantics/embargoedAccess"}),
        (MET, {"access_rights": "http://purl.org/coar/access_right/c_16ec"}),
        (MET, {"access_rights": "auf Anfrage"}),
        (MET, {"access_rights": "公开"}),
        (MET, {"access_rights": "Members of the consortium only"}),
        (MET, {"access_rights": "CC BY 4.0; open access"}),
        (
            MET,
            {"access_rights": "https://vocabularies.coar-repositories.org/access_rights/c_14cb/"},
        ),
        (UNMET, {"access_rights": "CC BY 4.0; CC0"}),
        (UNMET, {"access_rights": "CC-BY-4.0"}),
        (UNMET, {"access_rights": "MIT License"}),
        (UNMET, {"access_rights": "CC BY"}),
        (UNMET, {"access_rights": "Creative Commons Attribution"}),
        (UNMET, {"access_rights": "Public Domain Mark"}),
        (UNMET, {"access_rights": "GNU General Public License"}),
        (UNMET, {"access_rights": "https://creativecommons.org/licenses/by-sa/3.0/de/"}),
        (UNMET, {"access_rights": "https://example.org/terms"}),
        (UNMET, {"access_rights": " https://example.org/terms "}),
        (MET, {"access_rights": "Members only, see https://example.org/terms"}),
        (UNMET, {"access_rights": "10.5061/dryad.8515"}),
        (UNMET, {"access_rights": "2024"}),
        (UNMET, {"license": "CC-BY-4.0", "rights_holder": "University of Mannheim"}),
        (UNMET, {}),
    ],
    "metadata_protocol_is_standard": [
        *_RECORD_BY_PROTOCOL,
        (MET, {"access_url": "telnet://example.org"}),
        (MET, {"identifier": "ws://example.org/17"}),
    ],
    "metadata_protocol_can_authenticate": [
        *_RECORD_BY_PROTOCOL,
        (UNMET, {"access_url": "telnet://example.org"}),
        (UNMET, {"identifier": "ws://example.org/17"}),
        (MET, {"identifier": "wss://example.org/17"}),
    ],
    "data_protocol_is_standard": [
        *_DATA_BY_PROTOCOL,
        (MET, {"download_url": ["ftam://example.org/17"]}),
    ],
    "data_protocol_can_authenticate": [
        *_DATA_BY_PROTOCOL,
        (UNMET, {"download_url": ["ftam://example.org/17"]}),
    ],
}
