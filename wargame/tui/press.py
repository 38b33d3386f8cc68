"""What was said, as lines: to whom, what is new, and all that a role may know of it, the newest last."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.rules.orders import Act, Say
from wargame.session.course import Said
from wargame.session.public import Public
from wargame.tui import render
from wargame.tui.lines import ACCENT, QUIET, STRONG, Line, head, line

NEW = "*"
"""Mark of what was not read yet."""


def unread(said: Sequence[Said], role: str, read: int) -> frozenset[int]:
    """The numbers, from 0, of what others said after the first *read* of all that *role* heard."""
    return frozenset(at for at, each in enumerate(said) if at >= read and each.role != role)


def read_before(said: Sequence[Said], step: int) -> int:
    """How much was said before the turn *step*: whoever sits down has read it when it was played."""
    return sum(each.step < step for each in said)


def listeners(public: Public, to: Sequence[str]) -> str:
    """To whom something is said, in words."""
    return ", ".join(_name(public, role) for role in to) or "all"


def transcript(
    public: Public, said: Sequence[Said], fresh: frozenset[int] = frozenset(), now: int | None = None
) -> list[Line]:
    """
    All of *said* under a head for every turn, the newest last; a mark before what is *fresh*.

    What belongs to the turn *now*, counted from 1, stands before all the others.
    """
    lines: list[Line] = []
    step = 0
    for at, each in sorted(enumerate(said), key=lambda pair: pair[1].step != now):
        if each.step != step:
            step = each.step
            lines.append(head("── Said this turn" if step == now else f"── Said in turn {step}"))
        mark = (f"{NEW} ", ACCENT) if at in fresh else ("- ", QUIET)
        lines.append(line(mark, (_who(public, each), STRONG), _what(public, each.act)))
    return lines or [line("Nothing was said yet that you know of.")]


def _who(public: Public, said: Said) -> str:
    to = f" to {listeners(public, said.act.to)}" if isinstance(said.act, Say) else ""
    return f"{_name(public, said.role)}{to}: "


def _what(public: Public, act: Act) -> str:
    return act.text if isinstance(act, Say) else render.act_words(public, act)


def _name(public: Public, role: str) -> str:
    return public.roles[role].title if role in public.roles else role
