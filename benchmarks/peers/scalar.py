"""The toy in C and in boardgame.io, written out, built and timed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from benchmarks.peers import toy

BOARDGAME = "0.50.2"

_C = """
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
static uint64_t seed = 1;
static inline uint32_t draw(uint32_t sides) {
    seed += 0x9E3779B97F4A7C15u;
    uint64_t z = seed;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (uint32_t)(((z ^ (z >> 31)) >> 32) * sides >> 32);
}
static inline int dice(void) { return draw(6) + draw(6) + 2; }
static inline int cut(int x) { return x < 0 ? 0 : x > 100 ? 100 : x; }
%RULES%
typedef void (*act)(int *);
static const act ACTS[4][12] = %TABLE%;
static const int VAR[4][12] = %VARS%, LEAST[4][12] = %LEAST%;
int main(int count, char **given) {
    int games = atoi(given[1]);
    struct timespec a, b;
    long sum = 0;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
    for (int game = 0; game < games; game++) {
        int v[40], chosen[4];
        for (int i = 0; i < 40; i++) v[i] = 50;
        v[0] = 10;
        for (int turn = 0; turn < 12 && v[0] < 100; turn++) {
            for (int role = 0; role < 4; role++) {
                int open[12], n = 0;
                for (int i = 0; i < 12; i++) if (v[VAR[role][i]] >= LEAST[role][i]) open[n++] = i;
                chosen[role] = open[draw(n)];
            }
            for (int role = 0; role < 4; role++) ACTS[role][chosen[role]](v);
            upkeep(v);
        }
        sum += v[0];
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
    fprintf(stderr, "%ld\\n", sum);
    printf("%f\\n", (b.tv_sec - a.tv_sec) + (b.tv_nsec - a.tv_nsec) / 1e9);
    return 0;
}
"""

_JS = """
const { Client } = require('boardgame.io/client');
const { ActivePlayers } = require('boardgame.io/core');
let random = null;
const dice = () => random.Die(6) + random.Die(6);
const cut = (x) => Math.min(Math.max(x, 0), 100);
%RULES%
const ACTS = %TABLE%;
const VAR = %VARS%, LEAST = %LEAST%;
const Toy = {
  setup: () => ({ v: [10, ...Array(39).fill(50)], chosen: {}, turns: 0 }),
  moves: {
    choose: ({ G, playerID, random: given, events }, action) => {
      G.chosen[playerID] = action;
      if (Object.keys(G.chosen).length < 4) return;
      random = given;
      for (let role = 0; role < 4; role++) ACTS[role][G.chosen[role]](G.v);
      upkeep(G.v);
      G.chosen = {};
      G.turns += 1;
    },
  },
  turn: { activePlayers: ActivePlayers.ALL },
  endIf: ({ G }) => (G.turns === 12 || G.v[0] >= 100 ? { v0: G.v[0] } : undefined),
};
const games = Number(process.argv[2]);
const began = process.cpuUsage();
let sum = 0;
for (let game = 0; game < games; game++) {
  const client = Client({ game: { ...Toy, seed: String(game) }, numPlayers: 4, debug: false });
  client.start();
  while (!client.getState().ctx.gameover) {
    const open = [0, 1, 2, 3].map((role) =>
      [...Array(12).keys()].filter((i) => client.getState().G.v[VAR[role][i]] >= LEAST[role][i]));
    for (let role = 0; role < 4; role++) {
      client.updatePlayerID(String(role));
      client.moves.choose(open[role][Math.floor(Math.random() * open[role].length)]);
    }
  }
  sum += client.getState().G.v[0];
  client.stop();
}
console.error(sum);
const used = process.cpuUsage(began);
console.log((used.user + used.system) / 1e6);
"""


def filled(text: str, language: str) -> str:
    """A program with the toy's rules and tables put in."""
    groups = [[each for each in toy.actions() if each.role == role] for role in range(toy.ROLES)]
    open_, close = ("{", "}") if language == "c" else ("[", "]")

    def table(rows: list[list[str]]) -> str:
        listed = [f"{open_}{', '.join(row)}{close}" for row in rows]
        return f"{open_}{', '.join(listed)}{close}"

    return (
        text.replace("%RULES%", toy.in_c(language))
        .replace("%TABLE%", table([[f"r{each.role}a{each.number}" for each in group] for group in groups]))
        .replace("%VARS%", table([[str((each.needs or (0, 0))[0]) for each in group] for group in groups]))
        .replace("%LEAST%", table([[str((each.needs or (0, 0))[1]) for each in group] for group in groups]))
    )


def in_c(folder: Path, games: int) -> float | None:
    """Seconds for so many games as scalar C; None without a compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return None
    source, program = folder / "toy.c", folder / "toy"
    source.write_text(filled(_C, "c"), encoding="utf-8")
    subprocess.run([compiler, "-O3", "-march=native", "-o", str(program), str(source)], check=True)
    return timed([str(program), str(games)], folder)


def in_boardgame(folder: Path, games: int) -> float | None:
    """Seconds for so many games of boardgame.io, which npm fetches into *folder*; None without Node."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    wanted = [npm, "install", "--no-save", "--no-audit", "--no-fund", "--silent", f"boardgame.io@{BOARDGAME}"]
    if subprocess.run(wanted, cwd=folder, capture_output=True, check=False).returncode:
        return None
    (folder / "toy.js").write_text(filled(_JS, "js"), encoding="utf-8")
    return timed([node, "toy.js", str(games)], folder)


def timed(command: list[str], folder: Path) -> float:
    """The seconds a program says it took."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])
