"""Generate the Kibana dashboard: its data views, saved searches and panels.

The file is generated rather than exported from Kibana, because Kibana exports objects in its own version's shape, which
older versions refuse, and because nested JSON in JSON cannot be edited by hand.
"""
