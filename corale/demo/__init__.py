"""The Molino company: the small world of the tests, the demo and the manual."""
