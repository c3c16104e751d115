"""Everything that happens or is read, one transaction each."""
