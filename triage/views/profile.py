"""The sheet for the appointment: preview, choices, and the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from diary.http import DiaryRequest
from diary.kept_pages import kept_until_a_change
from diary.models import Visit
from diary.vocabulary import Paper
from triage.pdf import MissingLibraries, preview_context, profile_pdf
from triage.profile.options import ProfileOptions
from triage.profile.panels import ProfilePage, profile_page
from triage.summary import Summary, summarise
from triage.views.profile_form import (
    SINCE_VISIT,
    WEEKS,
    WHOLE_DIARY,
    ProfileForm,
    from_kept,
    period_was_chosen,
)
from triage.views.summaries import summary_of, summary_since

KEPT = "profile"
USUAL_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of the controls."""

    value: str
    words: str
    chosen: bool
    hint: str = ""


@require_safe
@kept_until_a_change
def profile(request: DiaryRequest) -> HttpResponse:
    """What will be printed, and what to choose about it."""
    return render(request, "triage/profile/preview.html", _context(request))


@require_POST
def profile_options(request: DiaryRequest) -> HttpResponse:
    """Keep the choices for this session and show the sheet again."""
    form = ProfileForm(request.POST)
    if form.is_valid():
        request.session[KEPT] = form.added_to(request.session.get(KEPT))
    return redirect("triage:profile")


@require_safe
def profile_file(request: DiaryRequest) -> HttpResponse:
    """The sheet as PDF; where the computer lacks what it takes, the page that prints it as well."""
    try:
        content = profile_pdf(_page(request))
    except MissingLibraries as error:
        context = {**_context(request), "missing": str(error)}
        return render(request, "triage/profile/preview.html", context, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    way = "attachment" if "save" in request.GET else "inline"
    name = f"twitch-profile-{request.today}.pdf"
    response["Content-Disposition"] = f'{way}; filename="{name}"'
    return response


def options_of(request: DiaryRequest) -> ProfileOptions:
    """What was chosen in this session, else the usual sheet on the person's paper."""
    usual = ProfileOptions(paper=request.user.paper or Paper.A4.value, weeks=USUAL_WEEKS)
    return from_kept(request.session.get(KEPT), usual)


def _page(request: DiaryRequest) -> ProfilePage:
    options = options_of(request)
    example = request.user.is_example
    return profile_page(summary_of_sheet(request), options, example=example)


def summary_of_sheet(request: DiaryRequest) -> Summary:
    """The summary of the period that the sheet shows as it is chosen now.

    A sheet made from answers alone shows every place told, however long ago it twitched. A diary
    shorter than the usual period is shown as long as it is, unless a period was chosen.
    """
    options = options_of(request)
    visited = last_visit(request) if options.since_visit else None
    if visited is not None:
        return summary_since(request, visited)
    summary = summary_of(request, options.weeks)
    chosen = period_was_chosen(request.session.get(KEPT))
    if not chosen and summary.days_recorded < summary.period.days:
        return summarise(summary.record, summary.as_of)  # which holds all of it
    if options.weeks is not None and summary.told_only:
        return summary_of(request)
    return summary


def last_visit(request: DiaryRequest) -> date | None:
    """The day of the latest appointment before today."""
    past = Visit.objects.owned_by(request.user).kept().filter(date__lt=request.today)
    return past.order_by("-date").values_list("date", flat=True).first()


def _context(request: DiaryRequest) -> dict[str, object]:
    page = _page(request)
    options = page.options
    visited = last_visit(request)
    since_visit = options.since_visit and visited is not None
    weeks = WHOLE_DIARY if options.weeks is None else str(options.weeks)
    return {
        **preview_context(page),
        "weeks": [
            Option(
                code,
                gettext("All") if code == WHOLE_DIARY else code,
                code == weeks and not since_visit,
            )
            for code in WEEKS
        ],
        "since_visit": Option(SINCE_VISIT, "", since_visit),
        "visited": visited,
        "papers": [Option(code, words, code == options.paper) for code, words in Paper.choices()],
        "switches": _switches(options),
    }


def _switches(options: ProfileOptions) -> list[Option]:
    return [
        Option("name", gettext("Name and birth year"), options.name),
        Option("where", gettext("Where, by fortnight"), options.where),
        Option("medicines", gettext("Medicines and history"), options.medicines),
        Option("together", gettext("What goes together"), options.together),
        Option("larger", gettext("Larger print"), options.larger, gettext("still one page")),
        Option(
            "second_page",
            gettext("Second page"),
            options.second_page,
            gettext("day by day, last twitches"),
        ),
    ]
