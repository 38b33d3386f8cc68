"""A seat: all that a screen or an agent needs of a game to play one role, and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from attrs import frozen

from wargame.errors import IllegalOrder, JournalError
from wargame.rules.facts import Fact
from wargame.rules.orders import Act, Answer, Offer, Order, Promise, Say
from wargame.session.course import Note, Said
from wargame.session.entries import Draft, Locked, Noted, Submission
from wargame.session.public import Public, public_of
from wargame.session.why import Moment, past
from wargame.text import clean_text

if TYPE_CHECKING:
    from wargame.rules.kernel import Kernel
    from wargame.rules.menu import MenuEntry
    from wargame.rules.score import Scorecard
    from wargame.rules.view import View
    from wargame.session.session import Session

_public = lru_cache(maxsize=32)(public_of)
"""The same for a whole game, and asked for with every key."""

__all__ = ["NOTE_LIMIT", "TALK_LIMIT", "LocalSeat", "Seat", "Submission", "hears"]

NOTE_LIMIT = 500
"""The most characters of a reason or an expectation."""

TALK_LIMIT = 2000
"""The most characters of something said."""


class Seat(Protocol):
    """One role of a game, at this machine or elsewhere."""

    role: str

    @property
    def scenario(self) -> Public:
        """What the role may read of the scenario."""

    @property
    def drafted(self) -> tuple[Submission, ...]:
        """Orders chosen and not yet locked; they are kept when the game is left."""

    @property
    def locked(self) -> bool:
        """Whether the orders of this turn stand."""

    @property
    def submitted(self) -> tuple[Submission, ...]:
        """The orders that stand; none before they are locked."""

    def view(self) -> View:
        """What the role knows now."""

    def legal(self) -> tuple[Order, ...]:
        """Every order the role may give now, each on its own."""

    def menu(self) -> tuple[MenuEntry, ...]:
        """Every order of the role, with price, odds and why it cannot be given."""

    def check(self, orders: Sequence[Order]) -> None:
        """Nothing, if these may be given together; IllegalOrder otherwise."""

    def draft(self, submissions: Sequence[Submission]) -> None:
        """Keeps orders that may still be taken back."""

    def submit(self, submissions: Sequence[Submission]) -> None:
        """Locks the orders of this turn."""

    def say(self, text: str, to: Sequence[str] = ()) -> None:
        """Says something to roles; to everybody if none is named."""

    def offer(self, agreement: str) -> None:
        """Offers an agreement."""

    def answer(self, agreement: str, accept: bool) -> None:
        """Accepts or refuses what another offered."""

    def promise(self, promise: str) -> None:
        """Gives a promise."""

    def messages(self) -> tuple[Said, ...]:
        """What was said so far, by the role or to it."""

    def happened(self) -> tuple[Fact, ...]:
        """What the role knows of the last adjudication."""

    def told(self) -> tuple[str, ...]:
        """The same as sentences."""

    def past(self) -> tuple[Moment, ...]:
        """Every turn so far as the role knew it."""

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the role wrote down for itself; those struck out have no text."""

    def note(self, text: str, number: int | None = None) -> None:
        """Writes down something for the role alone, or puts it in place of the note of that number."""

    def scorecard(self) -> Scorecard | None:
        """What the game was worth, once it has ended."""


@frozen(eq=False)
class LocalSeat:
    """A seat of a session in this process."""

    _session: Session
    role: str

    @property
    def scenario(self) -> Public:
        return _public(self._session.kernel.book, self.role)

    @property
    def drafted(self) -> tuple[Submission, ...]:
        return self._session.course.drafts.get(self.role, ())

    @property
    def locked(self) -> bool:
        return self.role in self._session.course.locked

    @property
    def submitted(self) -> tuple[Submission, ...]:
        return self._session.course.locked.get(self.role, ())

    def view(self) -> View:
        return self._session.kernel.view(self._session.position, self.role, self._session.facts)

    def legal(self) -> tuple[Order, ...]:
        return self._session.kernel.legal(self._session.position, self.role)

    def menu(self) -> tuple[MenuEntry, ...]:
        return self._session.kernel.menu(self._session.position, self.role)

    def check(self, orders: Sequence[Order]) -> None:
        self._session.kernel.check(self._session.position, self.role, orders)

    def draft(self, submissions: Sequence[Submission]) -> None:
        """
        Keeps *submissions* in the journal as chosen, in place of those before.

        Raises:
            IllegalOrder: If they may not be given, or others are locked.
            NotSaved: If the disk does not take them.
        """
        cleaned = self._ready(submissions)
        if cleaned != self.drafted:
            self._session.record(Draft(self.role, cleaned))

    def submit(self, submissions: Sequence[Submission]) -> None:
        """
        Locks *submissions*: they stand for this turn.

        Raises:
            IllegalOrder: If they may not be given, or others are locked.
            NotSaved: If the disk does not take them; they are then not given.
        """
        self._session.record(Locked(self.role, self._ready(submissions)))

    def say(self, text: str, to: Sequence[str] = ()) -> None:
        """
        Says something to the roles in *to*, or to everybody.

        Raises:
            IllegalOrder: If nothing is left of the text, it is too long, or a role does not exist.
        """
        words = clean_text(text, newlines=5).strip()
        roles = self._session.scenario.roles
        unknown = [role for role in to if role not in roles]
        if unknown:
            raise IllegalOrder(f"there is no role '{unknown[0]}'; the roles are {', '.join(roles)}")
        if not words:
            raise IllegalOrder("there is nothing to say: the text is empty")
        if len(words) > TALK_LIMIT:
            raise IllegalOrder(f"the text has {len(words):,} characters; {TALK_LIMIT:,} is the most")
        self._act(Say(words, tuple(dict.fromkeys(to))))

    def offer(self, agreement: str) -> None:
        self._act(Offer(agreement))

    def answer(self, agreement: str, accept: bool) -> None:
        self._act(Answer(agreement, accept))

    def promise(self, promise: str) -> None:
        self._act(Promise(promise))

    def messages(self) -> tuple[Said, ...]:
        kernel, course = self._session.kernel, self._session.course
        return tuple(said for said in course.said if hears(kernel, self.role, said))

    def in_words(self, said: Said) -> str:
        """What was said, with who said it, as English words."""
        return f"{self.scenario.roles[said.role].title}: {self._session.act_in_words(said.act)}"

    def happened(self) -> tuple[Fact, ...]:
        return self.view().facts

    def told(self) -> tuple[str, ...]:
        return self._session.in_words(self.happened())

    def past(self) -> tuple[Moment, ...]:
        return past(self._session, self.role)

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(self._session.course.notes.get(self.role, ()))

    def note(self, text: str, number: int | None = None) -> None:
        """
        Writes down *text*; an empty one strikes out the note of that *number*, from 1.

        Raises:
            IllegalOrder: If it is too long, or there is no such note.
            JournalError: If the game can only be looked at, or the disk does not take it.
        """
        notes = self.notes
        words = clean_text(text, newlines=5).strip()
        if len(words) > TALK_LIMIT:
            raise IllegalOrder(f"the note has {len(words):,} characters; {TALK_LIMIT:,} is the most")
        if number is not None and not 1 <= number <= len(notes):
            raise IllegalOrder(f"there is no note {number}; you have {len(notes)}")
        if number is None and not words:
            raise IllegalOrder("there is nothing to note: the text is empty")
        if self._session.read_only:
            raise JournalError(f"the game is open for reading only: {self._session.verdict}")
        if number is None or notes[number - 1].text != words:
            self._session.record(Noted(self.role, number or len(notes) + 1, words))

    def scorecard(self) -> Scorecard | None:
        if not self._session.is_over:
            return None
        return self._session.kernel.score(self._session.position, self.role)

    def _act(self, act: Act) -> None:
        self._session.say(self.role, act)

    def _ready(self, submissions: Sequence[Submission]) -> tuple[Submission, ...]:
        """*submissions* as they may be recorded; IllegalOrder if they may not be given now."""
        self._session.need_open_turn(self.role)
        self.check([submission.order for submission in submissions])
        return tuple(_clean(submission) for submission in submissions)


def hears(kernel: Kernel, role: str, said: Said) -> bool:
    """Whether *role* said it, or hears it said."""
    if said.role == role:
        return True
    match said.act:
        case Say(to=to):
            return not to or role in to
        case Offer(agreement=deal) | Answer(agreement=deal) | Promise(promise=deal):
            # Who may see how a deal stands hears what is said of it.
            return role in kernel.plan.variables[deal].about.seen


def _clean(submission: Submission) -> Submission:
    confidence = submission.confidence
    if confidence is not None and not 0 <= confidence <= 100:
        raise IllegalOrder(f"a confidence of {confidence} is not in 0 to 100 percent")
    return Submission(submission.order, _note(submission.reason), _note(submission.expects), confidence)


def _note(text: str) -> str:
    words = clean_text(text, newlines=2).strip()
    if len(words) > NOTE_LIMIT:
        raise IllegalOrder(f"the note has {len(words):,} characters; {NOTE_LIMIT} is the most")
    return words
