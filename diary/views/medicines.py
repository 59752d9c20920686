"""Medicines: the list, a new one, change, stopped today, delete with undo."""

from __future__ import annotations

from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diary import about, entries
from diary.forms.medicines import MedicineForm
from diary.forms.versions import differ, sent_again_over
from diary.http import DiaryRequest
from diary.models import Medicine
from diary.queries import by_date
from diary.stored import columns_of
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
    """Those taken now, then those stopped."""
    rows = list(by_date(Medicine.objects.owned_by(request.user).kept(), "started_on"))
    context = {
        "taken": [(row, kind_of(row)) for row in rows if is_taken(row, request)],
        "stopped": [row for row in rows if not is_taken(row, request)],
        "deleted": request.session.pop(DELETED, None),
    }
    return render(request, "diary/medicines/list.html", context)


def kind_of(row: Medicine) -> str:
    """The class in words; empty when it was not said."""
    return str(MedicineClass(row.medicine_class).label) if row.medicine_class else ""


def is_taken(row: Medicine, request: DiaryRequest) -> bool:
    """Whether a medicine has not been stopped by today."""
    return row.stopped_on is None or row.stopped_on > request.today


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
    """It was stopped today; one that was stopped before, or changed meanwhile, stays as it is."""
    row = own_medicine(request, pk)
    if is_taken(row, request):
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
