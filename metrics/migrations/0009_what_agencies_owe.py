"""What agencies owe a return beside the figure of a whole: categories, and words."""

import django.db.models.deletion
from django.conf import settings
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


FORWARDS = """
CREATE FUNCTION metrics_commentary_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Words are only ever added to. Write a further version.'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON metrics_commentary
    FOR EACH ROW EXECUTE FUNCTION metrics_commentary_only_added_to();
"""

BACKWARDS = """
DROP TRIGGER only_added_to ON metrics_commentary;
DROP FUNCTION metrics_commentary_only_added_to();
"""


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORWARDS, params=None)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BACKWARDS, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('metrics', '0008_targets'),
        ('partnerships', '0007_reminders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Commentary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('theme', models.CharField(max_length=60)),
                ('number', models.PositiveIntegerField()),
                ('words', models.TextField(max_length=2000)),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commentaries', to='partnerships.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dataset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commentaries', to='metrics.dataset')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commentaries', to='partnerships.period')),
            ],
            options={
                'verbose_name_plural': 'commentaries',
                'ordering': ['dataset', 'period', 'agency', 'theme', 'number'],
                'constraints': [models.UniqueConstraint(fields=('dataset', 'period', 'agency', 'theme', 'number'), name='versions_of_words_are_numbered'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='versions_of_words_count_from_one'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='commentary_has_words'), models.CheckConstraint(condition=models.Q(('theme', ''), _negated=True), name='commentary_has_a_theme')],
            },
        ),
        migrations.CreateModel(
            name='ExpectedBreakdown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('breakdown', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expected', to='metrics.breakdown')),
                ('expectation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breakdowns', to='metrics.expectation')),
            ],
            options={
                'ordering': ['expectation', 'breakdown'],
                'constraints': [models.UniqueConstraint(fields=('expectation', 'breakdown'), name='breakdown_is_asked_for_once')],
            },
        ),
        migrations.CreateModel(
            name='ExpectedWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('theme', models.CharField(max_length=60)),
                ('first', models.DateField()),
                ('last', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expected_words', to='partnerships.agency')),
            ],
            options={
                'verbose_name_plural': 'expected words',
                'ordering': ['theme', 'agency', 'first'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'theme', 'first'), name='agency_is_asked_for_words_on_a_theme_once_a_day'), models.CheckConstraint(condition=models.Q(('last__isnull', True), ('first__lte', models.F('last')), _connector='OR'), name='words_are_expected_to_an_end_after_the_beginning'), models.CheckConstraint(condition=models.Q(('theme', ''), _negated=True), name='expected_words_have_a_theme')],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
