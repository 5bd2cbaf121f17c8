"""What is a document in here, and in which encoding. Knows no rules."""
