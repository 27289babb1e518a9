"""Draw charts as SVG: counts of fields, timelines, crosstabs, comparisons and dispersion. Pure."""
