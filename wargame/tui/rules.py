"""The rule book to read in the game: its sections, a search, and which section explains a kind of fact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from attrs import frozen

from wargame.lab.rulebook import appendix, rule_book
from wargame.rules.facts import (
    Change,
    Ended,
    Fact,
    OrderGiven,
    RedLine,
    Refused,
    Roll,
    Settled,
    Told,
    TurnBegan,
)
from wargame.scenario.model import Scenario
from wargame.session.public import Public
from wargame.tui.lines import ACCENT, QUIET, STRONG, Line, cut, head, line, prose, quiet, unwrapped

CONTROL = ("ruling", "inject", "argument", "table")
EMPHASIS = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
RULE_NUMBER = re.compile(r"^(\d+\.\d+) ")
FENCE = "```"


@frozen
class Section:
    """One section of the book or of the scenario's tables."""

    number: str
    """Such as `4`; empty for a table of the scenario."""

    title: str
    lines: tuple[Line, ...]


@lru_cache(maxsize=1)
def sections() -> tuple[Section, ...]:
    """The sections of the rule book; examples keep their shape."""
    found: list[Section] = []
    for block in re.split(r"^## ", rule_book(), flags=re.MULTILINE)[1:]:
        title, _, text = block.partition("\n")
        number, dot, words = title.partition(". ")
        found.append(Section(number if dot else "", words if dot else title, tuple(_text(text))))
    return tuple(found)


def tables(scenario: Scenario, public: Public) -> tuple[Section, ...]:
    """
    What the scenario adds, as far as the reader may know it: no table that would tell of others' secrets.

    The whole appendix is for those who study the scenario, outside of a game.
    """
    # Control, who looks back on all of it, reads what each role may.
    roles = [public.role.id] if public.role.id in scenario.roles else list(scenario.roles)
    own = [
        f"{what} {scenario.roles[role].title}" for role in roles for what in ("Orders of", "What counts for")
    ]
    open_to_all = ("Turns", "Phases", "Roles", *own, "Endings")
    found = [Section("", "Values you see", tuple(_values(public)))]
    for block in re.split(r"^## ", appendix(scenario), flags=re.MULTILINE)[1:]:
        title, _, text = block.partition("\n")
        if title in open_to_all:
            found.append(Section("", title, tuple(_text(text))))
    return tuple(found)


def section_for(fact: Fact | None) -> str:
    """The number of the section that explains such a fact."""
    cause = getattr(fact, "cause", None)
    if cause is not None and cause.kind in CONTROL:
        return "13"
    match fact:
        case Roll():
            return "5"
        case Told():
            return "7"
        case Settled():
            return "8"
        case Change(cause=cause) if cause.kind in ("agreement", "promise"):
            return "8"
        case Change(cause=cause) if cause.kind == "event":
            return "7"
        case Change(cause=cause) if cause.kind == "other":
            return "6"
        case RedLine():
            return "9"
        case Ended():
            return "10"
        case TurnBegan():
            return "2"
        case OrderGiven() | Refused():
            return "3"
        case _:
            return "4"


def found(part: Section, words: str) -> list[Line]:
    """The lines of *part* that have all of *words*, whatever their case."""
    wanted = words.lower().split()
    return [each for each in part.lines if wanted and all(word in each.text.lower() for word in wanted)]


def ranked(parts: Sequence[Section], words: str) -> list[Section]:
    """Those of *parts* that have all of *words*: in the title first, then most often in the text."""
    wanted = words.lower().split()
    if not wanted:
        return list(parts)
    counts = {at: len(found(part, words)) for at, part in enumerate(parts)}
    titled = {at for at, part in enumerate(parts) if all(word in part.title.lower() for word in wanted)}
    having = [at for at in counts if counts[at] or at in titled]
    return [parts[at] for at in sorted(having, key=lambda at: (at not in titled, -counts[at], at))]


def row(part: Section, words: str = "", width: int = 40) -> Line:
    """*part* in the list of sections in *width* cells, with how often it has *words*."""
    count = len(found(part, words)) if words.strip() else 0
    name = f"{part.number:>2}. {part.title}" if part.number else f"    {part.title}"
    return line(cut(name, width - 5), (f"  {count}" if count else "", ACCENT))


def page(part: Section, words: str = "") -> list[Line]:
    """*part* to read; what has all of *words* stands first."""
    name = f"{part.number}. {part.title}" if part.number else part.title
    first = [marked(each, words) for each in found(part, words)]
    rows = [*first, line("")] if first else []
    return [*rows, head(f"── {name}"), *part.lines]


def printed(parts: Sequence[Section], words: str) -> list[Line]:
    """For a game in lines: a section by its number, what has all of *words*, or the names of all sections."""
    wanted = words.strip()
    named = [part for part in parts if wanted and wanted.lower() in (part.number, part.title.lower())]
    if named or not wanted:
        return page(named[0]) if named else [row(part) for part in parts]
    rows: list[Line] = []
    for part in parts:
        if lines := found(part, wanted):
            rows += [row(part), *lines]
    return rows or [line("Nothing in the rules has these words.")]


def marked(each: Line, words: str) -> Line:
    """A line in which every one of *words* is emphasised."""
    pattern = "|".join(re.escape(word) for word in sorted(words.split(), key=len, reverse=True))
    if not pattern:
        return each
    spans: list[tuple[str, str]] = []
    for text, tone in each.spans:
        at = 0
        for found in re.finditer(pattern, text, re.IGNORECASE):
            spans += [(text[at : found.start()], tone), (found.group(), ACCENT)]
            at = found.end()
        spans.append((text[at:], tone))
    return Line(tuple(span for span in spans if span[0]))


def _text(text: str) -> list[Line]:
    """Paragraphs with their rule numbers in front; blocks of examples line by line."""
    rows: list[Line] = []
    for number, part in enumerate(text.split(FENCE)):
        if number % 2:
            rows += [quiet(f"    {row}") for row in part.split("\n")[1:] if row.strip()]
        else:
            rows += _paragraphs(part)
    return rows


def _paragraphs(text: str) -> list[Line]:
    rows: list[Line] = []
    for block in text.split("\n\n"):
        if block.startswith("    ") or "\n    " in block:
            rows += _mixed(block)
            continue
        for each in prose(block):
            text = EMPHASIS.sub(r"\1", each.text)
            found = RULE_NUMBER.match(text)
            tone = each.spans[0][1] if each.spans else ""
            rows.append(line((found.group(), STRONG), text[found.end() :]) if found else line((text, tone)))
    return rows


def _mixed(block: str) -> list[Line]:
    """A paragraph with rule text under it, which keeps its shape."""
    rows: list[Line] = []
    for row in block.split("\n"):
        if row.startswith("    "):
            rows.append(line((row, QUIET)))
        elif row.strip():
            rows += prose(row)
    return rows


def _values(public: Public) -> list[Line]:
    rows = []
    for note in public.gauges.values():
        low, high = note.range
        kind = f"{low} to {high}" if note.range != (0, 1) else "yes or no"
        each = ", one for each place" if note.per_place else ""
        rows.append(line((f"- {note.title}", STRONG), f" ({kind}{each}). {unwrapped(note.about)}"))
    return rows
