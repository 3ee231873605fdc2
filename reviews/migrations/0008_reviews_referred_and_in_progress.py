from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0008_judgements_of_inspections'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='reviewtotal',
            name='review_total_event_is_known',
        ),
        migrations.AlterField(
            model_name='reviewtotal',
            name='event',
            field=models.CharField(choices=[('commenced', 'Commenced'), ('completed', 'Completed'), ('published', 'Published'), ('contributed', 'Contributed to'), ('undertaken', 'Undertaken'), ('referred', 'Referred for a decision'), ('in-progress', 'In progress')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='reviewtotal',
            constraint=models.CheckConstraint(condition=models.Q(('event__in', ['commenced', 'completed', 'published', 'contributed', 'undertaken', 'referred', 'in-progress'])), name='review_total_event_is_known'),
        ),
    ]
