"""Forms: a few fields to fill in, sent off together; a refusal is said in words and loses nothing typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from attrs import frozen
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Select

from wargame.errors import WargameError
from wargame.tui.desk import Desk
from wargame.tui.keymap import in_force, with_keys
from wargame.tui.lines import BAD, STRONG, Line, fitted, line, quiet
from wargame.tui.widgets.footer import KeyBar
from wargame.tui.widgets.marks import Marks
from wargame.tui.widgets.text import Lines, Words, content

BESIDE = 5
"""Lines of the box beside the fields: its two edges, the title, the keys, and the footer below it."""

KEYS = "Tab: next field. Enter in the last one or {form.send:f2}: do it. {form.back:escape}: back."
ALL = "all"

Answers = Mapping[str, str | tuple[str, ...]]
"""What stands in each field, by its id; a field of several has the ids that are marked."""


@frozen
class Field:
    """One thing to fill in."""

    id: str
    label: str
    kind: Literal["text", "one", "several"] = "text"
    options: tuple[tuple[str, str], ...] = ()
    """Id and words of each thing that can be chosen."""

    start: str = ""
    """What stands in it at first; `ALL` marks everything of several."""

    most: int = 500
    """Characters."""


class Form(ModalScreen[bool]):
    """
    Fields, and what is done with them; true once it was done.

    *do* runs in the thread of the desk. If it raises `WargameError` or `ValueError` the words are shown, and
    everything typed stays. *hint* says something about what stands in the fields now.
    """

    BINDINGS = [
        Binding("escape", "dismiss(False)", "Back", id="form.back"),
        Binding("f2,ctrl+s", "send", "Do it", id="form.send", priority=True),
    ]
    DEFAULT_CSS = """
    Form { align: center middle; background: $background 60%; }
    Form .fields { height: auto; }
    Form Lines { height: auto; }
    Form Input, Form Input:focus { border: none; height: 1; background: $boost; padding: 0 1; }
    Form Input:focus { background: $primary-muted; }
    Form Marks, Form Marks:focus { height: auto; max-height: 5; }
    """

    def __init__(
        self,
        desk: Desk,
        title: str,
        fields: Sequence[Field],
        do: Callable[[Answers], object],
        *,
        before: Sequence[Line | str] = (),
        hint: Callable[[Answers], str] | None = None,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._title = title
        self._fields = fields
        self._do = do
        self._before = before
        self._hint = hint
        self._busy = False
        self._below: dict[str, list[Line]] = {"#hint": [], "#wrong": []}

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Lines([line((self._title, STRONG))], id="title")
            with VerticalScroll(classes="fields", can_focus=False):
                yield Lines(self._before)
                for each in self._fields:
                    yield Lines([with_keys(each.label, in_force(self.app))])
                    yield _widget(each)
            yield Lines(id="hint")
            yield Lines(id="wrong")
            yield Lines([quiet(with_keys(KEYS, in_force(self.app)))])
        yield KeyBar()

    def on_mount(self) -> None:
        self._ids = [f"#field-{each.id}" for each in self._fields]
        if not self.query(self._ids[0]):
            return  # a key pressed as the program closes opens a form that has no time to be filled
        self.query_one(self._ids[0]).focus()
        self._show_hint()
        self._fit()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Leaves room below the fields for what is said of them: the fields scroll, those lines stay."""
        if not self.query(".fields"):
            return
        width = max(min(self.size.width * 92 // 100, 100) - 4, 20)
        said = 0
        for where, lines in self._below.items():
            rows = fitted(lines, width, 3, "")
            self.query_one(where, Lines).show(rows)
            self.query_one(where).display = bool(rows)
            said += len(rows)
        self.query_one(".fields").styles.max_height = max(self.size.height - BESIDE - said, 3)

    @property
    def answers(self) -> Answers:
        """What stands in the fields."""
        return {each.id: self._answer(each) for each in self._fields}

    def _answer(self, field: Field) -> str | tuple[str, ...]:
        match field.kind:
            case "text":
                return self.query_one(f"#field-{field.id}", Input).value.strip()
            case "one":
                chosen = self.query_one(f"#field-{field.id}", Select).value
                return chosen if isinstance(chosen, str) else ""
            case _:
                return self.query_one(f"#field-{field.id}", Marks).selected

    @on(Input.Changed)
    @on(Select.Changed)
    @on(Marks.Changed)
    def _show_hint(self) -> None:
        if self._hint is not None:
            self._below["#hint"] = [quiet(self._hint(self.answers))]
            self._fit()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if f"#{event.input.id}" == self._ids[-1]:
            self.action_send()
        else:
            self.focus_next()

    def action_send(self) -> None:
        if not self._busy:
            self._send(self.answers)

    @work
    async def _send(self, answers: Answers) -> None:
        self._busy = True
        try:
            await self._desk.do(lambda: self._do(answers))
        except (WargameError, ValueError) as error:
            self._busy = False
            self._below["#wrong"] = [line((f"Not done: {error}", BAD))]
            self._fit()
        else:
            self.dismiss(True)


def _widget(field: Field) -> Input | Select[str] | Marks:
    id = f"field-{field.id}"
    match field.kind:
        case "text":
            return Words(field.start, max_length=field.most, id=id)
        case "one":
            options = [(content(words), key) for key, words in field.options]
            start = field.start or field.options[0][0]
            return Select(options, value=start, allow_blank=False, compact=True, id=id)
        case _:
            return Marks(field.options, marked=field.start == ALL, id=id)
