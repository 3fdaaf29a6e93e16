"""The duties of roles that somebody simulated holds, a module a role; done as tasks, like all their work."""

from gameday.response.command.duties.duties import Duties

__all__ = ["Duties"]
