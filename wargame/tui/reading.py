"""What can be read beside the orders, pane by pane, as lines."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.rules.orders import Answer, Say
from wargame.rules.view import View
from wargame.session.public import Public
from wargame.session.seat import LocalSeat
from wargame.tui import render
from wargame.tui.desk import Desk
from wargame.tui.framework import cases_of, framework, has_framework
from wargame.tui.history import history
from wargame.tui.keymap import with_keys
from wargame.tui.lines import STRONG, Line, head, line, prose, quiet, unwrapped
from wargame.tui.notes import notes
from wargame.tui.story import story


def pane_lines(pane: str, desk: Desk, view: View, width: int, keymap: Mapping[str, str]) -> list[Line]:
    """The text of *pane* for the reader at *desk*, who may have changed the keys."""
    seat = desk.seat
    match pane:
        case "places":
            return render.places(seat.scenario, view, width)
        case "values":
            return [
                *render.values(seat.scenario, view),
                line(""),
                quiet(with_keys("{play.reasons:w} tells why each is what it is.", keymap)),
            ]
        case "history":
            return history(seat.scenario, view, seat.past(), width)
        case "notes":
            return notes(seat.notes, [moment.turn for moment in seat.past()])
        case "five":
            return framework(seat.scenario, view, cases_of(seat.scenario.id), width)
        case "briefing":
            return briefing(seat.scenario)
        case "deals":
            return deals(seat.scenario, view, keymap)
        case "why":
            return last_turn(seat)
        case _:
            return news(seat, view)


def absent(public: Public) -> frozenset[str]:
    """The panes this game has no use for."""
    return frozenset() if has_framework(public) else frozenset({"five"})


def news(seat: LocalSeat, view: View) -> list[Line]:
    """What this turn's brief and the others have said."""
    lines = [line((view.title, STRONG))]
    if view.text:
        lines.append(line(unwrapped(view.text)))
    lines += [line(f"- {unwrapped(told.text)}") for told in view.news]
    return lines + [line(words) for words in messages(seat, view)]


def messages(seat: LocalSeat, view: View) -> list[str]:
    """What was said this turn by the role and to it, deals included, in the order it was said."""
    roles = seat.scenario.roles
    lines = []
    for said in seat.messages():
        if said.step == view.step and isinstance(said.act, Say):
            to = ", ".join(roles[role].title for role in said.act.to) or "all"
            lines.append(f"{roles[said.role].title} to {to}: {said.act.text}")
        elif said.step == view.step:
            lines.append(f"{seat.in_words(said)}.")
    return lines


def briefing(public: Public) -> list[Line]:
    """The reader's briefing, the public part and the secret one."""
    lines = [head(f"── {public.role.title}: what everybody knows"), *prose(public.briefing)]
    if public.secret:
        lines += [line(""), head("── For your eyes only"), *prose(public.secret)]
    return lines


def deals(public: Public, view: View, keymap: Mapping[str, str]) -> list[Line]:
    """Agreements and promises, and what may be offered, answered or promised now."""
    lines = [line((f"{words}.", STRONG)) for words in render.open_offers(public, view)]
    lines += render.deals(public, view) or [line("No agreement or promise stands.")]
    if view.acts:
        lines += [line(""), head(with_keys("── You may (press {play.deal:o})", keymap))]
        lines += [line(f"- {render.act_words(public, act)}") for act in view.acts]
    return lines


def answers(seat: LocalSeat, heard: int) -> list[str]:
    """What others have said or answered since the first *heard* messages; the rest stands elsewhere."""
    new = [said for said in seat.messages()[heard:] if said.role != seat.role]
    return [seat.in_words(said) for said in new if isinstance(said.act, Say | Answer)]


def said(seat: LocalSeat, view: View) -> list[Line]:
    """What was said this turn, under a heading; nothing if nobody has said anything."""
    lines = [line(words) for words in messages(seat, view)]
    return [line(""), head("── Said this turn"), *lines] if lines else []


def last_turn(seat: LocalSeat) -> list[Line]:
    """The last turn as the role knows it, told with causes."""
    told = story(seat.scenario, seat.happened(), seat.told())
    return told or [line("Nothing has happened yet that you know of.")]
