"""A page opened in headless Chromium, in a frame of a given width, with a script of the tests' own in it."""

from __future__ import annotations

import html
import importlib.util
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next((found for name in NAMES if (found := shutil.which(name))), None)
IN_CI = bool(os.environ.get("CI"))
# in CI a missing browser is a failure and no reason to skip
needs_browser = pytest.mark.skipif(BROWSER is None and not IN_CI, reason="no Chromium is installed here")
OPTIONS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1400,3000")
# a browser's window is never narrower than some 500 pixels, a frame in it is
FRAME = """<!DOCTYPE html><body><iframe src="page.html" style="width: {width}px; height: 3000px; border: 0"></iframe>
<script>
addEventListener('message', e => {{ document.body.innerHTML = '<pre id="probe"></pre>';
  document.getElementById('probe').textContent = e.data; }});</script>"""
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


def probe(text: str, script: str, width: int, folder: Path, *, budget: int = 10_000) -> dict:
    """Return what `script`, the body of an async function, returns in the page `text` at `width` pixels."""
    # the page forbids scripts; the copy that is probed may run the one that probes
    told = f"(async () => {{ {script} }})().then(found => parent.postMessage(JSON.stringify(found), '*'))"
    guarded = f"{told}.catch(e => parent.postMessage(JSON.stringify({{error: String(e)}}), '*'))"
    probed = POLICY.sub("", text).replace("</body>", f"<script>{guarded}</script></body>")
    (folder / "page.html").write_text(probed, encoding="utf-8")
    (folder / "frame.html").write_text(FRAME.format(width=width), encoding="utf-8")
    command = [BROWSER, *OPTIONS, f"--virtual-time-budget={budget}", "--dump-dom", (folder / "frame.html").as_uri()]
    done = subprocess.run(command, capture_output=True, check=True, timeout=300)
    said = re.search(r'<pre id="probe">(.*?)</pre>', done.stdout.decode("utf-8"), re.DOTALL)
    assert said, done.stderr.decode("utf-8", "replace")[-2000:]
    found: dict = json.loads(html.unescape(said[1]))
    assert "error" not in found, found["error"]
    return found


def axe() -> str | None:
    """Return the text of axe-core's script, which a package for tests brings along; None where it isn't installed."""
    spec = importlib.util.find_spec("axe_playwright_python")
    if spec is None or not spec.submodule_search_locations:
        return None
    return (Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")
