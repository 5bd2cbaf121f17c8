"""Text → rules: read packs, check them, compile their wordings. Knows nothing of documents or files of text."""
