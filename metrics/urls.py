from django.urls import URLPattern, URLResolver, include, path

from metrics import views

_FIGURE = "p/<slug:slug>/returns/<str:period>/<slug:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<slug:slug>/returns/<str:period>/figures/", include("metrics.upload.urls")),
    path("p/<slug:slug>/returns/", views.returns, name="returns"),
    path("p/<slug:slug>/returns/<str:period>/", views.return_period, name="return_period"),
    path(_FIGURE, views.return_cell, name="return_cell"),
    path(_FIGURE + "approve/", views.approve, name="return_cell_approve"),
    path(_FIGURE + "send-back/", views.send_back, name="return_cell_send_back"),
]
