"""Dice as a pure function of seed, step, label and subject, so that a replay is exact everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from wargame.language.sites import label_key

__all__ = ["GAMMA", "MASK", "deal", "face", "label_key", "mix", "raw", "splitmix64", "turn_key"]

MASK = 2**64 - 1
GAMMA = 0x9E3779B97F4A7C15
SUBJECT = 0xD1B54A32D192ED03
PLACE_MULTIPLIER = 6364136223846793005
PLACE_INCREMENT = 1442695040888963407


def mix(x: int) -> int:
    """The SplitMix64 finaliser (Steele, Lea and Flood, 2014) of a 64-bit number."""
    x ^= x >> 30
    x = x * 0xBF58476D1CE4E5B9 & MASK
    x ^= x >> 27
    x = x * 0x94D049BB133111EB & MASK
    return x ^ x >> 31


def splitmix64(seed: int) -> Iterator[int]:
    """The published generator that `mix` is taken from, kept for comparing with its reference."""
    state = seed & MASK
    while True:
        state = state + GAMMA & MASK
        yield mix(state)


@lru_cache(maxsize=64)
def turn_key(seed: int, step: int) -> int:
    """The key of all dice of one played turn; *step* counts played turns from 1, and 0 is the deal."""
    return mix(mix(seed + GAMMA & MASK) + step * GAMMA & MASK)


def raw(key: int, label: int, subject: int = 0) -> int:
    """64 bits for one purpose: the turn's key, the label's key and whom it is for (0 for nobody)."""
    return mix(key + label + subject * SUBJECT & MASK)


def face(key: int, label: int, subject: int, sides: int) -> int:
    """A face from 0 to *sides* - 1."""
    return (raw(key, label, subject) >> 32) * sides >> 32


def deal(seed: int, label: str, weights: tuple[int, ...]) -> int:
    """The position, from 0, of the card dealt at the start; a card of weight 2 comes twice as often."""
    at = face(turn_key(seed, 0), label_key(label), 0, sum(weights))
    for index, weight in enumerate(weights):
        at -= weight
        if at < 0:
            return index
    return len(weights) - 1
