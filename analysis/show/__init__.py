"""Numbers → pictures that lead back to the text: `draw_`, `show_`."""
