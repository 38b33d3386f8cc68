"""The game beside what really happened, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wargame.debrief.against import Against, Level, Move, TurnAgainst, against
from wargame.debrief.markdown import Names, listing, table, told
from wargame.debrief.record import Record
from wargame.debrief.sources import sources_of
from wargame.scenario.model import Scenario
from wargame.scenario.players import Day, Figure

__all__ = ["against_page", "outcome_words", "parting_words"]


def against_page(record: Record, names: Names) -> Iterator[str]:
    """The whole page; one sentence if the scenario records no history."""
    scenario, found = record.kernel.scenario, against(record)
    yield from (f"# {told(scenario.title)}: the game and what really happened", "")
    if found is None:
        yield from ("This scenario has no record of what really happened.", "")
        return
    yield (
        "The record is what was really done, as far as the orders of this game can say it; 'nothing' means "
        "nothing that is an order here. A choice the record also made is marked so: whatever came of it, "
        "others made it too, in earnest."
    )
    yield ""
    yield from ("## Where it left the record", "")
    for sentence in parting_words(record, found, names):
        yield from (sentence, "")
    yield from ("## How it ended", "", *(f"{each}\n" for each in outcome_words(scenario, found)))
    yield from _levels(found)
    yield from _victims(found.figures)
    yield from ("## Turn by turn", "")
    for turn in found.turns:
        yield from _turn(scenario, turn, names)
    yield from _sources(scenario, found)


def parting_words(record: Record, found: Against, names: Names) -> Iterator[str]:
    """Where the table left the recorded line, and by what; in paragraphs."""
    scenario, first = record.kernel.scenario, found.first
    given, same = found.shared
    if first is None:
        yield "**Nobody at the table chose to leave the recorded line.**"
    else:
        yield f"**The table left the recorded line in turn {first.turn}:**"
        yield "\n".join(f"- {_who(scenario, move.role)}: {_left(move, names)}" for move in first.left)
        when = [
            f"{told(role.title)} in turn {turn}"
            if (turn := found.first_of(id))
            else f"{told(role.title)} never"
            for id, role in scenario.roles.items()
        ]
        yield f"When each seat first chose otherwise: {listing(when)}."
    if given:
        yield f"Of {given} orders that were given, {same} are in the record in the same turn."
    if found.hindered is not None:
        moves = [move for move in found.hindered.moves if move.kind == "impossible"]
        what = "; ".join(f"{_who(scenario, move.role)}: {told(move.recorded)}" for move in moves)
        yield (
            f"In turn {found.hindered.turn} the game for the first time did not allow something that was "
            f"really done ({what}). By then things stood otherwise: nobody was free to give it."
        )
    if found.outside is not None:
        off = [f"{told(each.title)} ({_side(each)})" for each in found.outside.levels if each.side]
        yield f"The values first parted from it at the end of turn {found.outside.turn}: {listing(off)}."


def _left(move: Move, names: Names) -> str:
    """A move that left the record, and why if somebody wrote it."""
    given, recorded = told(move.given), told(move.recorded)
    match move.kind:
        case "moved":
            words = f"{given}; really it was {recorded}"
        case "another turn":
            what = "" if move.given == move.recorded else f"{recorded} "
            words = f"{given}; really {what}in {_turns(move)}"
        case "own":
            words = f"{given}; that is not in the record"
        case "control":
            words = f"a ruling: {names.words(move.given)}" if names.words(move.given) else "a ruling"
        case _:
            words = f"not {recorded}, which was really done"
    reason = names.words(move.reason)
    return words + (f". The reason given: {reason}" if reason else "")


def outcome_words(scenario: Scenario, found: Against) -> Iterator[str]:
    """How the end of the game compares with the real one; in sentences."""
    outcome = found.outcome
    if found.ending is None:
        yield "The game is not over; this is how it stands."
    elif outcome is not None and outcome.ending is not None:
        game, real = (told(scenario.endings[id].title) for id in (found.ending, outcome.ending))
        same = found.ending == outcome.ending
        yield (
            f"The game ended as it really ended: **{game}**."
            if same
            else f"The game ended with **{game}**. What really happened comes closest to **{real}**."
        )
    if outcome is not None and outcome.about:
        yield f"Really: {told(outcome.about)}{_keys(outcome.source)}"
    levels = [each for each in found.turns[-1].levels if " sees it" not in each.title] if found.turns else []
    for side, words in ((0, "About as it was"), (1, "Higher than it was"), (-1, "Lower than it was")):
        those = [
            told(each.title) + (f" ({each.value:g} against {each.band})" if side else "")
            for each in levels
            if each.side == side
        ]
        if those:
            yield f"{words} at the end: {listing(those)}."


def _levels(found: Against) -> Iterator[str]:
    if not any(turn.levels for turn in found.turns):
        return
    yield from ("## The values beside the record", "")
    yield (
        "At the end of every turn: at your table, and below it what the scenario's authors put the real "
        "course at. That is their reading of those days and no measurement. `*` marks what is more than one "
        "point away."
    )
    yield ""
    coarse = [each for each in found.turns[0].levels if each.scale > 1]
    if coarse:
        one, first = coarse[0], coarse[0].value * coarse[0].scale
        yield (
            "The record is kept on a coarser scale, and the game's values are divided to match it: "
            f"{told(one.title)}, which was {first:g} in the game, stands here as {one.value:g}."
        )
        yield ""
    heads = ["value", "", *(f"T{turn.turn}" for turn in found.turns)]
    rows: list[list[object]] = []
    for number, level in enumerate(found.turns[0].levels):
        row = [turn.levels[number] for turn in found.turns]
        rows.append(
            [told(level.title), "table", *(f"{each.value:g}{'*' if each.side else ''}" for each in row)]
        )
        rows.append(["", "record", *(each.band for each in row)])
    yield from table(heads, rows, 2)


def _victims(figures: Sequence[Figure]) -> Iterator[str]:
    if not figures:
        return
    yield from ("## The victims: as known then, as known now", "")
    for what in dict.fromkeys(each.what for each in figures):
        about = [each for each in figures if each.what == what]
        then, now = ([each for each in about if each.known == when] for when in ("then", "now"))
        if then and now:
            yield (
                f"**{told(what).capitalize()}.** Those who decided heard first: {told(then[0].value)} "
                f"({told(then[0].date)}). They heard last: {told(then[-1].value)} ({told(then[-1].date)}). "
                f"Known today: {told(now[-1].value)}."
            )
            yield ""
        rows = [
            [
                told(each.date),
                f"turn {each.turn}" if each.turn else "later",
                "then" if each.known == "then" else "**now**",
                told(each.value),
                told(each.note),
                told(each.source),
            ]
            for each in about
        ]
        yield from table(["published", "turn", "known", told(what), "", "source"], rows, 9)


def _turn(scenario: Scenario, turn: TurnAgainst, names: Names) -> Iterator[str]:
    about = scenario.turns[turn.turn - 1]
    dates = f" ({told(about.dates)})" if about.dates else ""
    yield from (f"### Turn {turn.turn}: {told(about.title)}{dates}", "")
    for number, day in turn.since:
        yield from (f"*Before, in turn {number}, which was not played:* {_day(day)}", "")
    if turn.day.note:
        yield from (f"*What happened:* {_day(turn.day)}", "")
    if turn.figures:
        what = "; ".join(
            f"{told(each.what)}: {told(each.value)} ({told(each.date)})" for each in turn.figures
        )
        yield from (f"*Published in these days:* {what}.", "")
    rows = [
        [told(role.title), *_beside([move for move in turn.moves if move.role == id])]
        for id, role in scenario.roles.items()
    ]
    yield from table(["seat", "really", "at the table"], rows, 3)
    rulings = [words for move in turn.moves if not move.role and (words := names.words(move.given))]
    yield from (f"- Control ruled: {words}" for words in rulings)
    yield from [""] if rulings else []


def _day(day: Day) -> str:
    return told(day.note) + _keys(day.source)


def _keys(source: str) -> str:
    return f" ({told(source)})" if source else ""


def _beside(moves: Sequence[Move]) -> tuple[str, str]:
    """What one role really did in a turn, and what it did at the table."""
    notes = {"done": " (given before)", "impossible": " (not possible by then)"}
    really = [
        told(move.recorded) + notes.get(move.kind, "")
        for move in moves
        if move.kind in ("same", "moved", "left out", "done", "impossible")
    ]
    table_ = [told(move.given) + _mark(move) for move in moves if move.given]
    return "; ".join(really) or "nothing", "; ".join(table_) or ("no orders" if really else "nothing")


def _mark(move: Move) -> str:
    match move.kind:
        case "same":
            return " (**as really done**)"
        case "moved":
            return " (really otherwise)"
        case "another turn":
            where = "" if move.given == move.recorded else ", elsewhere"
            return f" (really in {_turns(move)}{where})"
        case _:
            return " (not in the record)"


def _turns(move: Move) -> str:
    words = listing([str(turn) for turn in move.turns])
    return f"turn {words}" if len(move.turns) == 1 else f"turns {words}"


def _who(scenario: Scenario, role: str) -> str:
    return told(scenario.roles[role].title) if role else "control"


def _side(level: Level) -> str:
    return f"{level.value:g}, not {level.band}"


def _sources(scenario: Scenario, found: Against) -> Iterator[str]:
    """The rows of `sources.md` that the page names."""
    listed = sources_of(scenario, _named(found))
    if listed:
        yield from ("## Sources", "")
        yield from table(["key", "source"], [[told(key), told(text)] for key, text in listed], 2)


def _named(found: Against) -> Iterator[str]:
    texts: list[str] = [each.source for each in found.figures]
    texts += [found.outcome.source] if found.outcome is not None else []
    for turn in found.turns:
        texts += [
            turn.day.source,
            *(day.source for _, day in turn.since),
            *(each.source for each in turn.levels),
        ]
    for text in texts:
        yield from (key.strip() for key in text.split(";") if key.strip())
