"""All tables of the database, whatever version of the site made them: how many rows, and a checksum of all of them."""

from psycopg import Connection, sql

from letters.backup.dump import SCHEMA
from letters.backup.manifest import Rows

TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
ORDER BY relname
"""
# A generated column is left out: it follows from the others, and another PostgreSQL may stem a word differently.
COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = format('%%I.%%I', %s::text, %s::text)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
ORDER BY attname
"""
# The sum, over the rows in any order, of the first 64 bits of the SHA-256 of each row as text. Not PostgreSQL's own
# hash functions, which may differ between its versions; not MD5, which a server in FIPS mode does not have.
COUNT_AND_CHECKSUM = """
SELECT count(*), coalesce(sum(
    ('x' || left(encode(sha256(convert_to(ROW({columns})::text, 'UTF8')), 'hex'), 16))::bit(64)::bigint::numeric
), 0)::text FROM {table}
"""
# How values are written as text: the same in every session.
WRITING = {
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
}
# Everything in the schema, without what an extension brought or the server keeps about it.
OBJECTS = """
SELECT object.type, object.identity
FROM pg_depend AS inside, pg_identify_object(inside.classid, inside.objid, 0) AS object
WHERE inside.refclassid = 'pg_namespace'::regclass AND inside.refobjid = %s::regnamespace AND inside.deptype = 'n'
  AND object.type NOT IN ('extension', 'default acl', 'publication namespace')
  AND NOT EXISTS (
    SELECT FROM pg_depend AS member
    WHERE member.classid = inside.classid AND member.objid = inside.objid AND member.deptype = 'e'
  )
ORDER BY object.type <> 'table'
"""
#: How an object's type is called in DROP, where that differs.
IN_DROP = {"composite type": "TYPE", "statistics object": "STATISTICS"}
SECONDS_FOR_LOCK = 10


def names(connection: Connection) -> list[str]:
    return [name for (name,) in connection.execute(TABLES, [SCHEMA]).fetchall()]


def count(connection: Connection) -> dict[str, int]:
    """Return the number of rows of each table that has any."""
    found = {}
    for name in names(connection):
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(SCHEMA, name))
        found[name] = connection.execute(query).fetchone()[0]
    return {name: rows for name, rows in found.items() if rows}


def checksums(connection: Connection) -> dict[str, Rows]:
    """Return count and checksum of each table, as the connection's transaction sees them."""
    for setting, value in WRITING.items():
        connection.execute("SELECT set_config(%s, %s, true)", [setting, value])
    found = {}
    for name in names(connection):
        columns = [column for (column,) in connection.execute(COLUMNS, [SCHEMA, name]).fetchall()]
        query = sql.SQL(COUNT_AND_CHECKSUM).format(
            columns=sql.SQL(", ").join(map(sql.Identifier, columns)), table=sql.Identifier(SCHEMA, name)
        )
        found[name] = Rows(*connection.execute(query).fetchone())
    return found


def lock_all(connection: Connection) -> None:
    """Keep everyone else out of all tables until the end of the transaction; give up when that takes long."""
    connection.execute("SELECT set_config('lock_timeout', %s, true)", [f"{SECONDS_FOR_LOCK}s"])
    if tables := [sql.Identifier(SCHEMA, name) for name in names(connection)]:
        connection.execute(
            sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sql.SQL(", ").join(tables))
        )


def drop_all(connection: Connection) -> None:
    """Empty the schema, also of what this version of the site does not know."""
    for kind, identity in connection.execute(OBJECTS, [SCHEMA]).fetchall():
        connection.execute(f"DROP {IN_DROP.get(kind, kind)} IF EXISTS {identity} CASCADE")
