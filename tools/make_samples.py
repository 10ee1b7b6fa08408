"""Make docs/report.png and docs/samples: reports to look at, and pictures of them, by programs installed already.

It needs Chromium and, for the picture of the DOCX, LibreOffice and pdftoppm: `python tools/make_samples.py`.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from PIL import Image

from questionnaires.library import entry
from reports.study import read_study, run_study
from reports.write import write_results

DOCS = Path(__file__).parents[1] / "docs"
SAMPLES = DOCS / "samples"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
OPTIONS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files")
WIDTH, HEIGHT = 1280, 920
MOST_BYTES = 300_000
# a browser's window is never narrower than some 500 pixels, a frame in it is
PHONE = (
    '<!DOCTYPE html><body style="margin:0"><iframe src="{}" style="width:400px;height:920px;border:0"></iframe></body>'
)
STUDY = """[study]
title = "TACE failure asked again in 2020: SYNTHETIC answers"
[instrument]
library = "cci-2020"
[[responses]]
file = "{answers}"
[design]
invited = 264
cluster = "hospital"
"""


def main() -> None:
    """Write the reports into a temporary folder and take their pictures."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        sys.exit(f"No browser found. Expected one of: {', '.join(BROWSERS)}.")
    SAMPLES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = {language: _report("cci-2020", folder / language, language) for language in ("en", "zh")}
        pages["made-up"] = _report(_made_up(folder / "study"), folder / "made-up", "en")
        for sample, page in pages.items():
            shutil.copyfile(page, SAMPLES / f"cci-2020.{sample}.html")
        for sample in ("en", "zh"):
            _save(_screen(browser, pages[sample], WIDTH), SAMPLES / f"cci-2020.{sample}.png", wide=640)
        _save(_screen(browser, pages["en"], WIDTH), DOCS / "report.png", wide=WIDTH)
        phone = folder / "phone.html"
        phone.write_text(PHONE.format(pages["en"].as_uri()), encoding="utf-8")
        _save(_screen(browser, phone, 500).crop((0, 0, 400, HEIGHT)), SAMPLES / "cci-2020.phone.png", wide=278)
        _save(_manuscript(folder / "en" / "report.docx", folder), SAMPLES / "cci-2020.docx.png", wide=900)
    for path in (DOCS / "report.png", *sorted(SAMPLES.iterdir())):
        print(path.relative_to(DOCS), path.stat().st_size, "bytes")


def _report(study: str | Path, out: Path, language: str) -> Path:
    """Return the page of a report that is written in all formats."""
    return write_results(out, run_study(replace(read_study(study), language=language)))[0].resolve()


def _made_up(folder: Path) -> Path:
    """Return a study of the bundled SYNTHETIC answers."""
    answers = entry("cci-2020").answers
    assert answers is not None
    folder.mkdir()
    (folder / answers.name).write_bytes(answers.read_bytes())
    (folder / "study.toml").write_text(STUDY.format(answers=answers.name), encoding="utf-8")
    return folder


def _screen(browser: str, page: Path, width: int) -> Image.Image:
    """Return the first screen of a page."""
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "screen.png"
        size = f"--window-size={width},{HEIGHT}"
        command = [browser, *OPTIONS, size, f"--screenshot={picture}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True)
        return Image.open(io.BytesIO(picture.read_bytes())).convert("RGB")


def _manuscript(document: Path, folder: Path) -> Image.Image:
    """Return the first three pages of a document, as LibreOffice prints them, side by side."""
    convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(document)]
    subprocess.run(convert, check=True, capture_output=True)
    pdf = folder / f"{document.stem}.pdf"
    subprocess.run(["pdftoppm", "-r", "90", "-l", "3", "-png", str(pdf), str(folder / "sheet")], check=True)
    sheets = [Image.open(path).convert("RGB") for path in sorted(folder.glob("sheet*.png"))]
    joined = Image.new("RGB", (sum(s.width for s in sheets) + 20 * (len(sheets) - 1), sheets[0].height), "#c9d3d9")
    at = 0
    for sheet in sheets:
        joined.paste(sheet, (at, 0))
        at += sheet.width + 20
    return joined


def _save(picture: Image.Image, path: Path, *, wide: int) -> None:
    """Save a picture `wide` pixels wide, with few colors: it must stay small."""
    small = picture.resize((wide, round(picture.height * wide / picture.width)), Image.Resampling.LANCZOS)
    small.quantize(128).save(path, optimize=True)
    assert path.stat().st_size < MOST_BYTES, f"{path}: {path.stat().st_size} bytes"


if __name__ == "__main__":
    main()
