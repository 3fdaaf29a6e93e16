"""Support: customers who write, and what they would really write."""

from gameday.response.support.desk import Support

__all__ = ["Support"]
