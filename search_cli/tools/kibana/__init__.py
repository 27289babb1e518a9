"""Generate data/kibana/fangtan.ndjson: data views, saved searches, panels and the dashboard."""
