"""What an operator sets of the connectors: which are on, with which keys, and which hosts they may ask."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationInfo, field_validator

from .addresses import OFFICIAL, check

_HIDING = ConfigDict(hide_input_in_errors=True)  # what is set here may be a key


class ScopusSettings(BaseModel):
    """Scopus Search; without an institution’s token, Elsevier goes by the address that asks."""

    model_config = _HIDING

    enabled: bool = False
    api_key: SecretStr = SecretStr("")
    inst_token: SecretStr = SecretStr("")
    base_url: str = "https://api.elsevier.com"


class HalSettings(BaseModel):
    """The search API of HAL, which takes no key."""

    model_config = _HIDING

    enabled: bool = False
    base_url: str = "https://api.archives-ouvertes.fr"


class ConnectorSettings(BaseModel):
    """CADRAN_CONNECTORS__SCOPUS__ENABLED and so on; all of them are off until said otherwise.

    `seconds` is how long one call may go on asking, `answer_seconds` how long one answer may take.
    """

    model_config = _HIDING

    allowed_hosts: tuple[str, ...] = OFFICIAL
    seconds: float = Field(300, gt=0, le=420)
    answer_seconds: float = Field(30, gt=0, le=60)
    scopus: ScopusSettings = ScopusSettings()
    hal: HalSettings = HalSettings()

    @field_validator("scopus", "hal")
    @classmethod
    def _reachable(cls, each: ScopusSettings | HalSettings, info: ValidationInfo) -> ScopusSettings | HalSettings:
        if each.enabled:
            check(each.base_url, info.data.get("allowed_hosts", ()))
        return each
