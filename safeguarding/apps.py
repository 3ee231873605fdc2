from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    name = "safeguarding"
    verbose_name = "The house"

    def ready(self) -> None:
        from safeguarding import checks  # noqa: F401  (registers the system checks)
