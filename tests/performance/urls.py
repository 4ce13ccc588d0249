from django.urls import include, path

from tests.performance.floor import floor

urlpatterns = [
    path("floor/<slug:slug>/", floor, name="floor"),
    path("", include("prevent_toolkit.urls")),
]
