"""Files → articles: `read_`."""
