"""Settings, addresses and start of the app."""
