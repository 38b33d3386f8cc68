"""Where the tables of a class parted: who went together until when, and by what they came apart."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

from attrs import frozen

from wargame.debrief.record import Played
from wargame.debrief.tables import Sitting, Tables
from wargame.rules.explain import describe_act, describe_order
from wargame.rules.facts import Roll
from wargame.rules.orders import Say
from wargame.scenario.model import Scenario
from wargame.session.entries import Argued, Released, Ruling
from wargame.session.minutes import in_words

__all__ = ["Apart", "Branch", "Fall", "parting"]


@frozen
class Apart:
    """What sets some tables apart from those they went with so far."""

    kind: str
    """orders, talk, control, stopped (no more turns), or outcome (the same orders came out otherwise)."""

    role: str
    """Whose; empty for control and for what is nobody's."""

    words: tuple[str, ...]
    """What they did that not all the others did too; empty if only others did something."""


@frozen
class Fall:
    """Dice that fell differently at tables that had done the same so far."""

    turn: int
    """Calendar number."""

    title: str
    place: str
    """The place's title; empty if the check is for none."""

    yes: tuple[int, ...]
    """The tables at which it came true, by number."""

    no: tuple[int, ...]


@frozen(eq=False)
class Branch:
    """Tables that went together for some turns, and how they went on."""

    tables: tuple[Sitting, ...]
    since: int
    """The calendar turn in which they came apart from the others; 0 for the root."""

    by: tuple[Apart, ...]
    """What set them apart there."""

    until: int
    """The last calendar turn they did the same in; 0 if there is none."""

    fall: Fall | None
    """The first dice that fell differently among them on the way; None if they all fell alike."""

    branches: tuple[Branch, ...] = ()
    """In the order of their first tables; none for tables that went together to their end."""


def parting(tables: Tables) -> Branch:
    """
    The tree of *tables*: they go together as long as all seats order, offer and promise the same.

    With the same dice also their positions must be the same; with other dice those differ at once, and what
    dice did is told in `fall`.
    """
    return _grown(tables.sittings, 0, tables.same_dice, 0, ())


def _grown(group: Sequence[Sitting], at: int, same_dice: bool, since: int, by: tuple[Apart, ...]) -> Branch:
    """The branch of a *group* that did the same in its first *at* turns."""
    begun, until = at, since and _turn(group[0], at - 1)
    while len(group) > 1 and any(_played(each, at) for each in group):
        keys = [_key(each, at, same_dice) for each in group]
        if len(set(keys)) > 1:
            break
        until, at = _turn(group[0], at), at + 1
    if len(group) == 1:
        return Branch(tuple(group), since, by, group[0].good_until, None)
    fall = None if same_dice else _first_fall(group, begun, at)
    parts = _parts(group, at, same_dice) if any(_played(each, at) for each in group) else []
    if len(parts) < 2:
        return Branch(tuple(group), since, by, until, fall)
    turn = _turn(next(each for each in group if _played(each, at)), at)
    branches = tuple(
        _grown(part, at + 1, same_dice, turn, tuple(_apart(part, parts, at)))
        if _played(part[0], at)
        else Branch(tuple(part), turn, (Apart("stopped", "", ()),), part[0].good_until, None)
        for part in parts
    )
    return Branch(tuple(group), since, by, until, fall, branches)


def _played(sitting: Sitting, at: int) -> Played | None:
    turns = sitting.record.turns
    return turns[at] if at < len(turns) else None


def _turn(sitting: Sitting, at: int) -> int:
    played = _played(sitting, at)
    return played.turn if played is not None else 0


def _parts(group: Sequence[Sitting], at: int, same_dice: bool) -> list[list[Sitting]]:
    found: dict[Hashable, list[Sitting]] = {}
    for each in group:
        found.setdefault(_key(each, at, same_dice), []).append(each)
    return list(found.values())


def _key(sitting: Sitting, at: int, same_dice: bool) -> Hashable:
    """All that a table did in a turn, and with the same dice also what came of it."""
    played = _played(sitting, at)
    if played is None:
        return None
    did = tuple((kind, role, tuple(words)) for kind, role, words in _did(sitting, played))
    return did, (played.after.values, played.after.ending) if same_dice else ()


def _did(sitting: Sitting, played: Played) -> Iterator[tuple[str, str, list[str]]]:
    """Orders by role, offers, answers and promises by role, and rulings: each sorted, in words."""
    record, scenario = sitting.record, sitting.record.kernel.scenario
    for role in scenario.roles:
        given = played.submissions.get(role, ())
        yield "orders", role, sorted(describe_order(scenario, each.order) for each in given)
    for role in scenario.roles:
        yield "talk", role, sorted(_said(sitting, played, role))
    rulings = [each.what for each in record.course.decisions if each.step == played.step]
    yield (
        "control",
        "",
        [in_words(scenario, each) for each in rulings if isinstance(each, Ruling | Released | Argued)],
    )


def _said(sitting: Sitting, played: Played, role: str) -> Iterator[str]:
    for said in sitting.record.course.said:
        if (said.step, said.role) == (played.step, role) and not isinstance(said.act, Say):
            yield describe_act(sitting.record.kernel.scenario, said.act)


def _apart(part: Sequence[Sitting], parts: Sequence[Sequence[Sitting]], at: int) -> Iterator[Apart]:
    """What the first table of *part* did in a turn that not every other part did too, by kind and role."""
    mine, *_ = part
    all_did: list[Mapping[tuple[str, str], list[str]]] = []
    for other in parts:
        played = _played(other[0], at)
        if played is not None:
            all_did.append({(kind, role): words for kind, role, words in _did(other[0], played)})
    own = all_did[[each[0] for each in parts if _played(each[0], at)].index(mine)]
    found = False
    for (kind, role), words in own.items():
        if any(other[kind, role] != words for other in all_did):
            rest = [each for each in words if not all(each in other[kind, role] for other in all_did)]
            found = True
            yield Apart(kind, role, tuple(rest))
    if not found:
        yield Apart("outcome", "", ())


def _first_fall(group: Sequence[Sitting], begin: int, end: int) -> Fall | None:
    """The first check in turns *begin* to *end* that came true at some tables of *group*, not at others."""
    for at in range(begin, end):
        turns = [played for each in group if (played := _played(each, at)) is not None]
        rolls = [_rolls(played) for played in turns]
        for key, roll in rolls[0].items():
            if all(key in each for each in rolls) and len({each[key].passed for each in rolls}) > 1:
                numbers = [each.number for each in group]
                passed = [each[key].passed for each in rolls]
                return Fall(
                    turns[0].turn,
                    roll.title,
                    _place(group[0].record.kernel.scenario, roll),
                    tuple(number for number, came in zip(numbers, passed, strict=True) if came),
                    tuple(number for number, came in zip(numbers, passed, strict=True) if not came),
                )
    return None


def _place(scenario: Scenario, roll: Roll) -> str:
    return scenario.places[roll.place].title if roll.place else ""


def _rolls(played: Played) -> dict[Hashable, Roll]:
    """The checks of a turn by what they were thrown for."""
    return {
        (fact.label, fact.place, fact.cause.kind, fact.cause.id, fact.cause.role, fact.cause.place): fact
        for fact in played.facts
        if isinstance(fact, Roll) and fact.percent is not None
    }
