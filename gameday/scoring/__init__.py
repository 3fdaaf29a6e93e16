"""From a session's record to its times, impact and score."""
