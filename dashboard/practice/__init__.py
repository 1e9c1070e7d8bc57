"""Practice: three things to do in each lesson, on a page, with SQL and with code, each with what is right for the reader's own snapshot."""
