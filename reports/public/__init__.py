"""Pages for everybody: the way in, the method, and the accessibility statement."""
