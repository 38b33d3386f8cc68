"""How far a turn has been told, at what pace, and what of it: nothing in it is ever lost."""

from __future__ import annotations

from collections import Counter

from attrs import define, field, frozen

from wargame.rules.facts import Change, Fact
from wargame.rules.view import View
from wargame.session.public import Public
from wargame.tui import render
from wargame.tui.lines import ACCENT, HEAD, QUIET, Line, head, line
from wargame.tui.story import RULE, Beat


@frozen
class Pace:
    """How long each beat stands before the next is told; for ever if it has no seconds."""

    name: str
    seconds: float
    """For a word."""

    def time_for(self, words: int) -> float:
        """The seconds it takes to read *words* words."""
        return max(words * self.seconds, self.seconds * 5)


BY_KEY, SLOWLY, QUICKLY = Pace("by key", 0), Pace("slowly", 0.3), Pace("quickly", 0.12)
PACES = (BY_KEY, SLOWLY, QUICKLY)


BAR = 16
"""Cells of the bar before each value at the end of a telling."""


def standing(public: Public, view: View) -> Beat:
    """The last beat of every telling: where the headline values stand now, drawn and in words."""
    rows = []
    for note, past in render.headlines(public, view):
        sure, unsure, rest = render.bar(past[-1], *note.range, BAR)
        tone = render.level(note, past[-1].value) or ACCENT
        words = render.movement(note, past).spans
        rows.append(line((sure, tone), (unsure, tone), (rest, QUIET), "  ", *words))
    return Beat((line(""), head("── Where it stands"), *rows))


@frozen
class Only:
    """What alone is to be told: a `place` or a `value`, by id."""

    kind: str
    id: str
    title: str

    def has(self, beat: Beat) -> bool:
        """Whether *beat* is about it; one that is about no fact at all belongs to every story."""
        return not beat.facts or self.id in _ids(beat, self.kind)


def _ids(beat: Beat, kind: str) -> frozenset[str]:
    return beat.places if kind == "place" else beat.variables


@define(eq=False)
class Telling:
    """The beats of a turn and how many of them were told."""

    beats: tuple[Beat, ...]
    only: Only | None = None
    _told: int = 0
    _heading: str = ""
    _last: list[Beat] = field(factory=list)
    """The beats shown, in their order."""

    @property
    def is_over(self) -> bool:
        return self._told == len(self.beats)

    @property
    def last_words(self) -> int:
        """How many words the beat told last has."""
        return sum(len(each.text.split()) for each in self._last[-1].lines) if self._last else 0

    def next(self) -> list[Line]:
        """The next beat that is to be told, as lines."""
        while not self.is_over:
            beat = self.beats[self._told]
            self._told += 1
            if self._is_wanted(beat):
                return self._shown(beat)
        return []

    def all(self) -> list[Line]:
        """All the rest that is to be told."""
        rows: list[Line] = []
        while not self.is_over:
            rows += self.next()
        return rows

    def choose(self, only: Only | None) -> list[Line]:
        """From now on only that is told; what of it was passed already comes back at once."""
        self.only, self._heading, self._last = only, "", []
        rows = []
        for beat in self.beats[: self._told]:
            rows += self._shown(beat) if self._is_wanted(beat) else []
        return rows

    def counts(self, kind: str) -> Counter[str]:
        """How many beats of the whole turn are about each place or value."""
        return Counter(id for beat in self.beats for id in _ids(beat, kind))

    def progress(self, pace: Pace) -> str:
        """How much is left and how to go on, in a line."""
        left = sum(self._is_wanted(beat) for beat in self.beats[self._told :])
        about = f"Only {self.only.title}. " if self.only else ""
        how = f"told {pace.name}" if pace.seconds else "Space goes on"
        if left:
            return f"{about}{left} more: {how}, S all. P place, V value, A pace, W why, R rules."
        return f"{about}That is all: Space reads to the end, and goes on to the next turn."

    def last_fact(self) -> Fact | None:
        """The last of the facts that were shown."""
        return next((beat.facts[0] for beat in reversed(self._last) if beat.facts), None)

    def last_change(self) -> tuple[str, str | None] | None:
        """The value, and the place, that changed last in what was shown; rather the one asked for."""
        changes = [fact for beat in self._last for fact in beat.facts if isinstance(fact, Change)]
        asked = [each for each in changes if self.only and self.only.id in (each.variable, each.place)]
        return next(((each.variable, each.place) for each in reversed(asked or changes)), None)

    def _is_wanted(self, beat: Beat) -> bool:
        return self.only is None or self.only.has(beat)

    def _shown(self, beat: Beat) -> list[Line]:
        """The lines of *beat*, under its heading if what was shown before had another."""
        self._last.append(beat)
        lines = list(beat.lines)
        has_own = bool(lines) and bool(beat.heading) and lines[0].text == f"{RULE} {beat.heading}"
        if beat.heading and beat.heading != self._heading and not has_own:
            lines.insert(0, line((f"{RULE} {beat.heading}", HEAD)))
        self._heading = beat.heading
        return lines
