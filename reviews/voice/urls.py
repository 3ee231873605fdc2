from django.urls import URLPattern, URLResolver, path

from reviews.voice import views

_ALL = "p/<slug:slug>/voice/"
_ONE = _ALL + "<slug:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_ALL, views.voice, name="voice"),
    path(_ALL + "add/", views.voice_add, name="voice_add"),
    path(_ONE, views.voice_activity, name="voice_activity"),
    path(_ONE + "edit/", views.voice_edit, name="voice_edit"),
    path(_ONE + "remove/", views.voice_remove, name="voice_remove"),
    path(_ONE + "figures/add/", views.voice_figure_add, name="voice_figure_add"),
    path(_ONE + "figures/<int:pk>/", views.voice_figure_edit, name="voice_figure_edit"),
    path(
        _ONE + "figures/<int:pk>/remove/",
        views.voice_figure_remove,
        name="voice_figure_remove",
    ),
]
