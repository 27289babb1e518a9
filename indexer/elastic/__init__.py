"""Where Elasticsearch is: the connection, the embedded node, and that node as a background service."""
