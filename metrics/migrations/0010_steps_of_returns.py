"""A submission can be taken back, and triggers refuse to change a step of a return.

On PostgreSQL they refuse to remove one, too. SQLite has no TRUNCATE: whoever empties a table there,
as tests do between each other, deletes its rows, so that only changing one is refused.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MESSAGE = "Steps of a return are only ever added to. Take a further one."

FORWARDS = {
    "postgresql": f"""
CREATE FUNCTION metrics_returnstep_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON metrics_returnstep
    FOR EACH ROW EXECUTE FUNCTION metrics_returnstep_only_added_to();
""",
    "sqlite": f"""
CREATE TRIGGER metrics_returnstep_only_added_to BEFORE UPDATE ON metrics_returnstep
BEGIN
    SELECT RAISE(ABORT, '{MESSAGE}');
END
""",
}

BACKWARDS = {
    "postgresql": """
DROP TRIGGER only_added_to ON metrics_returnstep;
DROP FUNCTION metrics_returnstep_only_added_to();
""",
    "sqlite": "DROP TRIGGER metrics_returnstep_only_added_to",
}


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(FORWARDS[schema_editor.connection.vendor], params=None)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(BACKWARDS[schema_editor.connection.vendor], params=None)


class Migration(migrations.Migration):
    dependencies = [("metrics", "0009_what_agencies_owe")]
    operations = [
        migrations.RemoveConstraint("returnstep", "step_of_a_return_is_known"),
        migrations.RemoveConstraint("returnstep", "giving_a_return_back_says_why"),
        migrations.AlterField(
            "returnstep",
            "kind",
            models.CharField(
                choices=[
                    ("submitted", "Submitted"),
                    ("returned", "Returned"),
                    ("locked", "Locked"),
                    ("withdrawn", "Taken back"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddConstraint(
            "returnstep",
            models.CheckConstraint(
                condition=models.Q(kind__in=["submitted", "returned", "locked", "withdrawn"]),
                name="step_of_a_return_is_known",
            ),
        ),
        migrations.AddConstraint(
            "returnstep",
            models.CheckConstraint(
                condition=~models.Q(kind__in=["returned", "withdrawn"]) | ~models.Q(reason=""),
                name="giving_or_taking_a_return_back_says_why",
            ),
        ),
        # Last: SQLite makes the table anew for each of those above, without its triggers.
        migrations.RunPython(forwards, backwards),
    ]
