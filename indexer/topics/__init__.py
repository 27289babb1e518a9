"""Learn the topics of an archive, and keep them in its topics.toml."""
