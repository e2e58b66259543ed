"""What is done in a worker process: it alone opens what people send."""
