"""On PostgreSQL triggers refuse to change or remove a revision or a decision.

A correction is a further revision, and a decision is its own row, so that nothing ever has
to change one. SQLite serves development and the demo. TRUNCATE stays possible: tests empty
their tables with it, and only the owner may.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FORWARDS = """
CREATE FUNCTION metrics_revision_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Revisions are only ever added to. Enter a further one.'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON metrics_revision
    FOR EACH ROW EXECUTE FUNCTION metrics_revision_only_added_to();

CREATE FUNCTION metrics_decision_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Decisions are only ever added to. Correct the figure instead.'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON metrics_decision
    FOR EACH ROW EXECUTE FUNCTION metrics_decision_only_added_to();
"""

BACKWARDS = """
DROP TRIGGER only_added_to ON metrics_decision;
DROP FUNCTION metrics_decision_only_added_to();
DROP TRIGGER only_added_to ON metrics_revision;
DROP FUNCTION metrics_revision_only_added_to();
"""


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORWARDS, params=None)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BACKWARDS, params=None)


class Migration(migrations.Migration):
    dependencies = [("metrics", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
