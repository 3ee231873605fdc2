from django.urls import URLPattern, URLResolver, path

from reports.compare import views as compare
from reports.dashboards import views as dashboards
from reports.editions import views as editions
from reports.lineage import views as lineage
from reports.public import views as public
from reports.requirements import guidance_views as guidance
from reports.requirements import views as requirements
from reports.search import views as search

urlpatterns: list[URLPattern | URLResolver] = [
    path("", dashboards.home, name="home"),
    path("p/<slug:slug>/", dashboards.dashboard, name="dashboard"),
    path("p/<slug:slug>/indicators/<slug:code>/", dashboards.indicator, name="indicator"),
    path("p/<slug:slug>/disagreements/", dashboards.disagreements, name="disagreements"),
    path("p/<slug:slug>/reports/", editions.reports, name="reports"),
    path(
        "p/<slug:slug>/reports/<slug:year>/guidance/<slug:code>/",
        requirements.requirements,
        name="requirements",
    ),
    path(
        "p/<slug:slug>/reports/<slug:year>/guidance/<slug:code>/<slug:requirement>/",
        requirements.requirement_answer,
        name="requirement_answer",
    ),
    path(
        "p/<slug:slug>/reports/<slug:year>/guidance/<slug:code>/<slug:requirement>/remove/",
        requirements.requirement_answer_remove,
        name="requirement_answer_remove",
    ),
    path("guidance/", guidance.guidance, name="guidance"),
    path("guidance/<slug:code>/add/", guidance.requirement_add, name="requirement_add"),
    path(
        "guidance/<slug:code>/<slug:requirement>/",
        guidance.requirement_edit,
        name="requirement_edit",
    ),
    path(
        "guidance/<slug:code>/<slug:requirement>/remove/",
        guidance.requirement_remove,
        name="requirement_remove",
    ),
    path("p/<slug:slug>/reports/<slug:year>/build", editions.report_build, name="report_build"),
    path(
        "p/<slug:slug>/reports/<slug:year>/editions/<int:number>/",
        editions.edition,
        name="edition",
    ),
    path(
        "p/<slug:slug>/reports/<slug:year>/editions/<int:number>/pdf",
        editions.edition_pdf,
        name="edition_pdf",
    ),
    path(
        "p/<slug:slug>/reports/<slug:year>/editions/<int:number>/data.csv",
        editions.edition_csv,
        name="edition_csv",
    ),
    path(
        "p/<slug:slug>/reports/<slug:year>/editions/<int:number>/data.xlsx",
        editions.edition_xlsx,
        name="edition_xlsx",
    ),
    path(
        "p/<slug:slug>/reports/<slug:year>/editions/<int:number>/publish",
        editions.edition_publish,
        name="edition_publish",
    ),
    path("reports/", editions.published, name="published"),
    path("reports/<slug:slug>/<slug:year>/", editions.report, name="report"),
    path("reports/<slug:slug>/<slug:year>/pdf", editions.report_pdf, name="report_pdf"),
    path("reports/<slug:slug>/<slug:year>/data.csv", editions.report_csv, name="report_csv"),
    path("reports/<slug:slug>/<slug:year>/data.xlsx", editions.report_xlsx, name="report_xlsx"),
    path("compare/<slug:code>/", compare.compare, name="compare"),
    path("search/", search.search, name="search"),
    path("methodology/", public.methodology, name="methodology"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("figures/<str:address>/", lineage.figure, name="figure"),
]
