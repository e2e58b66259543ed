"""A page on which workbooks are dropped in, and the same as an API."""
