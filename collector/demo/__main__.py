"""`python -m collector.demo`: the simulated servers on their own, for trying a client against them."""

import sys
import threading
from datetime import date, datetime

import click

from collector.demo.server import serve
from collector.demo.world.calibration import SIZE_DATE
from collector.demo.world.ecosystem import DEFAULT_SEED, Ecosystem


@click.command()
@click.option("--models", type=click.IntRange(1_000, 3_500_000), default=32_500, show_default=True,
              help=f"Models alive on {SIZE_DATE}.")  # fmt: skip
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), default=str(SIZE_DATE), show_default=True, help="Last day.")
@click.option("--seed", type=int, default=DEFAULT_SEED, show_default=True, help="Another seed is another world.")
@click.option("--port", type=int, default=0, help="Default: a free one.")
@click.option(
    "--with-parent", is_flag=True, help="End when standard input ends, as it does with the process that holds it."
)
def main(models: int, until: datetime, seed: int, port: int, with_parent: bool) -> None:
    """Serve a simulated Hub, OpenAI API and models.dev on this machine; print the address.

    Point a client at it: HF_ENDPOINT=<address>/at/2025-10-23, OPENAI_BASE_URL=<address>/at/2025-10-23/v1.
    """
    last_day: date = until.date()
    with serve(Ecosystem(models, seed=seed, until=last_day), port) as address:
        print(address, flush=True)
        try:
            if with_parent:
                sys.stdin.read()
            else:
                threading.Event().wait()
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
