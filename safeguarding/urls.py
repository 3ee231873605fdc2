"""Every address of the portal; each app lists its own."""

from django.urls import include, path

from safeguarding import views
from safeguarding.components import components

handler400 = views.bad_request

urlpatterns = [
    path("components/", components, name="components"),
    path("health/", views.health, name="health"),
    path("", include("reports.urls")),
    path("", include("reviews.urls")),
    path("", include("metrics.urls")),
    path("", include("partnerships.urls")),
]
