"""Signing in, roles, invitations."""
