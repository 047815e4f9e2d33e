"""The weights of `corale.listen`: how they are trained, and how they are judged."""
