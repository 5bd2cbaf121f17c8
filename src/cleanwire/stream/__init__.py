"""Bytes in, events out, in bounded memory: the window over detect/."""
