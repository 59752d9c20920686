"""People of the tests: the owner of a diary, and somebody else who must see nothing of it."""

from __future__ import annotations

import pytest
from django.test import Client

from diary.models import Person
from tests.factories import PersonFactory


@pytest.fixture
def owner(db: None) -> Person:
    """The one person of a local diary."""
    return PersonFactory.create(email=None)


@pytest.fixture
def own_client(owner: Person) -> Client:
    """A browser on the owner's computer: local mode asks for no password."""
    return Client()


@pytest.fixture
def hosted(settings: object) -> None:
    """Several people with accounts share the server."""
    settings.DIARY_MODE = "hosted"  # type: ignore[attr-defined]
