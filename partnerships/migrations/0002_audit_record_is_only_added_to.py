"""On PostgreSQL a trigger refuses to change or remove a row of the audit record.

SQLite serves development and the demo, where whoever can write SQL can also edit the file.
TRUNCATE stays possible: tests empty their tables with it, and only the owner may.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FORWARDS = """
CREATE FUNCTION partnerships_auditevent_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit record is only ever added to.'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON partnerships_auditevent
    FOR EACH ROW EXECUTE FUNCTION partnerships_auditevent_only_added_to();
"""

BACKWARDS = """
DROP TRIGGER only_added_to ON partnerships_auditevent;
DROP FUNCTION partnerships_auditevent_only_added_to();
"""


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORWARDS, params=None)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BACKWARDS, params=None)


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
