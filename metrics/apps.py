from django.apps import AppConfig


class MetricsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "metrics"
    verbose_name = "Figures"

    def ready(self) -> None:
        from metrics import (
            jobs,  # noqa: F401  (registers the handlers)
            stated,  # noqa: F401  (registers its kind of figures)
        )
        from metrics.official import stated as medians  # noqa: F401  (the same)
        from metrics.returns import (
            opening_jobs,  # noqa: F401  (the same)
            waiting,  # noqa: F401  (registers what waits for people)
        )
        from metrics.returns.parts import jobs as return_jobs  # noqa: F401  (the same)
        from metrics.upload import jobs as upload_jobs  # noqa: F401  (registers the handlers)
