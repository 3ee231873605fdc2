from django.apps import AppConfig


class ReportsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "reports"
    verbose_name = "Dashboards and reports"

    def ready(self) -> None:
        from reports import (
            holds,  # noqa: F401  (registers what holds an entry that reports print)
            jobs,  # noqa: F401  (registers the handlers)
            waiting,  # noqa: F401  (registers what waits for people)
        )
        from reports.alerts import jobs as alerts  # noqa: F401  (registers the handler)
        from reports.corrections import jobs as corrections  # noqa: F401  (registers the same)
        from reports.ratios import stated  # noqa: F401  (registers the addresses)
