"""What errors say, by topic."""
