"""Paths as they are typed."""

from __future__ import annotations

from typing import Any

import click


class NamedPath(click.Path):
    """A path; an empty one, as of a variable that is not set, would be the folder one is in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; fails on an empty one."""
        if not value:
            self.fail("the name is empty", param, ctx)
        return super().convert(value, param, ctx)
