"""Pages ask the database as often in a large diary as in one of a single episode."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from diary.keeping import replace_diary
from diary.models import Person
from tests.bench.diaries import long_diary

MOST_QUERIES = {"/": 6, "/trends/": 8}
PAGES = ("/", "/today/", "/episodes/", "/trends/", "/prepare/", "/profile/")


def queries(client: Client, path: str) -> list[str]:
    """The statements of a page that was seen before."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200
    return [query["sql"] for query in captured]


@pytest.fixture
def large(owner: Person) -> None:
    """2,000 episodes in 400 days, the last of them yesterday."""
    yesterday = timezone.now().date() - timedelta(days=1)
    replace_diary(owner, long_diary(yesterday, 400, 2_000))


@pytest.fixture
def counted_in_small(owner: Person, own_client: Client) -> dict[str, int]:
    """Queries of each page in a diary of one episode."""
    yesterday = timezone.now().date() - timedelta(days=1)
    replace_diary(owner, long_diary(yesterday, 1, 1))
    return {path: len(queries(own_client, path)) for path in PAGES}


def test_pages_ask_as_often_in_a_large_diary(
    counted_in_small: dict[str, int], large: None, own_client: Client
) -> None:
    assert {path: len(queries(own_client, path)) for path in PAGES} == counted_in_small


@pytest.mark.parametrize(("path", "most"), MOST_QUERIES.items())
def test_page_asks_no_more_than_it_may(
    path: str, most: int, large: None, own_client: Client
) -> None:
    assert len(queries(own_client, path)) <= most
