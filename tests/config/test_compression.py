"""Answers are sent in brotli where the browser takes it."""

from __future__ import annotations

import gzip

import brotli
import pytest
from django.test import Client

PAGE = "/welcome/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5, gzip", "br"),
        ("gzip, br;q=0", "gzip"),
        ("br;q=0.0, gzip", "gzip"),
        ("gzip", "gzip"),
        ("identity", None),
        ("", None),
    ],
)
def test_page_is_sent_as_the_browser_takes_it(
    client: Client, accepted: str, encoding: str | None
) -> None:
    answer = client.get(PAGE, headers={"Accept-Encoding": accepted})
    plain = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]

    assert answer.headers.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert b"</html>" in plain(answer.content)
    assert int(answer.headers["Content-Length"]) == len(answer.content)


@pytest.mark.django_db
def test_length_of_a_compressed_page_is_hidden(client: Client) -> None:
    found = {
        len(client.get(PAGE, headers={"Accept-Encoding": "br"}).headers["Padding"])
        for _ in range(20)
    }

    assert len(found) > 5


@pytest.mark.django_db
def test_short_answers_stay_as_they_are(client: Client) -> None:
    answer = client.get("/healthz", headers={"Accept-Encoding": "br"})

    assert "Content-Encoding" not in answer.headers
