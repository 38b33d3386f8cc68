"""A new game: scenario, role, who plays the others, length, seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList
from textual.widgets.option_list import Option

from wargame.errors import WargameError
from wargame.tui.screens.pick import Pick
from wargame.tui.widgets.text import Lines

if TYPE_CHECKING:
    from wargame.scenario.model import Scenario

DEFAULT_SCENARIO = "kazakhstan-2022"
DEFAULT_ROLE = "tokayev"
SEEDS = ("drawn", "1", "2", "3", "4", "5", "6", "7", "8", "9", "2022")


class SetupScreen(Screen[None]):
    """Every line is one choice; the first begins the game."""

    BINDINGS = [
        Binding("escape,q", "app.pop_screen", "Back", id="setup.back"),
        Binding("f5,b", "begin", "Begin", id="setup.begin"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._wanted = DEFAULT_SCENARIO
        self._scenario: Scenario | None = None
        self._role = DEFAULT_ROLE
        self._opponents: dict[str, str] = {}
        self._length = "full"
        self._seed = "drawn"

    def compose(self) -> ComposeResult:
        yield Lines(["New game: Enter changes a line, B begins"], id="heading")
        yield OptionList(id="setup", markup=False)
        yield Lines(id="details")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        self.query_one("#details", Lines).show(["Reading the scenario ..."])
        self._load()

    @work(thread=True, exclusive=True)
    def _load(self) -> None:
        from wargame.session.kernels import load

        try:
            scenario = load(self._wanted)
        except WargameError as error:
            self.app.call_from_thread(self.query_one("#details", Lines).show, str(error).splitlines()[:12])
            return
        self.app.call_from_thread(self._loaded, scenario)

    def _loaded(self, scenario: Scenario) -> None:
        self._scenario = scenario
        playable = [id for id, role in scenario.roles.items() if role.playable]
        self._role = self._role if self._role in playable else playable[0]
        self._length = self._length if self._length in scenario.lengths else next(iter(scenario.lengths))
        self._opponents = {}
        self._draw()

    def _draw(self) -> None:
        scenario = self._scenario
        if scenario is None:
            return
        doors = self.query_one(OptionList)
        here = doors.highlighted
        doors.clear_options()
        lines = [
            ("begin", "Begin the game"),
            ("scenario", f"Scenario: {scenario.title}"),
            ("role", f"You play: {scenario.roles[self._role].title}"),
        ]
        for id, role in scenario.roles.items():
            if id != self._role:
                lines.append((f"seat-{id}", f"{role.title}: {self._player_words(id, self._player(id))}"))
        turns = len(scenario.lengths[self._length])
        lines.append(("length", f"Length: {self._length} ({turns} turns)"))
        lines.append(("seed", f"Seed: {self._seed}"))
        for key, words in lines:
            doors.add_option(Option(Content(words), id=key))
        doors.highlighted = here if here is not None and here < doors.option_count else 0
        self.query_one("#details", Lines).show([scenario.about, "", scenario.roles[self._role].about])

    def _player(self, role: str) -> str:
        from wargame.agents.seating import default_player

        assert self._scenario is not None
        return self._opponents.get(role, default_player(self._scenario, role))

    def _player_words(self, role: str, name: str) -> str:
        assert self._scenario is not None
        doctrine = self._scenario.doctrines.get(role, {}).get(name)
        return f"{doctrine.title} ({name})" if doctrine is not None else name

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option.id == "begin":
            self.action_begin()
        elif event.option.id:
            self._change(event.option.id)

    def action_begin(self) -> None:
        from wargame.tui.app import WargameApp

        if self._scenario is None:
            return
        assert isinstance(self.app, WargameApp)
        seed = None if self._seed == "drawn" else int(self._seed)
        self.app.new_game(self._wanted, self._role, self._opponents, self._length, seed)

    @work
    async def _change(self, what: str) -> None:
        from wargame.agents.seating import players
        from wargame.scenario.library import shipped

        scenario = self._scenario
        if scenario is None:
            return
        ids: list[str]
        match what:
            case "scenario":
                ids = words = shipped()
            case "role":
                ids = [id for id, role in scenario.roles.items() if role.playable]
                words = [f"{scenario.roles[id].title}. {scenario.roles[id].about}" for id in ids]
            case "length":
                ids = words = list(scenario.lengths)
            case "seed":
                ids = words = list(SEEDS)
            case _:
                role = what.removeprefix("seat-")
                ids = list(players(scenario, role))
                words = [self._player_words(role, id) for id in ids]
        picked = await self.app.push_screen_wait(Pick(f"Choose: {what.removeprefix('seat-')}", words))
        if picked is not None:
            self._set(what, ids[picked])

    def _set(self, what: str, id: str) -> None:
        match what:
            case "scenario":
                self._wanted = id
                self._load()
            case "role":
                self._role = id
                self._opponents.pop(id, None)
            case "length":
                self._length = id
            case "seed":
                self._seed = id
            case _:
                self._opponents[what.removeprefix("seat-")] = id
        self._draw()
