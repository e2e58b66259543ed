"""A shared folder: what is put in is checked, and comes out annotated."""
