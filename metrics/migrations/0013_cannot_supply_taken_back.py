"""What an agency said by mistake that it cannot supply is taken back, and stays in the history."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ONCE = "agency_says_once_a_day_what_it_cannot_supply"


class Migration(migrations.Migration):
    dependencies = [
        ("metrics", "0012_who_owes_what"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            "cannotsupply", "taken_back_because", models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.AddField(
            "cannotsupply",
            "taken_back_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "cannotsupply", "taken_back_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.RemoveConstraint("cannotsupply", ONCE),
        migrations.AddConstraint(
            "cannotsupply",
            models.UniqueConstraint(
                condition=models.Q(taken_back_at__isnull=True),
                fields=("agency", "indicator", "first"),
                name=ONCE,
            ),
        ),
        migrations.AddConstraint(
            "cannotsupply",
            models.CheckConstraint(
                condition=models.Q(
                    taken_back_at__isnull=True, taken_back_because="", taken_back_by__isnull=True
                )
                | models.Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="what_is_taken_back_says_by_whom_and_when",
            ),
        ),
    ]
