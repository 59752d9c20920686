"""What Django takes at least: a page for somebody signed in, and a form that writes one row."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tests.bench.bare.models import Entry


class EntryForm(forms.Form):
    """Three fields."""

    place = forms.CharField(max_length=40)
    strength = forms.IntegerField(min_value=1, max_value=5)
    note = forms.CharField(required=False)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """A page of about 10 kB that knows who asks; no query of its own."""
    return render(request, "bare/page.html")


@require_POST
def form(request: HttpRequest) -> HttpResponse:
    """Check a form, write one row, send on."""
    found = EntryForm(request.POST)
    if not found.is_valid():
        return HttpResponse(status=422)
    Entry.objects.create(owner=request.user, at=timezone.now(), **found.cleaned_data)
    return redirect("/bare/")
