"""The four published rubrics judged once more, one record at a time and in plain Python.

Nothing here is shared with the indicators, the kernel or the rubrics' files but the vocabularies: a
test's state is an ``if`` over a record's values, points are added up by loops over a table that
was written down from the publication.
"""

from tests.scoring.oracles import datacite, fuji, mqa, rda

ORACLES = {"fsf_v0_8": fuji, "rda_fdmm_v1": rda, "mqa_405": mqa, "datacite_v4": datacite}
