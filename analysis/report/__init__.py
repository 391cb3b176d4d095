"""What the command line does: `write_`."""
