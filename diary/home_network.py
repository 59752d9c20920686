"""A diary in the home network: who sits at its computer, and how a phone is let in.

The computer that keeps the diary needs no password, as in local mode. Every other device needs
one, or a pairing code that the computer shows, works once and for ten minutes.
"""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.crypto import constant_time_compare, salted_hmac

from diary.models import Person

PAIRING_S = 600
MOST_ATTEMPTS, MOST_OF_ALL, ATTEMPTS_S = 10, 100, 600
"""Wrong passwords of one device, and of all, after which each process of the server refuses that
device, or every one, for ten minutes."""
_ATTEMPTS = "attempts-at-home"
_OWN_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
_PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


def at_this_computer(request: HttpRequest) -> bool:
    """Whether the request comes from the computer itself, and nothing passed it on.

    It has to be asked for under a name that leads nowhere else: one of the network can be made to
    lead here by whoever answers for names in that network.
    """
    try:
        here = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    name = split_domain_port(request.get_host())[0]
    return here and name in _OWN_NAMES and not any(one in request.headers for one in _PASSED_ON)


def opens_without_password(request: HttpRequest) -> bool:
    """Whether whoever asks keeps the one diary of this computer."""
    if settings.DIARY_MODE == "home":
        return at_this_computer(request)
    return bool(settings.DIARY_MODE == "local")


def must_sign_in(request: HttpRequest) -> bool:
    """Whether another device of the home asks that was not let in yet."""
    return (
        settings.DIARY_MODE == "home"
        and not at_this_computer(request)
        and not request.user.is_authenticated
    )


def the_one_person() -> Person | None:
    """Who keeps the diary of this computer, if anybody does yet."""
    return Person.objects.filter(is_example=False).order_by("pk").first()


def pairing_code(person: Person) -> str:
    """What lets one device in; it says nothing of the person."""
    return _signer().sign(_state_of(person))


def person_paired_by(code: str, *, locked: bool = False) -> Person | None:
    """Whose diary a code opens; None when it is older than ten minutes, used or made up.

    `locked`: nobody else uses it until the transaction of the caller ends.
    """
    person = the_one_person()
    if locked and person is not None:
        person = Person.objects.select_for_update().filter(pk=person.pk).first()
    try:
        state = _signer().unsign(code, max_age=PAIRING_S)
    except BadSignature:
        return None
    return person if person and constant_time_compare(state, _state_of(person)) else None


def too_many_attempts(request: HttpRequest) -> bool:
    """Whether so many passwords were wrong lately that none of this device is looked at."""
    found = cache.get_many([_ATTEMPTS, _attempts_of(request)])
    of_device, of_all = found.get(_attempts_of(request), 0), found.get(_ATTEMPTS, 0)
    return bool(of_device >= MOST_ATTEMPTS or of_all >= MOST_OF_ALL)


def note_wrong_password(request: HttpRequest) -> None:
    """Count an attempt that failed."""
    for counter in (_ATTEMPTS, _attempts_of(request)):
        cache.add(counter, 0, ATTEMPTS_S)
        cache.incr(counter)


def _attempts_of(request: HttpRequest) -> str:
    return f"{_ATTEMPTS}-{request.META.get('REMOTE_ADDR', '').replace(':', '.')}"


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="diary.pairing")


def _state_of(person: Person) -> str:
    """Changes with every sign-in and every new password, so that a code works once."""
    said = f"{person.pk} {person.last_login} {person.password}"
    return salted_hmac("diary.pairing", said).hexdigest()[:24]
