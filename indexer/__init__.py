"""Read Chinese interview and meeting transcripts, split them into speaker turns and load them into Elasticsearch."""
