"""What colleagues say to each other about a figure, and what of it is to be followed up."""

import django.db.models.deletion
from django.conf import settings
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# The function that keeps what agencies say about their figures says what is true here, too.
FORWARDS = """
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON metrics_comment
    FOR EACH ROW EXECUTE FUNCTION metrics_commentary_only_added_to();
"""
BACKWARDS = "DROP TRIGGER only_added_to ON metrics_comment;"


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORWARDS, params=None)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BACKWARDS, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('metrics', '0014_told_that_it_was_given_back'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('words', models.CharField(blank=True, max_length=500)),
                ('follow_up', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='metrics.cell')),
            ],
            options={
                'ordering': ['cell', 'number'],
                'constraints': [models.UniqueConstraint(fields=('cell', 'number'), name='versions_of_a_comment_are_numbered'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='versions_of_a_comment_count_from_one'), models.CheckConstraint(condition=models.Q(('number__gt', 1), models.Q(('words', ''), _negated=True), _connector='OR'), name='a_comment_begins_with_words'), models.CheckConstraint(condition=models.Q(('follow_up', False), models.Q(('words', ''), _negated=True), _connector='OR'), name='what_is_to_be_followed_up_is_said')],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
