"""The facilitator's script while it runs: when each inject comes, and what it does."""

from gameday.response.injects.scene import Scene
from gameday.response.injects.script import Script
from gameday.response.injects.views import InjectView

__all__ = ["InjectView", "Scene", "Script"]
