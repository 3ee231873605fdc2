from django.urls import URLPattern, URLResolver, path

from metrics.targets import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.targets, name="targets"),
    path("add/", views.target_add, name="target_add"),
    path("<int:pk>/", views.target, name="target"),
    path("<int:pk>/end/", views.target_end, name="target_end"),
]
