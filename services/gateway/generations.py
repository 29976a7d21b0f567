"""Which read model is the living one: each is a schema of the database, and one row says which is read and written.

Every transaction asks for it first, so that a reader sees one generation from its first row to its last.
"""

from collections.abc import Callable

from sqlalchemy import Connection, event, inspect

from shared.database import Database

FIRST = "public"
_LIVE = "(SELECT schema FROM public.generations WHERE id = 1)"
_LIVE_UNTIL_THE_END = "(SELECT schema FROM public.generations WHERE id = 1 FOR SHARE)"


def follow(database: Database) -> None:
    """Have every transaction of this database read and write the living generation.

    Who writes keeps it from being switched meanwhile: nothing is written to one that lives no more.
    """
    if not database.is_sqlite:
        event.listen(database.engine.sync_engine, "begin", _enter_the_living)


def stay_in(database: Database, schema: str) -> None:
    """Have every transaction of this database read and write this generation."""
    if not database.is_sqlite:
        event.listen(database.engine.sync_engine, "begin", entering(schema))


def enter(connection: Connection) -> None:
    """Put this transaction in the living generation; where none was ever named, in the first."""
    if connection.dialect.name == "postgresql" and inspect(connection).has_table("generations", schema=FIRST):
        connection.exec_driver_sql(_set_path(_LIVE))


def entering(schema: str) -> Callable[[Connection], None]:
    """What puts a transaction in this generation."""

    def enter_it(connection: Connection) -> None:
        connection.exec_driver_sql(_set_path(f"'{schema}'"))

    return enter_it


def _enter_the_living(connection: Connection) -> None:
    writes = connection.get_execution_options().get("cadran_write")
    connection.exec_driver_sql(_set_path(_LIVE_UNTIL_THE_END if writes else _LIVE))


def _set_path(schema: str) -> str:
    """For this transaction alone."""
    return f"SELECT set_config('search_path', {schema}, true)"
