"""Addresses of trends, preparation, the profile and the library."""

from __future__ import annotations

from django.urls import URLPattern, path

from triage.views import (
    advice,
    caffeine,
    first_sheet,
    library,
    prepare,
    profile,
    signs,
    trends,
    visits,
)

app_name = "triage"

urlpatterns: list[URLPattern] = [
    path("library/", library.library_index, name="library"),
    path("library/<slug:slug>/", library.library_entry, name="library_entry"),
    path("trends/", trends.trends, name="trends"),
    path("trends/weeks/", trends.choose_weeks, name="trends_weeks"),
    path("trends/place/", trends.choose_place, name="trends_place"),
    path("trends/caffeine/", caffeine.trends_caffeine, name="trends_caffeine"),
    path("trends/explained/", trends.trends_explained, name="trends_explained"),
    path("trends/question/", trends.question_of_own, name="question_of_own"),
    path("when-to-see-a-doctor/", library.when_to_see, name="when_to_see"),
    path("prepare/", prepare.prepare, name="prepare"),
    path("prepare/sheet/", prepare.prepare_sheet, name="prepare_sheet"),
    path("prepare/first/", first_sheet.prepare_first, name="prepare_first"),
    path("prepare/first/since/", first_sheet.prepare_first_since, name="prepare_first_since"),
    path("prepare/tests/remove/", prepare.prepare_test_remove, name="prepare_test_remove"),
    path("prepare/<slug:step>/", prepare.prepare_step, name="prepare_step"),
    path("profile/", profile.profile, name="profile"),
    path("profile/options/", profile.profile_options, name="profile_options"),
    path("profile.pdf", profile.profile_file, name="profile_pdf"),
    path("weekly-check/", signs.weekly_check, name="weekly_check"),
    path("advice/", advice.advice, name="advice"),
    path("advice/answer/", advice.advice_answer, name="advice_answer"),
    path("visits/", visits.visits, name="visits"),
    path("visits/<int:pk>/", visits.visit, name="visit"),
    path("visits/<int:pk>/afterwards/", visits.visit_afterwards, name="visit_afterwards"),
    path("visits/<int:pk>/sheet/", visits.visit_freeze, name="visit_freeze"),
    path("visits/<int:pk>/sheet/back/", visits.visit_take_back, name="visit_take_back"),
    path("visits/<int:pk>/sheet/again/", visits.visit_bring_back, name="visit_bring_back"),
    path("visits/<int:pk>/delete/", visits.visit_delete, name="visit_delete"),
    path("visits/<int:pk>/restore/", visits.visit_restore, name="visit_restore"),
    path(
        "visits/<int:pk>/questions/<int:position>/<slug:way>/",
        visits.visit_question_move,
        name="visit_question_move",
    ),
]
