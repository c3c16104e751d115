"""Screens of the waiting room."""
