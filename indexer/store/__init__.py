"""Store the archive in Elasticsearch: mappings, documents, bulk requests, and the manifest of what is indexed."""
