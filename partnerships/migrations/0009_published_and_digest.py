"""A person chooses two kinds of e-mail more; each week's digest is a row."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0008_notices_of_corrections")]
    operations = [
        migrations.AddField("user", "wants_digest", models.BooleanField(default=True)),
        migrations.AddField("user", "wants_published", models.BooleanField(default=False)),
        migrations.CreateModel(
            "Digest",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("week", models.PositiveSmallIntegerField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="digests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            {
                "ordering": ["person", "-year", "-week"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["person", "year", "week"], name="person_gets_one_digest_a_week"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(week__gte=1, week__lte=53),
                        name="week_of_a_digest_is_one_of_a_year",
                    ),
                ],
            },
        ),
    ]
