"""Runs revisions on the connection that `shared.migrations` hands over, inside its transaction."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import TypeDecorator


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A revision names plain column types: it must not change when our own types do."""
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=context.config.attributes["metadata"],
    transactional_ddl=True,
    compare_type=True,
    render_item=render_item,
    render_as_batch=False,
)
with context.begin_transaction():
    context.run_migrations()
