"""The topics as they have to be: declared in a file, or as the bus makes them where it may."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from shared.bus import MAX_EVENT_BYTES
from shared.sentences import sentence

ENVELOPE_BYTES = 65536
_MAX_REPLICATION = 32767
_IN_SYNC = "min.insync.replicas"
_FOR_EVER = {"cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1"}
FOR_EVER = _FOR_EVER | {
    _IN_SYNC: "2",
    "unclean.leader.election.enable": "false",
    "max.message.bytes": str(MAX_EVENT_BYTES + ENVELOPE_BYTES),
}


class WrongFileError(Exception):
    """Why a file of topics can't be used: where, and what is expected there."""


class Topic(NamedTuple):
    """A topic as it has to be; `config` as Kafka writes it."""

    name: str
    partitions: int
    replication: int
    config: Mapping[str, str]


def topic(name: str, partitions: int, replication: int, config: Mapping[str, str] = FOR_EVER) -> Topic:
    """With as many replicas in sync as leave one the right to be away; the only one has to be there."""
    in_sync = min(int(config.get(_IN_SYNC, "1")), max(1, replication - 1))
    return Topic(name, partitions, replication, {**config, _IN_SYNC: str(in_sync)})


def declared(file: Path, replication: int | None = None) -> list[Topic]:
    """The topics of a file; a replication goes before what it says. Raises WrongFileError."""
    try:
        read = _File.model_validate(yaml.safe_load(file.read_text("utf-8")))
    except OSError as error:
        raise WrongFileError(f"{file} : {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WrongFileError(f"{file} n’est pas lisible comme du YAML{_place(error)}") from error
    except ValidationError as error:
        raise WrongFileError(f"{file} : {' ; '.join(_mistakes(error))}") from error
    return [read.topic(name, replication) for name in read.topics]


def _text(value: object) -> object:
    """Kafka writes every value as text, and YAML reads some as what they look like."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else value


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Said(_Strict):
    """What is said of a topic."""

    partitions: Annotated[int | None, Field(ge=1)] = None
    replication: Annotated[int | None, Field(ge=1, le=_MAX_REPLICATION)] = None
    config: dict[str, Annotated[str, BeforeValidator(_text)]] = {}

    @field_validator("config")
    @classmethod
    def _forgets_nothing(cls, config: dict[str, str]) -> dict[str, str]:
        for name, value in _FOR_EVER.items():
            if config.get(name, value) != value:
                raise ValueError(f"{name} vaut {value}, car le topic est l’historique : rien ne doit s’en effacer")
        _at_least(config, "max.message.bytes", MAX_EVENT_BYTES + ENVELOPE_BYTES)
        _at_least(config, _IN_SYNC, 1)
        return config


def _at_least(config: Mapping[str, str], name: str, least: int) -> None:
    value = config.get(name, str(least))
    if not value.isdecimal() or int(value) < least:
        raise ValueError(f"{name} est un nombre entier d’au moins {least}")


class _Defaults(_Said):
    """What is said of every topic."""

    partitions: Annotated[int, Field(ge=1)]
    replication: Annotated[int, Field(ge=1, le=_MAX_REPLICATION)]


class _File(_Strict):
    defaults: _Defaults
    topics: Annotated[dict[str, _Said], Field(min_length=1)]

    def topic(self, name: str, replication: int | None) -> Topic:
        own, common = self.topics[name], self.defaults
        return topic(
            name,
            own.partitions or common.partitions,
            replication or own.replication or common.replication,
            FOR_EVER | common.config | own.config,
        )


def _place(error: Exception) -> str:
    mark: Any = getattr(error, "problem_mark", None)
    return f", ligne {mark.line + 1}, colonne {mark.column + 1}" if mark else ""


def _mistakes(error: ValidationError) -> list[str]:
    return [f"{' → '.join(map(str, each['loc'])) or 'le fichier'} : {sentence(each)}" for each in error.errors()]
