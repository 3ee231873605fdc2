"""On PostgreSQL triggers refuse to change or remove an edition, its figures or its publication.

A correction is a further edition. SQLite serves development and the demo. TRUNCATE stays
possible: tests empty their tables with it, and only the owner may.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("reports_edition", "reports_printedfigure", "reports_publication")

FUNCTION = """
CREATE FUNCTION reports_edition_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Editions are only ever added to. Build a further one.'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
"""
TRIGGER = """
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION reports_edition_only_added_to();
"""


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)
        for table in TABLES:
            schema_editor.execute(TRIGGER.format(table=table), params=None)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER only_added_to ON {table};", params=None)
        schema_editor.execute("DROP FUNCTION reports_edition_only_added_to();", params=None)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
