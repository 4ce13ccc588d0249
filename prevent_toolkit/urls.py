from django.urls import include, path

from prevent_toolkit.health import health

urlpatterns = [
    path("health/", health, name="health"),
    path("account/", include("allauth.account.urls")),
    path("councils/", include("assessments.urls")),
    path("toolkits/", include("benchmarks.urls")),
]
