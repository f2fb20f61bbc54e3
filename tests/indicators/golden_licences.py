"""Golden rows of facts about the terms of reuse."""

from fairdb_core.indicators import State

MET, UNMET = State.MET, State.UNMET

GOLDEN = {
    "has_licence": [
        (MET, {"license": "CC-BY-4.0"}),
        (MET, {"license": "Ask the author"}),
        (MET, {"license": "CC-BY-3.0-DE"}),
        (MET, {"license_url": "https://creativecommons.org/licenses/by/3.0/igo/"}),
        (UNMET, {"access_rights": "CC-BY-4.0"}),
        (UNMET, {"rights_holder": "University of Mannheim"}),
        (UNMET, {}),
    ],
}
