"""What is listed today: asks the public APIs and hands their raw pages to the lake. Knows no SQL and no pictures."""
