"""Every address below `/councils/`: the council and the cycle stand in it, never in a session."""

from django.urls import URLPattern, URLResolver

app_name = "councils"

urlpatterns: list[URLPattern | URLResolver] = []
