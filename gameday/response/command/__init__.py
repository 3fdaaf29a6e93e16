"""Command: who holds which role, who approves, how somebody simulated leads an incident, and the duties of roles."""
