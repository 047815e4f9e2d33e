"""A channel that stays on this machine: the demo company speaks on it, and nothing it says goes anywhere."""
