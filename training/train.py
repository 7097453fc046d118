"""Rebuild every trained file of the package, in the order in which they depend.

python training/train.py --corpora DIR
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

STEPS = ("tagger.py", "attribution.py", "checkworthy.py")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    folder = parser.parse_args().corpora
    for step in STEPS:
        print(f"== {step}", flush=True)
        script = Path(__file__).with_name(step)
        subprocess.run([sys.executable, script, "--corpora", folder], check=True)  # noqa: S603


if __name__ == "__main__":
    main()
