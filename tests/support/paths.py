"""Where things are: the checkout, its tests and seeds, and the folder of reference files beside it."""

from pathlib import Path

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
SEEDS = ROOT / "seeds"
GOLDEN = TESTS / "golden"
SHARED = ROOT.parent / "shared"
