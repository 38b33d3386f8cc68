"""Looks up the names of a rule text in its scope, and refuses what its use may not see."""

from __future__ import annotations

from attrs import define, field

from wargame.language import typed as t
from wargame.language.faults import Faults, nearest
from wargame.language.scope import DerivedName, OrderName, Scope, Use, VariableName
from wargame.language.tree import Expr, Name, Spot
from wargame.language.types import Choice, Number, Place, Type, interval_of
from wargame.language.words import FUNCTIONS, RESERVED

Found = tuple[t.Expr, Type]


@define(eq=False)
class Names:
    """The names one text may use, with the locals and loop places it has made so far."""

    scope: Scope
    use: Use
    faults: Faults
    excused: frozenset[str] = frozenset()
    """Words of lines that could not be read: they may have been given a value there."""

    locals: dict[str, tuple[int, Type]] = field(factory=dict)
    loops: list[str] = field(factory=list)
    """Names of the enclosing loops' places, outermost first."""

    variables_read: set[str] = field(factory=set)
    derived_read: set[str] = field(factory=set)
    orders_asked: set[str] = field(factory=set)

    def find(self, name: Name, place: t.Expr | None, *, quiet: bool = False) -> Found | None:
        """The value *name* stands for; *place* is its index, already resolved."""
        if name.index is None:
            plain = self._plain(name)
            if plain is not None:
                return plain
        variable = self.scope.variables.get(name.id)
        if variable is not None:
            return self._variable(name, variable, place, quiet=quiet)
        derived = self.scope.derived.get(name.id)
        if derived is not None:
            return self._derived(name, derived, place)
        self._unknown(name)
        return None

    def _plain(self, name: Name) -> Found | None:
        word, at, scope = name.id, name.at, self.scope
        if word in self.loops:
            return t.LoopPlace(at, self.loops.index(word), len(scope.places)), Place()
        if word in self.locals:
            index, type_ = self.locals[word]
            return t.Local(at, index, word), type_
        if word == "turn":
            return t.Load(at, scope.turn_slot, 1, max(1, scope.turns), ""), Number(1, max(1, scope.turns))
        if word == "here" and self.use.here and scope.places:
            return t.Here(at, len(scope.places)), Place()
        option = self.use.option
        if option is not None and word == option.name:
            return t.Option(at, len(option.options)), option
        if word in scope.places:
            return t.Const(at, scope.places.index(word)), Place()
        return None

    def _variable(
        self, name: Name, variable: VariableName, place: t.Expr | None, *, quiet: bool
    ) -> Found | None:
        if not self._indexed(name, variable.per_place, place):
            return None
        source = "" if quiet else name.id
        if not quiet:
            self.read_variable(name.at, variable)
        lo, hi = interval_of(variable.type, len(self.scope.places))
        if place is None:
            return t.Load(name.at, variable.slot, lo, hi, source), variable.type
        if isinstance(place, t.Const):
            return t.Load(name.at, variable.slot + place.value, lo, hi, source), variable.type
        return t.LoadAt(name.at, variable.slot, place, lo, hi, source), variable.type

    def _derived(self, name: Name, derived: DerivedName, place: t.Expr | None) -> Found | None:
        if not self._indexed(name, derived.per_place, place):
            return None
        self.read_derived(name.at, derived)
        lo, hi = interval_of(derived.type, len(self.scope.places))
        return t.Derived(name.at, derived.index, place, lo, hi, name.id), derived.type

    def _indexed(self, name: Name, per_place: bool, place: t.Expr | None) -> bool:
        if per_place and place is None:
            if name.index is None:
                example = "here" if self.use.here else "the name of a place"
                self.faults.add(
                    name.at,
                    f"'{name.id}' has a value for each place",
                    f"write {name.id}[{example}], or total({name.id})",
                )
            return False
        if not per_place and name.index is not None:
            self.faults.add(name.at, f"'{name.id}' has one value, not one for each place", f"write {name.id}")
            return False
        return True

    def read_variable(self, at: Spot, variable: VariableName) -> None:
        """Note that it is read, and refuse it if the reader of this text may not see it."""
        self.variables_read.add(variable.id)
        self._visible(at, variable.id, variable.exact, variable.seen)

    def read_derived(self, at: Spot, derived: DerivedName) -> None:
        """As `read_variable`."""
        self.derived_read.add(derived.id)
        self.variables_read |= derived.reads
        self._visible(at, derived.id, derived.exact, derived.seen)

    def read_order(self, at: Spot, order: OrderName) -> None:
        """As `read_variable`."""
        self.orders_asked.add(order.id)
        self._visible(at, order.id, order.known, order.known)

    def _visible(self, at: Spot, id_: str, exact: frozenset[str], seen: frozenset[str]) -> None:
        reader = self.use.reader
        if reader is None or reader in exact or (self.use.perceived and reader in seen):
            return
        how = "does not see" if reader not in seen else "only has an estimate of"
        self.faults.add(
            at,
            f"{reader} {how} '{id_}', which this decides by",
            f"use something {reader} sees, or let {reader} see it in `seen` or `visible`",
        )

    def known_to(self, id_: str) -> frozenset[str]:
        """The roles that know the exact value of the variable, derived value or order *id_*."""
        scope = self.scope
        if id_ in scope.variables:
            return scope.variables[id_].exact
        return scope.derived[id_].exact if id_ in scope.derived else scope.orders[id_].known

    def all_words(self) -> set[str]:
        """Every word that means something here."""
        words = {*self.scope.variables, *self.scope.derived, *self.scope.places, *self.locals, *self.loops}
        words |= {"turn", "true", "false"}
        if self.use.here:
            words.add("here")
        if self.use.option is not None:
            words.add(self.use.option.name)
        return words

    def _unknown(self, name: Name) -> None:
        word, at = name.id, name.at
        if word in self.excused:
            return
        if word == "here":
            self.faults.add(at, "there is no 'here' in this text", "name the place")
        elif word in FUNCTIONS:
            self.faults.add(at, f"'{word}' is a function", f"write {word}(...)")
        elif word in self.scope.orders:
            self.faults.add(at, f"'{word}' is an order", f"write ordered({word}) or turns_since({word})")
        elif word in self.scope.roles:
            self.faults.add(at, f"'{word}' is a role", "roles stand after to= only")
        elif word in RESERVED:
            self.faults.add(at, f"'{word}' gives no value here", "see the list of what rules may use")
        elif name.index is not None and (
            word in self.locals or word in self.loops or word in self.scope.places
        ):
            self.faults.add(at, f"'{word}' has one value, not one for each place", f"write {word}")
        elif any(word in options for options in self._option_lists()):
            self.faults.add(at, f"there is no name '{word}'", f"an option stands in quotes: '{word}'")
        else:
            near = nearest(word, self.all_words())
            self.faults.add(at, f"there is no name '{word}'", "use a name the scenario declares", near)

    def _option_lists(self) -> list[tuple[str, ...]]:
        types = [variable.type for variable in self.scope.variables.values()]
        types += [derived.type for derived in self.scope.derived.values()]
        if self.use.option is not None:
            types.append(self.use.option)
        return [type_.options for type_ in types if isinstance(type_, Choice)]

    def taken(self, word: str) -> str | None:
        """What *word* already is, if a local or loop place cannot be called so."""
        scope = self.scope
        if word in RESERVED:
            return "a word of the language"
        kinds = (
            (scope.variables, "a variable"),
            (scope.derived, "a derived value"),
            (scope.places, "a place"),
            (scope.orders, "an order"),
            (scope.roles, "a role"),
        )
        found = next((what for names, what in kinds if word in names), None)
        if found is None and self.use.option is not None and word == self.use.option.name:
            return "the order's choice"
        return found


def place_of(found: Found | None, node: Expr, faults: Faults) -> t.Expr | None:
    """The value of an index if it is a place."""
    if found is None:
        return None
    if not isinstance(found[1], Place):
        faults.add(
            node.at, "a place is wanted in the brackets", "write here, a loop's place or a place's name"
        )
        return None
    return found[0]
