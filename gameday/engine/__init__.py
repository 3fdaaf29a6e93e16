"""The simulated system: world, traffic, faults, actions, signals."""
