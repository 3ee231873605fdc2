from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0007_reminders")]
    operations = [
        migrations.AddField("user", "wants_corrections", models.BooleanField(default=True)),
    ]
