"""Settings of all tests."""

import os

from hypothesis import settings

# two workers on two cores: more threads than that for small products only wait for each other
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# CI judges a change, so the same code gives the same result there; elsewhere each run looks at other examples
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
