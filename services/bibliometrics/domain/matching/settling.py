"""Applying links that follow from titles: all those that hold together, or none where they would join what differs."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from .groups import Groups
from .traits import Traits
from .words import Link, Ref

Aspect = Callable[[Traits], Hashable]
"""What two records of one document cannot say differently; none or an empty text says nothing."""


def extent(each: Traits) -> Hashable:
    return each.extent


def notice(each: Traits) -> Hashable:
    return each.is_notice


def state(each: Traits) -> Hashable:
    return each.state


def doi(each: Traits) -> Hashable:
    return each.doi


def settle(
    links: Iterable[Link],
    groups: Groups,
    traits: Mapping[Ref, Traits],
    refuses: Callable[[Sequence[list[Traits]]], bool],
) -> tuple[list[Link], list[list[Link]]]:
    """Join by these links, and say which did; and those refused, with what each depends on, none of which joined."""
    applied: list[Link] = []
    refused: list[list[Link]] = []
    for component in _components(links, groups):
        roots = {groups.root(ref) for link in component for ref in (link.left, link.right)}
        if refuses([[traits[ref] for ref in groups.members(root)] for root in sorted(roots)]):
            refused.append(component)
        else:
            applied.extend(link for link in component if groups.join(link.left, link.right))
    return applied, refused


def _components(links: Iterable[Link], groups: Groups) -> Iterable[list[Link]]:
    """The links by what they would join together if all of them applied, each in the order of refs."""
    between = sorted(links, key=lambda each: (each.left, each.right, each.text))
    ends = [(groups.root(link.left), groups.root(link.right)) for link in between]
    joined = Groups({root for pair in ends for root in pair})
    for one, other in ends:
        joined.join(one, other)
    found: defaultdict[Ref, list[Link]] = defaultdict(list)
    for link, (one, _) in zip(between, ends, strict=True):
        found[joined.root(one)].append(link)
    return list(found.values())


def differing(*aspects: Aspect) -> Callable[[Sequence[list[Traits]]], bool]:
    """Whether clusters, once joined, would say together of an aspect what none of them says already."""

    def refuses(clusters: Sequence[list[Traits]]) -> bool:
        return any(_brings(clusters, aspect) for aspect in aspects)

    return refuses


def _brings(clusters: Sequence[list[Traits]], aspect: Aspect) -> bool:
    said = [frozenset(map(aspect, cluster)) - {None, ""} for cluster in clusters]
    return frozenset[Hashable]().union(*said) not in said


def stretching(clusters: Sequence[list[Traits]]) -> bool:
    """Whether clusters, once joined, would be of years further apart than one, and than any of them is already."""
    spans = [_span(cluster) for cluster in clusters]
    return _span([each for cluster in clusters for each in cluster]) > max(1, *spans)


def _span(cluster: Iterable[Traits]) -> int:
    years = [each.year for each in cluster if each.year is not None]
    return max(years) - min(years) if years else 0
