"""Install the dashboard and its saved objects in Kibana."""
