from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "partnerships"
    verbose_name = "People, partnerships, periods and jobs"

    def ready(self) -> None:
        from partnerships.budget import stated as budget  # noqa: F401  (register their figures)
        from partnerships.governance import stated as governance  # noqa: F401
        from partnerships.people import (  # register their kinds of work
            digest_jobs,  # noqa: F401
            jobs,  # noqa: F401
            sessions,  # noqa: F401
        )
        from partnerships.promises import stated  # noqa: F401  (registers its kinds of figure)
