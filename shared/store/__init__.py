"""Tables, transactions and wake-ups: with the verbs, the only SQL."""
