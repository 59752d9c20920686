"""Questions of one's own in the check-in: up to three, each with its price said."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from diary.forms.factors import OwnFactorForm
from diary.http import DiaryRequest
from diary.models import Day, OwnFactor
from diary.own_factors import (
    MOST_OWN,
    add_own_factor,
    change_own_factor,
    delete_own_factor,
)
from diary.stored import own_factor_record
from diary.vocabulary import OwnFactorKind


@require_http_methods(["GET", "HEAD", "POST"])
def factors(request: DiaryRequest) -> HttpResponse:
    """The own questions, and a form for one more while there are fewer than three."""
    rows = list(OwnFactor.objects.owned_by(request.user))
    form = OwnFactorForm(request.POST if request.method == "POST" else None)
    if form.is_bound and len(rows) >= MOST_OWN:
        return redirect("diary:factors")
    if form.is_bound and form.is_valid():
        add_own_factor(request.user, form.record())
        return redirect("diary:factors")
    context = {"rows": rows, "form": form, "full": len(rows) >= MOST_OWN, "most": MOST_OWN}
    return render(request, "diary/factors.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: DiaryRequest, pk: int) -> HttpResponse:
    """Change what an own question is called, its unit and its step."""
    row = own_factor(request, pk)
    record = own_factor_record(row)
    initial = OwnFactorForm.initial_of(record)
    form = OwnFactorForm(
        request.POST if request.method == "POST" else None, known=record, initial=initial
    )
    if form.is_bound and form.is_valid():
        change_own_factor(row, form.record())
        return redirect("diary:factors")
    context: dict[str, Any] = {
        "row": row,
        "form": form,
        "number": row.kind == OwnFactorKind.NUMBER,
        "days": Day.objects.owned_by(request.user).filter(own__has_key=row.code).count(),
    }
    return render(request, "diary/factor.html", context, status=422 if form.errors else 200)


@require_POST
def factor_delete(request: DiaryRequest, pk: int) -> HttpResponse:
    """Take an own question out, with what was noted for it."""
    delete_own_factor(own_factor(request, pk))
    return redirect("diary:factors")


def own_factor(request: DiaryRequest, pk: int) -> OwnFactor:
    """A factor of this person; anybody else's is not found."""
    row = OwnFactor.objects.owned_by(request.user).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
