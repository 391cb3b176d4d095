"""One article as those see it who look for speech: its tree, and what stands in marks in it."""

from bisect import bisect_left, bisect_right

from .marks import find_marked


class Page:
    """The tree of one article, its text, and the stretches in quotation marks.

    `marked` are all stretches, `outer` those that stand in no other, `nested` the rest.
    """

    def __init__(self, tree, text):
        self.tree, self.text = tree, text
        self.marked = []
        for first, last in self.tree.paragraphs:
            self.marked += find_marked(text, self.tree.starts[first], self.tree.ends[last - 1])
        self.outer = [each for each in self.marked if each.level == 1]
        self.nested = [each for each in self.marked if each.level == 2]

    def rows(self, start, end):
        """The rows of the tokens that begin in a stretch of text, (first, last)."""
        return bisect_left(self.tree.starts, start), bisect_left(self.tree.starts, end)

    def span(self, run):
        """The characters of a run of rows."""
        return self.tree.starts[run[0]], self.tree.ends[run[1] - 1]

    def words_of(self, run):
        """The text of a run of rows."""
        start, end = self.span(run)
        return self.text[start:end]

    def marks_in(self, spans):
        """The outer stretches in marks that spans of text touch."""
        found = []
        for start, end in spans:
            place = bisect_right(self.outer, start, key=lambda each: each.end)
            while place < len(self.outer) and self.outer[place].start < end:
                found.append(self.outer[place])
                place += 1
        return list(dict.fromkeys(found))

    def mark_at(self, row):
        """The outer stretch in marks in which a row stands, or None."""
        return stretch_at(self.outer, self.tree.starts[row])

    def nested_at(self, row):
        """The stretch in marks inside other marks in which a row stands, or None."""
        return stretch_at(self.nested, self.tree.starts[row])


def stretch_at(stretches, start):
    """The stretch that holds a place, or None; they are in order, and none is in another."""
    place = bisect_right(stretches, start, key=lambda each: each.start) - 1
    inside = place >= 0 and start < stretches[place].end
    return stretches[place] if inside else None
