"""The words of the desk for templates."""
