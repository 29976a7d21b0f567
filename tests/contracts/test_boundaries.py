"""The tree is the architecture: who may import whom is checked as a test, and no unplanned file fits in."""

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_every_boundary_is_kept() -> None:
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS
