"""What is read: plain data, each view one short snapshot."""
