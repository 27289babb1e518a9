"""Run the embedded Elasticsearch as a background process."""
