from django.urls import URLPattern, URLResolver, path

from partnerships.budget import views

_ACCOUNT = "p/<slug:slug>/budget/<str:period>/<slug:fund>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<slug:slug>/budget/", views.budgets, name="budget"),
    path("p/<slug:slug>/budget/add/", views.budget_add, name="budget_add"),
    path("p/<slug:slug>/budget/<str:period>/", views.budget, name="budget_period"),
    path(_ACCOUNT + "edit/", views.budget_edit, name="budget_edit"),
    path(_ACCOUNT + "amounts/", views.amounts, name="budget_amounts"),
    path(_ACCOUNT + "lines/add/", views.line_add, name="budget_line_add"),
    path(_ACCOUNT + "lines/<slug:code>/", views.line_edit, name="budget_line"),
    path(_ACCOUNT + "lines/<slug:code>/remove/", views.line_remove, name="budget_line_remove"),
]
