"""The game so far as a role knew it, turn by turn: how it stood, what the role did, what it was told."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.rules.facts import Fact, OrderGiven, Refused, Told, TurnBegan
from wargame.rules.orders import Order
from wargame.rules.view import Reading, View
from wargame.session.public import Public
from wargame.session.why import Moment
from wargame.tui import menus, render
from wargame.tui.lines import ACCENT, STRONG, Line, fill, head, line, quiet, unwrapped


def history(public: Public, view: View, moments: Sequence[Moment], width: int) -> list[Line]:
    """All turns, the latest first; the headlines of the whole game above them."""
    rows = [*table(public, view, moments, width), line("")]
    for number in range(len(moments) - 1, -1, -1):
        rows += [*_turn(public, moments, number), line("")]
    return rows[:-1]


def table(public: Public, view: View, moments: Sequence[Moment], width: int) -> list[Line]:
    """The headline values, a column for each turn as far as there is room, the latest last."""
    name = 20 if width >= 48 else 13
    room = max((width - name - 2) // 4, 2)
    shown = list(moments)[-room:]
    first = len(moments) - len(shown)
    top = "".join(f"{_column(moments, first + at):>4}" for at in range(len(shown)))
    rows = [quiet(f"{fill('Turn by turn', name)}{top}")]
    for id, past in view.history.items():
        note = public.gauges.get(id)
        if note is None or not past:
            continue
        numbers = [f"{each.value:>4}" for each in past[first : first + len(shown)]]
        about = "" if past[-1].exact else "~"
        spark = render.sparkline([each.value for each in past], *note.range)
        rows.append(
            line(
                (fill(f"{about}{note.title}", name - 1) + " ", STRONG),
                "".join(numbers),
                (f"  {spark}" if width >= name + 5 * len(shown) + 3 else "", ACCENT),
            )
        )
    if any(not past[-1].exact for past in view.history.values() if past):
        rows.append(quiet("~ an estimate."))
    return rows


def _is_end(moments: Sequence[Moment], number: int) -> bool:
    """Whether it is how the game came out: the last turn has begun before, and none follows it."""
    return number > 0 and moments[number].turn == moments[number - 1].turn


def _column(moments: Sequence[Moment], number: int) -> str:
    return "End" if _is_end(moments, number) else f"T{moments[number].turn}"


def _turn(public: Public, moments: Sequence[Moment], number: int) -> list[Line]:
    moment = moments[number]
    name = "The end" if _is_end(moments, number) else f"Turn {moment.turn}: {moment.title}"
    rows = [head(f"── {name}")]
    rows += [quiet(_standing(public, moment))]
    rows += [line(f'- "{unwrapped(told)}"') for told in _brief(moment)]
    if number + 1 < len(moments):
        after = moments[number + 1]
        given = [_order(public, after, each.order) for each in after.given]
        rows += [line(("You ordered: ", ACCENT), "; ".join(given) or "nothing", ".")]
        rows += [line(f'- "{told}"') for told in _reports(after)]
    return rows


def _standing(public: Public, moment: Moment) -> str:
    parts = []
    for reading in moment.readings:
        note = public.gauges.get(reading.id)
        if note is not None and note.headline and reading.place is None:
            parts.append(f"{note.title} {_words(reading)}")
    return ", ".join(parts)


def _words(reading: Reading) -> str:
    return reading.words.replace("about ", "~")


def _order(public: Public, moment: Moment, order: Order) -> str:
    """An order in the words of the fact that tells it; by its id where none does."""
    for fact, sentence in zip(moment.facts, moment.sentences, strict=True):
        if isinstance(fact, OrderGiven | Refused) and (fact.role, fact.order) == (public.role.id, order):
            return sentence.removeprefix(f"{public.role.title}: ").rstrip(".")
    where = f" in {public.places[order.place].title}" if order.place and order.place in public.places else ""
    how = f", {menus.option_words(public, order)}" if order.option else ""
    return f"'{order.id.replace('_', ' ')}'{where}{how}"


def _brief(moment: Moment) -> list[str]:
    """What was told as the turn began, and by control while it ran."""
    return [fact.text for fact in moment.facts[_begun(moment.facts) :] if isinstance(fact, Told)]


def _reports(moment: Moment) -> list[str]:
    """What was told while the turn before was worked out."""
    return [unwrapped(fact.text) for fact in moment.facts[: _begun(moment.facts)] if isinstance(fact, Told)]


def _begun(facts: Sequence[Fact]) -> int:
    """Where among *facts* the turn begins; at their end if the game ended before."""
    return next((at for at, fact in enumerate(facts) if isinstance(fact, TurnBegan)), len(facts))
