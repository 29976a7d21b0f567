"""The rules that need no title: what a person said, and identifiers that are of one document only."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from services.bibliometrics.domain.publication import Record

from .groups import Groups
from .traits import Traits
from .words import Decision, Link, Ref, Rule, Verdict


def pairs(decisions: Iterable[Decision], verdict: Verdict) -> list[tuple[Ref, Ref]]:
    """The pairs of which this was said, each once."""
    said = {(min(each.left, each.right), max(each.left, each.right)) for each in decisions if each.verdict is verdict}
    return sorted((left, right) for left, right in said if left != right)


def join_said(same: Iterable[tuple[Ref, Ref]], groups: Groups) -> tuple[list[Link], list[Decision]]:
    """Join what was said to be one; what is not joined because something else was said to be distinct."""
    links, contradicted = [], []
    for left, right in same:
        if groups.join(left, right):
            links.append(Link(left, right, Rule.DECISION))
        elif groups.apart(left, right):
            contradicted.append(Decision(left, right, Verdict.SAME))
    return links, contradicted


def join_identified(
    traits: Iterable[Traits], groups: Groups, rule: Rule, identifier: Callable[[Record], str]
) -> list[Link]:
    """Join the records that bear one identifier, whatever else they say."""
    return [
        Link(leader, each.ref, rule, text)
        for text, members in sharing(traits, lambda each: identifier(each.record))
        for leader, each in _joined(members, groups)
    ]


def _joined(members: Sequence[Traits], groups: Groups) -> Iterator[tuple[Ref, Traits]]:
    """Each member with the first that takes it; those that nobody takes lead in turn."""
    leaders: list[Ref] = []
    for each in members:
        taker = next((one for one in leaders if not groups.apart(one, each.ref)), None)
        if taker is None:
            leaders.append(each.ref)
        elif groups.join(taker, each.ref):
            yield taker, each


def sharing(traits: Iterable[Traits], key: Callable[[Traits], str]) -> Iterator[tuple[str, list[Traits]]]:
    """The records that have a key in common with another, by that key, in its order; an empty key is none."""
    members = list(traits)
    keys = [key(each) for each in members]
    shared: dict[str, list[Traits]] = {text: [] for text, count in sorted(Counter(keys).items()) if text and count > 1}
    for text, each in zip(keys, members, strict=True):
        if text in shared:
            shared[text].append(each)
    yield from shared.items()
