"""The page in a browser: it fits on a phone and on a desk, axe finds nothing, and it asks nothing of anywhere."""

import re
from dataclasses import replace

import pytest
from browser.probing import IN_CI, axe, needs_browser, probe
from click.testing import CliRunner
from spec.hostile_texts import hostile_document

from reports.cli import main
from reports.compose import compose
from reports.study import read_study, run_study
from reports.write import material_of
from reports.writers.html import page

LAYOUT = """
const boxed = e => e.closest('.table-box, .picture');
const wide = [...document.querySelectorAll('body *')]
  .filter(e => !boxed(e) && e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('svg'));
const hidden = [...document.querySelectorAll('main td, main th')]
  .filter(e => e.textContent.trim() && getComputedStyle(e).display === 'none');
return {width: innerWidth, scroll: document.documentElement.scrollWidth, wide: wide.map(e => e.outerHTML.slice(0, 80)),
  hidden: hidden.length, small: parseFloat(getComputedStyle(document.body).fontSize)};
"""
RULES = """
for (const e of document.querySelectorAll('details')) e.open = true;
const found = await axe.run(document);
return {violations: found.violations.map(v => [v.id, v.impact, v.nodes.length, v.nodes[0].html.slice(0, 200)]),
  passes: found.passes.length, rules: found.passes.map(p => p.id)};
"""
ASKED = """
await new Promise(done => setTimeout(done, 500));
return {asked: performance.getEntriesByType('resource').map(e => e.name)
  .concat(window.blocked || []), scripts: [...document.scripts].length};
"""

pytestmark = [pytest.mark.slow, needs_browser]


@pytest.fixture(scope="module", params=[("cci-2020", "en"), ("cci-2020", "zh"), ("made-up", "zh")], ids="-".join)
def text(request, tmp_path_factory):
    name, language = request.param
    if name == "made-up":  # single answers have sections and figures of their own
        name = str(tmp_path_factory.mktemp("trial") / "trial")
        assert CliRunner().invoke(main, ["new", name, "--simulate", "120"]).exit_code == 0
    return page(compose(material_of(run_study(replace(read_study(name), language=language)))))


@pytest.mark.parametrize("width", [400, 800, 1280])
def test_the_page_fits(text, width, tmp_path):
    found = probe(text, LAYOUT, width, tmp_path)
    assert found["width"] == width
    assert found["scroll"] <= width
    assert found["wide"] == []
    assert found["hidden"] == 0
    assert found["small"] >= 16


@pytest.mark.skipif(axe() is None and not IN_CI, reason="axe-core is not installed; CONTRIBUTING says how")
@pytest.mark.parametrize("width", [400, 1280])
def test_axe_finds_no_violation_of_any_impact(text, width, tmp_path):
    with_axe = text.replace("</body>", f"<script>{axe()}</script></body>")
    found = probe(with_axe, RULES, width, tmp_path, budget=60_000)
    assert found["violations"] == []
    assert {"color-contrast", "heading-order", "region", "svg-img-alt"} <= set(found["rules"])


def test_no_request_leaves_the_page(text, tmp_path):
    assert probe(text, ASKED, 1280, tmp_path)["asked"] == []
    hostile = page(hostile_document())
    found = probe(hostile, ASKED, 1280, tmp_path)
    assert (found["asked"], found["scripts"]) == ([], 1)


def test_a_request_would_be_seen(text, tmp_path):
    asking = text.replace("</main>", '<img alt="" src="http://127.0.0.1:9/x.png"></main>')
    assert probe(asking, ASKED, 1280, tmp_path)["asked"] == ["http://127.0.0.1:9/x.png"]


def test_the_page_forbids_scripts_and_requests(text):
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
