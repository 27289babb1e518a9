"""Formats of linguists: annotation in tiers, and transcripts marked up utterance by utterance."""
