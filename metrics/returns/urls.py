from django.urls import URLPattern, URLResolver, path

from metrics.returns import views
from metrics.returns.cannot_supply import views as cannot_supply_views
from metrics.returns.deciding import views as deciding_views
from metrics.returns.figure import views as figure_views
from metrics.returns.grid import typing_views
from metrics.returns.grid import views as grid_views
from metrics.returns.parts import link_views
from metrics.returns.parts import views as part_views

_RETURN = "p/<slug:slug>/returns/<str:period>/"
_FIGURE = _RETURN + "<slug:code>/"
_CANNOT = "p/<slug:slug>/returns/cannot-supply/"
_PART = _RETURN + "figures/agencies/<slug:agency>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("returns/open/", link_views.return_open, name="return_open"),
    path("p/<slug:slug>/returns/", views.returns, name="returns"),
    path(_CANNOT, cannot_supply_views.cannot_supply, name="cannot_supply"),
    path(
        _CANNOT + "<int:pk>/take-back/",
        cannot_supply_views.cannot_supply_back,
        name="cannot_supply_back",
    ),
    path(_RETURN, views.return_period, name="return_period"),
    path(_RETURN + "figures/enter/", grid_views.return_grid, name="return_grid"),
    path(_RETURN + "figures/rate/", typing_views.return_rate, name="return_rate"),
    path(_RETURN + "figures/decide/", deciding_views.return_decide, name="return_decide"),
    path(_RETURN + "figures/dates/", part_views.return_dates, name="return_dates"),
    path(_RETURN + "figures/agencies/", part_views.return_agencies, name="return_agencies"),
    path(_PART, part_views.return_part, name="return_part"),
    path(_PART + "step/", part_views.return_step, name="return_step"),
    path(_FIGURE, figure_views.return_cell, name="return_cell"),
    path(_FIGURE + "comment/", figure_views.comment, name="return_cell_comment"),
    path(_FIGURE + "approve/", figure_views.approve, name="return_cell_approve"),
    path(_FIGURE + "send-back/", figure_views.send_back, name="return_cell_send_back"),
]
