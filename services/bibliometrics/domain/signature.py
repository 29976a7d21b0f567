"""A publication with those who sign it: what is counted, and what an extraction keeps."""

from dataclasses import dataclass

from .attribution import Attribution
from .comparison import Frozen
from .consolidation import Publication
from .counting.rows import Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A publication, why it is not counted if it is not, and its attributions under one contract."""

    publication: Publication
    excluded: str | None = None
    attributions: tuple[Attribution, ...] = ()

    def permanent(self, group: str) -> frozenset[str]:
        """The entities whose permanent staff sign it, but for the group's own name."""
        return frozenset(each.entity for each in self.attributions if each.permanent and each.entity != group)

    def whole(self, group: str) -> frozenset[str]:
        """The entities that sign it, in whatever perimeter, but for the group's own name."""
        return frozenset(each.entity for each in self.attributions if each.whole and each.entity != group)

    def counted(self, group: str) -> Counted:
        named = [each for each in self.attributions if each.entity == group]
        return Counted(
            id=self.publication.id,
            year=self.publication.year,
            type=self.publication.type,
            permanent=self.permanent(group),
            whole=self.whole(group),
            group_permanent=any(each.permanent for each in named),
            group_whole=any(each.whole for each in named),
            percentile=self.publication.field_weighted,
            plain=self.publication.plain,
            goals=self.publication.goals,
            excluded=self.excluded,
        )

    def frozen(self, group: str) -> Frozen:
        row = self.counted(group)
        return Frozen(
            id=row.id,
            refs=self.publication.refs,
            title=self.publication.title,
            year=row.year,
            type=row.type,
            permanent=row.permanent,
            whole=row.whole,
            group_permanent=row.group_permanent,
            group_whole=row.group_whole,
            percentile=row.percentile.value if row.percentile else None,
            excluded=row.excluded,
        )
