"""What a later visit loads, the page alone, stays light: figures of the example diary as sent."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from diary.example import example_diary
from diary.keeping import replace_diary
from diary.models import Person

SENT = 8_000
"""Bytes of a page as a browser gets it, in brotli. In gzip the fullest takes a tenth more."""
BYTES_A_MARK = 13
"""Path data of a chart over time, for each of its marks: a bar takes 9, a ring drawn twice 15."""

# Bytes before they are compressed; a tenth more than there are.
PLAIN = {
    "/trends/": 47_000,
    "/trends/?weeks=12": 50_000,
    "/trends/?weeks=all": 42_000,
    "/profile/": 31_000,
    "/places/": 67_000,
}


@pytest.fixture
def example(owner: Person) -> None:
    replace_diary(owner, example_diary(timezone.localdate()))


def sent(client: Client, path: str, encoding: str) -> bytes:
    answer = client.get(path, headers={"accept-encoding": encoding})
    assert answer.status_code == 200
    assert answer.headers.get("Content-Encoding", "identity") == encoding
    return answer.content


@pytest.mark.django_db
@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("path", PLAIN)
def test_a_later_visit_takes_at_most_eight_kilobytes(own_client: Client, path: str) -> None:
    assert len(sent(own_client, path, "br")) <= SENT
    assert len(sent(own_client, path, "identity")) <= PLAIN[path]


@pytest.mark.django_db
@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("weeks", ["8", "12", "all"])
def test_a_mark_of_a_chart_is_drawn_once_and_in_few_bytes(own_client: Client, weeks: str) -> None:
    page = sent(own_client, f"/trends/?weeks={weeks}", "identity").decode()

    charts = re.findall(r'<svg viewBox="0 0 (\d+) 100"[^>]*><path class="grid"(.*?)</svg>', page)
    assert len(charts) == 4
    for marks, drawn in charts:
        paths = re.findall(r'<path class="\w+" d="([^"]+)"', drawn)
        assert 0 < sum(map(len, paths)) <= BYTES_A_MARK * int(marks)


@pytest.mark.django_db
@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("path", ["/profile/", "/places/"])
def test_the_body_is_not_drawn_in_the_page(own_client: Client, path: str) -> None:
    page = sent(own_client, path, "identity").decode()

    curves = [data for data in re.findall(r' d="([^"]+)"', page) if "c" in data]
    assert curves == []
    assert 'drawing.svg#front-outline"' in page
