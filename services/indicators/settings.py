"""What an operator sets for the indicators service."""

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """Nothing beyond what every service has."""

    port: int = 8001
