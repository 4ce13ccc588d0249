"""Every address below `/councils/`: the council and the cycle stand in it, never in a session."""

from django.urls import URLPattern, URLResolver, include, path

from assessments.views import answers

app_name = "councils"

# Below one question.
QUESTION: list[URLPattern | URLResolver] = [
    path("", answers.question, name="question"),
    path("draft/", answers.question_draft, name="question_draft"),
    path("draft/discard/", answers.discard_question_draft, name="discard_question_draft"),
]

# Below one cycle.
CYCLE: list[URLPattern | URLResolver] = [
    path("questions/<str:ref>/", include(QUESTION)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:slug>/cycles/<int:cycle_id>/", include(CYCLE)),
]
