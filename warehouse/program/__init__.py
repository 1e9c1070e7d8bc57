"""The running program: its signals, and what it says on the terminal."""
