"""The full-screen front end: draws snapshots, sends commands, owns no simulation."""
