"""Readers' SQL: each query in a process of its own that can only read, has hard limits, and is killed when it exceeds them."""
