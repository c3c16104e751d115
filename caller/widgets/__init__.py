"""What the screen of a desk is made of."""
