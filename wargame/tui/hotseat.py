"""Several persons at one machine: who sits down next, who has still to be told, and their PINs."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Collection, Mapping, Sequence

from attrs import define, field

from wargame.agents.seating import PERSON

FREE_TRIES = 2
"""Wrong PINs of a seat that cost no waiting."""

LONGEST_WAIT = 60
"""Seconds a seat is closed at most after a wrong PIN."""

PIN_LIMIT = 12
"""Characters of the longest PIN."""


def persons(seats: Mapping[str, str]) -> tuple[str, ...]:
    """The roles that persons play, in the scenario's order."""
    return tuple(role for role, player in seats.items() if player == PERSON)


def waiting(seats: Mapping[str, str], locked: Collection[str]) -> tuple[str, ...]:
    """The roles of persons whose orders are not locked yet."""
    return tuple(role for role in persons(seats) if role not in locked)


def following(roles: Sequence[str], open_seats: Collection[str], after: str | None) -> str | None:
    """The first of *open_seats* behind *after*, going round *roles*; None if all have locked."""
    begin = roles.index(after) + 1 if after in roles else 0
    return next((role for role in (*roles[begin:], *roles[:begin]) if role in open_seats), None)


@define(eq=False)
class Pins:
    """
    The PINs of the seats, for as long as the program runs; they keep neighbours honest, and are no safe.

    What is kept is not the PIN but a hash of it, so that nobody reads it in a report of a fault.
    """

    _kept: dict[str, bytes] = field(factory=dict, init=False, repr=False)
    _wrong: dict[str, int] = field(factory=dict, init=False)
    _closed: dict[str, float] = field(factory=dict, init=False)
    _salt: bytes = field(factory=lambda: os.urandom(16), init=False, repr=False)

    def asked(self, role: str) -> bool:
        """Whether the seat has been offered a PIN."""
        return role in self._kept

    def guards(self, role: str) -> bool:
        """Whether the seat opens by a PIN only."""
        return bool(self._kept.get(role))

    @property
    def any(self) -> bool:
        """Whether some seat has a PIN."""
        return any(self._kept.values())

    def choose(self, role: str, pin: str) -> None:
        """Sets the PIN of a seat for the rest of the run; an empty one for none."""
        self._kept[role] = self._hash(role, pin) if pin else b""

    def closed(self, role: str, now: float) -> int:
        """For how many seconds more the seat takes no PIN."""
        return max(0, -int(-(self._closed.get(role, now) - now) // 1))

    def opens(self, role: str, pin: str, now: float) -> bool:
        """Whether *pin* opens the seat; each wrong one closes it for a longer while. *now* is in seconds."""
        if not self.guards(role):
            return True
        if self.closed(role, now):
            return False
        if hmac.compare_digest(self._kept[role], self._hash(role, pin)):
            self._wrong.pop(role, None)
            return True
        wrong = self._wrong[role] = self._wrong.get(role, 0) + 1
        if wrong > FREE_TRIES:
            self._closed[role] = now + min(2 ** min(wrong - FREE_TRIES, 9), LONGEST_WAIT)
        return False

    def _hash(self, role: str, pin: str) -> bytes:
        return hashlib.scrypt(pin.encode(), salt=self._salt + role.encode(), n=2**10, r=8, p=1)


@define(eq=False)
class Round:
    """What is remembered between the seats of one game while the program runs; nothing of it is saved."""

    curtains: bool = True
    """Whether the screen is covered between two seats; not if one person plays them all."""

    pins: Pins = field(factory=Pins, init=False)
    played: str = field(default="The last turn", init=False)
    """The heading of the turn that was worked out last."""

    _told: dict[str, int] = field(factory=dict, init=False)

    def must_hear(self, role: str, step: int, begun: bool) -> bool:
        """
        Whether *role* has still to be told what the last turn brought.

        *step* counts the turns that were played; who has *begun* to choose was told before the game was left.
        """
        return step > 0 and not begun and self._told.get(role, 0) < step

    def heard(self, role: str, step: int) -> None:
        """Remembers that *role* was told of the turns up to *step*."""
        self._told[role] = step
