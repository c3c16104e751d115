"""The commands, one module each group."""
