"""A room of phones: what they are asked, what they answered, and the plain pages that they open. In memory alone."""
