"""A simulated Hub, OpenAI API and models.dev on this machine: for trying, teaching and testing without a network.

Deterministic, of any size, as of any past date, and calibrated to published figures (`calibration.py`). Every name is
invented and begins with `sim-`; every answer carries `X-Hubscope-Simulated: 1`.
"""
