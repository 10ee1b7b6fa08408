"""The page in a browser: nothing scrolls sideways but what has a box of its own, on a phone and on a desk."""

import html
import json
import re
import shutil
import subprocess

import pytest

from reports.compose import compose
from reports.study import read_study, run_study
from reports.write import material_of
from reports.writers.html import page

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next((found for name in BROWSERS if (found := shutil.which(name))), None)
PROBE = """<script>
const boxed = e => e.closest('.table-box, .picture');
const wide = [...document.querySelectorAll('body *')]
  .filter(e => !boxed(e) && e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('svg'));
const hidden = [...document.querySelectorAll('main td, main th')]
  .filter(e => e.textContent.trim() && getComputedStyle(e).display === 'none');
parent.postMessage(JSON.stringify({
  width: innerWidth, scroll: document.documentElement.scrollWidth, wide: wide.map(e => e.outerHTML.slice(0, 80)),
  hidden: hidden.length, small: parseFloat(getComputedStyle(document.body).fontSize),
}), '*');
</script></body>"""
# a browser's window is never narrower than some 500 pixels, a frame in it is
FRAME = """<!DOCTYPE html><body><iframe src="page.html" style="width: {width}px; height: 3000px; border: 0"></iframe>
<script>
addEventListener('message', e => {{ document.body.innerHTML = '<pre id="probe">' + e.data + '</pre>'; }});</script>"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed here"),
]


@pytest.fixture(scope="module", params=["cci-2020", "korea-2018"])
def text(request):
    return page(compose(material_of(run_study(read_study(request.param)))))


@pytest.mark.parametrize("width", [400, 800, 1280])
def test_the_page_fits(text, width, tmp_path):
    # the page forbids scripts; the copy that is probed may run the one that probes
    probed = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text).replace("</body>", PROBE)
    (tmp_path / "page.html").write_text(probed, encoding="utf-8")
    (tmp_path / "frame.html").write_text(FRAME.format(width=width), encoding="utf-8")
    options = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--window-size=1400,3000",
        "--virtual-time-budget=5000",
    ]
    done = subprocess.run(
        [BROWSER, *options, "--dump-dom", (tmp_path / "frame.html").as_uri()],
        capture_output=True,
        check=True,
        timeout=120,
    )
    found = json.loads(
        html.unescape(re.search(r'<pre id="probe">(.*?)</pre>', done.stdout.decode("utf-8"), re.DOTALL).group(1))
    )
    assert found["width"] == width
    assert found["scroll"] <= width
    assert found["wide"] == []
    assert found["hidden"] == 0
    assert found["small"] >= 16
