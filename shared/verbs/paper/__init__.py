"""Slips, and who prints them."""
