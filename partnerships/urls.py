from django.urls import URLPattern, URLResolver, include, path

from partnerships.jobs import views as jobs
from partnerships.people import views as people

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("partnerships.account_urls")),
    path("", include("partnerships.governance.urls")),
    path("", include("partnerships.promises.urls")),
    path("", include("partnerships.budget.urls")),
    path("my/", people.my, name="my"),
    path("p/<slug:slug>/people/", people.people, name="people"),
    path("p/<slug:slug>/people/new/", people.grant, name="people_grant"),
    path("p/<slug:slug>/people/<int:pk>/end/", people.end, name="people_end"),
    path("p/<slug:slug>/people/<int:pk>/invite/", people.invite, name="people_invite"),
    path("p/<slug:slug>/audit/", people.audit, name="audit"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
    path("jobs/<int:pk>/cancel/", jobs.cancel, name="job_cancel"),
    path("jobs/<int:pk>/again/", jobs.ask_again, name="job_again"),
]
