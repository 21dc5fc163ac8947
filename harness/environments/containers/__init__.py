"""The docker driver: systems, their services and their data in containers."""

from __future__ import annotations

from harness.environments.containers.driver import DockerDriver

__all__ = ["DockerDriver"]
