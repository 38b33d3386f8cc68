"""Reads a page as a strict browser would, and tells what is on it."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "line", "circle", "path", "br", "hr"}
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "style", "href", "colspan", "start",
    "viewbox", "role", "aria-label", "d", "fill-rule", "fill", "stroke", "stroke-width", "stroke-linejoin",
    "cx", "cy", "r",
    "x", "y", "x1", "y1", "x2", "y2", "font-size", "font-weight", "text-anchor", "paint-order",
}  # fmt: skip


class Reader(HTMLParser):
    """Notes every tag that is not closed in turn, every name no template writes, and the words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.faults += [f"attribute {name} of {tag}" for name, _ in attrs if name not in ATTRIBUTES]
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> out of turn")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data}")


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    reader.faults += [f"<{tag}> left open" for tag in reader.open]
    return reader


def text_of(html: str) -> str:
    """The words of a page, the style sheet left out, blanks evened."""
    return " ".join(" ".join(read(html.partition("</head>")[2]).words).split())
