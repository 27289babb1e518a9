"""Add speakers, roles, exchanges, topics and keywords to an `Interview`. Pure."""
