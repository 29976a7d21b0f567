"""The `cadran` script: Ctrl-C ends it without a trace while the rest is imported, and until it serves."""

import signal


def main() -> None:
    """Import, then obey."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from . import cli  # noqa: PLC0415 - the import is what takes the time

    cli.main()
