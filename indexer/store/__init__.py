"""Keep the archive in Elasticsearch: mappings, documents, bulk requests, what is indexed already."""
