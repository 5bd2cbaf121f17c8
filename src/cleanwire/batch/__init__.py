"""Many files: which they are, where they go, workers, atomic writes."""
