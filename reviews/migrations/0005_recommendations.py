"""Recommendations, actions and challenges.

On PostgreSQL a trigger refuses to change or remove an update of an action: what was told stays
as it was told, and a further update corrects it. SQLite serves development and the demo.
"""

import django.db.models.deletion
from django.conf import settings
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FORWARDS = """
CREATE FUNCTION reviews_actionupdate_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Updates of actions are only ever added to. Add a further one.'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON reviews_actionupdate
    FOR EACH ROW EXECUTE FUNCTION reviews_actionupdate_only_added_to();
"""

BACKWARDS = """
DROP TRIGGER only_added_to ON reviews_actionupdate;
DROP FUNCTION reviews_actionupdate_only_added_to();
"""


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORWARDS, params=None)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BACKWARDS, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0004_promises'),
        ('reviews', '0004_inspections_name_their_source'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('part', models.CharField(blank=True, max_length=1)),
                ('text', models.CharField(max_length=800)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['source', 'number', 'part'],
            },
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('text', models.CharField(max_length=500)),
                ('due', models.DateField(blank=True, null=True)),
                ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('dropped', 'No longer pursued')], default='open', max_length=8)),
                ('done', models.DateField(blank=True, null=True)),
                ('dropped_why', models.CharField(blank=True, max_length=500)),
                ('version', models.PositiveIntegerField(default=1)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='partnerships.agency')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='partnerships.partnership')),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='reviews.recommendation')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('due'), nulls_last=True), 'number'],
            },
        ),
        migrations.CreateModel(
            name='RecommendationSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60)),
                ('kind', models.CharField(choices=[('review', 'Practice review'), ('inspection', 'Inspection'), ('audit', 'Audit'), ('self-assessment', 'Self-assessment'), ('scrutiny', 'Scrutiny meeting'), ('peer-review', 'Peer review'), ('other', 'Other')], max_length=16)),
                ('name', models.CharField(max_length=200)),
                ('told', models.DateField(blank=True, null=True)),
                ('told_precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year'), ('financial-year', 'financial-year'), ('unknown', 'unknown')], default='unknown', max_length=14)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('version', models.PositiveIntegerField(default=1)),
                ('inspection', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendation_source', to='reviews.inspection')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendation_sources', to='partnerships.partnership')),
                ('review', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendation_source', to='reviews.practicereview')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('told'), descending=True, nulls_last=True), 'name'],
            },
        ),
        migrations.AddField(
            model_name='recommendation',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='reviews.recommendationsource'),
        ),
        migrations.CreateModel(
            name='ActionUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('words', models.CharField(max_length=1000)),
                ('done', models.DateField(blank=True, null=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='updates', to='reviews.action')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='action_update_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Challenge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60)),
                ('raised_by', models.CharField(max_length=200)),
                ('raised_with', models.CharField(max_length=200)),
                ('about', models.CharField(max_length=500)),
                ('outcome', models.CharField(blank=True, max_length=500)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('source', models.SlugField(blank=True, max_length=80)),
                ('fact_id', models.CharField(blank=True, max_length=20)),
                ('version', models.PositiveIntegerField(default=1)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='partnerships.partnership')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='partnerships.period')),
            ],
            options={
                'ordering': ['-period__last', 'about'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'code'), name='challenge_code_is_used_once_at_a_partnership'), models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('code', 'add'), _negated=True)), name='challenge_has_a_code_of_its_own'), models.CheckConstraint(condition=models.Q(models.Q(('raised_by', ''), _negated=True), models.Q(('raised_with', ''), _negated=True), models.Q(('about', ''), _negated=True)), name='challenge_says_who_raised_what_with_whom')],
            },
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.UniqueConstraint(fields=('partnership', 'number'), name='actions_of_a_partnership_are_numbered'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='actions_count_from_one'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='action_says_what_is_to_be_done'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'done', 'dropped'])), name='action_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('done__isnull', True)), _connector='OR'), name='done_actions_and_only_they_have_a_day'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), models.Q(('dropped_why', ''), _negated=True)), models.Q(models.Q(('state', 'dropped'), _negated=True), ('dropped_why', '')), _connector='OR'), name='dropped_actions_and_only_they_say_why'),
        ),
        migrations.AddConstraint(
            model_name='recommendationsource',
            constraint=models.UniqueConstraint(fields=('partnership', 'code'), name='recommendation_source_code_is_used_once_at_a_partnership'),
        ),
        migrations.AddConstraint(
            model_name='recommendationsource',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('code', 'add'), _negated=True)), name='recommendation_source_has_a_code_of_its_own'),
        ),
        migrations.AddConstraint(
            model_name='recommendationsource',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='recommendation_source_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='recommendationsource',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['review', 'inspection', 'audit', 'self-assessment', 'scrutiny', 'peer-review', 'other'])), name='recommendation_source_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='recommendationsource',
            constraint=models.CheckConstraint(condition=models.Q(('review__isnull', True), ('kind', 'review'), _connector='OR'), name='only_a_review_is_tied_to_a_review'),
        ),
        migrations.AddConstraint(
            model_name='recommendationsource',
            constraint=models.CheckConstraint(condition=models.Q(('inspection__isnull', True), ('kind', 'inspection'), _connector='OR'), name='only_an_inspection_is_tied_to_an_inspection'),
        ),
        migrations.AddConstraint(
            model_name='recommendationsource',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('told__isnull', True), ('told_precision', 'unknown')), models.Q(('told__isnull', False), ('told_precision__in', ['day', 'month', 'year', 'financial-year'])), _connector='OR'), name='recommendation_source_is_dated_or_unknown'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.UniqueConstraint(fields=('source', 'number', 'part'), name='recommendation_has_one_place_in_its_source'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='recommendations_count_from_one'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('part__in', ['', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z'])), name='recommendation_part_is_a_small_letter'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='recommendation_says_what_is_recommended'),
        ),
        migrations.RunPython(forwards, backwards),
    ]
