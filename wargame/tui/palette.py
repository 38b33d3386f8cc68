"""The list of all actions: what the screen, its focused part and the program can do, each with its key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial

from attrs import evolve, frozen
from textual.app import App
from textual.binding import Binding
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider, SearchIcon
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.types import IgnoreReturnCallbackType

from wargame.settings import THEMES
from wargame.text import clean_text
from wargame.tui.keymap import in_force, now, shown


@frozen
class Command:
    """One line of the list."""

    title: str
    keys: str
    """As a person reads them; empty if there is none."""

    about: str
    action: str
    node: DOMNode
    """What the action belongs to."""

    @property
    def words(self) -> str:
        return f"{self.title}  [{self.keys}]" if self.keys else self.title


class Palette(CommandPalette):
    """The list over the screen it was called from."""

    def __init__(self) -> None:
        super().__init__(placeholder="What do you want to do? Type a part of its name")

    def on_mount(self) -> None:
        self.query_one(SearchIcon).icon = ">"


class Actions(Provider):
    """What can be done now; nothing here shows, copies or stores what a screen holds."""

    async def discover(self) -> Hits:
        for command in commands(self.screen):
            words = Content(command.words)
            yield DiscoveryHit(words, self._callback(command), text=command.title, help=command.about or None)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command in [*commands(self.screen), *theme_commands(self.app)]:
            names = f"{command.words}  {command.about}"
            score = max(matcher.match(command.title), matcher.match(names) * 0.8)
            if score > 0:
                words, about = Content(command.words), command.about or None
                yield Hit(score, words, self._callback(command), text=command.title, help=about)

    def _callback(self, command: Command) -> IgnoreReturnCallbackType:
        return partial(_run, self.app, command)


async def _run(app: App[object], command: Command) -> None:
    # The screen may have changed while the list was open.
    if command.node is app or command.node.is_attached:
        await app.run_action(command.action, default_namespace=command.node)


def commands(screen: Screen[object]) -> list[Command]:
    """What *screen*, its focused part and the program can do now, the nearest first."""
    found: dict[tuple[str, str], Command] = {}
    active_now = screen.active_bindings.items()
    # What stands in the footer comes first, since it is used most.
    for key, active in sorted(active_now, key=lambda each: not each[1].binding.show):
        binding, node = active.binding, active.node
        hidden = binding.system or binding.action.endswith("command_palette")
        if not active.enabled or not binding.description or hidden or binding.action not in _own(type(node)):
            continue
        at = (binding.description, binding.action.removeprefix("app."))
        if at in found:
            found[at] = evolve(found[at], keys=f"{found[at].keys}, {shown(key)}")
        else:
            about, title = clean_text(binding.tooltip), clean_text(binding.description)
            found[at] = Command(title, shown(key), about, binding.action, node)
    theme = Command("Theme", "", "The colours of all screens", "app.theme", screen.app)
    return [*_once([*found.values(), *_of_other_parts(screen)]), theme]


def _of_other_parts(screen: Screen[object]) -> Iterator[Command]:
    """What parts of the screen without the keys can do, and what the program does over a question."""
    keymap = in_force(screen.app)
    for node in (screen, *_shown_parts(screen), screen.app):
        for binding in _own_bindings(type(node)):
            is_everywhere = binding.priority or node is not screen.app
            if is_everywhere and binding.description and binding.id:
                title, about = clean_text(binding.description), clean_text(binding.tooltip)
                yield Command(title, shown(now(binding, keymap)), about, binding.action, node)


def _shown_parts(node: DOMNode) -> Iterator[DOMNode]:
    for each in node.displayed_children:
        yield each
        yield from _shown_parts(each)


@cache
def _own(of: type[DOMNode]) -> frozenset[str]:
    """The actions the program itself has a key for on *of*: not the arrows, nor what Textual brings along."""
    return frozenset(binding.action for binding in _own_bindings(of))


@cache
def _own_bindings(of: type[DOMNode]) -> tuple[Binding, ...]:
    tables = (vars(each).get("BINDINGS", ()) for each in of.__mro__ if each.__module__.startswith("wargame."))
    return tuple(binding for table in tables for binding in table if isinstance(binding, Binding))


def _once(found: Iterable[Command]) -> list[Command]:
    """Of actions with one name only the nearest, such as that screen's own way to leave."""
    by_title: dict[str, Command] = {}
    for each in found:
        by_title.setdefault(each.title, each)
    return list(by_title.values())


def theme_commands(app: App[object]) -> list[Command]:
    """One line for each theme; found by typing, since they would fill the list."""
    return [
        Command(f"Theme {name}", "", "Uses it, and keeps it", f"app.use_theme('{name}')", app)
        for name in THEMES
    ]
