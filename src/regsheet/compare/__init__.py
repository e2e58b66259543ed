"""What changed between two workbooks, or two folders of them."""
