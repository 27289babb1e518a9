"""Say more about an `Interview`: canonical speakers, roles, exchanges, topics, keywords. Pure."""
