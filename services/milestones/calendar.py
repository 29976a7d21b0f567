"""What leaves as a calendar (iCalendar, RFC 5545): each step on the last day of its date."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from shared.sentences import typeset
from shared.version import VERSION

from .domain.plan import Plan
from .domain.progress import PLANNED
from .domain.step import Scope
from .domain.transitions import LABELS, State
from .queries.agenda import Agenda, Entry


def calendar(agenda: Agenda) -> bytes:
    """One all-day event for each step and entity: tentative where it is in doubt, cancelled where it is given up."""
    file = Calendar()
    file.add("prodid", f"-//Cadran//Cadran {VERSION}//FR")
    file.add("version", "2.0")
    file.add("x-wr-calname", typeset(f"Jalons : {agenda.plan.header.label}"))
    for entry in agenda.entries:
        file.add_component(_event(agenda.plan, entry))
    content: bytes = file.to_ical()
    return content


def _event(plan: Plan, entry: Entry) -> Event:
    stated = entry.statement or PLANNED
    day = (stated.due or entry.step.due).latest
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, f"urn:cadran:calendar/{entry.row.id}/{entry.entity}")))
    event.add("dtstamp", _changed(entry))
    event.add("last-modified", _changed(entry))
    event.add("sequence", entry.row.version - 1 + (entry.progress.version if entry.progress else 0))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", _summary(plan, entry))
    event.add("description", _description(plan, entry))
    event.add("categories", [entry.row.milestone, LABELS[stated.state]])
    event.add("status", _status(entry))
    event.add("transp", "TRANSPARENT")
    return event


def _summary(plan: Plan, entry: Entry) -> str:
    """What tells one event from the others: whose it is, where each school has its own; its year, where it recurs."""
    told = [plan.label(entry.entity)] if entry.step.scope is Scope.SCHOOLS else []
    told += [str(entry.step.year)] if entry.step.recurrent else []
    suffix = f" ({', '.join(told)})" if told else ""
    return f"{entry.row.milestone} · {entry.step.title}{suffix}"


def _status(entry: Entry) -> str:
    stated = entry.statement or PLANNED
    if stated.state is State.ABANDONED:
        return "CANCELLED"
    due = stated.due or entry.step.due
    unsure = stated.state is not State.DONE and (entry.step.conditional or due.doubtful)
    return "TENTATIVE" if unsure else "CONFIRMED"


def _description(plan: Plan, entry: Entry) -> str:
    stated = entry.statement or PLANNED
    line = next(each.title for each in plan.milestone_lines if each.code == entry.step.line)
    told = [
        f"{entry.step.line} : {line}",
        f"Entité : {plan.label(entry.entity)}",
        f"Échéance : {(stated.due or entry.step.due).text}",
        f"État : {LABELS[stated.state]}",
        *(["Étape conditionnelle"] if entry.step.conditional else []),
        *([f"Prévue : {stated.forecast.due.text}"] if stated.forecast else []),
    ]
    return typeset("\n".join(told))


def _changed(entry: Entry) -> datetime:
    recorded = [entry.row.recorded_at, *([entry.progress.recorded_at] if entry.progress else [])]
    return max(recorded).replace(microsecond=0)
