"""What control can do, as forms: each ends in one call of `Control`, whose refusals are shown in the form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wargame.agents.seating import PERSON, PREFIX, players
from wargame.rules.trace import in_words
from wargame.session.clock import Clock
from wargame.session.control import Control
from wargame.tui import console
from wargame.tui.desk import Desk
from wargame.tui.screens.forms import ALL, Answers, Field, Form

if TYPE_CHECKING:
    from wargame.session.session import Session

REASON = Field("reason", "Reason (the record keeps it)")
MAYBE = Field("reason", "Reason, if you like (the record keeps it)")
NOWHERE = ""


MARKING = "{marks.mark:space} marks, {marks.all:a} all"


def inject(desk: Desk) -> Form:
    """Something is told to some seats."""

    def do(answers: Answers) -> None:
        to = _to(answers)
        _control(desk).inject(
            _text(answers, "text"),
            to,
            claim=_text(answers, "kind") == "claim",
            reason=_text(answers, "reason"),
        )

    kinds = (("report", "A report: it is true"), ("claim", "A claim: it is not true, and nobody is told so"))
    fields = [
        Field("text", "What they are told", most=2000),
        Field(
            "to",
            f"Who is told ({MARKING}; nobody else learns of it)",
            "several",
            _roles(desk),
        ),
        Field("kind", "Is it true?", "one", kinds),
        MAYBE,
    ]
    return Form(desk, "Inject: tell some seats something now", fields, do)


def release(desk: Desk) -> Form | None:
    """An event of the scenario happens now; None if none is left."""
    session = desk.table.session
    free = [each for each in _control(desk).injects() if each.happened is None or each.again]
    if not free:
        return None
    options = tuple((each.id, f"{each.title}: {console.inject_state(session, each)}") for each in free)
    told = {each.id: each for each in free}

    def hint(answers: Answers) -> str:
        each = told[_text(answers, "event")]
        to = ", ".join(console.title(session, role) for role in each.to)
        claim = "A claim, not true. " if each.claim else ""
        return f"{claim}Tells {to}: {each.tell}" if each.tell else "It tells nothing; it changes values."

    def do(answers: Answers) -> None:
        _control(desk).release(_text(answers, "event"), reason=_text(answers, "reason"))

    fields = [Field("event", "Which event (it happens whatever its time)", "one", options), REASON]
    return Form(desk, "Release an event of the scenario", fields, do, hint=hint)


def set_value(desk: Desk) -> Form:
    """One value is set."""

    def do(answers: Answers) -> None:
        place = _text(answers, "place") or None
        _control(desk).set(
            _text(answers, "variable"), _text(answers, "value"), place=place, reason=_text(answers, "reason")
        )

    fields = [
        Field("variable", "Which value", "one", _variables(desk)),
        Field("place", "Where", "one", _places(desk)),
        Field("value", "New value"),
        REASON,
    ]
    return Form(desk, "Set a value", fields, do, hint=lambda answers: value_now(desk.table.session, answers))


def overrule(desk: Desk) -> Form:
    """Another outcome takes the place of what was adjudicated."""

    def do(answers: Answers) -> None:
        values = console.outcome(_text(answers, "values"))
        _control(desk).overrule(_text(answers, "outcome"), dict(values), reason=_text(answers, "reason"))

    fields = [
        Field("outcome", "How it came out instead"),
        Field("values", f"New values, if any, such as {_example(desk)} = 40 (names: pane 3)", most=1000),
        REASON,
    ]
    return Form(desk, "Overrule an outcome", fields, do)


def argue(desk: Desk) -> Form:
    """An action is judged by reasons and a die."""

    def do(answers: Answers) -> None:
        _control(desk).argue(
            _text(answers, "role"),
            _text(answers, "action"),
            console.listed(_text(answers, "pros")),
            console.listed(_text(answers, "cons")),
            success=dict(console.outcome(_text(answers, "success"))),
            failure=dict(console.outcome(_text(answers, "failure"))),
            to=_to(answers),
            reason=_text(answers, "reason"),
        )

    fields = [
        Field("role", "Who acts", "one", _roles(desk)),
        Field("action", "What they do"),
        Field("pros", "Reasons why it succeeds, with ';' between two", most=2000),
        Field("cons", "Reasons why it fails, with ';' between two", most=2000),
        Field(
            "success",
            f"If it succeeds, such as {_example(desk)} = -10 (names: pane 3)",
            most=1000,
        ),
        Field("failure", "If it fails: the same", most=1000),
        Field(
            "to",
            f"Who is told ({MARKING} or none)",
            "several",
            _roles(desk),
            start=ALL,
        ),
        MAYBE,
    ]
    return Form(
        desk,
        "Argue an action; the die is rolled at the end",
        fields,
        do,
        hint=lambda answers: console.chance(_text(answers, "pros"), _text(answers, "cons")),
    )


def clock(desk: Desk, ticking: Clock, planned: int | None = None) -> Form:
    """The clock is started, stopped or given more time; *planned* are the minutes of this turn."""

    def do(answers: Answers) -> None:
        control, reason = _control(desk), _text(answers, "reason")
        match _text(answers, "what"):
            case "start":
                seconds = console.seconds(_text(answers, "minutes"))
                control.start_clock(seconds, reason)
                ticking.start(seconds)
            case "extend":
                seconds = console.seconds(_text(answers, "minutes"))
                control.extend_clock(seconds, reason)
                ticking.extend(seconds)
            case "pause":
                ticking.pause()
                control.pause_clock(ticking.left, reason)
            case _:
                control.start_clock(ticking.left, reason)
                ticking.start()

    running = (("pause", "Pause"), ("extend", "Extend: more minutes"), ("start", "Start again with minutes"))
    standing = (("go", "Go on with what is left"), ("extend", "Extend: more minutes"))
    fresh = (("start", "Start with minutes"),)
    stopped = (*standing, *fresh) if ticking.left else fresh
    whats = running if ticking.state == "running" else stopped
    fields = [
        Field("what", "What", "one", whats),
        Field(
            "minutes", "Minutes, such as 7 or 7:30 (for start and extend)", start=str(planned or 7), most=8
        ),
        MAYBE,
    ]
    return Form(desk, f"Clock: {console.clock_words(ticking, planned)}", fields, do)


def adviser(desk: Desk) -> Form:
    """The adviser is forbidden to all seats, or allowed again."""
    allowed = _control(desk).adviser

    def do(answers: Answers) -> None:
        _control(desk).set_adviser(_text(answers, "allowed") == "on", reason=_text(answers, "reason"))

    stands = (("on", "On: any seat may ask it"), ("off", "Off: nobody may ask"))
    before = [f"It names orders a seat might consider, and is {'on' if allowed else 'off'} now."]
    fields = [Field("allowed", "From now on", "one", stands, start="off" if allowed else "on"), REASON]
    return Form(desk, "The adviser of all seats", fields, do, before=before)


def hand_over(desk: Desk, role: str) -> Form:
    """A seat gets another player."""
    session = desk.table.session
    named = ((PERSON, "a person at this machine"), *_players(session, role))

    def do(answers: Answers) -> None:
        desk.table.hand_over(role, _text(answers, "player"), _text(answers, "reason"))

    before = [f"Now played by {console.player_words(session.seats[role])}. Orders it has locked stand."]
    fields = [Field("player", "Who plays from now on", "one", named, start=session.seats[role]), MAYBE]
    if session.seats[role] not in dict(named):
        fields[0] = Field("player", "Who plays from now on", "one", named)
    return Form(desk, f"Hand over: {console.title(session, role)}", fields, do, before=before)


def rewind(desk: Desk) -> Form:
    """The game is taken back to the start of a turn, in a new save."""
    turns = _control(desk).turns()
    scenario = desk.table.session.scenario
    options = tuple((str(turn), f"Turn {turn}: {scenario.turns[turn - 1].title}") for turn in reversed(turns))

    def do(answers: Answers) -> None:
        _control(desk).rewind(int(_text(answers, "turn")), _text(answers, "reason"))

    before = ["The game goes on in a new save from the start of that turn. The old save keeps everything."]
    fields = [Field("turn", "Back to the start of", "one", options), REASON]
    return Form(desk, "Rewind", fields, do, before=before)


def value_now(session: Session, answers: Answers) -> str:
    """How the variable named in *answers* stands, and what it can be."""
    about = session.scenario.variables[_text(answers, "variable")]
    place = _text(answers, "place") or None
    lo, hi = about.range
    options = getattr(about.type, "options", ())
    numbers = f"{lo} to {hi}" if (lo, hi) != (0, 1) else "yes or no"
    may = " or ".join(options).replace("_", " ") if options else numbers
    if about.per_place and place is None:
        return f"Differs from place to place: choose where. It can be {may}."
    if not about.per_place and place is not None:
        return f"One for the whole crisis: choose no place. It can be {may}."
    name = about.id if place is None else f"{about.id}.{place}"
    return f"Now {in_words(about.type, session.kernel.reading(session.position, name))}; it can be {may}."


def _control(desk: Desk) -> Control:
    return desk.table.session.control()


def _text(answers: Answers, id: str) -> str:
    value = answers[id]
    return value if isinstance(value, str) else ""


def _to(answers: Answers) -> Sequence[str]:
    to = answers["to"]
    if not to or isinstance(to, str):
        raise ValueError("mark at least one seat that is told")
    return to


def _roles(desk: Desk) -> tuple[tuple[str, str], ...]:
    return tuple(desk.titles.items())


def _variables(desk: Desk) -> tuple[tuple[str, str], ...]:
    kinds = {"agreement": "Agreement: ", "promise": "Promise: ", "truth": "Hidden truth: "}
    return tuple(
        (id, f"{kinds.get(each.kind, '')}{each.title}")
        for id, each in desk.table.session.scenario.variables.items()
    )


def _example(desk: Desk) -> str:
    """A name as it is typed: of a number that differs from place to place, if there is one."""
    scenario = desk.table.session.scenario
    numbers = [each for each in scenario.variables.values() if not each.options and not each.is_flag]
    numbers.sort(key=lambda each: not each.per_place)
    place = next(iter(scenario.places), "")
    return next((f"{each.id}.{place}" if each.per_place and place else each.id for each in numbers), "name")


def _places(desk: Desk) -> tuple[tuple[str, str], ...]:
    places = desk.table.session.scenario.places.values()
    return ((NOWHERE, "The whole crisis (no place)"), *((each.id, each.title) for each in places))


NAMES = {
    "planner:easy": "a planner that thinks briefly",
    "planner:medium": "a planner that thinks longer",
    "planner:hard": "a planner that thinks longest",
    "random": "chance",
    "historical": "as in history",
}
"""What the players are called that every scenario has."""


def _players(session: Session, role: str) -> tuple[tuple[str, str], ...]:
    doctrines = session.scenario.doctrines.get(role, {})
    return tuple(
        (f"{PREFIX}{each}" if each in doctrines else each, f"the doctrine {each.replace('_', ' ')}")
        if each in doctrines
        else (each, NAMES.get(each, each))
        for each in players(session.scenario, role)
    )
