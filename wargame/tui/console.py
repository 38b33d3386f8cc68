"""What control's console and the wall show, as lines: no terminal, no screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from wargame.rules.explain import describe_order
from wargame.rules.orders import Order
from wargame.rules.trace import in_words as value_words
from wargame.rules.umpire import odds
from wargame.session.clock import Clock
from wargame.session.control import Control, Loaded
from wargame.session.entries import Argued, Submission
from wargame.session.minutes import branched, in_words
from wargame.session.session import Session
from wargame.tui import render
from wargame.tui.lines import (
    ACCENT,
    BAD,
    GOOD,
    HEAD,
    QUIET,
    STRONG,
    WARN,
    Line,
    fill,
    head,
    line,
    prose,
    quiet,
)
from wargame.tui.lines import unwrapped as joined
from wargame.tui.story import story

if TYPE_CHECKING:
    from wargame.handouts.lesson import Guide, Lesson
    from wargame.scenario.model import Scenario
    from wargame.session.rulings import Decided

CLOCK_WORDS = {
    "running": "",
    "paused": "stands",
    "slept": "stands: the machine slept",
    "out": "time is up",
}


def clock_words(clock: Clock, planned: int | None = None) -> str:
    """The time left, such as `4:05 (stands)`; before it has run, the minutes *planned*."""
    time, state = clock_parts(clock)
    if not time and planned:
        return f"{state}, {planned} minutes planned"
    return f"{time} ({state})" if time and state else time or state


def clock_parts(clock: Clock) -> tuple[str, str]:
    """The time left, such as `4:05`, empty before the clock has run; and in words how the clock stands."""
    if clock.state == "paused" and not clock.left:
        return "", "not started"
    return f"{clock.left // 60}:{clock.left % 60:02d}", CLOCK_WORDS[clock.state]


def heading(session: Session, clock: Clock, planned: int | None = None) -> list[Line]:
    """The game, its turn, its clock and how many have locked."""
    control = session.control()
    view, scenario = control.view(), session.scenario
    if session.is_over:
        stand = f"The game is over: {ending(session)}"
    else:
        locked = f"{len(control.ready())} of {len(scenario.roles)} seats locked"
        adviser = "" if control.adviser else "; adviser off"
        stand = f"Clock {clock_words(clock, planned)}; {locked}{adviser}"
    return [
        line((f"Control: {render.heading(view)}", STRONG)),
        line(stand, (f"   {control.head[:12]}", QUIET)),
    ]


# --- The panes


def table(session: Session) -> list[Line]:
    """Every seat with its player, whether it has locked, and its orders with the reasons."""
    control = session.control()
    locked, drafts = control.submitted(), session.course.drafts
    rows: list[Line] = []
    for role, player in session.seats.items():
        ready = role in locked
        waits = ("still choosing", WARN) if player == "person" else ("chooses as the turn closes", QUIET)
        state = ("locked", GOOD) if ready else waits
        rows.append(line((title(session, role), HEAD), f", {player_words(player)}: ", state))
        given = locked[role] if ready else drafts.get(role, ())
        rows += [_order(session, each, ready) for each in given]
        if not given:
            rows += [quiet("  no orders" if ready else "  nothing chosen yet")] if player == "person" else []
    if session.is_over:
        rows = [line((f"The game is over: {ending(session)}", STRONG)), *cards(session)]
    return rows


def cards(session: Session) -> list[Line]:
    """Every role's scorecard."""
    found = session.control().scorecards()
    return [row for id, card in found.items() for row in render.scorecard(card, title(session, id))]


def ending(session: Session) -> str:
    """How the game ended, in words."""
    id = str(session.ending)
    return session.scenario.endings[id].title if id in session.scenario.endings else id


def title(session: Session, role: str) -> str:
    """A role's name."""
    return session.scenario.roles[role].title if role in session.scenario.roles else role


def player_words(player: str) -> str:
    """Who plays, such as `a person` or `doctrine cautious`."""
    return "a person" if player == "person" else player.replace(":", " ").replace("_", " ")


def _order(session: Session, given: Submission, locked: bool) -> Line:
    notes = [
        f"because: {given.reason}" if given.reason else "",
        f"expects: {given.expects}" if given.expects else "",
        f"sure: {given.confidence}%" if given.confidence is not None else "",
    ]
    words = "; ".join(note for note in notes if note)
    mark = "  - " if locked else "  ? "
    return line(
        f"{mark}{describe_order(session.scenario, given.order)}", (f" ({words})" if words else "", QUIET)
    )


def messages(session: Session) -> list[Line]:
    """All that was said, the latest turn first."""
    said = session.control().messages()
    rows: list[Line] = []
    for step in sorted({each.step for each in said}, reverse=True):
        rows.append(head(f"Turn {turn_of(session, step)}"))
        rows += [
            line((f"- {title(session, each.role)}: ", STRONG), session.act_in_words(each.act))
            for each in said
            if each.step == step
        ]
    return rows or [line("Nothing was said yet.")]


def turn_of(session: Session, step: int) -> int:
    """The calendar number of the *step*-th turn that is played, from 1."""
    steps = session.course.steps
    return steps[step - 1].position.turn if 0 < step <= len(steps) else step


def values(session: Session) -> list[Line]:
    """Every value as it truly is, with the name it is typed by where it can be set; by place."""
    scenario, view = session.scenario, session.control().view()
    rows = [head("The whole crisis")]
    for place in (None, *scenario.places):
        if place is not None:
            rows.append(head(scenario.places[place].title))
        for reading in view.readings:
            if reading.place == place:
                name = reading.id if place is None else f"{reading.id}.{place}"
                typed = f"  {name}" if reading.id in scenario.variables else ""
                shown = f"  {fill(_value_title(scenario, reading.id), 30)} "
                rows.append(line(shown, (fill(reading.words, 12), STRONG), (typed, QUIET)))
    return rows


def _value_title(scenario: Scenario, id: str) -> str:
    for known in (scenario.variables, scenario.derived, scenario.constants):
        if id in known:
            return known[id].title
    return id


def injects(session: Session) -> list[Line]:
    """The scenario's events, with what they tell and whether they have happened."""
    rows: list[Line] = []
    for each in session.control().injects():
        rows.append(line((each.title, STRONG), (f"  {inject_state(session, each)}", QUIET)))
        told = ", ".join(title(session, role) for role in each.to) if each.to else "nobody by itself"
        claim = "A claim, not true. " if each.claim else ""
        if each.tell:
            rows.append(line(f"  {claim}To {told}: {joined(each.tell)}"))
    return rows or [line("The scenario has no events.")]


def inject_state(session: Session, event: Loaded) -> str:
    """When it happened, or may."""
    if event.happened is not None:
        again = ", may happen again" if event.again else ""
        return f"happened on turn {turn_of(session, event.happened)}{again}"
    return f"timed for turn {event.turn}" if event.turn is not None else "not yet"


def record(session: Session) -> list[Line]:
    """What control decided with its reasons, and all that happened in the last adjudication."""
    rows: list[Line] = []
    branch = session.course.header.branch
    if branch is not None:
        rows += [line(branched(branch)), line("")]
    control = session.control()
    decided = control.decisions()
    now = [each for each in decided if each.step == session.position.step]
    before = decided[: len(decided) - len(now)]
    rows += [head("Decided by control this turn"), *_decided(session, now)]
    rows += [line(""), head("Last adjudication, and this turn since")]
    rows += story(control.scenario, control.happened(), control.told())
    return rows + ([line(""), head("Decided before"), *_decided(session, before)] if before else [])


def _decided(session: Session, decided: Sequence[Decided]) -> list[Line]:
    """One row for each decision, the latest first."""
    words = [
        f"- Turn {turn_of(session, each.step)}: {in_words(session.scenario, each.what)}"
        for each in reversed(decided)
    ]
    return [line(each) for each in words] or [quiet("Nothing yet.")]


def script(lesson: Lesson, guide: Guide, turn: int) -> list[Line]:
    """The facilitator's script of a class; the step of *turn* is marked."""
    rows = [
        line((f"A class of {lesson.minutes} minutes, length '{lesson.length}'", HEAD)),
        quiet("There is a script for 50 and one for 100 minutes."),
    ]
    if lesson.left_out:
        rows.append(line((f"No time is left for {_turns(lesson.left_out)}.", WARN)))
    for step in lesson.steps:
        here = step.turn == turn
        mark = "> " if here else "  "
        rows.append(
            line(
                f"{mark}{step.start:>3}-{step.end:<3} ",
                (step.title, STRONG),
                ("  now" if here else "", ACCENT),
            )
        )
        rows += [line(f"          {minutes:>2} min  {words}") for words, minutes in step.parts]
        if step.turn is not None and step.turn in guide.turns:
            rows += prose(guide.turns[step.turn])
        elif step.kind == "opening" and guide.before:
            rows += prose(guide.before)
        elif step.kind == "debrief" and guide.debrief:
            rows += prose(guide.debrief)
    return rows + (prose(guide.more) if guide.more else [])


def script_now(lesson: Lesson, guide: Guide, turn: int) -> list[Line]:
    """What the script says of *turn* alone; nothing if the class has no time for it."""
    step = next((each for each in lesson.steps if each.turn == turn), None)
    if step is None:
        return []
    rows = [
        line(("This turn in the script", HEAD), (f"  minutes {step.start} to {step.end} of the class", QUIET))
    ]
    rows += [line(f"  {minutes:>2} min  {words}") for words, minutes in step.parts]
    return rows + ([line(""), *prose(guide.turns[turn])] if turn in guide.turns else [])


def _turns(numbers: Sequence[int]) -> str:
    return f"turn{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def verdict(session: Session, argued: Argued) -> list[Line]:
    """An argument to be read out: the reasons, the odds, the die and what came of it."""
    scenario, passed = session.scenario, argued.face < argued.percent
    rows = [line((f"{title(session, argued.role)}: {argued.action}", STRONG)), line("")]
    for words, reasons in (("For", argued.pros), ("Against", argued.cons)):
        rows.append(head(words))
        rows += [line(f"  {number}. {reason}") for number, reason in enumerate(reasons, 1)]
        rows += [] if reasons else [quiet("  Nothing was said.")]
    margin = abs(argued.percent - argued.face) if passed else argued.face - argued.percent
    rows += [
        line(""),
        quiet(chance_of(len(argued.pros), len(argued.cons))),
        line(
            f"Below {argued.percent} it succeeds; rolled {argued.face}: ",
            (f"it {'succeeds' if passed else 'fails'} by {margin}", GOOD if passed else BAD),
        ),
        line(""),
        head("What comes of it"),
    ]
    came = argued.success if passed else argued.failure
    rows += [line(f"  {_change(session, name, by)}") for name, by in came.items()]
    rows += [] if came else [quiet("  No value changes.")]
    told = [scenario.roles[role].title for role in argued.to]
    everybody = set(scenario.roles) <= set(argued.to)
    return [*rows, quiet(f"Told to {'everybody' if everybody else ', '.join(told)}.")]


def _change(session: Session, name: str, by: int) -> str:
    """One consequence in words, such as `Unrest in Almaty: -10`."""
    id, _, place = name.partition(".")
    about = session.scenario.variables[id]
    where = f" in {session.scenario.places[place].title}" if place in session.scenario.places else ""
    is_number = not about.options and not about.is_flag
    return f"{about.title}{where}: {f'{by:+d}' if is_number else value_words(about.type, by)}"


# --- What is typed


def listed(text: str) -> tuple[str, ...]:
    """The reasons typed in one line, with semicolons between them."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def outcome(text: str) -> dict[str, str]:
    """
    New values typed in one line, such as `unrest.almaty = 20; curfew = yes`.

    Raises:
        ValueError: If a part has no name or no value, or one name stands twice; the words are for control.
    """
    found: dict[str, str] = {}
    for part in listed(text):
        name, equals, value = part.partition("=")
        if not equals:
            name, _, value = part.rpartition(" ")
        name, value = name.strip(), value.strip()
        if not name or not value:
            raise ValueError(f"'{part[:60]}' is no value; write name = value, with ';' between two")
        if name in found:
            raise ValueError(f"'{name[:60]}' is named twice")
        found[name] = value
    return found


def chance(pros: str, cons: str) -> str:
    """The odds of an argument with these reasons, as typed."""
    return chance_of(len(listed(pros)), len(listed(cons)))


def chance_of(pros: int, cons: int) -> str:
    """The odds of an argument with so many reasons, and where they come from."""
    return f"Chance {odds(pros, cons)} %: 50, {pros} x +10 for, {cons} x -10 against; 5 to 95."


def seconds(text: str) -> int:
    """
    Minutes as typed, `7` or `7:30`, in seconds.

    Raises:
        ValueError: If it is no time; the words are for control.
    """
    minutes, _, rest = text.strip().partition(":")
    numbers = (minutes or "0", rest or "0")
    if not text.strip() or not all(each.isascii() and each.isdecimal() and len(each) < 5 for each in numbers):
        raise ValueError(f"'{text[:20]}' is no time; write minutes such as 7, or 7:30")
    return int(numbers[0]) * 60 + int(numbers[1])


def absent(session: Session, defaults: Mapping[str, Sequence[Order]]) -> list[Line]:
    """Whose turn would be closed for them, and with which orders."""
    rows = []
    for role, orders in defaults.items():
        words = ", ".join(describe_order(session.scenario, order) for order in orders) or "no order"
        rows.append(line((f"- {title(session, role)}: ", STRONG), words))
    return rows


def waiting(control: Control, session: Session) -> list[str]:
    """The persons who have not locked."""
    return [role for role in control.waiting() if session.seats[role] == "person"]
