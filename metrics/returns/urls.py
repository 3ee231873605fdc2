from django.urls import URLPattern, URLResolver, path

from metrics.returns import deciding_views, figure_views, grid_views, views

_RETURN = "p/<slug:slug>/returns/<str:period>/"
_FIGURE = _RETURN + "<slug:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<slug:slug>/returns/", views.returns, name="returns"),
    path(_RETURN, views.return_period, name="return_period"),
    path(_RETURN + "figures/enter/", grid_views.return_grid, name="return_grid"),
    path(_RETURN + "figures/decide/", deciding_views.return_decide, name="return_decide"),
    path(_FIGURE, figure_views.return_cell, name="return_cell"),
    path(_FIGURE + "approve/", figure_views.approve, name="return_cell_approve"),
    path(_FIGURE + "send-back/", figure_views.send_back, name="return_cell_send_back"),
]
