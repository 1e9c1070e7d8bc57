"""A simulated Hub, OpenAI API and models.dev on this machine: for trying, teaching and testing without a network.

Deterministic, of any size, as of any past date, and calibrated to published figures (`world/calibration.py`). Every name is
invented and marked `sim`; every answer carries `X-Hubscope-Simulated: 1`.

To read it: `world/calibration.py` (figures), `world/ecosystem.py` (the world), `world/kinds.py` (its largest part),
`answers/` (what each server says of it), `server.py` (how it is asked), `history.py` (what `hubscope demo` does with it).
Only `server.py` and `history.py` are meant for callers outside.
"""
