from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "reviews"
    verbose_name = "Learning and assurance"

    def ready(self) -> None:
        from reviews import waiting  # noqa: F401  (registers what waits for people)

        # Each registers its kinds of figures.
        from reviews.assurance import stated as assurance  # noqa: F401
        from reviews.inspections import stated as findings  # noqa: F401
        from reviews.practice import stated as practice  # noqa: F401
        from reviews.training import stated as training  # noqa: F401
        from reviews.voice import stated as voice  # noqa: F401
