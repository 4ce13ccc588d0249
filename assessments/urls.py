"""Every address below `/councils/`: the council and the cycle stand in it, never in a session."""

from django.urls import URLPattern, URLResolver, include, path

from assessments.views import answers, assign, council, cycles, exports, home, people, search

app_name = "councils"

# Below one question.
QUESTION: list[URLPattern | URLResolver] = [
    path("", answers.question, name="question"),
    path("draft/", answers.question_draft, name="question_draft"),
    path("draft/discard/", answers.discard_question_draft, name="discard_question_draft"),
]

# Below one exported file.
EXPORT: list[URLPattern | URLResolver] = [
    path("", exports.export, name="export"),
    path("download/", exports.download_export, name="download_export"),
    path("again/", exports.make_export_again, name="make_export_again"),
]

# Below one cycle.
CYCLE: list[URLPattern | URLResolver] = [
    path("", cycles.cycle, name="cycle"),
    path("assign/", assign.assign, name="assign"),
    path("search/", search.search, name="search"),
    path("questions/<str:ref>/", include(QUESTION)),
    path("exports/", exports.exports, name="exports"),
    path("exports/<int:export_id>/", include(EXPORT)),
]

# Below one council.
COUNCIL: list[URLPattern | URLResolver] = [
    path("", council.council, name="council"),
    path("settings/", council.settings, name="settings"),
    path("theme.css", council.theme, name="theme"),
    path("logo/", council.logo, name="logo"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="add_person"),
    path("people/<int:membership_id>/role/", people.role, name="change_role"),
    path("people/<int:membership_id>/remove/", people.remove, name="remove_person"),
    path("people/<int:membership_id>/invite/", people.invite_again, name="invite_again"),
    path("cycles/start/", cycles.start, name="start_cycle"),
    path("cycles/<int:cycle_id>/", include(CYCLE)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("add/", home.add, name="add"),
    path("<slug:slug>/", include(COUNCIL)),
]
