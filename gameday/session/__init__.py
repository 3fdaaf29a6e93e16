"""Simulated time and its only writer: the session, its journal, replay, rules and pace."""
