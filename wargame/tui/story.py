"""The adjudication as a story: one beat for each order or procedure, with its rolls and consequences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import define, evolve, field, frozen

from wargame.language.types import Number
from wargame.rules.explain import cut_off, in_reach
from wargame.rules.facts import (
    Cause,
    Change,
    Ended,
    Fact,
    Happened,
    OrderGiven,
    PhaseBegan,
    RedLine,
    Refused,
    Roll,
    Settled,
    Told,
    TurnBegan,
)
from wargame.rules.trace import in_words
from wargame.session.public import Public
from wargame.tui.lines import ACCENT, BAD, GOOD, HEAD, QUIET, STRONG, Line, line
from wargame.tui.terms import titled

RULE = "──"
_RULE_LINE = re.compile(r", line \d+$")


@frozen
class Beat:
    """One thing that happened, with all it brought about: what is told at one key."""

    lines: tuple[Line, ...]
    facts: tuple[Fact, ...] = ()
    """What of the turn's facts it tells."""

    heading: str = ""
    """The phase it belongs to; the first beat of a phase has it among its lines."""

    @property
    def places(self) -> frozenset[str]:
        """The places it concerns."""
        return frozenset(place for fact in self.facts for place in _places_of(fact) if place)

    @property
    def variables(self) -> frozenset[str]:
        """The values that change in it."""
        return frozenset(fact.variable for fact in self.facts if isinstance(fact, Change))


def _places_of(fact: Fact) -> tuple[str | None, ...]:
    match fact:
        case Change(place=place, cause=cause) | Roll(place=place, cause=cause):
            return place, cause.place
        case OrderGiven(order=order) | Refused(order=order):
            return (order.place,)
        case Told(cause=cause):
            return (cause.place,)
        case _:
            return ()


def beats(public: Public, facts: Sequence[Fact], sentences: Sequence[str]) -> tuple[Beat, ...]:
    """
    The story of a turn as one role knows it.

    *sentences* are the same facts in words, one each. Changes of one variable by one cause are told together,
    and what a change did beyond the end of a scale is left out, with the correction that follows it.
    """
    teller = _Teller(public)
    for fact, sentence in zip(facts, sentences, strict=True):
        teller.take(fact, sentence)
    return tuple(teller.told())


def story(public: Public, facts: Sequence[Fact], sentences: Sequence[str]) -> list[Line]:
    """All beats one after another."""
    return [each for beat in beats(public, facts, sentences) for each in beat.lines]


@define(eq=False)
class _Passage:
    """A beat while it is put together."""

    owner: tuple[object, ...]
    heading: str
    title: Line | None
    entries: list[Line | Change] = field(factory=list)
    facts: list[Fact] = field(factory=list)

    @property
    def stands_alone(self) -> bool:
        """Whether it is told even if nothing came of it."""
        return self.title is not None and self.owner[0] not in ("price", "other", "procedure")


@define(eq=False)
class _Teller:
    public: Public
    _passages: list[_Passage] = field(factory=list)
    _heading: str = ""

    def take(self, fact: Fact, sentence: str) -> None:
        passage = self._passage_of(fact, sentence)
        if passage is not None:
            passage.facts.append(fact)

    def _passage_of(self, fact: Fact, sentence: str) -> _Passage | None:
        """The beat that tells *fact*, with it; None if nothing is told of it."""
        match fact:
            case PhaseBegan(phase):
                self._heading = "" if phase == "brief" else sentence
            case TurnBegan():
                self._heading = ""
                return self._begin(("turn",), line((sentence, STRONG)))
            case OrderGiven(role, order):
                tone = ACCENT if role == self.public.role.id else STRONG
                return self._begin(("order", role, order.id, order.place), line((sentence, tone)))
            case Refused():
                return self._begin(("refused", id(fact)), line((sentence, BAD)))
            case Change(cause=cause) if cause.kind == "limit":
                pass
            case Change(cause=cause) | Roll(cause=cause) | Told(cause=cause):
                passage = self._of(cause, sentence)
                passage.entries += self._entries_of(fact, sentence)
                return passage
            case Happened():
                return self._begin(("event", fact.event), line((sentence, STRONG)))
            case RedLine() | Ended():
                return self._begin((sentence,), line((sentence, BAD if isinstance(fact, RedLine) else HEAD)))
            case Settled(outcome=outcome):
                tone = BAD if outcome == "broken" else STRONG
                return self._begin((sentence,), line((sentence, tone)))
        return None

    def _entries_of(self, fact: Change | Roll | Told, sentence: str) -> list[Line | Change]:
        match fact:
            case Change(cause=cause) if cause.kind == "price":
                [words] = change_lines(self.public, [fact])
                what = (f" for {_cause_words(sentence).removeprefix('the price of ')}", QUIET)
                return [line(*words.spans, what)]
            case Change():
                return [fact]
            case Roll():
                return list(roll_lines(self.public, fact))
            case Told():
                return [line(f'  "{sentence}"')]

    def told(self) -> Iterator[Beat]:
        heading = ""
        for passage in self._passages:
            entries = _told_together(self.public, passage.entries)
            if not entries and not passage.stands_alone:
                continue
            lines: list[Line] = []
            if passage.heading != heading:
                heading = passage.heading
                lines += [line((f"{RULE} {heading}", HEAD))] if heading else [line("")]
            if passage.title is not None:
                lines.append(passage.title)
            lines += entries
            yield Beat(tuple(lines), tuple(passage.facts), passage.heading)

    def _begin(self, owner: tuple[object, ...], title: Line | None) -> _Passage:
        passage = _Passage(owner, self._heading, title)
        self._passages.append(passage)
        return passage

    def _of(self, cause: Cause, sentence: str) -> _Passage:
        """The beat that *cause* belongs to: the last one if it is its own, else a new one."""
        owner = _owner(cause)
        last = self._passages[-1] if self._passages else None
        if last is not None and last.heading == self._heading and _belongs(last.owner, owner):
            return last
        return self._begin(owner, _title_of(cause, sentence))


def _owner(cause: Cause) -> tuple[object, ...]:
    if cause.kind == "order":
        return ("order", cause.role, cause.id, cause.place)
    if cause.kind == "price":
        return ("price",)
    return (cause.kind, cause.id)


def _belongs(beat: tuple[object, ...], owner: tuple[object, ...]) -> bool:
    # A brief's events are told under the turn that begins.
    return beat == owner or (beat == ("turn",) and owner[0] == "event")


def _title_of(cause: Cause, sentence: str) -> Line | None:
    match cause.kind:
        case "price":
            return line(("Prices paid", STRONG))
        case "other":
            return line(("From causes you do not know", STRONG))
        case "inject":
            return line(("News", STRONG))
        case "table":
            return line(("Announced", STRONG))
        case "procedure" | "event":
            return line((_cause_words(sentence).strip("'"), STRONG))
        case _:
            return line((_cause_words(sentence), STRONG))


def _cause_words(sentence: str) -> str:
    """The cause at the end of a fact's sentence, without the line of its rule."""
    words = sentence.rpartition(": ")[2]
    return _RULE_LINE.sub("", words)


def _told_together(public: Public, entries: Sequence[Line | Change]) -> list[Line]:
    """The entries of a beat; all changes of a variable by one cause stand where the first of them stood."""
    changes: dict[str, dict[str | None, Change]] = {}
    for entry in entries:
        if isinstance(entry, Change):
            row = changes.setdefault(entry.variable, {})
            first = row.get(entry.place)
            before = entry.before if first is None else first.before
            row[entry.place] = evolve(entry, before=before, by=entry.after - before)
    lines: list[Line] = []
    for entry in entries:
        if isinstance(entry, Line):
            lines.append(entry)
        elif entry.variable in changes:
            merged = [each for each in changes.pop(entry.variable).values() if each.by]
            lines += change_lines(public, merged) if merged else []
    return lines


def change_lines(public: Public, group: Sequence[Change]) -> list[Line]:
    """Changes of one variable by one cause, in one line; none if none of them can be seen."""
    first = group[0]
    note = public.gauges.get(first.variable)
    title = note.title if note is not None else first.variable.replace("_", " ")
    if note is not None and not isinstance(note.type, Number):
        step = f"{in_words(note.type, first.before)} -> {in_words(note.type, first.after)}"
        return [line(f"  {title}{_where(public, group)}: ", (step, STRONG))]
    seen = [(each, *_inside(public, each)) for each in group]
    seen = [each for each in seen if each[1] != each[2]] or seen[:1]
    if len(seen) == 1:
        change, before, after = seen[0]
        place = f" in {_place(public, change)}" if change.place else ""
        return [line(f"  {title}{place} {before} -> {after} ", _points(public, change, after - before))]
    return [_many(public, title, seen)]


def _many(public: Public, title: str, seen: Sequence[tuple[Change, int, int]]) -> Line:
    """The changes of several places; places with the same step and the same end are told together."""
    groups: dict[tuple[int, int], list[Change]] = {}
    for each, before, after in seen:
        groups.setdefault((after - before, after), []).append(each)
    between = "; " if len(groups) < len(seen) else ", "
    parts: list[str | tuple[str, str]] = [f"  {title}:"]
    for number, ((step, after), group) in enumerate(groups.items()):
        comma = between if number else " "
        parts += [f"{comma}{_places(public, group)} ", _points(public, group[0], step), f" to {after}"]
    return line(*parts)


def _places(public: Public, group: Sequence[Change]) -> str:
    names = [_place(public, each) for each in group]
    rest = [place.title for place in public.places.values() if place.title not in names]
    if len(names) > 4 and len(rest) <= 2:
        return f"every place but {' and '.join(rest)}" if rest else "every place"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def roll_lines(public: Public, roll: Roll) -> list[Line]:
    """A check with its odds and all that went into them, the face thrown and the margin."""
    where = f" in {public.places[roll.place].title}" if roll.place and roll.place in public.places else ""
    name = f"{roll.title}" if roll.title.isdigit() else f"'{roll.title}'"
    if roll.percent is None:
        called = f"A die of {roll.base}" if roll.title.isdigit() else f"Die {name}"
        return [line(f"  {called}{where}: {roll.face} of {roll.base}")]
    terms = "".join(
        f", {each.points:+d} ({titled(public, each.text)})" for each in roll.modifiers if each.points
    )
    percent, end = in_reach(roll.percent), cut_off(roll.percent)
    # What is checked for may be a misfortune, so neither outcome is praised.
    outcome, tone = ("yes", STRONG) if roll.passed else ("no", QUIET)
    return [
        line(
            f"  Check {name}{where}: {percent} %, rolled {roll.face}: ",
            (f"{outcome}, by {abs(roll.margin)}", tone),
        ),
        *([line((f"    {percent} % = {roll.base} to begin with{terms}{end}", QUIET))] if terms else []),
    ]


def _where(public: Public, group: Sequence[Change]) -> str:
    if group[0].place is None:
        return ""
    if len(group) > 1 and len(group) == len(public.places):
        return " in every place"
    return f" in {', '.join(_place(public, each) for each in group)}"


def _inside(public: Public, change: Change) -> tuple[int, int]:
    """The change without what lay beyond the ends of the scale."""
    note = public.gauges.get(change.variable)
    if note is None:
        return change.before, change.after
    low, high = note.range
    return min(max(change.before, low), high), min(max(change.after, low), high)


def _points(public: Public, change: Change, by: int) -> tuple[str, str]:
    note = public.gauges.get(change.variable)
    if not by:
        return "(at the end of its scale)", QUIET
    tone = "" if note is None or not note.good else GOOD if (by > 0) == (note.good == "high") else BAD
    return f"({by:+d})", tone


def _place(public: Public, change: Change) -> str:
    place = change.place or ""
    return public.places[place].title if place in public.places else place
