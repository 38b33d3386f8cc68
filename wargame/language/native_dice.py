"""Dice in machine code: the same arithmetic of keys, labels and subjects."""

from __future__ import annotations

from wargame.language.emit import MASK, MIX_A, MIX_B
from wargame.language.llvm import Writer

__all__ = ["HELPERS", "face", "signed64"]

HELPERS = f"""
define internal i64 @mix(i64 %x) alwaysinline {{
  %a = lshr i64 %x, 30
  %b = xor i64 %x, %a
  %c = mul i64 %b, {MIX_A - 2**64}
  %d = lshr i64 %c, 27
  %e = xor i64 %c, %d
  %f = mul i64 %e, {MIX_B - 2**64}
  %g = lshr i64 %f, 31
  %h = xor i64 %f, %g
  ret i64 %h
}}
define internal i64 @top(i64 %x) noinline {{
  %a = call i64 @mix(i64 %x)
  %b = lshr i64 %a, 32
  ret i64 %b
}}
"""
"""The finaliser of all dice, and the high half of what it gives."""


def signed64(number: int) -> int:
    """A number of 64 bits in the notation of LLVM, which knows no larger ones."""
    number &= MASK
    return number - 2**64 if number >= 2**63 else number


def face(writer: Writer, top: str, sides: str) -> str:
    """A face from 0 to below *sides*, which is an `i64`."""
    product = writer.let(f"mul i64 {top}, {sides}")
    return writer.let(f"trunc i64 {writer.let(f'lshr i64 {product}, 32')} to i32")
