from django.urls import URLPattern, URLResolver, path

from partnerships.promises import views

_PROMISES = "p/<slug:slug>/promises/"
_RISKS = _PROMISES + "risks/"
_FIGURES = _PROMISES + "figures/"
_MILESTONES = "p/<slug:slug>/calendar/milestones/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_PROMISES, views.promises, name="promises"),
    path(_PROMISES + "add/", views.promise_add, name="promise_add"),
    path(_PROMISES + "years/<str:period>/<slug:code>/", views.promise_edit, name="promise_edit"),
    path(_RISKS, views.risks, name="risks"),
    path(_RISKS + "add/", views.risk_add, name="risk_add"),
    path(_RISKS + "<slug:code>/", views.risk_edit, name="risk_edit"),
    path(_FIGURES, views.named_figures, name="named_figures"),
    path(_FIGURES + "add/", views.named_figure_add, name="named_figure_add"),
    path(_FIGURES + "<slug:code>/", views.named_figure_edit, name="named_figure_edit"),
    path(_MILESTONES, views.milestones, name="milestones"),
    path(_MILESTONES + "add/", views.milestone_add, name="milestone_add"),
    path(_MILESTONES + "<slug:code>/", views.milestone_edit, name="milestone_edit"),
]
