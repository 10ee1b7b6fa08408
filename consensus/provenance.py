"""What made a result: hashes of its inputs, versions, seed. Never a clock time, so that equal runs give equal bytes."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

DISTRIBUTION = "clinical-consensus"
LIBRARIES = ("numpy", "pandas", "scipy", "openpyxl", "python-calamine", "PyYAML", "matplotlib")


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """A study's name, the package's version, inputs as (name, SHA-256), seed and libraries as (name, version)."""

    study: str
    version: str
    inputs: tuple[tuple[str, str], ...] = ()
    seed: int | None = None
    libraries: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the keys that each JSON output begins with: study, version, inputs (name, sha256), seed."""
        inputs = [{"name": name, "sha256": digest} for name, digest in self.inputs]
        return {"study": self.study, "version": self.version, "inputs": inputs, "seed": self.seed}


def provenance(study: str, inputs: Iterable[tuple[str, str]] = (), *, seed: int | None = None) -> Provenance:
    """Return the provenance of a run; of each input (name, SHA-256) the name is kept without its folder, once."""
    kept = tuple(dict.fromkeys((Path(name).name, digest) for name, digest in inputs))
    return Provenance(study=study, version=package_version(), inputs=kept, seed=seed, libraries=library_versions())


def sha256_of(path: str | Path) -> str:
    """Return the SHA-256 of a file's bytes, in hex."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def package_version() -> str:
    """Return the installed version of this package, or `0+source` where it runs from a folder that is not installed."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "0+source"


def library_versions() -> tuple[tuple[str, str], ...]:
    """Return Python and the libraries that numbers and pages depend on, with their versions; absent ones left out."""
    found = [("Python", platform.python_version())]
    for name in LIBRARIES:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            continue
    return tuple(found)
