# What a maintainer types. Each recipe is plain commands: without `just` (pipx install rust-just), type what stands under its name.

# The whole suite but for the benchmarks, on all cores.
test *options:
    .venv/bin/pytest -n auto --dist worksteal {{ options }}

# What a change is tried with: all three packages, in under a minute.
fast *options:
    .venv/bin/pytest -n auto --dist worksteal -m "not slow" {{ options }}

# Lint, formatting and types.
lint:
    .venv/bin/ruff check .
    .venv/bin/ruff format --check .
    .venv/bin/mypy

# Draw the pictures of ARCHITECTURE.md anew after a change of who imports what.
map:
    .venv/bin/python -m tests.house

# Write the locks anew after a change of pyproject.toml; all of it to the newest versions: `just lock --upgrade`. Needs uv.
lock *options:
    {{ compile }} --extra test --output-file requirements-test.lock {{ options }}
    {{ compile }} --extra spark --constraint requirements-test.lock --output-file requirements-spark.lock {{ options }}
    {{ compile }} --constraint requirements-test.lock --output-file requirements.lock {{ options }}

# A measurement beside its peers, by name: `just bench collect` (whole_hub, archive, history, build, export).
bench name *options:
    .venv/bin/python -m tests.benchmarks.bench_{{ name }} {{ options }}

# One resolution for Linux, macOS and Windows, with the versions that the oldest supported Python can have.
compile := "uv pip compile --quiet pyproject.toml --group build --universal --fork-strategy fewest --python-version 3.11" + \
    " --generate-hashes --no-annotate --custom-compile-command 'just lock'"
