"""Puts `resources` into a built wheel; an editable install finds them in the checkout."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ResourcesHook(BuildHookInterface):
    """Called by hatchling for each build; a plain `force-include` would copy for editables, too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Map the folder to its place inside the wheel."""
        if version != "editable":
            build_data["force_include"]["resources"] = "lqalbum/resources"
