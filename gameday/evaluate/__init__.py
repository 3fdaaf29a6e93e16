"""What can be proved about a scenario: par, labels, claims."""
