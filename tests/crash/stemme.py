"""How the crash tests speak to stemme: the interview on the screen, in a made-up evaluation.

STEMME names the program and DRAFT_DUMP the example of that name; without them, those of a debug build.
"""
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import template

BUILT = Path(__file__).resolve().parents[2] / "target" / "debug"
PLACE = re.compile(r"(\d+) av ca\. \d+ .*Lagret \d\d")
UNSAVED = "IKKE lagret"


class C(Config):  # noqa: F821 - the harness puts it here
    program = os.environ.get("STEMME", str(BUILT / "stemme"))
    dump = os.environ.get("DRAFT_DUMP", str(BUILT / "examples" / "draft_dump"))
    argv = [program, "-e", "{dir}/ev"]
    env = {
        "TERM": "xterm-256color", "LANG": "C.UTF-8", "STEMME_LANG": "nb", "STEMME_HOME": "{dir}/home",
        "HOME": "{dir}/home", "TMPDIR": "{dir}/tmp", "XDG_CACHE_HOME": "{dir}/tmp", "XDG_CONFIG_HOME": "{dir}/tmp",
    }

    def make(self):
        """Makes the evaluation every run begins with, once."""
        made = tempfile.mkdtemp(prefix="crash_template_")
        os.environ["CRASH_TEMPLATE"] = made
        template.make(self.program, made)

    def clear(self):
        shutil.rmtree(os.environ["CRASH_TEMPLATE"], ignore_errors=True)

    def prepare(self, d):
        shutil.copytree(os.environ["CRASH_TEMPLATE"], d, dirs_exist_ok=True)
        os.makedirs(Path(d) / "tmp")
        # Somebody has been here before: the questions of the first run are over.
        home = Path(d) / "home"
        home.mkdir(exist_ok=True)
        (home / "config.toml").write_text("mus = true\n")

    def start(self, t):
        end = time.monotonic() + self.start_timeout
        while time.monotonic() < end and not t.dead:
            before = t.text()
            if PLACE.search(before) and UNSAVED not in before:
                return True
            key = self.key_at(before)
            if key is None:
                t.pump(0.02)
                continue
            t.write(key)
            t.wait(lambda text: text != before, 1.0)
        return False

    def key_at(self, text):
        """What a person presses on the way to the first question."""
        if UNSAVED in text:
            return b"\r"
        # The keys lie beside the evaluation, so the coordinator's screen comes first. Half a menu is no menu yet.
        # Where the disk fails while it is opened, it stays shut, and the start screen lies behind it all the same.
        if "Oversikt" in text or re.search(r"stemme\s+For koordinator", text):
            if "┌" in text:
                return b"t" if "Esc: tilbake" in text else None
            opening = "Åpner evalueringen" in text and "!" not in text
            leaves = "Esc: meny" in text or "Esc: til startskjermen" in text
            return b"\x1b" if leaves and not opening else None
        if "( ) Ja" in text:
            return b"1"
        for known in ["(x) Ja", "Hva vil du gjøre?", "Ingen blir spurt.", "Nå begynner prøven."]:
            if known in text:
                return b"\r"
        return None

    def continue_at(self, t, answers):
        # An answer may be there whose step to the next question is not; and half an answer.
        for _ in range(3):
            found = PLACE.search(t.text())
            if not found or int(found.group(1)) > answers:
                break
            before = t.text()
            t.write(b"\r")
            t.wait(lambda text: text != before, 5.0)
        # Keys that come with a new page are not meant for it.
        t.calm(0.16)
        t.write(b"\x7f" * 60)
        t.wait(lambda text: self.marker not in text, 5.0)

    def type(self, t, keys):
        # Many characters at once are a paste, and so would be the Enter after them: it is pressed by somebody who
        # has seen what they wrote.
        text = keys.removesuffix(b"\r")
        t.calm(0.16)
        t.write(text)
        if text != keys:
            t.wait(lambda shown: text.decode() in shown, 5.0)
            t.write(b"\r")

    def promised(self, text):
        found = PLACE.search(text)
        return int(found.group(1)) - 1 if found and UNSAVED not in text else None

    def refused(self, text):
        return UNSAVED in text

    def recovered(self, d):
        # A copy: the program may have the draft in use.
        with tempfile.TemporaryDirectory(prefix="crash_copy_") as copy:
            shutil.copytree(Path(d) / "ev", copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".tmp-*", "out"))
            out = subprocess.run([self.dump, copy], capture_output=True, timeout=60)
        if out.returncode != 0:
            raise RuntimeError(out.stderr.decode(errors="replace")[-300:])
        return json.loads(out.stdout)
