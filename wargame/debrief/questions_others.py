"""Questions about the others at the table, and those somebody from outside would ask."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.debrief.against import Against
from wargame.debrief.deeds import Deed, deeds
from wargame.debrief.gaps import Gap, gaps
from wargame.debrief.markdown import listing
from wargame.debrief.question import GROUPS, Candidate, Game, Question, likely, percent, points
from wargame.debrief.turning import turning_points
from wargame.language.types import Number
from wargame.rules.facts import Roll
from wargame.scenario.model import TRUTH
from wargame.scenario.players import Figure

__all__ = ["from_outside", "the_others"]

OTHERS, OUTSIDE = GROUPS[2:]
UNLIKELY = 30
"""A check that came out against odds of this much or less, in percent, is worth a question."""


def the_others(game: Game) -> Iterator[Candidate]:
    """Questions by which the seats learn how the others saw it."""
    for deed in deeds(game.record):
        yield from _of_deed(game, deed)
    yield from _gaps(game)
    yield from _riddle(game)
    text = (
        f"All, turn {game.busiest}: what did the seat to your left want in that turn? Write it down in one "
        "sentence; then that seat reads out what it wanted."
    )
    listen = "How far off are the guesses, and do they all err the same way?"
    yield Candidate(3, Question(OTHERS, game.busiest, text, listen, "guess"))
    text = (
        f"All, turn {game.end}: which order of another seat would you like to have explained, and why that "
        "one?"
    )
    listen = "Do they ask about what harmed them, or about what they did not understand?"
    yield Candidate(2, Question(OTHERS, game.end, text, listen, "explanation"))


def from_outside(game: Game, history: Against | None) -> Iterator[Candidate]:
    """Questions of one who was not there."""
    yield from _rolls(game)
    yield from _dice(game)
    yield from _record(game, history)
    yield from _figures(game, history)
    yield from _truth(game)
    text = (
        f"Turn {game.busiest}: a reporter knows only what was public in that turn. What headline does she "
        "write, and what does it miss?"
    )
    listen = "What was done in secret, and what was said in public: does anybody still see the difference?"
    yield Candidate(3, Question(OUTSIDE, game.busiest, text, listen, "headline"))
    text = (
        f"Turn {game.end}: what did this game leave out that would have mattered to the people it is about? "
        "Who had no seat at the table?"
    )
    listen = "A model leaves things out on purpose. Which of them would have changed a decision of yours?"
    yield Candidate(4, Question(OUTSIDE, game.end, text, listen, "model"))


# --- The others


def _of_deed(game: Game, deed: Deed) -> Iterator[Candidate]:
    by, title = game.titles[deed.by], deed.title
    turn = deed.settled or deed.turn
    match deed.outcome:
        case "broken":
            who = game.titles[deed.who] if deed.who else by
            text = (
                f"Turn {turn}: '{title}', given in turn {deed.turn}, was broken by {who}. The others first: "
                f"when did you notice, and what did you do differently from then on? Then {who}: what did "
                "you expect them to do?"
            )
            listen = (
                "Did those who relied on it see the pressure the other was under? Nobody has to justify it."
            )
            yield Candidate(80, Question(OTHERS, turn, text, listen, "broken word"))
        case "refused" | "unanswered":
            other = f"{game.titles[deed.who]} said no" if deed.who else "nobody answered"
            text = (
                f"Turn {turn}: {by} offered '{title}', and {other}. {by}: what did you think was in it for "
                "the other side? The other side: what would have made it a yes?"
            )
            listen = "The distance between the two answers is the lesson; nobody needs to be right."
            yield Candidate(
                58 if deed.who else 52, Question(OTHERS, turn, text, listen, f"{deed.outcome} offer")
            )
        case "standing":
            text = (
                f"'{title}' was agreed in turn {deed.turn} and held to the end. What held it: trust, need, "
                "or nobody being tempted? In which turn was it closest to breaking?"
            )
            listen = "Let both sides name that turn on their own before they compare."
            yield Candidate(48, Question(OTHERS, deed.turn, text, listen, "kept agreement"))
        case "kept":
            text = (
                f"In turn {deed.turn} {by} promised '{title}', and kept it. The others: did you believe it, "
                "and which order of yours would have been different without it?"
            )
            listen = "A promise nobody relied on was cheap; one that was believed moved somebody."
            yield Candidate(46, Question(OTHERS, deed.turn, text, listen, "kept promise"))


def _gaps(game: Game) -> Iterator[Candidate]:
    found = gaps(game.record)
    for gap in found:
        wide = gap.wide * 100 // _span(game, gap)
        if gap.role in game.roles and wide >= 8:
            knew = [
                game.titles[other.role]
                for other in found
                if (other.turn, other.id) == (gap.turn, gap.id)
                and other.role != gap.role
                and other.shown is not None
                and other.wide * 3 <= gap.wide
            ]
            late = f", a report {gap.late} turn{'s' if gap.late > 1 else ''} old" if gap.late else ""
            text = (
                f"Turn {gap.turn}: {gap.title} stood at {gap.true}; the number shown to "
                f"{game.titles[gap.role]} was {gap.shown}{late}. Which order of that turn would have been "
                "different with the true number? The others: did you know better, and would you have said so?"
            )
            listen = (
                f"Nearer to the truth: {listing(knew)}." if knew else "Nobody else at the table knew better."
            )
            listen += " A decision rests on what was shown: what was not shown could not be known."
            weight = min(79, 45 + wide)
            yield Candidate(weight, Question(OTHERS, gap.turn, text, listen, "knowledge", gap.role))


def _span(game: Game, gap: Gap) -> int:
    scenario = game.record.kernel.scenario
    about = scenario.variables.get(gap.id) or scenario.derived[gap.id]
    return max(1, about.type.hi - about.type.lo) if isinstance(about.type, Number) else 100


def _riddle(game: Game) -> Iterator[Candidate]:
    """The order that moved most in the whole game: what did the others think it was for?"""
    found = max(
        (
            (game.weight(played, role, order), -played.turn, role, game.words(order))
            for role in game.titles
            for played, order in game.orders(role)
        ),
        default=None,
    )
    if found is not None:
        _, turn, role, words = found
        text = (
            f"Turn {-turn}: {game.titles[role]} gave {words}. The others first: what did you think it was "
            f"for? Then {game.titles[role]}: what was it for?"
        )
        listen = "Most people read a plan into what was improvised, and a threat into what was fear."
        yield Candidate(40, Question(OTHERS, -turn, text, listen, "riddle", role))


# --- From outside


def _rolls(game: Game) -> Iterator[Candidate]:
    places = game.record.kernel.scenario.places
    for played in game.record.turns:
        for fact in played.facts:
            if isinstance(fact, Roll) and fact.percent is not None and 0 < likely(fact) <= UNLIKELY:
                where = f" in {places[fact.place].title}" if fact.place else ""
                came = "came true" if fact.passed else "did not come true"
                text = (
                    f"Turn {played.turn}: '{fact.title}'{where} had a chance of {percent(fact)} % and "
                    f"{came}. That was luck. What would we be talking about today, had it fallen the other "
                    "way?"
                )
                listen = (
                    "Do they find reasons afterwards for what was a throw of dice? Ask whether the orders "
                    "before it were sound either way."
                )
                question = Question(OUTSIDE, played.turn, text, listen, "unlikely roll")
                # What somebody ordered matters more to the room than what the world did by itself.
                weight = (62 if fact.cause.kind == "order" else 54) + (UNLIKELY - likely(fact)) // 2
                yield Candidate(weight, question)


def _dice(game: Game) -> Iterator[Candidate]:
    for point in turning_points(game.record, game.luck) if game.luck is not None else ():
        if point.kind == "dice":
            gave = "gave" if point.by.value > 0 else "took"
            text = (
                f"Turn {point.turn}: the dice {gave} {game.titles[point.role]} about "
                f"{points(point.by.value)} of what could be expected. That was luck. Would somebody who saw "
                f"only the result have called it {'skill' if point.by.value > 0 else 'a mistake'}?"
            )
            listen = (
                f"The throws: {'; '.join(point.words)}."
                if point.words
                else "Nobody earned or lost these points."
            )
            question = Question(OUTSIDE, point.turn, text, listen, "dice", point.role)
            yield Candidate(min(78, 60 + int(abs(point.by.value))), question)


def _record(game: Game, history: Against | None) -> Iterator[Candidate]:
    if history is None or not history.turns:
        return
    endings, first = game.record.kernel.scenario.endings, history.first
    ended = endings.get(history.ending or "")
    closed = f" It ended with '{ended.title}'." if ended is not None else ""
    outcome = history.outcome.ending if history.outcome is not None else None
    if outcome is not None and outcome != history.ending:
        closed += f" What really happened comes closest to '{endings[outcome].title}'."
    if first is None:
        turn = history.turns[-1].turn
        text = (
            f"Turn {turn}: nobody at this table left what was really done.{closed} Did it have to come like "
            "this, or only with these dice?"
        )
        listen = (
            "Those who really decided took the same way, in earnest. Look for the turn in which another was "
            "open."
        )
    else:
        turn = first.turn
        move = first.left[0]
        who = game.titles.get(move.role, "Control")
        what = f"{who}: {move.given or f'not {move.recorded}'}"
        text = (
            f"In turn {turn} the table left what was really done ({what}).{closed} Which single decision "
            "made most of the difference, and could those who really decided have taken it?"
        )
        listen = (
            "What was open to them then, and what only to a game? Neither the table's way nor the real one "
            "is the right answer."
        )
    yield Candidate(64, Question(OUTSIDE, turn, text, listen, "history"))


def _figures(game: Game, history: Against | None) -> Iterator[Candidate]:
    """What was first counted of the victims, and what is known today."""
    if history is None:
        return
    played = {turn.turn: turn.figures for turn in history.turns}
    now: dict[str, Figure] = {each.what: each for each in history.figures if each.known == "now"}
    then = [
        (turn, each)
        for turn, figures in played.items()
        for each in figures
        if each.what in now and each.known == "then"
    ]
    if then:
        turn, figure = then[len(then) // 2]
        today = now[figure.what]
        text = (
            f"Turn {turn}: what was really published in these days was '{figure.what}: {figure.value}' "
            f"({figure.date}); known today is {today.value}. Which decision of your game would look "
            "otherwise with the later number on the table?"
        )
        listen = "Those who decided then had the first number, if any. Who gains when a count comes late?"
        yield Candidate(56, Question(OUTSIDE, turn, text, listen, "victims"))


def _truth(game: Game) -> Iterator[Candidate]:
    truths = list(game.record.kernel.scenario.truths.values())
    reading = game.record.kernel.view(game.record.last, "control").reading(TRUTH) if truths else None
    if reading is not None:
        text = (
            f"Turn {game.end}: in this game the hidden truth was '{truths[reading.value].title}'. Who said "
            "what about it, on which evidence, and who gained by saying so?"
        )
        listen = (
            "Another game deals another truth. The question is not who guessed it, but who asked for "
            "evidence."
        )
        yield Candidate(50, Question(OUTSIDE, game.end, text, listen, "hidden truth"))
