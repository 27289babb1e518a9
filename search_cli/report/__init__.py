"""Reports: a search, its counts and its concordance on one page of HTML."""
