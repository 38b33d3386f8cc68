"""Random legal play against oracles; a fault becomes a save one can open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve, field, frozen

from wargame.agents.base import Chair
from wargame.agents.draws import Draws
from wargame.agents.random_ import Random as RandomPlayer
from wargame.agents.talk import go_round
from wargame.errors import WargameError
from wargame.lab.batch import over_cores
from wargame.lab.oracles import Moment, broken
from wargame.rules.kernel import Kernel
from wargame.rules.orders import Act, Answer, Offer, Order, Promise, Say
from wargame.rules.position import Position
from wargame.session.replay import verify
from wargame.session.seat import Submission
from wargame.session.session import PERSON, Session

__all__ = ["Fault", "Report", "as_data", "as_text", "fuzz"]

SAVED = 10
"""Of so many games one is played at a table, too: saved, and played through again from its save."""


@frozen
class Turn:
    """What was said and ordered in one turn."""

    said: tuple[tuple[str, Act], ...]
    orders: Mapping[str, Sequence[Order]]


@frozen
class Fault:
    """What went wrong in one game."""

    seed: int
    length: str
    turn: int
    """Calendar number of the turn, from 1; 0 if the game could not begin."""

    oracle: str
    """Which oracle did not hold: one of `lab.oracles`, `crash`, or `replay`."""

    detail: str
    played: tuple[Turn, ...] = field(repr=False, default=())
    save: str = ""
    """Where the game is saved, up to its fault; empty if nothing could be saved."""

    def __str__(self) -> str:
        where = f"seed {self.seed}, length {self.length}, turn {self.turn}"
        opened = f" 'wargame show {self.save}' prints the game." if self.save else ""
        return f"{where}: {self.oracle}: {self.detail}.{opened}"


@frozen
class Report:
    """What came of random play."""

    scenario: str
    games: int
    seed: int
    turns: int
    given: Mapping[str, int]
    """How often each order was given, by order; those never given with 0."""

    endings: Mapping[str, int]
    faults: tuple[Fault, ...]


@frozen
class _Share:
    """What one share of the games gave."""

    turns: int
    given: Counter[str]
    endings: Counter[str]
    faults: tuple[Fault, ...]


@frozen
class _Games:
    """Random games, one for each seed; the scenario's lengths take turns."""

    folder: str

    def __call__(self, kernel: Kernel, seeds: range) -> _Share:
        turns, given, endings, faults = 0, Counter[str](), Counter[str](), list[Fault]()
        lengths = tuple(kernel.plan.calendars)
        for seed in seeds:
            played: list[Turn] = []
            fault, ending = _game(kernel, seed, lengths[seed % len(lengths)], played)
            if fault is None and seed % SAVED == 0:
                fault = _at_a_table(kernel, seed, lengths[seed % len(lengths)], played, Path(self.folder))
            turns += len(played)
            given.update(order.id for turn in played for each in turn.orders.values() for order in each)
            endings[ending] += 1
            if fault is not None:
                faults.append(_saved(kernel, fault, Path(self.folder)))
        return _Share(turns, given, endings, tuple(faults))


def fuzz(
    kernel: Kernel,
    *,
    games: int,
    seed: int = 1,
    jobs: int = 1,
    folder: Path,
    told: Callable[[int], None] = lambda count: None,
) -> Report:
    """
    Plays *games* random games of legal orders with seeds from *seed* on, and holds them against every oracle.

    The save of a game with a fault goes to *folder*, which must be there. *told* is called
    now and then with the number of games played since.

    Raises:
        WargameError: If a process of the batch was killed.
    """
    turns, given, endings, faults = 0, Counter[str](), Counter[str](), list[Fault]()
    for share in over_cores(kernel, _Games(str(folder)), range(seed, seed + games), jobs):
        turns += share.turns
        given += share.given
        endings += share.endings
        faults += share.faults
        told(sum(share.endings.values()))
    return Report(
        scenario=kernel.scenario.id,
        games=games,
        seed=seed,
        turns=turns,
        given={id: given[id] for id in kernel.plan.orders},
        endings={id: endings[id] for id in kernel.scenario.endings},
        faults=tuple(faults),
    )


def _game(kernel: Kernel, seed: int, length: str, played: list[Turn]) -> tuple[Fault | None, str]:
    """Plays one game; its first fault, and how it ended. *played* grows turn by turn."""
    turn, draws = 0, Draws(seed)
    try:
        position, _ = kernel.start(seed, length)
        while not position.is_over:
            turn = position.turn
            talked, said = _talk(kernel, position)
            orders = {role: _orders(kernel, talked, role) for role in kernel.plan.roles}
            played.append(Turn(said, orders))
            after, facts = kernel.adjudicate(talked, orders)
            plain = kernel.play(talked, [order for each in orders.values() for order in each])
            moment = Moment(kernel, talked, after, facts, plain, draws)
            for oracle, detail in broken(moment):
                return Fault(seed, length, turn, oracle, detail, tuple(played)), ""
            position = after
    except Exception as error:  # What breaks the engine is what is looked for.
        detail = f"{type(error).__name__}: {error}".rstrip(".")
        return Fault(seed, length, turn, "crash", detail, tuple(played)), ""
    return None, str(position.ending)


def _talk(kernel: Kernel, position: Position) -> tuple[Position, tuple[tuple[str, Act], ...]]:
    said: list[tuple[str, Act]] = []
    at = position

    def say(role: str, act: Act) -> None:
        nonlocal at
        at = kernel.talk(at, role, act)
        said.append((role, act))

    go_round(dict.fromkeys(kernel.plan.roles, RandomPlayer()), lambda role: Chair(kernel, at, role), say)
    return at, tuple(said)


def _orders(kernel: Kernel, position: Position, role: str) -> tuple[Order, ...]:
    chair = Chair(kernel, position, role, explains=False)
    return tuple(choice.order for choice in RandomPlayer().choose(chair))


# --- At a table


def _at_a_table(kernel: Kernel, seed: int, length: str, played: Sequence[Turn], folder: Path) -> Fault | None:
    """Plays the same game at a table, saves it, and plays it through again from its save."""
    path = folder / f"{kernel.scenario.id}-{seed}.jsonl"
    want = _again(kernel, seed, length, played)
    try:
        with _session(kernel, seed, length, path) as session:
            for turn in played:
                _play_turn(session, turn)
            found = session.position
        verdict = verify(path)
        detail = "" if verdict.kind == "clean" else str(verdict).rstrip(".")
        if found.digest() != want.digest():
            detail = "the same orders at a table come to another position"
    except Exception as error:
        detail = f"{type(error).__name__}: {error}".rstrip(".")
    path.unlink(missing_ok=True)
    return Fault(seed, length, want.turn, "replay", detail, tuple(played)) if detail else None


def _again(kernel: Kernel, seed: int, length: str, played: Sequence[Turn]) -> Position:
    position, _ = kernel.start(seed, length)
    for turn in played:
        for role, act in turn.said:
            position = kernel.talk(position, role, act)
        position, _ = kernel.adjudicate(position, turn.orders)
    return position


def _saved(kernel: Kernel, fault: Fault, folder: Path) -> Fault:
    """*fault* with the save of its game, as far as the game can be played."""
    path = folder / f"fault-{kernel.scenario.id}-{fault.seed}.jsonl"
    number = 2
    while path.exists():
        path = folder / f"fault-{kernel.scenario.id}-{fault.seed}-{number}.jsonl"
        number += 1
    try:
        with _session(kernel, fault.seed, fault.length, path) as session:
            for turn in fault.played:
                _play_turn(session, turn)
    except Exception:  # The fault itself: the save holds all that came before it.
        return evolve(fault, save=str(path) if path.exists() else "", played=())
    return evolve(fault, save=str(path), played=())


def _session(kernel: Kernel, seed: int, length: str, path: Path) -> Session:
    seats = dict.fromkeys(kernel.scenario.roles, PERSON)
    return Session.create(kernel.scenario, seed=seed, length=length, seats=seats, path=path)


def _play_turn(session: Session, turn: Turn) -> None:
    for role, act in turn.said:
        seat = session.seat(role)
        match act:
            case Offer(agreement):
                seat.offer(agreement)
            case Answer(agreement, accept):
                seat.answer(agreement, accept)
            case Promise(promise):
                seat.promise(promise)
            case Say(text, to):
                seat.say(text, to)
    for role, orders in turn.orders.items():
        session.seat(role).submit([Submission(order) for order in orders])
    session.control().adjudicate()


# --- Telling


def as_data(report: Report) -> dict[str, object]:
    """The report for tools, with stable keys."""
    return {
        "scenario": report.scenario,
        "games": report.games,
        "seed": report.seed,
        "turns": report.turns,
        "orders": dict(report.given),
        "endings": dict(report.endings),
        "faults": [
            {
                "seed": each.seed,
                "length": each.length,
                "turn": each.turn,
                "oracle": each.oracle,
                "detail": each.detail,
                "save": each.save,
            }
            for each in report.faults
        ],
    }


def as_text(report: Report) -> str:
    """The report for a person."""
    return "\n".join(_rows(report))


def _rows(report: Report) -> Iterator[str]:
    given = sum(report.given.values())
    used = sum(1 for count in report.given.values() if count)
    yield (
        f"{report.scenario}: {report.games:,} games of random legal play from seed {report.seed}, "
        f"{report.turns:,} turns, {given:,} orders ({used} of {len(report.given)} kinds)."
    )
    ended = [f"{id} {count:,}" for id, count in report.endings.items() if count]
    if ended:
        yield f"Endings: {', '.join(ended)}."
    if never := [id for id, count in report.given.items() if not count]:
        yield f"Never given: {', '.join(never)}."
    if not report.faults:
        yield "No fault."
        return
    count = len(report.faults)
    yield f"{count} game{'s' if count > 1 else ''} with a fault:"
    for fault in report.faults:
        yield f"  {fault}"


def check_folder(folder: Path) -> None:
    """
    Makes *folder*, into which saves of faults go.

    Raises:
        WargameError: If that cannot be.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WargameError(f"{folder} cannot hold saves: {error.strerror or error}") from error
