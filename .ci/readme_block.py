"""Print the N-th bash block of the README, so that what CI runs is what a reader pastes."""

from __future__ import annotations

import re
import sys
from pathlib import Path

readme = Path(__file__).resolve().parents[1] / "README.md"
blocks = re.findall(r"^```bash\n(.*?)^```", readme.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
print(blocks[int(sys.argv[1]) - 1].strip())
