"""The toy as a simultaneous game of OpenSpiel in C++, whose dice are a chance node; built from its source."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from benchmarks.peers import scalar

__all__ = ["seconds"]

SOURCES = ("spiel", "spiel_utils", "game_parameters", "observer", "simultaneous_move_game", "action_view")
HELPERS = ("status", "usage_logging")

_CMAKE = """
cmake_minimum_required(VERSION 3.16)
project(toy CXX)
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_BUILD_TYPE Release)
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -march=native -DNDEBUG")
set(ABSL_PROPAGATE_CXX_STD ON)
add_subdirectory(source/open_spiel/abseil-cpp absl EXCLUDE_FROM_ALL)
add_executable(toy toy.cc %SOURCES%)
target_include_directories(toy PRIVATE source source/open_spiel/abseil-cpp source/open_spiel/json/include)
target_link_libraries(toy absl::algorithm_container absl::btree absl::flat_hash_map absl::random_random
  absl::random_bit_gen_ref absl::str_format absl::strings absl::synchronization absl::time)
"""

_GAME = """
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <cstdlib>
#include "open_spiel/simultaneous_move_game.h"
#include "open_spiel/spiel.h"

static uint64_t seed = 1;
static inline uint32_t draw(uint32_t sides) {
  seed += 0x9E3779B97F4A7C15u;
  uint64_t z = seed;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return (uint32_t)(((z ^ (z >> 31)) >> 32) * sides >> 32);
}
static uint64_t rolls = 1;
static inline int dice() {
  uint64_t kept = seed;
  seed = rolls;
  int found = draw(6) + draw(6) + 2;
  rolls = seed;
  seed = kept;
  return found;
}
static inline int cut(int x) { return x < 0 ? 0 : x > 100 ? 100 : x; }
%RULES%
typedef void (*act)(int *);
static const act ACTS[4][12] = %TABLE%;
static const int VAR[4][12] = %VARS%, LEAST[4][12] = %LEAST%;

namespace open_spiel {
constexpr int kSeeds = 1000;

const GameType kType{
    "toy_crisis", "Toy crisis", GameType::Dynamics::kSimultaneous,
    GameType::ChanceMode::kExplicitStochastic, GameType::Information::kPerfectInformation,
    GameType::Utility::kGeneralSum, GameType::RewardModel::kTerminal,
    4, 4, false, false, false, false, {}};

class ToyState : public SimMoveState {
 public:
  explicit ToyState(std::shared_ptr<const Game> game) : SimMoveState(game) {
    for (int &each : values_) each = 50;
    values_[0] = 10;
  }
  Player CurrentPlayer() const override {
    if (IsTerminal()) return kTerminalPlayerId;
    return is_chosen_ ? kChancePlayerId : kSimultaneousPlayerId;
  }
  bool IsTerminal() const override { return !is_chosen_ && (turn_ == 12 || values_[0] >= 100); }
  std::vector<Action> LegalActions(Player player) const override {
    std::vector<Action> found;
    for (int i = 0; i < 12; i++)
      if (values_[VAR[player][i]] >= LEAST[player][i]) found.push_back(i);
    return found;
  }
  ActionsAndProbs ChanceOutcomes() const override {
    ActionsAndProbs found;
    for (int i = 0; i < kSeeds; i++) found.push_back({i, 1.0 / kSeeds});
    return found;
  }
  std::vector<double> Returns() const override { return std::vector<double>(4, 100.0 - values_[0]); }
  std::string ActionToString(Player player, Action action) const override {
    return std::to_string(player) + " " + std::to_string(action);
  }
  std::string ToString() const override { return std::to_string(values_[0]); }
  std::unique_ptr<State> Clone() const override { return std::unique_ptr<State>(new ToyState(*this)); }

 protected:
  void DoApplyActions(const std::vector<Action> &actions) override {
    for (int role = 0; role < 4; role++) chosen_[role] = actions[role];
    is_chosen_ = true;
  }
  void DoApplyAction(Action action) override {
    rolls = turn_ * kSeeds + action;
    for (int role = 0; role < 4; role++) ACTS[role][chosen_[role]](values_);
    upkeep(values_);
    turn_++;
    is_chosen_ = false;
  }

 private:
  int values_[40], chosen_[4], turn_ = 0;
  bool is_chosen_ = false;
};

class ToyGame : public Game {
 public:
  explicit ToyGame(const GameParameters &params) : Game(kType, params) {}
  int NumDistinctActions() const override { return 12; }
  int MaxChanceOutcomes() const override { return kSeeds; }
  int NumPlayers() const override { return 4; }
  double MinUtility() const override { return 0; }
  double MaxUtility() const override { return 100; }
  int MaxGameLength() const override { return 12; }
  std::unique_ptr<State> NewInitialState() const override {
    return std::unique_ptr<State>(new ToyState(shared_from_this()));
  }
};
}  // namespace open_spiel

int main(int count, char **given) {
  using namespace open_spiel;
  int games = atoi(given[1]);
  std::shared_ptr<const Game> game(new ToyGame({}));
  timespec a, b;
  double sum = 0;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
  for (int number = 0; number < games; number++) {
    std::unique_ptr<State> state = game->NewInitialState();
    while (!state->IsTerminal()) {
      if (state->IsChanceNode()) {
        state->ApplyAction(draw(kSeeds));
      } else {
        std::vector<Action> chosen;
        for (int role = 0; role < 4; role++) {
          std::vector<Action> open = state->LegalActions(role);
          chosen.push_back(open[draw(open.size())]);
        }
        state->ApplyActions(chosen);
      }
    }
    sum += state->Returns()[0];
  }
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
  fprintf(stderr, "%f\\n", sum);
  printf("%f\\n", (b.tv_sec - a.tv_sec) + (b.tv_nsec - a.tv_nsec) / 1e9);
  return 0;
}
"""


def seconds(folder: Path, games: int) -> float | None:
    """
    Processor time for so many games; None where it cannot be built.

    The sources are the ones pip fetches; building them takes some minutes, CMake and a compiler.
    """
    cmake = shutil.which("cmake")
    if cmake is None or not _fetched(folder):
        return None
    listed = [f"source/open_spiel/{name}.cc" for name in SOURCES]
    listed += [f"source/open_spiel/utils/{name}.cc" for name in HELPERS]
    (folder / "CMakeLists.txt").write_text(_CMAKE.replace("%SOURCES%", " ".join(listed)), encoding="utf-8")
    (folder / "toy.cc").write_text(scalar.filled(_GAME, "c"), encoding="utf-8")
    for command in ([cmake, "-S", ".", "-B", "build"], [cmake, "--build", "build", "--parallel", "2"]):
        if subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode:
            return None
    return scalar.timed([str(folder / "build" / "toy"), str(games)], folder)


def _fetched(folder: Path) -> bool:
    """Lets pip fetch the sources into *folder*."""
    wanted = ["download", "--no-deps", "--no-binary", "open_spiel", "open_spiel"]
    subprocess.run([sys.executable, "-m", "pip", *wanted], cwd=folder, capture_output=True, check=False)
    for archive in folder.glob("open_spiel-*.tar.gz"):
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        (folder / archive.name.removesuffix(".tar.gz")).rename(folder / "source")
        return True
    return False
