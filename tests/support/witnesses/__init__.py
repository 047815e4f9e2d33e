"""Programs from PyPI that this project did not write and that judge what it does: FediTest; bovine for signatures."""
