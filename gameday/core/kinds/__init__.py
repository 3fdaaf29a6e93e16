"""Parameter models and texts of what can happen to a system: services' kinds, effects, faults, causes."""
