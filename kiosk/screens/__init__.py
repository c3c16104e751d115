"""The kiosk's one screen."""
