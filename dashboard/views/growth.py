"""How fast the Hub grows, and what that can be read from."""

from dashboard import figures
from dashboard.choices import Extra
from dashboard.page import open_page, show

SCALE = Extra("scale", "linear", ("linear", "log"))


def render() -> None:
    page = open_page("growth", extras=(SCALE,))
    show(page, figures.growth.CUMULATIVE)
