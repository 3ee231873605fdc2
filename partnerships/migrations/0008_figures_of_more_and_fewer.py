
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0005_meetings_and_budget'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='namedfigure',
            name='named_figure_qualifier_is_known',
        ),
        migrations.AlterField(
            model_name='namedfigure',
            name='qualifier',
            field=models.CharField(choices=[('exactly', 'Exactly'), ('about', 'About'), ('at-least', 'At least'), ('at-most', 'At most'), ('more-than', 'More than'), ('fewer-than', 'Fewer than')], default='exactly', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='namedfigure',
            constraint=models.CheckConstraint(condition=models.Q(('qualifier__in', ['exactly', 'about', 'at-least', 'at-most', 'more-than', 'fewer-than'])), name='named_figure_qualifier_is_known'),
        ),
    ]
