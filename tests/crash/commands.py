#!/usr/bin/env python3
"""What the coordinator's commands leave behind when they are stopped, or the disk is full, at any of their calls.

    tests/crash/commands.py [--every N] [--jobs N] [--error ENOSPC] [COMMAND ...]

Each command runs once under strace to see its calls about files; then, from the same beginning, once for every call (every
Nth with --every), killed there or with that call failing. After that `verify` must find all well, the same command must
be done, or say why it is not, when it is given again, and `verify` must find all well once more, with every interview that
was not withdrawn. STEMME names the program; without it, that of a debug build. Takes strace.
"""
import argparse
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

STEMME = os.environ.get("STEMME", str(Path(__file__).resolve().parents[2] / "target" / "debug" / "stemme"))
CALLS = "openat,write,fsync,fdatasync,renameat2,rename,unlink,linkat,mkdir"
SURVEY = """format = 1
id = "kort"
version = "{version}"
languages = ["nb"]
title = "Prøve på at ingenting blir borte"
purpose = "Å prøve at ingenting blir borte når strømmen går."
[consent]
read_aloud = "Dette er en prøve. Ingen blir spurt."
points = [{{ id = "deltar", required = true, text = "Vil du være med?" }}]
[[section]]
id = "prove"
title = "Prøve"
[[section.q]]
id = "svar1"
type = "text"
text = "Hva er svar nummer 1?"
[[section.q]]
id = "svar2"
type = "text"
text = "Hva er svar nummer {version}?"
"""
INTERVIEWS = 2
# One more was held, delivered and withdrawn.
WITHDRAWN = 1
KEY = ["--passphrase-file", "passphrase"]
# What is tried: the command, and how it may end when it is given once more after it was broken off.
COMMANDS = {
    "kit": (["kit", "ny-1", "--to", "new-kit", "--site", "nord", "--print", "print"], {0, 2, 4}),
    "renew": (["renew", "--survey", "kort2.toml", "--to", "renewed"], {0}),
    "rotate": (["keys", "rotate", "--new-passphrase-file", "passphrase"], {0}),
    "add": (["keys", "add", "kari", "kari.key", "--new-passphrase-file", "passphrase"], {0, 2, 4}),
    "revoke": (["keys", "revoke", "nord-1", "--yes"], {0, 6}),
    "recover": (["keys", "recover", "--recovery-file", "recovery", "--new-passphrase-file", "passphrase"], {0}),
    "withdraw": (["withdraw", "--code-file", "code", "--yes"], {0, 6}),
    "collect": (["collect", "stick"], {0, 6}),
}


def run(place, arguments, before=(), typed=""):
    """Runs the program in a place of its own. Returns how it ended and what it said."""
    home = str(place / "home")
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "STEMME_LANG": "nb", "HOME": home, "STEMME_HOME": home + "/s"}
    done = subprocess.run([*before, STEMME, *arguments], cwd=place, env=env, input=typed, text=True,
                          capture_output=True, timeout=300)
    return done.returncode, (done.stdout + done.stderr).strip()


def must(place, arguments, typed=""):
    code, said = run(place, arguments, typed=typed)
    if code:
        sys.exit(f"{arguments} ended with {code}: {said}")
    return said


def interview(place):
    """Holds an interview line by line in the kit, and returns its withdrawal code."""
    home = str(place / "laptop")
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "STEMME_LANG": "nb", "HOME": home, "STEMME_HOME": home}
    held = subprocess.Popen([STEMME, "-e", "kit", "interview", "--linear"], cwd=place, env=env, text=True,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    held.stdin.write("\nja\nen\nto\nferdig\nforsegl\n")
    held.stdin.flush()
    code, said = None, []
    for line in held.stdout:
        said.append(line)
        found = re.match(r"^    ((?:[a-zæøå]+-){3}[a-zæøå]+)\s*$", line)
        if found and not code:
            code = found[1]
            held.stdin.write(code.rsplit("-", 1)[1] + "\n")
            held.stdin.close()
    if held.wait() or not code:
        sys.exit("an interview could not be held: " + "".join(said[-20:]))
    return code


def beginning(place):
    """Makes an evaluation with a laptop that has delivered three interviews, which nobody has collected yet."""
    (place / "home").mkdir()
    (place / "passphrase").write_text("hest batteri stift korrekt\n")
    (place / "kort.toml").write_text(SURVEY.format(version=1))
    (place / "kort2.toml").write_text(SURVEY.format(version=2))
    must(place, ["new", "evaluation", "ev", "--title", "Prøve", "--survey", "kort.toml", "--site", "nord=Nord",
                 "--withdraw-until", "2099-01-01", "--delete-by", "2099-06-01", "--recovery-out", "recovery", *KEY])
    must(place, ["-e", "ev", "kit", "nord-1", "--to", "kit", "--site", "nord", "--print", "cards", *KEY])
    codes = [interview(place) for _ in range(INTERVIEWS + WITHDRAWN)]
    (place / "code").write_text(codes[0] + "\n")
    (place / "withdrawn").write_text(codes[-1] + "\n")
    (place / "stick").mkdir()
    must(place, ["-e", "kit", "deliver", "--to", "stick"])


def calls(place, command):
    """Returns the calls of a command that make or change files, as strace counts them."""
    trace = place / "trace"
    run(place, ["-e", "ev", *command, *KEY], ["strace", "-f", "-o", str(trace), "-e", "trace=" + CALLS])
    counted, found = {}, []
    for line in trace.read_text(errors="replace").splitlines():
        called = re.match(r"\d+\s+(\w+)\(", line)
        if called:
            name = called[1]
            counted[name] = counted.get(name, 0) + 1
            if name != "openat" or "O_CREAT" in line:
                found.append((name, counted[name]))
    return found


def well(place):
    """Returns what is wrong in the evaluation, and how many interviews count."""
    code, said = run(place, ["-e", "ev", "verify", "--json", *KEY])
    try:
        return (None if code == 0 else said), json.loads(said)["interviews"]
    except (ValueError, KeyError):
        return said, None


def try_at(base, name, call, error):
    """Breaks a command off at one call. Returns what is wrong then."""
    command, may_end = COMMANDS[name]
    injected = f"inject={call[0]}:{'signal=KILL' if error is None else 'error=' + error}:when={call[1]}"
    with tempfile.TemporaryDirectory(prefix="commands_") as folder:
        place = Path(folder) / "place"
        shutil.copytree(base, place, symlinks=True)
        strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + call[0], "-e", injected]
        first = run(place, ["-e", "ev", *command, *KEY], strace)
        wrong, count = well(place)
        least = INTERVIEWS - (name == "withdraw")
        if wrong or count < (0 if name == "collect" else least):
            return f"{name} at {call}: after it broke off: {wrong or count} (said: {first[1]})"
        again, said = run(place, ["-e", "ev", *command, *KEY])
        if again not in may_end or not said:
            return f"{name} at {call}: the second try ended with {again}: {said}"
        wrong, count = well(place)
        if wrong or count < least:
            return f"{name} at {call}: after the second try: {wrong or count}"
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--error")
    parser.add_argument("commands", nargs="*", metavar="COMMAND")
    asked = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="commands_") as folder:
        delivered, base = Path(folder) / "delivered", Path(folder) / "base"
        delivered.mkdir()
        beginning(delivered)
        shutil.copytree(delivered, base, symlinks=True)
        must(base, ["-e", "ev", "collect", "stick", *KEY])
        must(base, ["-e", "ev", "withdraw", "--code-file", "withdrawn", "--yes", *KEY])
        for name in asked.commands or COMMANDS:
            begin = delivered if name == "collect" else base
            place = Path(folder) / name
            shutil.copytree(begin, place, symlinks=True)
            found = calls(place, COMMANDS[name][0])[::asked.every]
            if not found:
                sys.exit(f"{name}: strace saw no call")
            with concurrent.futures.ThreadPoolExecutor(asked.jobs) as pool:
                ended = list(pool.map(lambda call: try_at(begin, name, call, asked.error), found))
            faults = [fault for fault in ended if fault]
            wrong += len(faults)
            for fault in faults:
                print(fault)
            print(f"{name}: broken off at {len(found)} calls, {len(faults)} wrong", flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
