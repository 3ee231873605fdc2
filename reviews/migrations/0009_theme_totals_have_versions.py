"""A count of a theme is changed over the version that was seen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0008_judgements_of_findings"),
    ]

    operations = [
        migrations.AddField(
            model_name="themetotal",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
