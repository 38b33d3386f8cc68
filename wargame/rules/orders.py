"""What a seat can intend: orders for the adjudication, and acts in the talk before it."""

from __future__ import annotations

from attrs import frozen

__all__ = ["Act", "Answer", "Offer", "Order", "Promise", "Say"]


@frozen(cache_hash=True)
class Order:
    """An intent; only adjudication turns it into facts."""

    id: str
    place: str | None = None
    """The target's id, if the order has a target."""

    option: str | None = None
    """The option chosen, if the order has a choice."""

    def __str__(self) -> str:
        details = ", ".join(detail for detail in (self.place, self.option) if detail is not None)
        return f"{self.id}({details})" if details else self.id


@frozen
class Offer:
    """Offer an agreement to its other parties."""

    agreement: str

    def __str__(self) -> str:
        return f"offer {self.agreement}"


@frozen
class Answer:
    """Accept or refuse an agreement another party has offered."""

    agreement: str
    accept: bool

    def __str__(self) -> str:
        return f"{'accept' if self.accept else 'refuse'} {self.agreement}"


@frozen
class Promise:
    """Give a typed promise, which settles itself later."""

    promise: str

    def __str__(self) -> str:
        return f"promise {self.promise}"


@frozen
class Say:
    """Words to other roles; they change nothing but minds."""

    text: str
    to: tuple[str, ...] = ()
    """The roles addressed; empty for everybody."""

    def __str__(self) -> str:
        return f"say to {', '.join(self.to) or 'all'}: {self.text}"


Act = Offer | Answer | Promise | Say
