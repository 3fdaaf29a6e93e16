"""Many sessions: seeds, policies, variants; over the cores of this machine."""
