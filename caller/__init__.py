"""The console at each desk: who waits, next, start, finish."""
