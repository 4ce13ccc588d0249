from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from assessments.urls import EDITIONS, TOOLKITS
from assessments.views import calendar, outbox, reminders
from assessments.views.home import home
from assessments.views.unsent import unsent
from prevent_toolkit.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("health/", health, name="health"),
    path("unsent/", unsent, name="unsent"),
    path("account/", include("allauth.account.urls")),
    path("councils/", include("assessments.urls")),
    path("toolkits/", include((TOOLKITS, "toolkits"))),
    path("editions/", include((EDITIONS, "editions"))),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar_feed"),
    path("reminders/<str:token>/", reminders.reminders, name="reminders"),
    path("reminders/<str:token>/again/", reminders.resume, name="resume_reminders"),
]

if settings.ENVIRONMENT != "production":
    urlpatterns += [
        path("outbox/", outbox.outbox, name="outbox"),
        path("outbox/remind/", outbox.remind, name="outbox_remind"),
    ]
