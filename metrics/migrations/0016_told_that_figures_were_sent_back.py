"""An agency is told by e-mail that figures of its part of a return were sent back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("metrics", "0015_comments")]
    operations = [
        migrations.RemoveConstraint("returnnotice", "notice_of_a_return_is_known"),
        migrations.AlterField(
            "returnnotice",
            "kind",
            models.CharField(
                choices=[
                    ("chased", "Chased"),
                    ("before-due", "Reminded before it was due"),
                    ("after-due", "Reminded after it was due"),
                    ("given-back", "Told that it was given back"),
                    ("sent-back", "Told that figures were sent back"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            "returnnotice",
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["chased", "before-due", "after-due", "given-back", "sent-back"]
                ),
                name="notice_of_a_return_is_known",
            ),
        ),
    ]
