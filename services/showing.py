"""What a load did, as the person at the terminal reads it."""

from rich.console import Console
from rich.table import Table

from shared.sentences import typeset

from . import loading

_COUNTS = {
    "created": "créées",
    "updated": "modifiées",
    "unchanged": "inchangées",
    "removed": "retirées",
    "rejected": "refusées",
}


def show(package: loading.Package, report: loading.Report, *, dry_run: bool) -> None:
    console = Console(highlight=False, soft_wrap=True)
    table = Table("tableau", *_COUNTS.values(), title=f"{package.code} : {'plan' if dry_run else 'chargement'}")
    for name, counts in report.plan["tables"].items():
        if counts["received"] or counts["removed"]:
            table.add_row(name, *(str(counts[each]) for each in _COUNTS))
    table.add_section()
    table.add_row("total", *(str(report.plan[each]) for each in _COUNTS))
    console.print(table)
    for each in report.plan["changes"]:
        if each["before"] is not None:
            place = ", ".join(str(part) for name, part in each.items() if part and name not in {"before", "after"})
            console.print(typeset(f"modifie {place} : {each['before']} → {each['after']}"), markup=False)
    for notice in report.plan["notices"]:
        console.print(typeset(f"à noter : {notice}"), markup=False)
    for error in report.errors:
        console.print(typeset(f"refusé : {package.place(error)} : {error['message']}"), markup=False)
    console.print(_verdict(report, dry_run=dry_run), markup=False)


def _verdict(report: loading.Report, *, dry_run: bool) -> str:
    if report.errors:
        return "Rien n’a été enregistré : corrigez ces lignes, puis recommencez."
    return "Rien n’a été écrit : c’était un essai." if dry_run else "C’est enregistré."
