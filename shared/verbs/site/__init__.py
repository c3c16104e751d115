"""What happens to the centre as a whole: a plan comes into force, calling stops, a day ends, old data is purged."""
