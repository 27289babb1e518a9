"""Connect to Elasticsearch: the client, its errors, and the embedded node."""
