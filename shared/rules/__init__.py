"""Pure rules. They know the model only: everything is handed in, no database, no clock."""
