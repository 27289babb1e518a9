"""The style sheet of the screen: three columns in a wide terminal, the reading pane below the hits in a narrow one."""

NARROW = 60
"""Columns from which there is room for the facets."""
WIDE = 120
"""Columns from which the reading pane is beside the hits."""

CSS = """
LineView { scrollbar-size-vertical: 1; scrollbar-gutter: stable; overflow-x: hidden; background: $background; }
MessageBar { height: 1; scrollbar-size: 0 0; scrollbar-gutter: auto; background: $panel; }
#query { height: 1; padding: 0 1 0 0; background: $surface; border-left: outer $foreground 20%; }
#query:focus { border-left: outer $accent; }
#counts { color: $text-muted; }
#command { color: $text-muted; }
#facets { width: 22; scrollbar-size: 0 0; scrollbar-gutter: auto; border-right: vkey $primary 40%; }
#main { layout: vertical; }
#hits { height: 1fr; }
#pane { height: 1fr; border-top: solid $primary 40%; border-title-color: $text-muted; }
#pane:focus { border-top: solid $primary; border-title-color: $text; }
.-wide #facets { width: 30; }
.-wide #main { layout: horizontal; }
.-wide #hits { width: 2fr; height: 100%; }
.-wide #pane { width: 3fr; height: 100%; border-left: vkey $primary 40%; }
.-slim #facets { display: none; }
.-reading #facets, .-reading #hits { display: none; }
RowList > .row-list--cursor { background: $primary 15%; }
RowList:focus > .row-list--cursor { background: $primary 45%; }
"""
