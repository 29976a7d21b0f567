"""What an operator sets for the milestones service."""

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    port: int = 8002
