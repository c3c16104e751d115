"""What every face is made of: how a screen reads, how it asks, and what several screens show alike."""
