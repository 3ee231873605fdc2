from django.apps import AppConfig


class GroundConfig(AppConfig):
    name = "tests.partnerships.jobs.ground"
    label = "ground"

    def ready(self) -> None:
        from tests.partnerships.jobs.ground import handlers  # noqa: F401  (registers them)
