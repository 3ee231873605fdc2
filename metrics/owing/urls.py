from django.urls import URLPattern, URLResolver, path

from metrics.owing import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.owing, name="owing"),
    path("figures/<int:pk>/", views.owing_figure, name="owing_figure"),
    path("figures/<int:pk>/categories/", views.owing_categories, name="owing_categories"),
    path("figures/<int:pk>/take-back/", views.owing_figure_back, name="owing_figure_back"),
    path("words/<int:pk>/", views.owing_words, name="owing_words"),
    path("words/<int:pk>/take-back/", views.owing_words_back, name="owing_words_back"),
    path("<slug:agency>/ask/", views.owing_ask, name="owing_ask"),
    path("<slug:agency>/ask-words/", views.owing_ask_words, name="owing_ask_words"),
]
