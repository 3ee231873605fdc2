from django.urls import URLPattern, URLResolver, include, path

from partnerships.governance import views

_PRIORITY = "p/<slug:slug>/priorities/<slug:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<slug:slug>/governance/", views.governance, name="governance"),
    path("p/<slug:slug>/governance/add/", views.body_add, name="body_add"),
    path("p/<slug:slug>/governance/<slug:code>/", views.body, name="body"),
    path("p/<slug:slug>/governance/<slug:code>/edit/", views.body_edit, name="body_edit"),
    path("p/<slug:slug>/priorities/", views.priorities, name="priorities"),
    path("p/<slug:slug>/priorities/add/", views.priority_add, name="priority_add"),
    path("", include("partnerships.governance.meetings.urls")),
    path(_PRIORITY, views.priority, name="priority"),
    path(_PRIORITY + "years/add/", views.priority_year_add, name="priority_year_add"),
    path(
        _PRIORITY + "years/<str:period>/",
        views.priority_year_edit,
        name="priority_year_edit",
    ),
]
