"""A new game: scenario, role, who plays the others, length, seed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from wargame.errors import WargameError
from wargame.tui import cards
from wargame.tui.lines import BAD, HEAD, QUIET, STRONG, Line, fill, line, unwrapped
from wargame.tui.screens.help import HelpPage
from wargame.tui.screens.pick import Ask, Pick
from wargame.tui.widgets.footer import KeyBar
from wargame.tui.widgets.listing import Listing
from wargame.tui.widgets.text import Lines, Prose, content

if TYPE_CHECKING:
    from wargame.scenario.model import Scenario

DEFAULT_SCENARIO = "kazakhstan-2022"
DEFAULT_ROLE = "tokayev"
PERSON = "person"
NAMES = {
    PERSON: "a person",
    "planner:easy": "A planner, easy",
    "planner:medium": "A planner, medium",
    "planner:hard": "A planner, hard",
}
HELP = (
    "Enter changes the line under the cursor.",
    "",
    "Roles      each has its own orders, its own knowledge and its own aims",
    "Players    the temperament of those who play the other roles; each decides from what its role may know.",
    "           A person takes turns with you at this machine, with a curtain between the seats",
    "Length     all turns, or a short game that leaves some out",
    "Seed       all dice follow from it: the same seed and the same orders give the same game",
)


class SetupScreen(Screen[None]):
    """Every line is one choice; the first begins the game."""

    BINDINGS = [
        Binding("b,f5", "begin", "Begin", id="setup.begin"),
        Binding("f1,question_mark", "help", "Help", id="setup.help"),
        Binding("escape,q", "app.pop_screen", "Back", id="setup.back"),
    ]

    class Loaded(Message):
        """A scenario was read, or could not be."""

        def __init__(self, wanted: str, scenario: Scenario | None, fault: str) -> None:
            super().__init__()
            self.wanted = wanted
            self.scenario = scenario
            self.fault = fault

    def __init__(self) -> None:
        super().__init__()
        self._wanted = DEFAULT_SCENARIO
        self._scenario: Scenario | None = None
        self._role = DEFAULT_ROLE
        self._opponents: dict[str, str] = {}
        self._curtains = True
        self._length = "full"
        self._seed: int | None = None

    def compose(self) -> ComposeResult:
        yield Lines([line(("A new game", STRONG), ": Enter changes a line, B begins")], id="heading")
        yield Listing(id="setup", markup=False)
        yield Prose(["Reading the scenario ..."], id="details")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        self._load(self._wanted)

    @work(thread=True, group="files")
    def _load(self, wanted: str) -> None:
        from wargame.session.kernels import load

        try:
            self.post_message(self.Loaded(wanted, load(wanted), ""))
        except WargameError as error:
            self.post_message(self.Loaded(wanted, None, str(error)))

    @on(Loaded)
    def _loaded(self, event: Loaded) -> None:
        if event.scenario is None:
            shown: list[Line | str] = [
                line((f"{event.wanted} cannot be played:", BAD)),
                *event.fault.splitlines()[:3],
            ]
            self.query_one("#details", Prose).show(shown)
            return
        scenario = self._scenario = event.scenario
        self._wanted = event.wanted
        playable = [id for id, role in scenario.roles.items() if role.playable]
        self._role = self._role if self._role in playable else playable[0]
        self._length = self._length if self._length in scenario.lengths else next(iter(scenario.lengths))
        self._opponents = {}
        self._draw()

    # --- What is shown

    def _draw(self) -> None:
        scenario = self._scenario
        if scenario is None:
            return
        doors = self.query_one(OptionList)
        here = doors.highlighted
        doors.clear_options()
        rows = [("begin", line(("Begin the game", HEAD))), *self._rows(scenario)]
        doors.add_options([Option(content(row), id=key) for key, row in rows])
        doors.highlighted = here if here is not None and here < doors.option_count else 0

    def _rows(self, scenario: Scenario) -> list[tuple[str, Line]]:
        rows = [
            ("scenario", _row("Scenario", scenario.title)),
            ("role", _row("You play", scenario.roles[self._role].title)),
        ]
        for id, role in scenario.roles.items():
            if id != self._role:
                rows.append(
                    (f"seat-{id}", _row(role.title, f"played by: {self._player_words(id, self._player(id))}"))
                )
        if PERSON in self._opponents.values():
            words = "between the seats" if self._curtains else "none: one person plays them all"
            rows.append(("curtains", _row("Curtain", words)))
        turns = len(scenario.lengths[self._length])
        rows.append(("length", _row("Length", f"{self._length} ({turns} turns)")))
        rows.append(("seed", _row("Seed", "drawn anew" if self._seed is None else str(self._seed))))
        return rows

    @on(OptionList.OptionHighlighted)
    def _looked(self, event: OptionList.OptionHighlighted) -> None:
        scenario, key = self._scenario, event.option.id or ""
        if scenario is None:
            return
        match key:
            case "role":
                lines = cards.role_card(scenario, self._role)
            case "length":
                lines = [line(each) for each in cards.lengths(scenario).split("; ")]
            case "curtains":
                lines = [line("Whether the screen is covered while one person hands over to the next.")]
            case "seed":
                lines = [line("All dice follow from the seed. Leave it drawn for a game nobody knows.")]
            case _ if key.startswith("seat-"):
                role = key.removeprefix("seat-")
                lines = cards.player_card(scenario, role, self._player(role))
            case _:
                lines = cards.scenario_card(scenario)
        self.query_one("#details", Prose).show(lines)

    def _player(self, role: str) -> str:
        from wargame.agents.seating import default_player

        assert self._scenario is not None
        return self._opponents.get(role, default_player(self._scenario, role))

    def _player_words(self, role: str, name: str) -> str:
        assert self._scenario is not None
        doctrine = self._scenario.doctrines.get(role, {}).get(name)
        return f"{doctrine.title} ({name})" if doctrine is not None else NAMES.get(name, name)

    def _player_about(self, role: str, name: str) -> str:
        assert self._scenario is not None
        doctrine = self._scenario.doctrines.get(role, {}).get(name)
        return unwrapped(doctrine.about) if doctrine is not None else cards.ALWAYS.get(name, "")

    # --- What is chosen

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        match event.option.id:
            case "begin":
                self.action_begin()
            case "seed":
                self._ask_seed()
            case "curtains":
                self._curtains = not self._curtains
                self._draw()
            case str(key):
                self._change(key)

    def action_begin(self) -> None:
        from wargame.tui.app import WargameApp

        if self._scenario is not None:
            assert isinstance(self.app, WargameApp)
            self.query_one("#details", Prose).show(["Setting up the game ..."])
            self.app.new_game(
                self._wanted, self._role, self._opponents, self._length, self._seed, self._curtains
            )

    def action_help(self) -> None:
        self.app.push_screen(HelpPage("A new game", self.BINDINGS, HELP))

    @work
    async def _ask_seed(self) -> None:
        before = "" if self._seed is None else str(self._seed)
        question = "A whole number as the seed; nothing to have one drawn"
        typed = await self.app.push_screen_wait(Ask(question, before=before, only="[0-9]*", limit=15))
        if typed is not None:
            self._seed = int(typed) if typed else None
            self._draw()

    @work
    async def _change(self, what: str) -> None:
        scenario = self._scenario
        if scenario is None:
            return
        question, ids, rows = await asyncio.to_thread(self._choices, scenario, what)
        picked = await self.app.push_screen_wait(Pick(question, rows))
        if picked is not None:
            self._set(what, ids[picked])

    def _choices(self, scenario: Scenario, what: str) -> tuple[str, list[str], list[Line]]:
        from wargame.agents.seating import players
        from wargame.scenario.library import own, shipped

        match what:
            case "scenario":
                ids = [*shipped(), *own()]
                return "Which scenario?", ids, [card(id) for id in ids]
            case "role":
                ids = [id for id, role in scenario.roles.items() if role.playable]
                roles = [scenario.roles[id] for id in ids]
                return (
                    "Which role do you play?",
                    ids,
                    [line((f"{role.title}. ", STRONG), unwrapped(role.about)) for role in roles],
                )
            case "length":
                ids = list(scenario.lengths)
                return "How long?", ids, [line(f"{id}: {len(scenario.lengths[id])} turns") for id in ids]
        role = what.removeprefix("seat-")
        ids = [*players(scenario, role), *([PERSON] if scenario.roles[role].playable else [])]
        rows = [
            line((f"{self._player_words(role, id)}: ", STRONG), (self._player_about(role, id), QUIET))
            for id in ids
        ]
        return f"Who plays {scenario.roles[role].title}?", ids, rows

    def _set(self, what: str, id: str) -> None:
        match what:
            case "scenario":
                self.query_one("#details", Prose).show(["Reading the scenario ..."])
                self._load(id)
                return
            case "role":
                self._role = id
                self._opponents.pop(id, None)
            case "length":
                self._length = id
            case _:
                self._opponents[what.removeprefix("seat-")] = id
        self._draw()


def card(id: str) -> Line:
    """A scenario to choose: its title, how long it is, who plays in it, and what it is about."""
    from wargame.session.kernels import load

    try:
        scenario = load(id)
    except WargameError:
        return line((f"{id}: ", STRONG), ("it has faults; 'wargame check' names them", BAD))
    return cards.chosen(scenario)


def _row(name: str, value: str) -> Line:
    return line((fill(name, 24), QUIET), value)
