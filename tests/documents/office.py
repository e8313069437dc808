"""Reads the office files of a demo's report as other programs do, and compares every number with the JSON.

office.py STEMME FOLDER [--pages]: the program, an empty folder to work in, and whether to convert and read pages.
"""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
from docx.oxml.ns import qn

LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
FORMATS = "docx,xlsx,json"

checked = 0
wrong = []


def check(right, what):
    """Counts one thing that is right or wrong."""
    global checked
    checked += 1
    if not right:
        wrong.append(what)


def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True, **options)


def written(stemme, folder, evaluation, language):
    """Writes the report in one language and returns its files."""
    out = folder / language
    command = [stemme, "--no-input", "--lang", language, "-e", evaluation, "report", "--to", FORMATS]
    run(*command, "--also", "one-page,conference", "--out", out)
    return sorted(out.iterdir())


def check_package(path, language):
    """Well-formed parts, nothing about people, machines or times."""
    with zipfile.ZipFile(path) as package:
        check(package.testzip() is None, f"{path.name}: damaged")
        for entry in package.infolist():
            check(entry.date_time == (1980, 1, 1, 0, 0, 0), f"{path.name}: {entry.filename} has a time")
            if entry.filename.endswith((".xml", ".rels")):
                ElementTree.fromstring(package.read(entry))
        core = package.read("docProps/core.xml").decode()
        check("creator" not in core and "created" not in core and "modified" not in core, f"{path.name}: {core}")
        check(LANGUAGES[language] in core, f"{path.name}: no language")


def check_docx(path, language):
    document = docx.Document(path)
    name = path.name
    levels = [int(p.style.name[-1]) for p in document.paragraphs if re.fullmatch(r"Heading \d", p.style.name)]
    check(levels and levels[0] == 1, f"{name}: begins with heading {levels[:1]}")
    for before, after in zip(levels, levels[1:]):
        check(after <= before + 1, f"{name}: heading {after} follows heading {before}")
    lang = document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val"))
    check(lang == LANGUAGES[language], f"{name}: language {lang}")
    section = document.sections[0]
    check((section.page_width.mm.__round__(), section.page_height.mm.__round__()) == (210, 297), f"{name}: not A4")
    fields = "".join(document.sections[0].footer._element.itertext()) + document.sections[0].footer._element.xml
    check("PAGE" in fields and "NUMPAGES" in fields, f"{name}: no page numbers")
    for table in document.tables:
        first = table.rows[0]._tr.trPr
        check(first is not None and first.find(qn("w:tblHeader")) is not None, f"{name}: a table without a head")
        for row in table.rows:
            check(row._tr.trPr.find(qn("w:cantSplit")) is not None, f"{name}: a row that may be torn apart")
        widths = sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid)
        check(widths <= 9100, f"{name}: a table of {widths} twentieths of a point")
    for picture in document.element.iter(qn("wp:docPr")):
        check(len(picture.get("descr", "")) > 10, f"{name}: a picture without a description")
    anchors = {link.get(qn("w:anchor")) for link in document.element.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    check(anchors <= marks, f"{name}: links to nowhere: {anchors - marks}")
    check("txbxContent" not in document.element.xml, f"{name}: a text box")
    return len(document.tables), len(list(document.element.iter(qn("wp:docPr"))))


def values_of(data):
    """Every value of the JSON's tables of answers, table by table."""
    for survey in data["surveys"]:
        for table in survey["tables"]:
            if table["values"]:
                yield table["item"], table["values"]


def figures_of(data):
    """Every figure that follows from the JSON's tables: table, what it is of, the figure."""
    for survey in data["surveys"]:
        for table in survey["tables"]:
            for figure in table.get("figures", []):
                yield table["item"], figure


def check_key_figures(name, sheets, expected):
    """One sheet holds the figures, a row each, in the tables' order."""
    check(len(sheets) == (1 if expected else 0), f"{name}: {len(sheets)} sheets of figures")
    rows = [row for sheet in sheets for row in sheet.iter_rows(min_row=5, values_only=True)]
    check(len(rows) == len(expected), f"{name}: {len(rows)} rows of figures, JSON {len(expected)}")
    numbers = ("value", "low", "high", "interval_low", "interval_high")
    for (_, _, _, said, *read), (table, told) in zip(rows, expected):
        *values, status, item, of, figure = read
        meant = [*(told.get(number) for number in numbers), told["status"], table, told.get("of"), told["figure"]]
        check([*values, status, item, of or None, figure] == meant, f"{name}: the figures' sheet says {read}, JSON {meant}")
        check(said and said != figure, f"{name}: {figure} has no words")


def check_xlsx(path, data):
    book = openpyxl.load_workbook(path)
    name = path.name
    expected = list(values_of(data))
    tables = book.worksheets[1:-1][: len(expected)]
    key_figures = book.worksheets[1:-1][len(expected) :]
    ids = {row[0]: row[3] for row in book.worksheets[0].iter_rows(min_row=5, values_only=True)}
    check_key_figures(name, key_figures, list(figures_of(data)))
    check(len(tables) == len(expected), f"{name}: {len(tables)} sheets, {len(expected)} tables")
    for sheet, (item, values) in zip(tables, expected):
        check(ids.get(sheet.title) == item, f"{name}: {sheet.title} is not {item}")
        check(item not in sheet.title, f"{name}: {sheet.title} is named by its id")
        check(sheet.freeze_panes == "B5", f"{name}: {sheet.title} has no head that stays")
        head = [cell.value for cell in sheet[4]]
        # How much something changed has a column of its own without a status.
        rest = (value for value in values if not (value.get("group") or "").startswith("change="))
        for row in sheet.iter_rows(min_row=5):
            if row[0].value is None:
                break
            for at, title in enumerate(head):
                if title and at + 1 < len(head) and (head[at + 1] or "").endswith(": status"):
                    value = next(rest)
                    count, status, low, high = (cell.value for cell in row[at : at + 4])
                    told = (value.get("count"), value["status"], value.get("low"), value.get("high"))
                    check((count, status, low, high) == told, f"{name}: {sheet.title}!{row[at].coordinate}: {(count, status, low, high)}, JSON {told}")
                    check(row[0].value == value["label"], f"{name}: {sheet.title}: {row[0].value}, JSON {value['label']}")
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            check(cell.data_type != "f", f"{name}: {sheet.title}!{cell.coordinate} is a formula")
    return len(tables)


def check_turns(path, text, pages):
    """No heading stands alone at a page's foot, and the contents say on which pages headings stand."""
    document = docx.Document(path)
    squeezed = lambda words: re.sub(r"\W+", "", words)
    headings = {squeezed(p.text) for p in document.paragraphs if re.fullmatch(r"Heading \d", p.style.name)}
    for number, page in enumerate(text.split("\f")[:pages], 1):
        lines = [line for line in page.split("\n") if line.strip()]
        # The last line is the number of the page.
        if len(lines) > 2 and "....." not in page:
            check(squeezed(lines[-2]) not in headings, f"{path.name}: page {number} ends with {lines[-2].strip()}")
    styles = [style.get(qn("w:val")) for style in document.element.iter(qn("w:pStyle"))]
    entries = sum(style in ("TOC1", "TOC2") for style in styles)
    found = [int(page) for page in re.findall(r"\.{5,}\s*(\d+)", text)]
    check(len(found) == entries, f"{path.name}: {len(found)} pages in the contents, {entries} headings")
    check(found == sorted(found) and all(page <= pages for page in found), f"{path.name}: contents {found}")


def check_pages(path, folder):
    """Converts a file and reads its pages."""
    run("soffice", "--headless", f"-env:UserInstallation=file://{folder.resolve()}/profile", "--convert-to", "pdf", "--outdir", folder / "pdf", path)
    pdf = folder / "pdf" / (path.stem + ".pdf")
    pages = int(re.search(r"Pages:\s+(\d+)", run("pdfinfo", pdf).stdout)[1])
    text = run("pdftotext", "-layout", pdf, "-").stdout
    for number, page in enumerate(text.split("\f")[:pages], 1):
        # Beside the head and the foot of every page.
        lines = [line for line in page.split("\n") if line.strip()]
        check(len(lines) > (2 if path.suffix == ".docx" else 0), f"{path.name}: page {number} is empty")
    pdf.rename(pdf.with_name(path.name + ".pdf"))
    return pages, text


def main():
    stemme, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    evaluation = folder / "evaluation"
    run(stemme, "--no-input", "--lang", "nb", "demo", "--dir", evaluation)
    for language in LANGUAGES:
        files = written(stemme, folder, evaluation, language)
        # One file for each survey, and a workbook beside it.
        data = {path.stem: json.loads(path.read_text()) for path in files if path.suffix == ".json"}
        for path in files:
            if path.suffix not in (".docx", ".xlsx"):
                continue
            check_package(path, language)
            said = ""
            if path.suffix == ".docx":
                tables, pictures = check_docx(path, language)
                said = f"{tables} tables, {pictures} pictures"
            else:
                said = f"{check_xlsx(path, data[path.stem])} sheets of tables"
            if "--pages" in sys.argv:
                pages, text = check_pages(path, folder)
                said += f", {pages} pages"
                alone = any(word in path.name for word in ("en-side", "ei-side", "one-page"))
                check(pages == 1 or not alone, f"{path.name}: {pages} pages instead of one")
                check("\ufffd" not in text, f"{path.name}: letters are lost")
                if path.suffix == ".docx":
                    check_turns(path, text, pages)
            print(f"{path.name}: {said}")
    for survey in ("gruppeintervju", "fire-pilarer"):
        run(stemme, "--no-input", "--lang", "nb", "guide", survey, "--to", "docx", "--out", folder / "guides")
    for path in sorted((folder / "guides").iterdir()):
        check_package(path, "nb")
        check_docx(path, "nb")
        if "--pages" in sys.argv:
            pages, text = check_pages(path, folder)
            check_turns(path, text, pages)
    print(f"office files: {checked} things checked, {len(wrong)} wrong")
    for line in wrong[:40]:
        print(f"  {line}")
    sys.exit(bool(wrong))


main()
