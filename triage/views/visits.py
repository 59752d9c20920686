"""Appointments: when and with whom, questions in order, the sheet that went along, and after."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from diary import about, entries
from diary.forms.versions import sent_again_over
from diary.forms.visits import AfterwardsForm, QuestionsForm, VisitForm
from diary.http import DiaryRequest
from diary.models import Visit
from diary.queries import by_date
from diary.records import TestDone, VisitRecord
from diary.stored import mark_of, visit_columns, visit_record
from triage.summary import as_json
from triage.views.profile import summary_of_sheet
from triage.visit_changes import changes_since_sheet, day_of_sheet, test_words

DELETED = "visit_deleted"
SHEET_BEFORE = "sheet_before"
"""The day of the sheet before the one that was kept with an appointment."""
TAKEN_BACK = "sheet_taken_back"
"""The sheet that was taken back last, so that a slip loses nothing."""
SHEET = "twitch-diary"


def own_visit(request: DiaryRequest, pk: int) -> Visit:
    """An appointment of this person that is not deleted; anybody else's is not found."""
    visit = Visit.objects.owned_by(request.user).kept().filter(pk=pk).first()
    if visit is None:
        raise Http404
    return visit


@require_http_methods(["GET", "HEAD", "POST"])
def visits(request: DiaryRequest) -> HttpResponse:
    """Coming and past appointments, and a new one."""
    sent = request.POST if request.method == "POST" else None
    form = VisitForm(sent, today=request.today, new=True)
    if request.method == "POST" and form.is_valid():
        record = VisitRecord(
            date=form.cleaned_data["date"],
            clinician=form.cleaned_data["clinician"] or None,
            questions=(),
        )
        return redirect("triage:visit", about.add_visit(request.user, record).pk)
    rows = list(
        by_date(Visit.objects.owned_by(request.user).kept(), "date").prefetch_related("questions")
    )
    context = {
        "form": form,
        "coming": [row for row in rows if row.date is None or row.date >= request.today],
        "past": [row for row in rows if row.date is not None and row.date < request.today][::-1],
        "deleted": request.session.pop(DELETED, None),
    }
    status = 422 if form.errors else 200
    return render(request, "triage/visits/list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: DiaryRequest, pk: int) -> HttpResponse:
    """One appointment: its date, its questions, and what is new since the sheet went along."""
    row = own_visit(request, pk)
    kept = tuple(question.text for question in row.questions.all())
    initial = VisitForm.initial_of(row)
    if request.method != "POST":
        form = VisitForm(initial=initial, today=request.today)
        return visit_page(request, row, form, QuestionsForm(kept=kept))
    form = VisitForm(request.POST, initial=initial, today=request.today)
    lines = QuestionsForm(request.POST, kept=kept)
    if not (form.is_valid() and lines.is_valid()):
        return visit_page(request, row, form, lines, status=422)
    try:
        version = form.cleaned_data["version"]
        about.change_visit_with_questions(
            request.user, pk, form.columns(), lines.questions(), version=version
        )
    except entries.Conflict as conflict:
        return conflict_page(request, conflict.stored, form, lines)
    return redirect("triage:visit", pk)


def visit_page(
    request: DiaryRequest,
    row: Visit,
    form: VisitForm,
    lines: QuestionsForm,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page of one appointment."""
    record = visit_record(row)
    changes: list[str] = []
    if record.frozen is not None:
        changes = changes_since_sheet(summary_of_sheet(request), record.frozen)
    context = {
        "visit": row,
        "form": form,
        "lines": lines,
        "questions": [(mark_of(text), text) for text in record.questions or ()],
        "to_come": row.date is not None and row.date > request.today,
        "frozen_on": day_of_sheet(record.frozen or {}),
        "may_take_back": may_take_back(row),
        "taken_back": request.session.get(TAKEN_BACK, {}).get("pk") == row.pk,
        "changes": changes,
        "tests": [test_words(test, request.today) for test in record.tests or ()],
        **more,
    }
    return render(request, "triage/visits/visit.html", context, status=status)


def conflict_page(
    request: DiaryRequest, row: Visit, form: VisitForm, lines: QuestionsForm
) -> HttpResponse:
    """Somebody changed the appointment meanwhile: both versions, and what was typed stays."""
    sent_again_over(form, row.version)
    stored = [row.clinician, row.date, *(question.text for question in row.questions.all())]
    mine = [form.cleaned_data["clinician"], form.cleaned_data["date"], *lines.questions()]
    return visit_page(
        request,
        row,
        form,
        lines,
        status=409,
        conflict=True,
        stored=[one for one in stored if one],
        mine=[one for one in mine if one],
    )


@require_POST
def visit_question_move(request: DiaryRequest, pk: int, position: int, way: str) -> HttpResponse:
    """Move a question one place up or down."""
    own_visit(request, pk)
    about.move_question(request.user, pk, position, way, request.POST.get("question", ""))
    return redirect("triage:visit", pk)


@require_POST
def visit_freeze(request: DiaryRequest, pk: int) -> HttpResponse:
    """Keep the sheet as it is today with the appointment it went along to."""
    if own_visit(request, pk).frozen is not None:
        return redirect("triage:visit", pk)  # kept before, as by the first of two taps
    frozen = as_json(summary_of_sheet(request), SHEET)
    about.change_visit(request.user, pk, {"frozen": frozen})
    before = (request.user.interview or {}).get("sheet_on")
    request.session[SHEET_BEFORE] = {"pk": pk, "sheet_on": before}
    request.session.pop(TAKEN_BACK, None)
    about.keep_interview(request.user, {"sheet_on": request.today.isoformat()})
    return redirect("triage:visit", pk)


def may_take_back(row: Visit) -> bool:
    """Whether a kept sheet can be taken back: nothing was written after the appointment."""
    return row.frozen is not None and not row.notes and not row.tests


@require_POST
def visit_take_back(request: DiaryRequest, pk: int) -> HttpResponse:
    """The sheet was kept by mistake: it is taken back, and the page offers to undo that."""
    row = own_visit(request, pk)
    if may_take_back(row):
        made = (request.user.interview or {}).get("sheet_on")
        request.session[TAKEN_BACK] = {"pk": pk, "frozen": row.frozen, "sheet_on": made}
        about.change_visit(request.user, pk, {"frozen": None})
        before = request.session.pop(SHEET_BEFORE, {})
        if before.get("pk") == pk:
            about.keep_interview(request.user, {"sheet_on": before["sheet_on"]})
    return redirect("triage:visit", pk)


@require_POST
def visit_bring_back(request: DiaryRequest, pk: int) -> HttpResponse:
    """The sheet that was taken back last stands with its appointment again."""
    row = own_visit(request, pk)
    kept = request.session.get(TAKEN_BACK, {})
    if kept.get("pk") == pk and row.frozen is None:
        about.change_visit(request.user, pk, {"frozen": kept["frozen"]})
        about.keep_interview(request.user, {"sheet_on": kept["sheet_on"]})
        request.session.pop(TAKEN_BACK)
    return redirect("triage:visit", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_afterwards(request: DiaryRequest, pk: int) -> HttpResponse:
    """What was said, and which tests were ordered."""
    row = own_visit(request, pk)
    record = visit_record(row)
    if request.method == "POST" and "remove" in request.POST:
        remove_test(request, row)
        return redirect("triage:visit_afterwards", pk)
    initial = {"notes": row.notes, "version": row.version}
    form = AfterwardsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        tests = record.tests or ()
        test = form.test_ordered()
        if test is not None and test not in tests:
            tests = (*tests, test)
        try:
            store_afterwards(request, pk, form, tests)
        except entries.Conflict as conflict:
            return afterwards_conflict(request, conflict.stored, form)
        again = request.POST.get("do") == "add"
        return redirect("triage:visit_afterwards" if again else "triage:visit", pk)
    return afterwards_page(request, row, form, status=422 if form.errors else 200)


def store_afterwards(
    request: DiaryRequest, pk: int, form: AfterwardsForm, tests: tuple[TestDone, ...]
) -> None:
    """Keep notes and tests."""
    columns = visit_columns(VisitRecord(tests=tests or None))
    changes = {"notes": form.cleaned_data["notes"], "tests": columns["tests"]}
    about.change_visit(request.user, pk, changes, version=form.cleaned_data["version"])


def remove_test(request: DiaryRequest, row: Visit) -> None:
    """Take a test out of the list; in an appointment changed meanwhile all stay."""
    tests = visit_record(row).tests or ()
    left = tuple(test for test in tests if mark_of(test) != request.POST["remove"])
    if left != tests:
        columns = visit_columns(VisitRecord(tests=left or None))
        with suppress(entries.Conflict):
            changes = {"tests": columns["tests"]}
            about.change_visit(request.user, row.pk, changes, version=row.version)


def afterwards_page(
    request: DiaryRequest, row: Visit, form: AfterwardsForm, status: int = 200, **more: Any
) -> HttpResponse:
    """The page for after an appointment."""
    tests = visit_record(row).tests or ()
    context = {
        "visit": row,
        "form": form,
        "tests": [(mark_of(test), test_words(test, request.today)) for test in tests],
        **more,
    }
    return render(request, "triage/visits/afterwards.html", context, status=status)


def afterwards_conflict(request: DiaryRequest, row: Visit, form: AfterwardsForm) -> HttpResponse:
    """Somebody changed the notes meanwhile: both stay on the page."""
    sent_again_over(form, row.version)
    return afterwards_page(request, row, form, status=409, conflict=True)


@require_POST
def visit_delete(request: DiaryRequest, pk: int) -> HttpResponse:
    """Take an appointment out; the next page offers to bring it back."""
    visit = own_visit_or_deleted(request, pk)
    about.set_deleted(Visit.objects.all(), request.user, pk, deleted=True)
    request.session[DELETED] = {"pk": visit.pk, "name": visit.clinician}
    return redirect("triage:visits")


@require_POST
def visit_restore(request: DiaryRequest, pk: int) -> HttpResponse:
    """Bring an appointment back."""
    own_visit_or_deleted(request, pk)
    about.set_deleted(Visit.objects.all(), request.user, pk, deleted=False)
    return redirect("triage:visit", pk)


def own_visit_or_deleted(request: DiaryRequest, pk: int) -> Visit:
    """An appointment of this person, deleted or not."""
    visit = Visit.objects.owned_by(request.user).filter(pk=pk).first()
    if visit is None:
        raise Http404
    return visit
