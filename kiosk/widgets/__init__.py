"""What the kiosk's screen is made of."""
