"""Test settings shared by the whole suite."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "gate", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile("fast", parent=settings.get_profile("gate"), max_examples=15)
settings.load_profile("fast" if os.environ.get("FAST") else "gate")
