"""A simulated Hub, OpenAI API and models.dev on this machine: for trying, teaching and testing without a network.

Deterministic, of any size, as of any past date, and calibrated to published figures (`calibration.py`). Every name is
invented and marked `sim`; every answer carries `X-Hubscope-Simulated: 1`.

To read it: `calibration.py` (figures), `ecosystem.py` (the world), `models.py` (its largest part), `server.py` (how it
is asked), `history.py` (what `hubscope demo` does with it).
"""
