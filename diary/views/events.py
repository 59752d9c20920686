"""Marked dates: the list with a new one, change, delete with undo."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from diary import about, entries
from diary.forms.medicines import EventForm
from diary.forms.versions import sent_again_over
from diary.http import DiaryRequest
from diary.models import Event
from diary.stored import columns_of

DELETED = "event_deleted"


def own_event(request: DiaryRequest, pk: int, *, deleted: bool = False) -> Event:
    """A marked date of this person; anybody else's is not found."""
    rows = Event.objects.owned_by(request.user)
    row = (rows if deleted else rows.kept()).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def events(request: DiaryRequest) -> HttpResponse:
    """Marked dates, latest first, and a new one."""
    form = EventForm(
        request.POST if request.method == "POST" else None,
        initial={"date": request.today},
        today=request.today,
    )
    if request.method == "POST" and form.is_valid():
        about.add_event(request.user, form.record())
        return redirect("diary:events")
    context = {
        "form": form,
        "events": Event.objects.owned_by(request.user).kept().order_by("-date", "-id"),
        "deleted": request.session.pop(DELETED, None),
    }
    return render(request, "diary/events/list.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def event(request: DiaryRequest, pk: int) -> HttpResponse:
    """One marked date, to change."""
    row = own_event(request, pk)
    if request.method != "POST":
        form = EventForm(initial=EventForm.initial_of(row), today=request.today)
        return render(request, "diary/events/event.html", {"form": form, "event": row})
    form = EventForm(request.POST, today=request.today)
    context = {"form": form, "event": row}
    if not form.is_valid():
        return render(request, "diary/events/event.html", context, status=422)
    try:
        changes = columns_of(form.record())
        about.change_event(request.user, pk, changes, version=form.cleaned_data["version"])
    except entries.Conflict as conflict:
        sent_again_over(form, conflict.stored.version)
        context |= {"event": conflict.stored, "conflict": True}
        return render(request, "diary/events/event.html", context, status=409)
    return redirect("diary:events")


@require_POST
def event_delete(request: DiaryRequest, pk: int) -> HttpResponse:
    """Take a marked date out; the next page offers to bring it back."""
    row = own_event(request, pk, deleted=True)
    about.set_deleted(Event.objects.all(), request.user, pk, deleted=True)
    request.session[DELETED] = {"pk": pk, "name": row.label}
    return redirect("diary:events")


@require_POST
def event_restore(request: DiaryRequest, pk: int) -> HttpResponse:
    """Bring a marked date back."""
    own_event(request, pk, deleted=True)
    about.set_deleted(Event.objects.all(), request.user, pk, deleted=False)
    return redirect("diary:events")
