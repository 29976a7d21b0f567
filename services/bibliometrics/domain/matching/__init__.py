"""Which records are of one publication: the rules of matching, the same whatever the order of imports."""

from .clustering import cluster
from .history import Merged, Split, differences, identity
from .tokens import NEAR, tokens
from .words import (
    Candidate,
    Cluster,
    Container,
    Crowd,
    Decision,
    Link,
    Matching,
    Reason,
    Ref,
    Rule,
    Verdict,
    ref,
)

__all__ = [
    "NEAR",
    "Candidate",
    "Cluster",
    "Container",
    "Crowd",
    "Decision",
    "Link",
    "Matching",
    "Merged",
    "Reason",
    "Ref",
    "Rule",
    "Split",
    "Verdict",
    "cluster",
    "differences",
    "identity",
    "ref",
    "tokens",
]
