"""What is said: marks, reports, and quotations put together."""
