"""What a desk does: it opens, calls, lets go, takes back."""
