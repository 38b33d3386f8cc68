"""Handouts: whole pages that load nothing, escape everything, and keep each role's secrets apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.handouts.reading import read, text_of
from tests.handouts.worlds import book_of, hostile, pages, shipped_pages, with_secrets_of
from wargame.handouts.pages import PAPERS
from wargame.rules.kernel import Kernel
from wargame.scenario.library import shipped

NAMES = shipped()
CHAIRS = [(name, role) for name in NAMES for role in book_of(name).scenario.roles]
TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "div", "section", "figure",
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "span", "strong", "em", "b", "a", "br", "hr", "ul", "ol", "li",
    "pre", "code", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "svg", "line", "circle",
    "path", "g", "text",
}  # fmt: skip
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><script src='http://evil.example/x.js'></script>",
    "![x](http://evil.example/x.png) [y](javascript:alert(1)) <http://evil.example>",
    "{{ 7 * 7 }} {% raw %} {# no #}",
    "]]> & &amp; &#60; ' \" ` </title>",
    "| a | b |\n|---|---|\n| <b> | * |\n\n~~~~\n</pre>",
    "\u4e2d\u6587" * 40,
)


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_whole_and_holds_only_what_a_template_writes(name: str) -> None:
    for page in shipped_pages(name).values():
        found = read(page.html)

        assert found.faults == [], page.name
        assert found.tags <= TAGS, page.name


@pytest.mark.parametrize("name", NAMES)
def test_no_page_loads_or_leads_anywhere_but_to_another_page(name: str) -> None:
    found = shipped_pages(name)
    for page in found.values():
        assert set(read(page.html).links) <= set(found)
        assert "url(" not in page.html and "@import" not in page.html


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_stay_words(payload: str) -> None:
    plain = shipped_pages("tutorial")
    for name, page in pages(hostile(book_of("tutorial"), payload), guide=f"## Before\n{payload}\n").items():
        found = read(page.html)

        assert found.faults == [], name
        assert found.tags <= TAGS, name
        assert set(found.links) <= set(plain)
        assert "49" not in text_of(page.html) or "49" in text_of(plain[name].html)


@settings(max_examples=25)
@given(words=st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=40))
def test_any_words_at_all_leave_the_pages_whole(words: str) -> None:
    for name, page in pages(hostile(book_of("tutorial"), words)).items():
        assert read(page.html).faults == [], name


@settings(max_examples=3)
@given(words=st.text("abc <&\"'*_", min_size=1, max_size=20))
@pytest.mark.parametrize(("name", "role"), CHAIRS)
def test_other_secrets_of_a_role_change_no_page_of_anybody_else(name: str, role: str, words: str) -> None:
    before = shipped_pages(name)
    after = pages(with_secrets_of(book_of(name), role, words))
    own = {f"role-{role}.html", f"role-{role}-slips.html"}
    others = {page for page in before if not page.startswith("facilitator") and page not in own}

    assert before.keys() == after.keys()
    assert [page for page in others if before[page].html != after[page].html] == []
    assert before[f"role-{role}.html"].html != after[f"role-{role}.html"].html


@pytest.mark.parametrize(("name", "role"), CHAIRS)
def test_a_role_reads_all_of_its_own_secrets_and_none_of_anothers(name: str, role: str) -> None:
    scenario = book_of(name).scenario
    texts = {page: text_of(each.html) for page, each in shipped_pages(name).items()}
    secrets = {other: _sentences(scenario.briefings[other].secret) for other in scenario.roles}
    aims = {
        other: [
            aim.title for kind in (scenario.objectives, scenario.red_lines) for aim in kind[other].values()
        ]
        for other in scenario.roles
    }

    assert all(words in texts[f"role-{role}.html"] for words in (*secrets[role], *aims[role]))

    for page, text in texts.items():
        if not page.startswith(("facilitator", f"role-{role}")):
            assert [words for words in secrets[role] if words in text] == [], page
    agendas = [each.title for each in scenario.agendas.get(role, {}).values()]

    assert all(title in texts["facilitator-cards.html"] for title in agendas)
    assert ("facilitator-cards.html" in texts) == bool(scenario.truths or any(scenario.agendas.values()))


def _sentences(markdown: str) -> list[str]:
    """The plain sentences of a briefing, long enough to be nobody else's."""
    flat = " ".join(markdown.split())
    return [each.strip() for each in re.split(r"[.?!:;]", flat) if len(each.strip()) > 40 and "*" not in each]


@pytest.mark.parametrize("paper", PAPERS)
def test_a_page_is_set_for_its_paper(paper: str) -> None:
    for page in pages(book_of("tutorial"), paper=paper).values():
        assert f"size: {PAPERS[paper]};" in page.html
        assert f"size: {PAPERS[paper]} landscape;" in page.html


@pytest.mark.parametrize("name", NAMES)
def test_every_order_of_a_role_is_on_its_sheet_with_its_price(name: str) -> None:
    book = book_of(name)
    kernel = Kernel(book)
    for order in kernel.plan.orders.values():
        text = text_of(shipped_pages(name)[f"role-{order.role}.html"].html)
        fixed = {cost for given in order.ways for _, cost in given.costs or ()}
        _, _, row = text.partition(f"{order.about.title} {' '.join(order.about.about.split())}")

        assert row, order.id
        assert all(re.search(rf"\b{cost}\b", row.partition("Known to")[0]) for cost in fixed), order.id


@pytest.mark.parametrize("name", NAMES)
def test_nothing_a_player_reads_is_in_the_rule_language(name: str) -> None:
    code = re.compile(r"//|==|!=|<=|>=|\+=|-=|[\[\]{}]|\b\w+_\w+\b|turns_since")
    for page in shipped_pages(name).values():
        if page.name.startswith("role-"):
            assert code.findall(text_of(page.html)) == [], page.name
