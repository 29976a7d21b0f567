"""What an operator sets for the gateway."""

from pydantic import Field

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """`owners` are the addresses of the services behind the door: CADRAN_OWNERS__INDICATORS=http://indicators:8001."""

    port: int = 8000
    owners: dict[str, str] = Field(default_factory=dict)
    max_upload_bytes: int = 256 * 1024 * 1024
