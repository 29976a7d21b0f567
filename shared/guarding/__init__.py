"""The guarded door: how large, how long and how frequent calls may be, whose body is read, and what answers forbid."""

from .guarded import BEHIND, Bounds, Guard, Guarded
from .policies import NOTHING, docs_policy, protect

__all__ = ["BEHIND", "NOTHING", "Bounds", "Guard", "Guarded", "docs_policy", "protect"]
