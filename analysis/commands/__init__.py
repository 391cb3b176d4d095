"""The command line: what is typed, with help, arguments and what is done."""
