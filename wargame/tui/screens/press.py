"""Talking from the playing screen: offers, answers and promises, and messages to one, several or all."""

from __future__ import annotations

from collections.abc import Callable

from textual import work

from wargame.errors import WargameError
from wargame.rules.orders import Act, Answer, Offer, Promise
from wargame.rules.view import View
from wargame.tui import press, reading, render
from wargame.tui.keymap import in_force, with_keys
from wargame.tui.screens.pick import Ask, Pick, PickSeveral
from wargame.tui.screens.reader import Reader


class Talking(Reader):
    """A screen of a seat that talks; what others said since is marked until it was shown."""

    _view: View
    _busy: bool
    _read: int | None = None
    """How much of what the role heard was read; None before anything was shown."""

    def refresh_all(self) -> None:
        """Tells every pane what the role knows now."""
        raise NotImplementedError

    @property
    def _unread(self) -> frozenset[int]:
        """The numbers of what others said and this role has not read."""
        said = self.seat.messages()
        if self._read is None:
            self._read = press.read_before(said, self._view.step)
        return press.unread(said, self.seat.role, self._read)

    def _seen(self) -> frozenset[int]:
        """What is new now; it is not any more when this is asked again."""
        fresh = self._unread
        self._read = len(self.seat.messages())
        return fresh

    @work
    async def action_deal(self) -> None:
        self.action_pane("deals")
        public, acts = self.seat.scenario, self._view.acts
        if not acts:
            self.say("There is nothing to offer, answer or promise now.")
            return
        rows = [render.act_words(public, act) for act in acts]
        picked = await self.app.push_screen_wait(Pick("Offer, answer or promise", rows))
        if picked is None:
            return
        act = acts[picked]
        question = Pick(f"{rows[picked]}?", ["Yes", "No"], before=render.act_details(public, act))
        if await self.app.push_screen_wait(question) == 0:
            self._change(lambda: self._act(act))

    def _act(self, act: Act) -> None:
        match act:
            case Offer(id):
                self.seat.offer(id)
            case Answer(id, accept):
                self.seat.answer(id, accept)
            case Promise(id):
                self.seat.promise(id)

    @work
    async def action_message(self) -> None:
        others = [role for role in self.seat.scenario.roles.values() if role.id != self.seat.role]
        titles = ["everybody", *(role.title for role in others)]
        picked = await self.app.push_screen_wait(PickSeveral("A message to whom?", titles, alone=0))
        if picked is None:
            return
        to = () if 0 in picked else tuple(others[at - 1].id for at in picked)
        names = ", ".join(titles[at] for at in picked)
        text = await self.app.push_screen_wait(Ask(f"To {names}, in one line:"))
        if text:
            self._change(lambda: self.seat.say(text, to))

    @work
    async def _change(self, action: Callable[[], None]) -> None:
        """Does something with the seat, lets the others answer, and shows what has become of it."""
        if self._busy:
            return
        offers = set(render.open_offers(self.seat.scenario, self._view))
        heard = len(self.seat.messages())
        try:
            await self.desk.do(action)
            if not self.seat.locked:
                await self.desk.do(self.desk.table.talk)
        except WargameError as error:
            self.say(str(error))
        if self.is_mounted and not self._busy:
            self.refresh_all()
            now = render.open_offers(self.seat.scenario, self._view)
            news = [f"{words}." for words in reading.answers(self.seat, heard)]
            answer = with_keys("Press {play.deal:o} to answer.", in_force(self.app))
            if fresh := [words for words in now if words not in offers]:
                news.append(f"{'; '.join(fresh)}. {answer}")
            if news:
                self.say(" ".join(news))
