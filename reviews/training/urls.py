from django.urls import URLPattern, URLResolver, path

from reviews.training import views

_ALL = "p/<slug:slug>/training/"
_ONE = _ALL + "<slug:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_ALL, views.training, name="training"),
    path(_ALL + "add/", views.training_add, name="training_add"),
    path(_ONE, views.training_activity, name="training_activity"),
    path(_ONE + "edit/", views.training_edit, name="training_edit"),
    path(_ONE + "remove/", views.training_remove, name="training_remove"),
    path(_ONE + "figures/add/", views.training_figure_add, name="training_figure_add"),
    path(_ONE + "figures/<int:pk>/", views.training_figure_edit, name="training_figure_edit"),
    path(
        _ONE + "figures/<int:pk>/remove/",
        views.training_figure_remove,
        name="training_figure_remove",
    ),
]
