"""The simulated world as the documents of each server: listings of the Hub, its vocabulary, and the side sources."""
