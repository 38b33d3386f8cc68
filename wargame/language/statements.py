"""Gives every statement of a block its meaning: what it writes, loops over and reports."""

from __future__ import annotations

import re

from attrs import define, field

from wargame.language import tree
from wargame.language import typed as t
from wargame.language.faults import Faults, nearest
from wargame.language.names import Names, place_of
from wargame.language.resolve import Resolver
from wargame.language.scope import VariableName
from wargame.language.tree import Spot
from wargame.language.types import Flag, Number, Place, Type, interval_of, same_kind

MOST_LOOPS = 2
_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_ARGUMENT = re.compile(r" *([a-z][a-z0-9_]*) *(?:\[ *([a-z][a-z0-9_]*) *\] *)?\Z")


@define(eq=False)
class DraftReport:
    """What is known of a report before its arguments' secrets are followed."""

    at: Spot
    to: tuple[str, ...]
    pieces: tuple[str | int, ...]
    args: tuple[Type, ...]


@define(eq=False)
class Statements:
    """Resolves the statements of one block."""

    names: Names
    resolver: Resolver
    faults: Faults
    reports: list[DraftReport] = field(factory=list)
    writes: set[int] = field(factory=set)
    written: set[str] = field(factory=set)

    def block(self, body: tuple[tree.Stmt, ...]) -> tuple[t.Stmt, ...]:
        made: list[t.Stmt] = []
        for node in body:
            statement = self._statement(node)
            if statement is None:
                self.faults.lost(node.at)
            else:
                made.append(statement)
        return tuple(made)

    def _statement(self, node: tree.Stmt) -> t.Stmt | None:
        match node:
            case tree.Assign():
                return self._assign(node)
            case tree.If(at, branches, otherwise):
                made: list[tuple[t.Expr, tuple[t.Stmt, ...]]] = []
                for test, body in branches:
                    condition = self.resolver.wanted(test, Flag())
                    inner = self.block(body)
                    if condition is None:
                        self.faults.lost(test.at)
                    else:
                        made.append((condition, inner))
                return t.If(at, tuple(made), self.block(otherwise))
            case tree.For():
                return self._for(node)
            case tree.Report():
                return self._report(node)

    # Assignments.

    def _assign(self, node: tree.Assign) -> t.Stmt | None:
        target = node.target
        variable = self.names.scope.variables.get(target.id)
        if variable is not None and target.id not in self.names.loops:
            return self._set_variable(node, variable)
        taken = self.names.taken(target.id)
        if taken is not None:
            self.resolver.expression(node.value)
            remedy = (
                "only variables change" if taken in ("a derived value", "a place") else "choose another name"
            )
            self.faults.add(target.at, f"'{target.id}' is {taken} and cannot be given a value", remedy)
            return None
        return self._set_local(node)

    def _set_variable(self, node: tree.Assign, variable: VariableName) -> t.Stmt | None:
        target, type_ = node.target, variable.type
        adds = node.op != "="
        found = self.resolver.name(target, quiet=True)
        value = self.resolver.wanted(node.value, Number() if adds else type_)
        if not self._may_write(node, variable) or value is None or found is None:
            return None
        place = found[0].place if isinstance(found[0], t.LoadAt) else None
        base = found[0].slot if isinstance(found[0], t.Load) else variable.slot
        if adds:
            value = t.Chain(node.at, found[0], ((node.op[0], value),))
        since = variable.since if isinstance(type_, Flag) else None
        if since is not None and place is None:
            since += base - variable.slot
        self._note_writes(variable, base, since, place is None)
        lo, hi = interval_of(type_, len(self.names.scope.places))
        return t.SetSlot(node.at, base, place, value, lo, hi, isinstance(type_, Flag), since, variable.id)

    def _may_write(self, node: tree.Assign, variable: VariableName) -> bool:
        adds, is_number = node.op != "=", isinstance(variable.type, Number)
        if not variable.writable:
            self.faults.add(
                node.target.at, f"'{variable.id}' never changes", "give a variable a value instead"
            )
        elif adds and not is_number:
            self.faults.add(node.at, f"'{variable.id}' is {variable.type} and cannot be added to", "write =")
        elif not adds and is_number and self.names.use.kind == "order":
            self.faults.add(
                node.at,
                "an order changes a number with += or -= only",
                "orders of one phase add up; say by how much it changes",
            )
        else:
            return True
        return False

    def _note_writes(self, variable: VariableName, base: int, since: int | None, exactly: bool) -> None:
        self.written.add(variable.id)
        count = 1 if exactly else len(self.names.scope.places)
        self.writes.update(range(base, base + count))
        if since is not None:
            self.writes.update(range(since, since + count))

    def _set_local(self, node: tree.Assign) -> t.Stmt | None:
        target, names = node.target, self.names
        known = names.locals.get(target.id)
        if target.index is not None:
            near = nearest(target.id, [v.id for v in names.scope.variables.values() if v.per_place])
            self.faults.add(target.at, f"there is no per-place variable '{target.id}'", "declare it", near)
            return None
        if target.id in names.loops:
            self.faults.add(target.at, f"'{target.id}' is a loop's place", "choose another name")
            return None
        if node.op != "=" and known is None and target.id in names.excused:
            return None
        if node.op != "=" and known is None:
            self.resolver.expression(node.value)
            near = nearest(target.id, [*names.scope.variables, *names.locals])
            self.faults.add(target.at, f"there is no variable '{target.id}' to change", "", near)
            return None
        if not re.match(r"[a-z][a-z0-9_]*\Z", target.id):
            self.faults.add(target.at, f"'{target.id}' is no good name", "use small letters, digits and _")
            return None
        return self._give_local(node, known)

    def _give_local(self, node: tree.Assign, known: tuple[int, Type] | None) -> t.Stmt | None:
        names, word = self.names, node.target.id
        if node.op == "=":
            found = self.resolver.expression(node.value, known[1] if known else None)
            if found is None:
                return None
            value, type_ = found
        else:
            added = self.resolver.wanted(node.value, Number())
            before = self.resolver.wanted(node.target, Number())
            if added is None or before is None:
                return None
            value, type_ = t.Chain(node.at, before, ((node.op[0], added),)), Number()
        if known is not None and not same_kind(known[1], type_):
            self.faults.add(node.at, f"'{word}' was {known[1]} before and now is {type_}", "use two names")
            return None
        type_ = Number() if isinstance(type_, Number) else type_
        index, _ = names.locals.setdefault(word, (len(names.locals), type_))
        return t.SetLocal(node.at, index, word, value)

    # Loops.

    def _for(self, node: tree.For) -> t.Stmt | None:
        names, word = self.names, node.var.id
        of: t.Expr | None = None
        if node.of is not None:
            of = place_of(self.resolver.expression(node.of, Place()), node.of, self.faults)
        taken = names.taken(word) or ("a loop's place already" if word in names.loops else None)
        if taken is None and word in names.locals:
            taken = "a local name already"
        if taken is None and word in names.scope.variables:
            taken = "a variable"
        if taken is not None:
            self.faults.add(node.var.at, f"'{word}' is {taken}", "call the loop's place p or q")
        if len(names.loops) >= MOST_LOOPS:
            self.faults.add(node.at, f"more than {MOST_LOOPS} loops inside each other", "take one out")
            return None
        names.loops.append(word)
        body = self.block(node.body)
        names.loops.pop()
        return t.For(node.at, len(names.loops), of, body) if of is not None or node.of is None else None

    # Reports.

    def _report(self, node: tree.Report) -> t.Stmt | None:
        to = self._addressed(node)
        pieces: list[str | int] = []
        args: list[t.Expr] = []
        types: list[Type] = []
        after = 0
        for match in _BRACES.finditer(node.text.value):
            pieces.append(node.text.value[after : match.start()])
            after = match.end()
            found = self._argument(node.text, match)
            if found is None:
                self.faults.lost(node.text.at)
            else:
                pieces.append(len(args))
                args.append(found[0])
                types.append(found[1])
        pieces.append(node.text.value[after:])
        shown = tuple(piece for piece in pieces if piece != "")
        if not shown:
            self.faults.add(node.at, "the report is empty", "say something or leave it out")
            return None
        index = len(self.reports)
        self.reports.append(DraftReport(node.at, to, shown, tuple(types)))
        return t.Report(node.at, index, to, tuple(args))

    def _addressed(self, node: tree.Report) -> tuple[str, ...]:
        roles = self.names.scope.roles
        wanted = [name.id for name in node.to]
        if not wanted or wanted == ["all"]:
            return roles
        for name in node.to:
            if name.id not in roles:
                near = nearest(name.id, [*roles, "all"])
                self.faults.add(name.at, f"there is no role '{name.id}'", "name a role, or all", near)
        return tuple(role for role in roles if role in wanted)

    def _argument(self, text: tree.Text, match: re.Match[str]) -> tuple[t.Expr, Type] | None:
        start = text.at.start + 1 + match.start()
        at = Spot(text.at.line, text.at.column + 1 + match.start(), start, start + len(match.group()))
        words = _ARGUMENT.match(match.group(1) or "")
        if words is None:
            self.faults.add(
                at, "braces hold one name, such as {here} or {unrest[here]}", "work it out on a line before"
            )
            return None
        index = tree.Name(at, words.group(2)) if words.group(2) else None
        return self.resolver.name(tree.Name(at, words.group(1), index))
