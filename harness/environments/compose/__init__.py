"""A customer's own compose file, brought up as it is: OLD and NEW differ by a compose file over it."""

from __future__ import annotations

from harness.environments.compose.driver import ComposeDriver

__all__ = ["ComposeDriver"]
