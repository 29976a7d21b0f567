"""What an operator sets for the indicators service."""

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """`rehearsals` allows simulated values: never where real ones are followed."""

    port: int = 8001
    rehearsals: bool = False
