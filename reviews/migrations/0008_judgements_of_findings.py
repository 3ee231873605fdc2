from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0007_themes_judgements_and_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='finding',
            name='judgement',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='finding',
            name='previous_judgement',
            field=models.CharField(blank=True, max_length=100),
        ),
    ]
