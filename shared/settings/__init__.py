"""What an operator may set: each setting is an environment variable that begins with CADRAN_, or a file so named."""

from .kafka import KafkaSettings, SaslMechanism, SecurityProtocol, load_client_certificate
from .kinds import LogFormat, LogLevel, MetricsPort, port_number
from .limits import Limits, Tracing
from .service import ServiceSettings

__all__ = [
    "KafkaSettings",
    "Limits",
    "LogFormat",
    "LogLevel",
    "MetricsPort",
    "SaslMechanism",
    "SecurityProtocol",
    "ServiceSettings",
    "Tracing",
    "load_client_certificate",
    "port_number",
]
