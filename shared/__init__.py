"""The core: everything that is true. No face, no printer and no loudspeaker is known here."""
