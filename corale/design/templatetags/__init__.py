"""The words of the design for templates."""
