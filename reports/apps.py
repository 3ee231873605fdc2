from django.apps import AppConfig


class ReportsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "reports"
    verbose_name = "Dashboards and reports"

    def ready(self) -> None:
        from reports import jobs  # noqa: F401  (registers the handlers)
        from reports.ratios import stated  # noqa: F401  (registers the addresses)
