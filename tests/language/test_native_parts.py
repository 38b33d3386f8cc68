"""A module cut into parts: each stands alone, and all that is called is in one of them."""

from __future__ import annotations

import ctypes

import pytest

from wargame.language.native import compile_text, is_there, load_code
from wargame.language.native_parts import cut

pytestmark = pytest.mark.skipif(not is_there(), reason="llvmlite is not installed")

TEXT = """
declare i32 @llvm.smax.i32(i32, i32)
@rows = internal constant [2 x i32] [i32 3, i32 4]
define internal i32 @row(i32 %at) {
start:
  %p = getelementptr inbounds i32, ptr @rows, i32 %at
  %v = load i32, ptr %p, !tbaa !2
  ret i32 %v
}
define internal i32 @first(i32 %x) noinline {
start:
  %a = call i32 @row(i32 0)
  %b = call i32 @llvm.smax.i32(i32 %a, i32 %x)
  ret i32 %b
}
define internal i32 @second(i32 %x) noinline {
start:
  %a = call i32 @row(i32 1)
  %b = call i32 @first(i32 %x)
  %c = add i32 %a, %b
  ret i32 %c
}
define i32 @all(i32 %x) {
start:
  %a = call i32 @second(i32 %x)
  ret i32 %a
}
!0 = !{!"slots"}
!1 = !{!"7", !0, i64 0}
!2 = !{!1, !1, i64 0}
"""


def test_a_part_holds_what_it_uses_and_declares_what_others_hold() -> None:
    main, first, second = cut(TEXT, [("first",), ("second",)])

    assert "define i32 @all" in main and "declare i32 @second(i32 %x) noinline" in main
    assert "@row" not in main and "@first" not in main and "!0" not in main
    assert "define i32 @first" in first and "define internal i32 @row" in first and "!2 = " in first
    assert "@second" not in first and "@all" not in first
    assert "declare i32 @first" in second and "@llvm.smax" not in second


def test_all_parts_together_are_the_whole() -> None:
    kind = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_int32)
    whole = load_code([compile_text(TEXT, 1)]).function("all", kind)

    for groups in ([("first",), ("second",)], [("first", "second")], [()]):
        parts = load_code([compile_text(part, 1) for part in cut(TEXT, groups)]).function("all", kind)
        assert [parts(x) for x in (-5, 3, 9)] == [whole(x) for x in (-5, 3, 9)] == [7, 7, 13]
