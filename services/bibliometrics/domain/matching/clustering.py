"""Putting records together, publication by publication: the rules in the order of their strength."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from services.bibliometrics.domain.publication import Record

from .books import compare_books
from .certain import join_identified, join_said, pairs, sharing
from .doubts import Proposals, review
from .fuzzy import compare_near
from .generic import telling
from .groups import Groups
from .settling import differing, doi, extent, notice, settle, state, stretching
from .titled import under_identifier, under_title
from .traits import Traits
from .words import Cluster, Container, Decision, Link, Matching, Reason, Ref, Rule, Verdict

_WITHIN_A_YEAR = frozenset({Rule.ISBN, Rule.TITLE})
_ORDER = {rule: place for place, rule in enumerate(Rule)}
_differ = {
    Rule.DOI: differing(extent, notice),
    Rule.PUBMED_ID: differing(extent, notice, doi),
    Rule.ISBN: differing(extent, notice, doi),
    Rule.TITLE: differing(extent, notice, doi, state),
}


def cluster(records: Sequence[Record], decisions: Sequence[Decision]) -> Matching:
    """Which of these records, each given once, are of one publication, whatever their order; decisions on others wait.

    Records that share no token but near ones with any other, nor a decision, come out the same without the others; what
    is to be reviewed does where they share no token at all. A ValueError tells a record given twice.
    """
    traits = {each.ref: each for each in sorted(map(Traits.of, records), key=attrgetter("ref"))}
    if len(traits) < len(records):
        raise ValueError("Une même notice est donnée deux fois.")
    known = [each for each in decisions if each.left in traits and each.right in traits]
    groups = Groups(traits, pairs(known, Verdict.DISTINCT))
    links, contradicted = join_said(pairs(known, Verdict.SAME), groups)
    links += join_identified(traits.values(), groups, Rule.EID, attrgetter("eid"))
    links += join_identified(traits.values(), groups, Rule.HAL_ID, attrgetter("hal_id"))
    found = _compare(traits, groups)
    return Matching(
        clusters=_clusters(groups, links + found.links),
        review=review(found.doubts, groups, traits),
        containers=_containers(traits, groups),
        crowded=tuple(sorted(set(found.crowded), key=lambda each: (each.token, each.size))),
        contradicted=tuple(contradicted),
    )


def _compare(traits: Mapping[Ref, Traits], groups: Groups) -> Proposals:
    """Join by titles, and say what that leaves in doubt."""
    found = Proposals()
    for rule, identifier in ((Rule.DOI, "doi"), (Rule.PUBMED_ID, "pubmed_id")):
        step = Proposals()
        for text, members in sharing(traits.values(), attrgetter(f"record.{identifier}")):
            under_identifier(rule, text, members, groups, step)
        _settle(rule, step, groups, traits, found)
    step = Proposals()
    compare_books(traits.values(), groups, step)
    _settle(Rule.ISBN, step, groups, traits, found)
    step = Proposals()
    for key, members in sharing(traits.values(), lambda each: each.key if telling(each.key) else ""):
        under_title(key, members, groups, step)
    _settle(Rule.TITLE, step, groups, traits, found)
    compare_near(traits.values(), groups, found)
    return found


def _settle(rule: Rule, step: Proposals, groups: Groups, traits: Mapping[Ref, Traits], found: Proposals) -> None:
    """Apply the links of a rule, and put in doubt those that hold together with what differs."""

    def refuses(clusters: Sequence[list[Traits]]) -> bool:
        return _differ[rule](clusters) or (rule in _WITHIN_A_YEAR and stretching(clusters))

    applied, refused = settle(step.links, groups, traits, refuses)
    found.links += applied
    found.doubts += step.doubts
    found.crowded += step.crowded
    for component in refused:
        size = len({ref for link in component for ref in (link.left, link.right)})
        token = f"title:{traits[component[0].left].key}"
        found.doubt(token, size, [(Reason.AMBIGUOUS, link.left, link.right) for link in component])


def _clusters(groups: Groups, links: Iterable[Link]) -> tuple[Cluster, ...]:
    by_root: defaultdict[Ref, list[Link]] = defaultdict(list)
    for link in sorted(links, key=lambda each: (_ORDER[each.rule], each.left, each.right)):
        by_root[groups.root(link.left)].append(link)
    found = [
        Cluster(tuple(sorted(members)), tuple(by_root.get(groups.root(members[0]), ()))) for members in groups.all()
    ]
    return tuple(sorted(found, key=attrgetter("refs")))


def _containers(traits: Mapping[Ref, Traits], groups: Groups) -> tuple[Container, ...]:
    return tuple(
        Container(text, tuple(each.ref for each in members))
        for text, members in sharing(traits.values(), attrgetter("doi"))
        if len({groups.root(each.ref) for each in members}) > 1
    )
