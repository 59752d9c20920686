"""Addresses of the diary: log, check-in, entries, settings. Nothing personal stands in them."""

from __future__ import annotations

from datetime import date

from django.urls import path, register_converter

from diary.views import (
    check_in,
    drinks,
    episodes,
    events,
    exchange,
    factors,
    home,
    log,
    medicines,
    more,
    offline,
    settings,
    welcome,
)

app_name = "diary"


class DateConverter:
    """A date in an address, such as 2026-05-04."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """The date; anything that is none is not found."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """The date as it stands in an address."""
        return value if isinstance(value, str) else value.isoformat()


register_converter(DateConverter, "date")

urlpatterns = [
    path("", log.log, name="log"),
    path("log/", log.log_episode, name="log_episode"),
    path("places/", log.places, name="places"),
    path("earlier/", log.earlier, name="earlier"),
    path("welcome/", welcome.welcome, name="welcome"),
    path("start/", welcome.start, name="start"),
    path("example/", welcome.example, name="example"),
    path("example/leave/", welcome.leave_example, name="leave_example"),
    path("phone/", home.phone, name="phone"),
    path("phone/password/", home.choose_password, name="home_password"),
    path("pair/<str:code>/", home.pair, name="pair"),
    path("sign-in/", home.sign_in, name="home_sign_in"),
    path("sign-out/", home.sign_out, name="home_sign_out"),
    path("episodes/", episodes.episodes, name="episodes"),
    path("episodes/<uuid:uid>/", episodes.episode, name="episode"),
    path("episodes/<uuid:uid>/details/", episodes.episode_details, name="episode_details"),
    path("episodes/<uuid:uid>/rate/", episodes.episode_rate, name="episode_rate"),
    path("episodes/<uuid:uid>/running/", episodes.episode_running, name="episode_running"),
    path("episodes/<uuid:uid>/stop/", episodes.episode_stop, name="episode_stop"),
    path("episodes/<uuid:uid>/delete/", episodes.episode_delete, name="episode_delete"),
    path("episodes/<uuid:uid>/restore/", episodes.episode_restore, name="episode_restore"),
    path("entries/<uuid:uid>/", offline.waiting_tap, name="waiting_tap"),
    path("csrf", offline.csrf, name="csrf"),
    path("offline/", offline.offline, name="offline"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("today/", check_in.today, name="today"),
    path("days/<date:day>/", check_in.day, name="day"),
    path("days/<date:day>/exact/", check_in.day_exact, name="day_exact"),
    path("days/<date:day>/drinks/", drinks.drinks, name="drinks"),
    path("days/<date:day>/drinks/same/", check_in.same_drinks, name="same_drinks"),
    path("medicines/", medicines.medicines, name="medicines"),
    path("medicines/add/", medicines.medicine_add, name="medicine_add"),
    path("medicines/<int:pk>/", medicines.medicine, name="medicine"),
    path("medicines/<int:pk>/stop/", medicines.medicine_stop, name="medicine_stop"),
    path("medicines/<int:pk>/delete/", medicines.medicine_delete, name="medicine_delete"),
    path("medicines/<int:pk>/restore/", medicines.medicine_restore, name="medicine_restore"),
    path("events/", events.events, name="events"),
    path("events/<int:pk>/", events.event, name="event"),
    path("events/<int:pk>/delete/", events.event_delete, name="event_delete"),
    path("events/<int:pk>/restore/", events.event_restore, name="event_restore"),
    path("more/", more.more, name="more"),
    path("settings/", settings.index, name="settings"),
    path("settings/name/", settings.name, name="settings_name"),
    path("settings/body/", settings.body, name="settings_body"),
    path("settings/place/", settings.place, name="settings_place"),
    path("settings/check-in/", settings.check_in, name="settings_check_in"),
    path("factors/", factors.factors, name="factors"),
    path("factors/<int:pk>/", factors.factor, name="factor"),
    path("factors/<int:pk>/delete/", factors.factor_delete, name="factor_delete"),
    path("settings/pause/", settings.pause, name="settings_pause"),
    path("settings/copies/", exchange.formats, name="settings_formats"),
    path("settings/reminder/", exchange.reminders, name="reminders"),
    path("export/diary.ics", exchange.reminders_ics, name="reminders_ics"),
    path("export/tables.zip", exchange.export_csv, name="export_csv"),
    path("export/diary.html", exchange.export_html, name="export_html"),
    path("export/diary.json", exchange.export_json, name="export_json"),
    path("import/", exchange.import_file, name="import_file"),
    path("import/look/", exchange.import_confirm, name="import_confirm"),
    path("import/undo/", exchange.import_undo, name="import_undo"),
    path("import/forget/", exchange.import_forget, name="import_forget"),
    path("erase/", exchange.erase, name="erase"),
]
