"""What happens to a visit: it begins, changes, has a break, makes a detour."""
