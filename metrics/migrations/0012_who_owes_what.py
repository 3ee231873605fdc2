"""An agency is asked for the same thing once at a time, and words may have a question.

PostgreSQL could say so by an exclusion constraint, though for the words of a theme only with an
extension; SQLite has none. So both have a trigger. On PostgreSQL it holds the agency's row, so that
of two writers at once the second sees what the first one wrote. Rows that stand are not looked at.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# A table, what is asked for beside the agency, and how the trigger is named when it refuses.
ASKED = (
    ("metrics_expectation", "indicator_id", "agency_is_asked_for_an_indicator_once_at_a_time"),
    ("metrics_expectedwords", "theme", "agency_is_asked_for_words_on_a_theme_once_at_a_time"),
)

ANOTHER = """
SELECT 1 FROM {table} AS other
WHERE other.id <> NEW.id AND other.agency_id = NEW.agency_id AND other.{what} = NEW.{what}
AND (other.last IS NULL OR other.last >= NEW.first)
AND (NEW.last IS NULL OR NEW.last >= other.first)
"""

POSTGRESQL = """
CREATE FUNCTION {table}_once_at_a_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM partnerships_agency WHERE id = NEW.agency_id FOR NO KEY UPDATE;
    IF EXISTS ({another}) THEN
        RAISE EXCEPTION '{name}'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = '{name}', TABLE = '{table}';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER once_at_a_time AFTER INSERT OR UPDATE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_once_at_a_time();
"""

# SQLite gives a trigger one event each.
SQLITE = """
CREATE TRIGGER {table}_once_at_a_time_{event} AFTER {event} ON {table}
WHEN EXISTS ({another})
BEGIN
    SELECT RAISE(ABORT, '{name}');
END
"""


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table, what, name in ASKED:
        said = {"table": table, "name": name, "another": ANOTHER.format(table=table, what=what)}
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRESQL.format(**said), params=None)
            continue
        for event in ("insert", "update"):
            schema_editor.execute(SQLITE.format(**said, event=event), params=None)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table, _, _ in ASKED:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER once_at_a_time ON {table}", params=None)
            schema_editor.execute(f"DROP FUNCTION {table}_once_at_a_time()", params=None)
            continue
        for event in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER {table}_once_at_a_time_{event}", params=None)


class Migration(migrations.Migration):
    dependencies = [("metrics", "0011_changes_of_official_statistics")]
    operations = [
        migrations.AddField(
            "expectedwords", "question", models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        # Last: SQLite makes the table anew for a change of its columns, without its triggers.
        migrations.RunPython(forwards, backwards),
    ]
