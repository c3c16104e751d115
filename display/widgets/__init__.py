"""What the waiting-room screen is made of."""
