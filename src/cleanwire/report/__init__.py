"""For eyes and other programs: what was removed from a document, where, and why."""
