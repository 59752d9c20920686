"""Panel "My next questions" as it is laid out."""

from __future__ import annotations

import pytest

from diary.records import VisitRecord
from tests.triage.hand_made import AS_OF, diary
from tests.triage.profile.printed import lines_of, overprinted
from triage.profile.options import ProfileOptions
from triage.profile.panels import profile_page
from triage.summary import summarise


@pytest.mark.parametrize("larger", [False, True])
def test_the_count_of_further_questions_is_printed_whole(larger: bool) -> None:
    asked = VisitRecord(questions=tuple(f"question {n}" for n in range(15)))
    options = ProfileOptions(larger=larger, second_page=True, paper="letter")
    page = profile_page(summarise(diary([], visits=(asked,)), AS_OF), options)
    lines = [line for line in lines_of(page) if line.panel == "at-next"]

    assert page.next.more in [line.text for line in lines if not line.clipped]
    assert not overprinted(lines)
