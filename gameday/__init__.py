"""gameday: rehearse incidents in a simulator whose physics is honest."""

__version__ = "0.5.0"
