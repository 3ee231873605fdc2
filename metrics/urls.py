from django.urls import URLPattern, URLResolver, include, path

from metrics.register import views as register

urlpatterns: list[URLPattern | URLResolver] = [
    path("indicators/", register.indicators, name="indicators"),
    path("indicators/<slug:code>/", register.indicator_definition, name="indicator_definition"),
    path("p/<slug:slug>/returns/owed/", include("metrics.owing.urls")),
    path("p/<slug:slug>/returns/<str:period>/figures/", include("metrics.upload.urls")),
    path("p/<slug:slug>/targets/", include("metrics.targets.urls")),
    path("", include("metrics.returns.urls")),
]
