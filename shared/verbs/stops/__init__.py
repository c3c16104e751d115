"""What all verbs build on: moves of a stop, steps of a desk and their undo, what a closing desk leaves behind."""
