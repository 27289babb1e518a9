"""What Kibana shows of the archive: data views, Discover sessions, panels and the dashboard 访谈, as saved objects."""
