"""Checks pages: accessibility (axe-core in headless Chromium, light and dark), markup (the Nu HTML checker), whether a
page 320 pixels wide has to be moved sideways, and whether papers in large type begin a page on paper only where they
are to.

    python3 check.py --chromium CHROMIUM --axe axe.min.js [--vnu vnu.jar] PAGE.html...

Prints what is wrong and ends with 1, or says in one line what was looked at.
"""

import argparse
import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
NARROW = 320
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


def chromium(arguments, options, page):
    """Returns the page as Chromium has it when its scripts are done."""
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run(
            [
                options.chromium,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--allow-file-access-from-files",
                "--virtual-time-budget=60000",
                f"--user-data-dir={profile}",
                *arguments,
                "--dump-dom",
                page.as_uri(),
            ],
            capture_output=True,
            text=True,
            timeout=240,
        )
    return done.stdout


def answer(dom):
    """Returns what a script of ours left in the page."""
    found = re.search(r"<pre id=\"answer\">(.*?)</pre>", dom, re.S)
    if not found:
        raise SystemExit("no answer from Chromium:\n" + dom[:2000])
    return json.loads(html.unescape(found.group(1)))


LEAVE = """
const leave = what => {
  const left = document.createElement('pre');
  left.id = 'answer';
  left.textContent = JSON.stringify(what);
  document.body.replaceChildren(left);
};
"""


def violations(page, dark, options, folder):
    """What axe-core finds in a page. The page runs no scripts, so ours are put into a copy without its policy."""
    axe = pathlib.Path(options.axe).read_text()
    run = (
        "<script>" + axe + "</script><script>" + LEAVE + "axe.run(document, {runOnly: " + json.dumps(RULES) + "})"
        ".then(found => leave(found.violations.map(v => ({id: v.id, help: v.help,"
        " nodes: v.nodes.map(n => n.html.slice(0, 200) + ' | ' + n.failureSummary)}))));</script>"
    )
    copy = folder / "axe.html"
    copy.write_text(POLICY.sub("", page.read_text()) + run)
    scheme = ["--blink-settings=preferredColorScheme=0"] if dark else []
    return answer(chromium(scheme, options, copy))


def width(page, options, folder):
    """How wide a page is that has 320 pixels, and what in it is wider."""
    frame = folder / "frame.html"
    frame.write_text(
        f"<!DOCTYPE html><body><iframe id='f' width='{NARROW}' height='2000' style='border:0' src='{page.as_uri()}'></iframe>"
        "<script>" + LEAVE + "document.getElementById('f').onload = e => {"
        "const d = e.target.contentDocument;"
        "const wide = [...d.querySelectorAll('body *')].filter(x => x.getBoundingClientRect().right > "
        f"{NARROW} && !x.closest('.wide')).slice(0, 5).map(x => x.outerHTML.slice(0, 160));"
        "leave({width: d.scrollingElement.scrollWidth, wide});};</script></body>"
    )
    return answer(chromium([], options, frame))


def printed(page, options, folder):
    """On how many pages of paper a page in large type stands, and on how many it should; nothing of other pages."""
    text = page.read_text()
    if not re.search(r'<body class="large\b', text):
        return None
    paper = folder / "paper.pdf"
    chromium(["--no-pdf-header-footer", f"--print-to-pdf={paper}"], options, page)
    return len(re.findall(rb"/Type\s*/Page\b", paper.read_bytes())), text.count('class="new-page"') + 1


def markup(pages, options):
    """What the validator says of all pages."""
    done = subprocess.run(
        ["java", "-jar", options.vnu, "--format", "json", "--exit-zero-always", *map(str, pages)],
        capture_output=True,
        text=True,
        timeout=600,
    )
    messages = json.loads(done.stderr or done.stdout)["messages"]
    return [message for message in messages if message["type"] != "info" or message.get("subType") == "warning"]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--chromium", required=True)
    arguments.add_argument("--axe", required=True)
    arguments.add_argument("--vnu")
    arguments.add_argument("pages", nargs="+", type=pathlib.Path)
    options = arguments.parse_args()
    pages = [page.resolve() for page in options.pages]
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for page in pages:
            for dark in (False, True):
                for violation in violations(page, dark, options, folder):
                    wrong += 1
                    print(f"{page.name}{' (dark)' if dark else ''}: {violation['id']}: {violation['help']}")
                    for node in violation["nodes"][:5]:
                        print("    " + node)
            seen = width(page, options, folder)
            if seen["width"] > NARROW:
                wrong += 1
                print(f"{page.name}: {seen['width']} pixels wide where there are {NARROW}")
                for element in seen["wide"]:
                    print("    " + element)
            on_paper = printed(page, options, folder)
            if on_paper and on_paper[0] != on_paper[1]:
                wrong += 1
                print(f"{page.name}: {on_paper[0]} pages of paper instead of {on_paper[1]}")
    if options.vnu:
        for message in markup(pages, options):
            wrong += 1
            print(f"{message['url'].rsplit('/', 1)[-1]}:{message.get('lastLine')}: {message['message']}")
    looked = "axe-core (light and dark), 320 pixels, paper" + (", validator" if options.vnu else "")
    print(f"documents: {len(pages)} pages, {looked}: {wrong} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
