"""What an operator sets for the bibliometrics service."""

from shared.settings import ServiceSettings

from .connectors import ConnectorSettings


class Settings(ServiceSettings):
    """`max_upload_bytes` bounds one imported file; the connectors are off until they are turned on."""

    port: int = 8003
    max_upload_bytes: int = 256 * 1024 * 1024
    connectors: ConnectorSettings = ConnectorSettings()
