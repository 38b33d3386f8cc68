"""Markdown as a part of a page: text and tables only, nothing that loads or leads anywhere."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup

__all__ = ["as_html", "set_off"]

FENCE = "~" * 20
LABELS = ("On conclusion:", "Each turn:", "When kept:", "When broken:")
OFF = ["html_block", "html_inline", "image", "link", "autolink", "reference"]
"""What could fetch something, or put marks of its own onto the page."""


def as_html(text: str, *, below: int = 1) -> Markup:
    """*text* as HTML, its headings *below* levels smaller than written."""
    tokens = _parser().parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + below, 6)}"
    return Markup(_parser().renderer.render(tokens, _parser().options, {}))


def set_off(text: str) -> str:
    """
    *text*, an appendix of the rule book, with rule texts between fences and heads on lines of their own.

    What is indented behind a list would else be read as a part of the list.
    """
    lines: list[str] = []
    inside = False
    for line in text.split("\n"):
        is_rule = line.startswith("    ")
        if is_rule != inside:
            lines.append(FENCE if is_rule else f"{FENCE}\n")
            inside = is_rule
        if lines and line in LABELS:
            lines.append("")
        lines.append(line[4:] if is_rule else f"{line}  " if line.startswith("**") else line)
    return "\n".join([*lines, FENCE] if inside else lines)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(OFF)
