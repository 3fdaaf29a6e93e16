"""The traffic kernel: every request of the simulated system lives and dies here. Start at `kernel.Traffic`."""
