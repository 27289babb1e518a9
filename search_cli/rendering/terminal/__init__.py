"""Styled text on the terminal: styles, wrapping, tables, bars, excerpts, the pager.

Why not rich.table and rich.text? To import them takes 38 ms and 22 ms of every start, and a command may take 0.2 s.
rich.text does not break Chinese lines by 避头尾; rich.table does not drop columns in a narrow window. A line is a tuple
of `Segment`s here (`styles.py`), and a few functions wrap, tabulate and paint it. Rich still provides the width
of characters (`rich.cells`), and the console for progress bars, which few commands need.
"""
