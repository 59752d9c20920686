"""Medicines: the list, a new one, change, stopped today, delete with undo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diary import about, entries
from diary.forms.medicines import MedicineForm
from diary.forms.versions import differ, sent_again_over
from diary.http import DiaryRequest
from diary.models import Medicine
from diary.queries import by_date
from diary.stored import columns_of
from diary.time_words import date_words
from diary.vocabulary import MedicineClass

DELETED = "medicine_deleted"
FROM_PREPARE = "medicines_for_prepare"
"""In the session while medicines are entered from the interview, so that it goes on there."""


def own_medicine(request: DiaryRequest, pk: int, *, deleted: bool = False) -> Medicine:
    """A medicine of this person; anybody else's is not found."""
    rows = Medicine.objects.owned_by(request.user)
    row = (rows if deleted else rows.kept()).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@require_safe
def medicines(request: DiaryRequest) -> HttpResponse:
    """Those taken now, those that are to begin, then those stopped."""
    rows = list(by_date(Medicine.objects.owned_by(request.user).kept(), "started_on"))
    lines = [line_of(row, request.today) for row in rows]
    context: dict[str, Any] = {"deleted": request.session.pop(DELETED, None)}
    for standing in Standing:
        context[standing] = [line for line in lines if line.standing is standing]
    return render(request, "diary/medicines/list.html", context)


class Standing(StrEnum):
    """Whether a medicine is taken on a day; a key of what the list shows."""

    TAKEN = "taken"
    PLANNED = "planned"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Line:
    """One medicine of the list: what it is, and its dates."""

    row: Medicine
    standing: Standing
    what: str
    dates: str


def line_of(row: Medicine, today: date) -> Line:
    """A medicine in words."""
    kind = MedicineClass(row.medicine_class).label if row.medicine_class else ""
    what = ", ".join(str(word) for word in (kind, row.dose) if word)
    said = [*dates_of(row, today)]
    if row.suspected:
        said.append(_("you suspect it"))
    return Line(row, standing_of(row, today), what, "; ".join(said))


def dates_of(row: Medicine, today: date) -> Iterator[str]:
    """When a medicine was taken, and since when in its present dose."""
    words = {
        name: date_words(day)
        for name in ("started_on", "changed_on", "stopped_on")
        if (day := getattr(row, name)) is not None
    }
    span = _span(row, standing_of(row, today))
    if span:
        yield span % words
    if row.changed_on:
        yield _("changed %(changed_on)s") % words


def _span(row: Medicine, standing: Standing) -> str:
    if standing is Standing.STOPPED:
        return (
            _("%(started_on)s to %(stopped_on)s") if row.started_on else _("until %(stopped_on)s")
        )
    if not row.started_on:
        return ""
    return _("from %(started_on)s") if standing is Standing.PLANNED else _("since %(started_on)s")


def standing_of(row: Medicine, today: date) -> Standing:
    """Whether a medicine is taken on this day, is to begin, or was stopped by it."""
    if row.stopped_on is not None and row.stopped_on <= today:
        return Standing.STOPPED
    if row.started_on is not None and row.started_on > today:
        return Standing.PLANNED
    return Standing.TAKEN


@require_http_methods(["GET", "HEAD", "POST"])
def medicine_add(request: DiaryRequest) -> HttpResponse:
    """A new medicine: its name is enough."""
    if "prepare" in request.GET:
        request.session[FROM_PREPARE] = True
    form = MedicineForm(request.POST if request.method == "POST" else None, today=request.today)
    if request.method == "POST" and form.is_valid():
        about.add_medicine(request.user, form.record())
        if request.session.pop(FROM_PREPARE, False):
            return redirect("triage:prepare_step", "medicines")
        return redirect("diary:medicines")
    status = 422 if form.errors else 200
    return render(request, "diary/medicines/medicine.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def medicine(request: DiaryRequest, pk: int) -> HttpResponse:
    """One medicine, to change."""
    row = own_medicine(request, pk)
    if request.method != "POST":
        form = MedicineForm(initial=MedicineForm.initial_of(row), today=request.today)
        return render(request, "diary/medicines/medicine.html", {"form": form, "medicine": row})
    form = MedicineForm(request.POST, today=request.today)
    context = {"form": form, "medicine": row}
    if not form.is_valid():
        return render(request, "diary/medicines/medicine.html", context, status=422)
    try:
        changes = columns_of(form.record())
        version = form.cleaned_data["version"]
        about.change_medicine(request.user, pk, changes, version=version)
    except entries.Conflict as conflict:
        return conflict_page(request, conflict.stored, form)
    return redirect("diary:medicines")


def conflict_page(request: DiaryRequest, row: Medicine, form: MedicineForm) -> HttpResponse:
    """Somebody changed the medicine meanwhile: both versions, and what was typed stays.

    What the diary holds as it was typed, as after a second tap, is done.
    """
    stored, mine = MedicineForm.initial_of(row), form.cleaned_data
    differences = [
        (form.fields[name].label, stored[name], mine[name])
        for name in stored
        if name != "version" and differ(stored[name], mine[name])
    ]
    if not differences:
        return redirect("diary:medicines")
    sent_again_over(form, row.version)
    context = {"form": form, "medicine": row, "differences": differences}
    return render(request, "diary/medicines/medicine.html", context, status=409)


@require_POST
def medicine_stop(request: DiaryRequest, pk: int) -> HttpResponse:
    """It was stopped today; one that is not taken, or was changed meanwhile, stays as it is."""
    row = own_medicine(request, pk)
    if standing_of(row, request.today) is Standing.TAKEN:
        with suppress(entries.Conflict):
            changes = {"stopped_on": request.today}
            about.change_medicine(request.user, pk, changes, version=row.version)
    return redirect("diary:medicines")


@require_POST
def medicine_delete(request: DiaryRequest, pk: int) -> HttpResponse:
    """Take a medicine out; the next page offers to bring it back."""
    row = own_medicine(request, pk, deleted=True)
    about.set_deleted(Medicine.objects.all(), request.user, pk, deleted=True)
    request.session[DELETED] = {"pk": pk, "name": row.name}
    return redirect("diary:medicines")


@require_POST
def medicine_restore(request: DiaryRequest, pk: int) -> HttpResponse:
    """Bring a medicine back."""
    own_medicine(request, pk, deleted=True)
    about.set_deleted(Medicine.objects.all(), request.user, pk, deleted=False)
    return redirect("diary:medicines")
