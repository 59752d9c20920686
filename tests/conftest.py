"""People of the tests: the owner of a diary, and somebody else who must see nothing of it."""

from __future__ import annotations

import os

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from diary.models import Person
from tests.factories import PersonFactory
from tests.fast_folder import fast_folder

# How long an example takes says more of the machine than of the code; `make bench` measures speed.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(fast_folder()))  # what `tmp_path` is under


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
