from django.urls import include, path

from assessments.views.home import home
from prevent_toolkit.health import health

urlpatterns = [
    path("", home, name="home"),
    path("health/", health, name="health"),
    path("account/", include("allauth.account.urls")),
    path("councils/", include("assessments.urls")),
    path("toolkits/", include("benchmarks.urls")),
]
