"""Parse a query and build request bodies from it. Pure."""
