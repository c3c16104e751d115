"""The touch kiosk: language, concern, number."""
