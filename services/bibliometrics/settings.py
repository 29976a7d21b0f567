"""What an operator sets for the bibliometrics service."""

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """`max_upload_bytes` bounds one imported file."""

    port: int = 8003
    max_upload_bytes: int = 256 * 1024 * 1024
