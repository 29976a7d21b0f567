"""The tree is the architecture: who may import whom is checked as a test, and no unplanned file fits in."""

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

_LINT = str(Path(sys.executable).with_name("lint-imports"))


def test_every_boundary_is_kept() -> None:
    """In a process of its own: it silences every logger of the one that it runs in."""
    linted = subprocess.run([_LINT, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout
