"""Colleagues: everybody who is simulated and here, how they work, what they find out and how they say it."""

from gameday.response.colleagues.crew import Crew
from gameday.response.colleagues.talking import Colleagues
from gameday.response.colleagues.worker import Outcome, Steps, Task, Worker

__all__ = ["Colleagues", "Crew", "Outcome", "Steps", "Task", "Worker"]
