"""Recording what is stated under a plan: what a set of rows would do to what is known, then doing it."""

from sqlalchemy.ext.asyncio import AsyncSession

PACKAGE, API = "package", "api"
_AT_ONCE = 500


async def give_turn(session: AsyncSession, written: int) -> None:
    """Every so many rows, send them to the database, and let other calls go on meanwhile."""
    if written % _AT_ONCE == 0:
        await session.flush()
