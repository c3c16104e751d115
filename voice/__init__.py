"""A sentence becomes sound."""
