"""Questions about one's own seat and one's own team, drawn from what they ordered, wrote and promised."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.debrief.against import Against, Move
from wargame.debrief.calibration import Belief, calibration
from wargame.debrief.deeds import deeds
from wargame.debrief.markdown import listing
from wargame.debrief.question import GROUPS, Candidate, Game, Question, points
from wargame.debrief.record import Played
from wargame.debrief.turning import turning_points
from wargame.rules.facts import RedLine
from wargame.rules.orders import Order
from wargame.session.rulings import absent

__all__ = ["own_seat", "own_team"]

SEAT, TEAM = GROUPS[:2]
ALSO_NOTHING = "The record has no order here either."


def own_seat(game: Game, history: Against | None) -> Iterator[Candidate]:
    """Questions each seat answers for itself."""
    for role in game.roles:
        yield from _confidence(game, role)
        yield from _turning(game, role)
        yield from _parted(game, role, history)
        yield from _heaviest(game, role)
        yield from _again(game, role)


def own_team(game: Game) -> Iterator[Candidate]:
    """Questions about how a team came to decide."""
    for role in game.roles:
        yield from _word(game, role)
        yield from _absent(game, role)
        yield from _red_lines(game, role)
        yield from _unsure(game, role)
        yield from _turned(game, role)
        yield from _nothing(game, role)
        yield from _talked(game, role)


# --- Your own seat


def _confidence(game: Game, role: str) -> Iterator[Candidate]:
    beliefs = [each for of in calibration(game.record) if of.role == role for each in of.beliefs]
    for belief in beliefs:
        off = abs(belief.confidence - 100 * belief.passed)
        if off >= 60 or abs(belief.confidence - belief.chance) >= 30:
            yield Candidate(min(99, 40 + off // 2), _of_belief(game, role, belief))


def _of_belief(game: Game, role: str, belief: Belief) -> Question:
    came = "came off" if belief.passed else "did not come off"
    only = "only " if belief.confidence < 50 else ""
    text = (
        f"{game.titles[role]}, turn {belief.turn}: you were {only}{belief.confidence} % sure of "
        f"'{belief.order}', and it {came}; the game gave it {belief.chance} %. What was that number made of?"
    )
    if abs(belief.confidence - belief.chance) < 30:
        listen = (
            "They read the chance about rightly, and the die fell otherwise: that was luck. Do they judge "
            "the decision by what they knew, or by how it came out?"
        )
    elif belief.confidence > belief.chance:
        listen = (
            "What would have told them that the chance was smaller? Was it missing, or known and not weighed?"
        )
    else:
        listen = "What made them doubt, and why did they order it all the same? Doubt stated is worth praise."
    order = _order_titled(game, role, belief)
    also = game.also(belief.turn, role, order) if order is not None else ""
    return Question(SEAT, belief.turn, text, listen, "confidence", role, also)


def _order_titled(game: Game, role: str, belief: Belief) -> Order | None:
    orders = game.record.kernel.scenario.orders
    for played, order in game.orders(role):
        if played.turn == belief.turn and orders[order.id].title == belief.order:
            return order
    return None


def _turning(game: Game, role: str) -> Iterator[Candidate]:
    for point in turning_points(game.record, game.luck) if game.luck is not None else ():
        if point.role == role and point.kind == "orders":
            by = point.by.value
            text = (
                f"{game.titles[role]}, turn {point.turn}: your orders were {listing(point.words)}. By the "
                f"games played on from there they left you with {points(by)} {'more' if by > 0 else 'less'} "
                "to expect than what the scripted player usually orders there. What did you expect of "
                "them when you gave them?"
            )
            listen = (
                "Only what they knew in that turn counts. Would they give the orders again on the same facts?"
            )
            given = [order for played, order in game.orders(role) if played.turn == point.turn]
            also = max((game.also(point.turn, role, order) for order in given), default="")
            yield Candidate(
                min(95, 60 + int(abs(by))), _own(point.turn, text, listen, "turning point", role, also)
            )


def _parted(game: Game, role: str, history: Against | None) -> Iterator[Candidate]:
    for turn in history.turns if history is not None else ():
        moves = [move for move in turn.left if move.role == role]
        if moves:
            done = [move.given for move in moves if move.given]
            really = [move.recorded for move in turn.moves if move.role == role and _is_here(move)]
            text = (
                f"{game.titles[role]}, turn {turn.turn}: really it was {listing(really) or 'nothing'}; you "
                f"{f'gave {listing(done)}' if done else 'left that out'}. What spoke for your way, as you "
                "saw it then?"
            )
            listen = (
                "Reasons of that day, not results. Neither way is the right answer: those who really decided "
                "knew as little."
            )
            quote = next((move.reason for move in moves if move.reason), "")
            yield Candidate(55, _own(turn.turn, text, listen, "left the record", role, "", quote))
            return


def _is_here(move: Move) -> bool:
    return bool(move.recorded) and move.kind not in ("another turn", "own")


def _heaviest(game: Game, role: str) -> Iterator[Candidate]:
    """The order of a role that moved most."""
    found = max(
        game.orders(role),
        key=lambda one: (game.weight(one[0], role, one[1]), -one[0].turn),
        default=None,
    )
    if found is None or not game.weight(found[0], role, found[1]):
        return
    played, order = found
    moved = game.moved(played, role, order)
    text = (
        f"{game.titles[role]}, turn {played.turn}: of all your orders {game.words(order)} moved most"
        f"{f' ({moved})' if moved else ''}. Had you expected that when you gave it?"
    )
    listen = (
        "Compare with what they wrote they expected. Who says 'we knew it all along' may be asked for the "
        "slip."
    )
    expects = next(
        (each.expects for each in played.submissions[role] if each.order == order and each.expects), ""
    )
    also = game.also(played.turn, role, order)
    yield Candidate(45, _own(played.turn, text, listen, "heaviest order", role, also, expects))


def _again(game: Game, role: str) -> Iterator[Candidate]:
    turn = next((played.turn for played, _ in game.orders(role)), game.end)
    text = (
        f"{game.titles[role]}, turn {turn}: what did you want most when you began, and when did you first "
        "want something else?"
    )
    listen = "An aim of the briefing, or one of their own? Let them name the turn in which it changed."
    yield Candidate(3, _own(turn, text, listen, "aims", role))
    text = (
        f"{game.titles[role]}, turn {game.end}: what did you know by then that you wish you had known first?"
    )
    listen = "Could it have been known? From whom at this table?"
    yield Candidate(2, _own(game.end, text, listen, "knowing", role))


def _own(
    turn: int, text: str, listen: str, topic: str, role: str, also: str = "", quote: str = ""
) -> Question:
    return Question(SEAT, turn, text, listen, topic, role, also, quote)


# --- Your own team


def _word(game: Game, role: str) -> Iterator[Candidate]:
    for deed in deeds(game.record):
        breaker = deed.by if deed.kind == "promise" else deed.who
        if deed.outcome == "broken" and breaker == role and deed.settled is not None:
            order = f" with '{deed.order}'" if deed.order else ""
            text = (
                f"{game.titles[role]}: in turn {deed.turn} you gave your word on '{deed.title}'; in turn "
                f"{deed.settled} it was broken{order}. Did the team know that it would be, and who spoke for "
                "it?"
            )
            listen = (
                "Was it decided, or did it happen? A word can be broken for good reasons: ask what it bought."
            )
            yield Candidate(80, _team(deed.settled, text, listen, "own word", role))


def _absent(game: Game, role: str) -> Iterator[Candidate]:
    for played in game.record.turns:
        if absent(game.record.kernel, role) in played.facts:
            text = (
                f"{game.titles[role]}, turn {played.turn}: the time ran out, and the default orders were "
                "given for you. What was the team talking about in those minutes?"
            )
            listen = (
                "Who decides when there is no time left? No answer is an order too: others had to live with "
                "it."
            )
            yield Candidate(75, _team(played.turn, text, listen, "time", role))


def _red_lines(game: Game, role: str) -> Iterator[Candidate]:
    for played in game.record.turns:
        for fact in played.facts:
            if isinstance(fact, RedLine) and fact.role == role:
                title = game.record.kernel.scenario.red_lines[role][fact.id].title
                text = (
                    f"{game.titles[role]}, turn {played.turn}: your red line '{title}' was crossed. When did "
                    "somebody in the team first see it coming, and was that said aloud?"
                )
                listen = "Was it seen and not said, said and not heard, or beyond what anybody could know?"
                yield Candidate(70, _team(played.turn, text, listen, "red line", role))


def _unsure(game: Game, role: str) -> Iterator[Candidate]:
    sure = [
        (each.confidence, played.turn, each)
        for played in game.record.turns
        for each in played.submissions.get(role, ())
        if each.confidence is not None and each.confidence <= 50
    ]
    if sure:
        confidence, turn, given = min(sure, key=lambda one: one[:2])
        text = (
            f"{game.titles[role]}, turn {turn}: you gave {game.words(given.order)} and were {confidence} % "
            "sure of it. Who in the team wanted it, who did not, and how did you settle that?"
        )
        listen = "Was the doubt heard before the order, or only written beside it?"
        also = game.also(turn, role, given.order)
        yield Candidate(60, _team(turn, text, listen, "doubt", role, also, given.reason))


def _turned(game: Game, role: str) -> Iterator[Candidate]:
    """The first turn in which a role that had been soft became hard, or the other way round."""
    last = ""
    for played in game.record.turns:
        toned = [(order, tone) for order in _ordered(played, role) if (tone := _tone(game, order))]
        tones = {tone for _, tone in toned}
        if len(tones) != 1:
            continue
        order, tone = toned[0]
        if last and tone != last:
            way = "from giving way to pressing" if tone == "hard" else "from pressing to giving way"
            text = (
                f"{game.titles[role]}, turn {played.turn}: with {game.words(order)} you went {way}. What had "
                "changed, on the table or in the team?"
            )
            listen = "One person's wish, or a new fact? Ask for the fact."
            also = game.also(played.turn, role, order)
            yield Candidate(50, _team(played.turn, text, listen, "change of course", role, also))
            return
        last = tone


def _ordered(played: Played, role: str) -> list[Order]:
    return [each.order for each in played.submissions.get(role, ())]


def _tone(game: Game, order: Order) -> str:
    return game.record.kernel.scenario.orders[order.id].tone or ""


def _nothing(game: Game, role: str) -> Iterator[Candidate]:
    history = game.record.kernel.scenario.history
    for played in game.record.turns:
        others = sum(len(given) for given in played.submissions.values())
        is_absent = absent(game.record.kernel, role) in played.facts
        if not played.submissions.get(role) and others and not is_absent:
            really = history.turns.get(played.turn, {}) if history is not None else {}
            text = (
                f"{game.titles[role]}, turn {played.turn}: you gave no orders, while the others gave "
                f"{others}. Was that a decision, or what was left when you could not agree?"
            )
            listen = "To wait can be the best there is, if somebody chose it."
            also = ALSO_NOTHING if role in really and not really[role] else ""
            yield Candidate(min(44, 34 + others), _team(played.turn, text, listen, "no orders", role, also))


def _talked(game: Game, role: str) -> Iterator[Candidate]:
    most = max(
        game.record.turns,
        key=lambda played: (len(played.submissions.get(role, ())), -played.turn),
        default=None,
    )
    turn = most.turn if most is not None else game.end
    text = (
        f"{game.titles[role]}, turn {turn}: how did you divide the work in the team, and whose idea of that "
        "turn was never ordered?"
    )
    listen = "Let the one speak whose idea was left out. Was it written down, as a reason against?"
    yield Candidate(3, _team(turn, text, listen, "division of work", role))
    text = (
        f"{game.titles[role]}, turn {game.end}: what had the team learned about itself since the first turn?"
    )
    listen = "One thing that went better, in one sentence, from somebody who has not spoken yet."
    yield Candidate(2, _team(game.end, text, listen, "learning", role))


def _team(
    turn: int, text: str, listen: str, topic: str, role: str, also: str = "", quote: str = ""
) -> Question:
    return Question(TEAM, turn, text, listen, topic, role, also, quote)
