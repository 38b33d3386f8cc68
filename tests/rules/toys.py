"""Small scenarios the tests of the rules play, written as an author would write them."""

from __future__ import annotations

from functools import cache

from wargame.rules import Kernel
from wargame.scenario.book import check
from wargame.scenario.library import load_bundle

HEAD = """
format = 1
title = "Harbour"
about = "A strike in a harbour, and two who want it to end differently."
languages = ["en"]
phases = [ {id = "words", title = "Words"}, {id = "deeds", title = "Deeds"} ]
turns = [
  {title = "One", dates = "day 1"}, {title = "Two", dates = "day 2"}, {title = "Three", dates = "day 3"},
  {title = "Four", dates = "day 4"}, {title = "Five", dates = "day 5"},
]
[lengths]
full = "all"
short = [1, 3, 5]

[roles.mayor]
title = "The mayor"
short = "Mayor"
about = "Wants quiet."
orders = 3
[roles.union]
title = "The union"
short = "Union"
about = "Wants bread."
orders = 3
[roles.press]
title = "The press"
short = "Press"
about = "Wants news."
orders = 1

[places.docks]
title = "The docks"
short = "DOC"
at = [1.0, 1.0]
people = 5
next_to = ["market"]
start = { unrest = 40 }
[places.market]
title = "The market"
short = "MKT"
at = [2.0, 1.0]
people = 9
next_to = ["hill"]
[places.hill]
title = "The hill"
short = "HIL"
at = [2.0, 2.0]
people = 2
"""

VARIABLES = """
[variables.standing]
title = "Standing"
about = "How the town holds its mayor."
range = [0, 100]
start = 60
headline = true
seen = { mayor = "exact", union = 10, press = { error = 15, delay = 1, bias = -5 } }
[variables.unrest]
title = "Unrest"
about = "How many are in the street."
range = [0, 100]
start = 10
per = "place"
seen = { mayor = 10, union = "exact", press = { delay = 1 } }
[variables.anger]
title = "Anger"
about = "What nobody sees."
range = [0, 100]
start = 30
[variables.funds]
title = "Funds"
about = "What the mayor can spend."
range = [0, 12]
start = 8
seen = { mayor = "exact" }
[variables.strength]
title = "Strength"
about = "What the union can spend."
range = [0, 12]
start = 8
seen = { union = "exact" }
[variables.curfew]
title = "Curfew"
about = "Nobody in the street at night."
flag = true
start = false
seen = "all"
[variables.closed]
title = "Closed"
about = "The gates are shut."
flag = true
per = "place"
seen = { mayor = "exact", union = "exact", press = { delay = 1 } }
[variables.guard]
title = "Guard"
about = "Who keeps the peace."
choices = ["none", "police", "army"]
start = "none"
seen = "all"
[variables.mood]
title = "Mood"
about = "The mood of the council."
choices = ["calm", "tense", "split"]
start = "calm"
clash = "lowest"
seen = { mayor = "exact" }
[constants.cold]
title = "Cold"
value = 3
range = [0, 9]
about = "How cold the nights are."
[derived.street]
title = "The street"
about = "Unrest altogether."
range = [0, 300]
value = "total(unrest)"
headline = true
[derived.heat]
title = "Heat"
about = "Unrest here with the anger behind it."
range = [0, 200]
per = "place"
value = "unrest[here] + anger"
"""

ORDERS = """
[orders.talk_calm]
role = "mayor"
title = "Talk calmly"
about = "Words cost nothing."
phase = "words"
visible = "all"
effects = '''
standing += 2
anger -= 5
if chance(40 + standing // 5 - anger // 10, 'heard'):
    standing += 3
    report("The town listens.", to=mayor)
'''
reveals = ["anger"]

[orders.send_guard]
role = "mayor"
title = "Send the guard"
about = "Somebody has to."
phase = "deeds"
target = "place"
choose = { kind = ["police", "army"] }
when = "standing >= 10"
needs = "Nobody obeys you any more."
allow = "kind == 'police' or not closed[here]"
spend = { funds = "2 if kind == 'army' else 1" }
per_turn = 2
visible = "all"
tone = "hard"
effects = '''
guard = 'army' if kind == 'army' else 'police'
unrest[here] -= 20 if kind == 'army' else 10
standing -= 3
if chance(30 + anger // 2 + unrest[here] // 4, 'clash'):
    anger += roll(6, 'hurt')
    standing -= 5
    for p in neighbours(here):
        unrest[p] += 4
report("{kind} in {here}.")
'''

[orders.secret_fund]
role = "mayor"
title = "Pay somebody"
about = "Nobody needs to know."
phase = "deeds"
spend = { funds = 3 }
once = true
visible = []
effects = '''
anger -= 10
mood = 'split'
standing += 7
'''

[orders.set_curfew]
role = "mayor"
title = "Curfew"
about = "On or off."
phase = "deeds"
choose = { way = ["on", "off"] }
allow = "(way == 'on') != curfew"
visible = "all"
effects = '''
curfew = way == 'on'
mood = 'tense'
standing -= 1
'''

[orders.march]
role = "union"
title = "March"
about = "Everybody out."
phase = "deeds"
target = "place"
spend = { strength = 2 }
per_turn = 3
visible = "all"
effects = '''
unrest[here] += 12
standing -= 2
curfew = false
if chance(clamp(20 + unrest[here] - 10 * cold, 5, 95), 'swell'):
    unrest[here] += roll(10, 'more')
closed[here] = true
'''

[orders.rest]
role = "union"
title = "Rest"
about = "Gather strength."
phase = "words"
when = "turns_since(march) >= 1"
needs = "You have only just marched."
visible = ["mayor"]
effects = '''
strength += 2
'''

[orders.print_story]
role = "press"
title = "Print the story"
about = "Whatever it is."
phase = "words"
choose = { tone_of = ["kind", "sharp"] }
visible = "all"
effects = '''
if tone_of == 'kind':
    standing += 4
else:
    standing -= 4
    guard = 'none'
'''
"""

WORLD = """
[procedures.drift]
phase = "deeds"
title = "What the cold does"
about = "It drives people home."
rules = '''
for p in places:
    if not closed[p]:
        unrest[p] -= cold
    else:
        unrest[p] += 2
        if chance(10 + anger // 10, 'spark'):
            anger += 3
if ordered(march) and turns_since(curfew) <= 2:
    anger += 4
funds += 1
strength += 1
'''
[procedures.hush]
phase = "words"
title = "Nothing much"
about = "A word that costs nothing."
rules = '''
standing -= 1 if anger > 60 else 0
'''

[events.letter]
title = "A letter from the capital"
turn = 2
to = ["mayor"]
tell = "The capital is watching."
effects = '''
funds += 2
'''
[events.rumour]
title = "A rumour"
when = "highest(unrest) >= 45"
percent = "30 + anger // 2"
once = false
after = "deeds"
to = "all"
truth = false
tell = "The army is coming, they say."
effects = '''
anger += 2
'''

[agreements.truce]
title = "A truce"
about = "Gates open, guard home."
parties = ["mayor", "union"]
when = "not curfew"
effects = '''
anger -= 8
report("There is a truce.", to=(mayor, union))
'''
each_turn = '''
standing += 1
'''
broken_by = ["march", "send_guard"]
on_break = '''
anger += 9
standing -= 4
'''

[promises.no_army]
title = "No army"
about = "The army stays where it is."
by = "mayor"
to = ["union"]
broken_when = "guard == 'army'"
due = 2
public = true
on_kept = '''
standing += 5
'''
on_broken = '''
standing -= 9
'''
[promises.open_gates]
title = "Open gates"
about = "All gates open."
by = "union"
to = ["mayor"]
when = "count(closed) > 0"
kept_when = "count(closed) == 0"
due = 3
"""

SCORES = """
[objectives.mayor.quiet]
title = "Quiet"
about = "Few in the street."
weight = 2
value = "100 - mean(unrest)"
[objectives.mayor.loved]
title = "Loved"
about = "Standing."
weight = 1
value = "standing"
[objectives.union.heard]
title = "Heard"
about = "Unrest."
weight = 1
value = "highest(unrest)"
[objectives.press.news]
title = "News"
about = "Something happens."
weight = 1
value = "anger"

[red_lines.mayor.army]
title = "The army in town"
when = "guard == 'army'"
penalty = 15
[red_lines.union.curfew_on]
title = "Curfew"
when = "curfew"
penalty = 5

[agendas.mayor.thrifty]
title = "Thrifty"
points = 10
when = "funds >= 8"
[agendas.mayor.hard]
title = "Hard"
points = 10
when = "guard == 'army'"
[agendas.union.broad]
title = "Broad"
points = 8
when = "count(closed) >= 2"

[truths.plot]
title = "A plot"
about = "It was planned."
weight = 3
[truths.chance_only]
title = "Chance"
about = "It just happened."
weight = 1

[endings.fall]
title = "The mayor falls"
when = "standing <= 15"
early = true
[endings.calm]
title = "Calm"
when = "highest(unrest) <= 12"
[endings.open]
title = "Undecided"

[doctrines.mayor.plain]
title = "Plain"
about = "Does what is needed."
[[doctrines.mayor.plain.lines]]
when = "highest(unrest) > 30"
weight = 50
order = "send_guard"
option = "police"
where = "unrest[here]"
because = "The street is full."
[[doctrines.mayor.plain.lines]]
weight = 10
order = "talk_calm"
because = "It costs nothing."
[doctrines.union.plain]
title = "Plain"
about = "Marches."
[[doctrines.union.plain.lines]]
weight = 10
order = "march"
where = "unrest[here]"
because = "It is time."
"""

HARBOUR = HEAD + VARIABLES + ORDERS + WORLD + SCORES


@cache
def kernel(text: str = HARBOUR) -> Kernel:
    """The kernel of a scenario in one file."""
    return Kernel(check(load_bundle({"scenario.toml": text})))
