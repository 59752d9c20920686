"""Whole diaries out and in: copies, bringing in a file, reminders, and erasing everything."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date, datetime
from typing import IO
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import connection, transaction
from django.db.models import Max, Min
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diary import keeping, storage
from diary.exchange.calendar import reminder_calendar
from diary.exchange.csv_files import zip_chunks
from diary.exchange.diary_file import DiaryFileFaults, write_chunks
from diary.exchange.readable import readable_page
from diary.forms.exchange import EVENING, DiaryFileForm, EraseForm, ReminderForm
from diary.http import DiaryRequest
from diary.keeping import Contents
from diary.local_days import written_instant
from diary.models import DiaryImport, Person
from diary.queries import diary_of, episodes_of
from diary.records import DiaryRecord

log = logging.getLogger("diary.exchange")

COPY_SAVED = "copy_saved"
"""When this browser last saved a copy of the diary, ISO 8601."""
FAULTS_SHOWN = 20
WHOLE_FILE = frozenset({"$", "$.format"})
"""Places of faults that make a file none of ours, or one that breaks off."""
IN_MEMORY_BYTES = 8 * 1024 * 1024
ENTRIES_COUNTED = (
    "episodes", "days", "symptom_answers", "medicines", "events", "own_factors", "experiments",
    "visits",
)  # fmt: skip
NO_EPISODES_FROM = date.max
EXAMPLE_NAME = "EXAMPLE"


def copy_saved(request: DiaryRequest) -> datetime | None:
    """When this browser last saved a copy, None when it has not."""
    return parse_datetime(request.session.get(COPY_SAVED, ""))


def place_of_diary() -> str:
    """Where the diary is kept, in the words of a page."""
    return _("this server") if settings.DIARY_MODE == "hosted" else _("this computer")


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside stands as it was at one moment, so that a copy fits together.

    With the write-ahead log of SQLite nobody waits for that. With its rollback journal writers
    wait in either case; asking to write as well keeps them from making the readers wait.
    """
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with reading_alone() if has_write_ahead_log() else nullcontext(), transaction.atomic():
            yield


def has_write_ahead_log() -> bool:
    """Whether SQLite writes beside the file while others read it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        return bool(cursor.fetchone()[0] == "wal")


@contextmanager
def reading_alone() -> Iterator[None]:
    """Transactions inside begin without the lock of a writer."""
    usual = connection.transaction_mode  # type: ignore[attr-defined]
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        yield
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]


def spooled(chunks: Iterable[bytes]) -> IO[bytes]:
    """The pieces in a file without a name, of which a large one does not stay in memory.

    The database is free again before the first byte goes out, however slow the line is.
    """
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 the answer closes it
    file.writelines(chunks)
    file.seek(0)
    return file


def file_name(request: DiaryRequest, ending: str) -> str:
    """A name that says nothing of what is inside, but for an example that it is one."""
    example = "example-" if request.user.is_example else ""
    return f"{example}diary-{request.today:%Y-%m-%d}{ending}"


def download(request: DiaryRequest, file: IO[bytes], ending: str, kind: str) -> FileResponse:
    """The answer that a browser saves under a neutral name."""
    log.info("diary handed out", extra={"person": request.user.pk})
    return FileResponse(
        file, as_attachment=True, filename=file_name(request, ending), content_type=kind
    )


def all_but_episodes(person: Person) -> DiaryRecord:
    """The diary as it is handed out now, its episodes left to be read piece by piece."""
    return handed_out(diary_of(person, episodes_from=NO_EPISODES_FROM), person)


def handed_out(record: DiaryRecord, person: Person) -> DiaryRecord:
    """The record with the moment; an example says so in place of a name."""
    if person.is_example:
        record = replace(record, person=replace(record.person, name=EXAMPLE_NAME))
    return replace(record, exported_at=written_instant(timezone.now()))


@require_safe
def export_json(request: DiaryRequest) -> FileResponse:
    """The diary file: everything, to be read back here or elsewhere."""
    person = request.user
    with one_moment():
        chunks = write_chunks(all_but_episodes(person), episodes_of(person))
        file = spooled(chunk.encode() for chunk in chunks)
    if not person.is_example:
        request.session[COPY_SAVED] = timezone.now().isoformat()
    return download(request, file, ".json", "application/json")


@require_safe
def export_csv(request: DiaryRequest) -> FileResponse:
    """Tables for a spreadsheet, in one zip."""
    person = request.user
    with one_moment():
        file = spooled(zip_chunks(all_but_episodes(person), episodes_of(person)))
    return download(request, file, "-tables.zip", "application/zip")


@require_safe
def export_html(request: DiaryRequest) -> FileResponse:
    """One page for people, that opens from disk."""
    person = request.user
    with one_moment():
        record = handed_out(diary_of(person), person)
    file = spooled([readable_page(record).encode()])
    return download(request, file, ".html", "text/html; charset=utf-8")


@require_safe
def formats(request: DiaryRequest) -> HttpResponse:
    """The diary as tables and as a page to read."""
    return render(request, "diary/settings/formats.html")


@require_safe
def reminders(request: DiaryRequest) -> HttpResponse:
    """Choose a time for the calendar to remind."""
    return render(request, "diary/settings/reminders.html", {"form": ReminderForm()})


@require_safe
def reminders_ics(request: DiaryRequest) -> HttpResponse:
    """A calendar file with one neutral entry a day, in the evening unless another time is said."""
    form = ReminderForm({"at": request.GET.get("at", f"{EVENING:%H:%M}")})
    if not form.is_valid():
        return render(request, "diary/settings/reminders.html", {"form": form}, status=422)
    uid = UUID(salted_hmac("diary.reminder", str(request.user.pk)).hexdigest()[:32])
    calendar = reminder_calendar(form.cleaned_data["at"], request.today, uid, timezone.now())
    response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="diary.ics"'
    return response


def contents_now(person: Person) -> Contents:
    """What the diary holds now, counted in the database."""
    kept = {name: getattr(person, name) for name in ENTRIES_COUNTED}
    for name in ("episodes", "medicines", "events", "visits"):
        kept[name] = kept[name].kept()
    kept["days"] = kept["days"].filter(entered=True)
    spans = [
        kept["episodes"].aggregate(first=Min("local_date"), last=Max("local_date")),
        kept["days"].aggregate(first=Min("date"), last=Max("date")),
    ]
    return Contents(
        **{name: rows.count() for name, rows in kept.items()},
        first=min((span["first"] for span in spans if span["first"]), default=None),
        last=max((span["last"] for span in spans if span["last"]), default=None),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: DiaryRequest) -> HttpResponse:
    """Choose a diary file. It is read and kept aside; nothing of the diary changes."""
    if request.user.is_example:
        return render(request, "diary/settings/import_example.html", status=_refused(request))
    if request.method != "POST":
        return import_page(request, DiaryFileForm())
    sent_bytes = int(request.META.get("CONTENT_LENGTH") or 0)
    form = DiaryFileForm(request.POST, request.FILES, sent_bytes=sent_bytes)
    if not form.is_valid():
        return import_page(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        keeping.keep_upload(request.user, file.name or "", file.read())
    except DiaryFileFaults as faults:
        return faults_page(request, file.name or "", faults)
    return redirect("diary:import_confirm")


def _refused(request: DiaryRequest) -> int:
    return 409 if request.method == "POST" else 200


def import_page(
    request: DiaryRequest, form: DiaryFileForm, *, status: int = 200, overtaken: bool = False
) -> HttpResponse:
    """The page on which a file is chosen; `overtaken` when its buttons meant another file."""
    context = {"form": form, "latest": request.user.imports.first(), "overtaken": overtaken}
    return render(request, "diary/settings/import.html", context, status=status)


def faults_page(request: DiaryRequest, name: str, found: DiaryFileFaults) -> HttpResponse:
    """Where the file is wrong and what to do, the first twenty; nothing was changed."""
    shown = found.faults[:FAULTS_SHOWN]
    context = {
        "form": DiaryFileForm(),
        "file_name": name,
        "no_diary": any(fault.path in WHOLE_FILE for fault in shown),
        "faults": shown,
        "more": max(found.total - len(shown), 0),
        "total": found.total,
    }
    return render(request, "diary/settings/import.html", context, status=422)


def latest_import(person: Person) -> DiaryImport | None:
    """The file that waits or was brought in last."""
    return DiaryImport.objects.owned_by(person).first()


def is_meant(request: DiaryRequest, upload: DiaryImport) -> bool:
    """Whether the page that sent this showed this file, and not one that came before it."""
    return request.POST.get("upload") == str(upload.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def import_confirm(request: DiaryRequest) -> HttpResponse:
    """What the file holds beside what the diary holds; agreeing replaces the one by the other."""
    upload = latest_import(request.user)
    if request.user.is_example or upload is None or upload.applied_at is not None:
        return redirect("diary:import_file")
    if request.method != "POST":
        return confirm_page(request, upload)
    if not is_meant(request, upload):
        return confirm_page(request, upload, overtaken=True)
    try:
        keeping.apply_import(upload)
    except keeping.NotWaiting:
        return redirect("diary:import_file")
    log.info("diary brought in", extra={"person": request.user.pk})
    messages.success(request, _("The file is your diary now."))
    return redirect("diary:import_file")


def confirm_page(
    request: DiaryRequest, upload: DiaryImport, *, overtaken: bool = False
) -> HttpResponse:
    """Both sides, counted; `overtaken` when another file than this was decided about."""
    brought, now = keeping.preview(upload.content), contents_now(request.user)
    rows = [
        (label, getattr(now, name), getattr(brought, name))
        for name, label in counted_labels().items()
        if getattr(now, name) or getattr(brought, name)
    ]
    context = {
        "upload": upload,
        "rows": rows,
        "now": now,
        "brought": brought,
        "example": upload.file_name.startswith("example-"),
        "overtaken": overtaken,
    }
    status = 409 if overtaken else 200
    return render(request, "diary/settings/import_confirm.html", context, status=status)


def counted_labels() -> dict[str, str]:
    """The lists of a diary in words."""
    return {
        "episodes": _("Twitches"),
        "days": _("Days with a check-in or a note"),
        "symptom_answers": _("Answers about signs"),
        "medicines": _("Medicines"),
        "events": _("Marked dates"),
        "own_factors": _("Own questions"),
        "experiments": _("Trials"),
        "visits": _("Visits"),
    }


@require_POST
def import_undo(request: DiaryRequest) -> HttpResponse:
    """Bring back the diary from before the file."""
    upload = latest_import(request.user)
    if upload is None:
        return redirect("diary:import_file")
    if not is_meant(request, upload):
        return import_page(request, DiaryFileForm(), status=409, overtaken=True)
    try:
        keeping.undo_import(upload)
    except keeping.NotWaiting:
        return redirect("diary:import_file")
    messages.success(request, _("Your diary is as it was before the file."))
    return redirect("diary:import_file")


@require_POST
def import_forget(request: DiaryRequest) -> HttpResponse:
    """Put a file away that waits for a decision."""
    upload = request.user.imports.filter(applied_at=None).first()
    if upload is None:
        return redirect("diary:import_file")
    if not is_meant(request, upload):
        return confirm_page(request, upload, overtaken=True)
    upload.delete()
    return redirect("diary:import_file")


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: DiaryRequest) -> HttpResponse:
    """Remove everything, after a copy was offered and the word was typed."""
    if request.user.is_example:
        return render(request, "diary/settings/erase_example.html", status=_refused(request))
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 200 if request.method != "POST" else 422
        return render(
            request, "diary/settings/erase.html", erase_context(request, form), status=status
        )
    erase_all(request)
    return redirect(reverse("diary:welcome") + "?erased=1")  # no session is left to say it


def erase_context(request: DiaryRequest, form: EraseForm) -> dict[str, object]:
    """What the page that erases shows."""
    return {
        "form": form,
        "contents": contents_now(request.user),
        "copy_saved": copy_saved(request),
        "here": place_of_diary(),
        "hosted": settings.DIARY_MODE == "hosted",
    }


def erase_all(request: DiaryRequest) -> None:
    """Remove every row of the person, and of a local diary the copies this computer made."""
    log.info("diary erased", extra={"person": request.user.pk})
    keeping.forget_person(request.user)
    request.session.flush()
    if settings.DIARY_MODE != "hosted":
        storage.forget_backups(settings.DATA_DIR)
