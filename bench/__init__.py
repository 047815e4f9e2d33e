"""How fast, how much: measured in the same run as the limit it is compared with."""
