from django.urls import URLPattern, URLResolver, path

from metrics.upload import template_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("template.csv", template_views.template_csv, name="return_template_csv"),
    path("template.xlsx", template_views.template_xlsx, name="return_template_xlsx"),
    path("upload/", views.upload, name="return_upload"),
    path("upload/<int:pk>/", views.preview, name="return_upload_preview"),
    path("upload/<int:pk>/columns/", views.columns, name="return_upload_columns"),
    path("upload/<int:pk>/drop/", views.drop, name="return_upload_drop"),
]
