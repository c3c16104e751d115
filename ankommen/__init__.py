"""The command line: it composes every room into programs."""

__version__ = "0.2.0"
