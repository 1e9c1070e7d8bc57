"""What is listed today: asks the public APIs and hands their raw pages to the lake. Knows no SQL and no pictures."""

import os
from urllib.parse import urlsplit

# huggingface_hub reads HF_ENDPOINT when it is first imported, and cannot be imported with half an address. Kept here, it
# is refused in words by whoever asks the Hub (upstream.py), and commands that ask nobody run all the same.
UNREADABLE_ENDPOINT: str | None = None
try:
    _ = urlsplit(os.environ.get("HF_ENDPOINT", "")).hostname
except ValueError:
    UNREADABLE_ENDPOINT = os.environ.pop("HF_ENDPOINT")
