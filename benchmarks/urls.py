from django.urls import path

from . import views

app_name = "toolkits"

urlpatterns = [
    path("", views.toolkit_list, name="list"),
    path("<slug:slug>/", views.toolkit, name="toolkit"),
    path("<slug:slug>/benchmarks/<int:number>/", views.benchmark, name="benchmark"),
]
