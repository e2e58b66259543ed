"""Views of a finished check or of a layout: JSON, CSV, HTML and the terminal. None of them works anything out."""
