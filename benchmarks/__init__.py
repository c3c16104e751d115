"""Speed and memory, measured by whole processes; the tables of the docs come from here."""
