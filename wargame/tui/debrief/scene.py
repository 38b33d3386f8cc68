"""What is seen at a stop of a replay, as lines: the turn as told so far, and the values as they stood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wargame.debrief.replay import FIRST_PHASE, LAST, ORDERS_SECTION, TALK_SECTION, Replay, Stop
from wargame.rules.facts import Fact, Told, TurnBegan
from wargame.rules.view import CONTROL, View
from wargame.session.public import Public
from wargame.tui import render
from wargame.tui.debrief.tables import flat
from wargame.tui.lines import ACCENT, QUIET, STRONG, Line, cut, fill, head, line, unwrapped
from wargame.tui.story import story

__all__ = ["at_stop", "chair_title", "compact_gauges", "gauges", "heading", "told"]

WIDE = 70
"""Cells from which the values have their bars."""


def chair_title(public: Public, chair: str) -> str:
    """The name of a chair."""
    return "Control" if chair == CONTROL else public.roles[chair].title


def heading(replay: Replay, number: int) -> str:
    """The turn, whose chair it is, and how far the turn is told."""
    view, stop = replay.view(number), replay.stops[number]
    of_turn = [each for each in replay.stops if each.step == stop.step]
    done = len(replay.so_far(number))
    who = chair_title(replay.public, replay.chair)
    return f"{render.heading(view)}\nSeen by {flat(who)}: {flat(stop.phase)}, {done} of {len(of_turn)}"


def gauges(public: Public, view: View, width: int) -> list[Line]:
    """The headline values as the chair saw them, in at most *width* cells."""
    return render.gauges(public, view, width) if width >= WIDE else compact_gauges(public, view, width)


def compact_gauges(public: Public, view: View, width: int) -> list[Line]:
    """The same without bars, for half a window."""
    rows = []
    for note, past in render.headlines(public, view):
        by, tone = render.moved(note, past)
        words = past[-1].words.replace("about ", "~")
        name = min(max(width - 12, 8), 30)
        state = render.level(note, past[-1].value) or STRONG
        rows.append(line(f"{fill(note.title, name)} ", (f"{cut(words, 5):>5}", state), (f"{by:>5}", tone)))
    return rows


def at_stop(replay: Replay, number: int) -> Line:
    """The stop itself, in a sentence."""
    stop = replay.stops[number]
    return line((f"{flat(stop.phase)}: ", ACCENT), (flat(stop.words), STRONG))


def told(replay: Replay, number: int) -> list[Line]:
    """All that the chair was shown of the turn up to stop *number*, part by part."""
    so_far = replay.so_far(number)
    rows = [*_brief(replay.view(number), [stop for stop in so_far if stop.section == 0])]
    rows += _listed("Said", [stop for stop in so_far if stop.section == TALK_SECTION])
    rows += _listed("Orders given", [stop for stop in so_far if stop.section == ORDERS_SECTION])
    worked_out = [stop for stop in so_far if FIRST_PHASE <= stop.section < LAST]
    if worked_out:
        facts, sentences = _with_phases(replay, worked_out)
        rows += [line(""), *story(replay.public, facts, sentences)]
    return rows + _listed("The end", [stop for stop in so_far if stop.section == LAST])


def _brief(view: View, found: Sequence[Stop]) -> Iterator[Line]:
    yield line((flat(view.title), STRONG))
    if view.text:
        yield line(unwrapped(view.text))
    for stop in found:
        if isinstance(stop.fact, Told):
            yield line(f"- {flat(stop.fact.text)}")
        elif not isinstance(stop.fact, TurnBegan):
            yield line(("- " + flat(stop.words), QUIET))


def _listed(title: str, found: Sequence[Stop]) -> list[Line]:
    rows = [line(f"- {flat(stop.words)}") for stop in found]
    return [line(""), head(f"── {title}"), *rows] if rows else []


def _with_phases(replay: Replay, found: Sequence[Stop]) -> tuple[list[Fact], list[str]]:
    """The facts of *found* with the phases they open, and all of them in words."""
    facts: list[Fact] = []
    for stop in found:
        facts += [fact for fact in (stop.opens, stop.fact) if fact is not None]
    return facts, [replay.record.kernel.explain(fact) for fact in facts]
