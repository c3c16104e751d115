"""The command line: it composes every room into programs."""

__version__ = "0.1.0"
