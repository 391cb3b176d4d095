"""What an expression of time means: how it is written, what it is counted from, its ISO value."""
