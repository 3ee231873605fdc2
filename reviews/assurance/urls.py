from django.urls import URLPattern, URLResolver, path

from reviews.assurance import assessment_removal_views as removals
from reviews.assurance import assessment_views as cycles
from reviews.assurance import views

_ALL = "p/<slug:slug>/assurance/"
_AUDIT = _ALL + "audits/<slug:code>/"
_CYCLE = _ALL + "self-assessments/<slug:code>/"
_STEP = _CYCLE + "steps/<int:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_ALL, views.assurance, name="assurance"),
    path(_ALL + "audits/add/", views.case_audit_add, name="case_audit_add"),
    path(_AUDIT, views.case_audit, name="case_audit"),
    path(_AUDIT + "edit/", views.case_audit_edit, name="case_audit_edit"),
    path(_AUDIT + "remove/", views.case_audit_remove, name="case_audit_remove"),
    path(_AUDIT + "grades/add/", views.case_audit_grades_add, name="case_audit_grades_add"),
    path(
        _AUDIT + "grades/<str:period>/",
        views.case_audit_grades_edit,
        name="case_audit_grades_edit",
    ),
    path(
        _AUDIT + "grades/<str:period>/remove/",
        views.case_audit_grades_remove,
        name="case_audit_grades_remove",
    ),
    path(_ALL + "dissemination/add/", views.dissemination_add, name="dissemination_add"),
    path(_ALL + "dissemination/<int:pk>/", views.dissemination_edit, name="dissemination_edit"),
    path(
        _ALL + "dissemination/<int:pk>/remove/",
        views.dissemination_remove,
        name="dissemination_remove",
    ),
    path(_ALL + "self-assessments/add/", cycles.self_assessment_add, name="self_assessment_add"),
    path(_CYCLE, cycles.self_assessment, name="self_assessment"),
    path(_CYCLE + "edit/", cycles.self_assessment_edit, name="self_assessment_edit"),
    path(_CYCLE + "steps/add/", cycles.assessment_step_add, name="assessment_step_add"),
    path(_STEP, cycles.assessment_step_edit, name="assessment_step_edit"),
    path(_STEP + "figures/add/", cycles.assessment_figure_add, name="assessment_figure_add"),
    path(_STEP + "figures/<int:pk>/", cycles.assessment_figure_edit, name="assessment_figure_edit"),
    path(_CYCLE + "areas/add/", cycles.assessment_area_add, name="assessment_area_add"),
    path(_CYCLE + "areas/<int:number>/", cycles.assessment_area_edit, name="assessment_area_edit"),
    path(_CYCLE + "moves/add/", cycles.assessment_move_add, name="assessment_move_add"),
    path(_CYCLE + "moves/<int:pk>/", cycles.assessment_move_edit, name="assessment_move_edit"),
    path(_CYCLE + "remove/", removals.self_assessment_remove, name="self_assessment_remove"),
    path(_STEP + "remove/", removals.assessment_step_remove, name="assessment_step_remove"),
    path(
        _STEP + "figures/<int:pk>/remove/",
        removals.assessment_figure_remove,
        name="assessment_figure_remove",
    ),
    path(
        _CYCLE + "areas/<int:number>/remove/",
        removals.assessment_area_remove,
        name="assessment_area_remove",
    ),
    path(
        _CYCLE + "moves/<int:pk>/remove/",
        removals.assessment_move_remove,
        name="assessment_move_remove",
    ),
]
