#!/usr/bin/env python3
"""Kills the program at random moments, from outside, and judges it by what its screen had promised.

Each run starts the program on a pseudo-terminal with a fresh folder, types answers as a person would, reads the screen
(pyte, a terminal emulator) for the promise that an answer is saved, ends the program at a random moment, starts it
again on the same folder, and so on. Between and at the end the draft is read, and it counts as a failure when there is
  LOST      an answer the screen had promised and that is not there
  WRONG     an answer that is there and was never typed, or stands out of order or twice
  STUCK     a program that does not come back to a question, does not promise, or does not end when it should
  LEFT_TTY  a terminal that a program ended by SIGTERM or SIGHUP left in another state than it found it
  RESIDUE   the mark that is in every answer, in clear, in any file of the run's folder (with --power also anywhere
            on its disk, deleted files included)
All chance comes from --seed, so that a failing run can be repeated.

How the program is spoken to stands in a configuration file; see stemme.py beside this one. Needs Python 3.9 and pyte;
--power needs root and loop mounts, --sweep needs strace. docs/security.md has the recipes.
"""
import argparse
import concurrent.futures
import errno
import fcntl
import importlib.util
import json
import os
import pty
import random
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

import pyte

import calls

HERE = Path(__file__).resolve().parent
BAD = ["lost", "wrong", "stuck", "left_tty", "residue"]


class Config:
    """What every configuration must say; {dir} is the run's folder."""
    argv = []
    env = {}
    wrapper = []
    rows, cols = 24, 80
    start_timeout = 20.0
    answer_timeout = 15.0
    marker = "ZQXmerke"

    def prepare(self, d):
        """Puts what the program needs into the folder."""

    def start(self, t):
        """Brings a started program to the first question that takes an answer; False when that fails."""
        raise NotImplementedError

    def continue_at(self, t, answers):
        """Brings it to the question after so many answers, with nothing written there yet."""

    def promised(self, text):
        """How many answers this screen promises to be saved, or None when it promises nothing."""
        raise NotImplementedError

    def refused(self, text):
        """Whether this screen says that something is not saved; then `retry` is typed."""
        return False

    retry = b"\r"

    def answer(self, rng, i):
        return f"{self.marker}{i:04d} " + "".join(rng.choice("abcdefgh") for _ in range(rng.randrange(1, 30)))

    def keys(self, rng, i, text):
        return text.encode() + b"\r"

    def type(self, t, keys):
        """Types keys as a person would."""
        t.write(keys)

    def recovered(self, d):
        """The answers in the draft, in order."""
        raise NotImplementedError


class Tui:
    """A program on a pseudo-terminal."""

    def __init__(self, cfg, d, late=0.0):
        """Starts it; the window gets its size so many seconds later."""
        self.screen = pyte.Screen(cfg.cols, cfg.rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self.shown = ""
        self.dead = False
        self.modes_left = False
        env = dict(os.environ, **{k: v.format(dir=d) for k, v in cfg.env.items()})
        argv = [str(x).format(dir=d) for x in [*cfg.wrapper, *cfg.argv]]
        # The program begins when the terminal has been looked at, not before.
        looked, may_begin = os.pipe()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                os.read(looked, 1)
                os.execvpe(argv[0], argv, env)
            finally:
                os._exit(127)
        self.found = termios.tcgetattr(self.fd)[:4]
        os.write(may_begin, b".")
        os.close(looked)
        os.close(may_begin)
        time.sleep(late)
        self.size(cfg.rows, cfg.cols)

    def size(self, r, c):
        try:
            fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", r, c, 0, 0))
            self.screen.resize(r, c)
        except OSError:
            pass

    def pump(self, t=0.0):
        """Reads what the program prints for up to t seconds."""
        end = time.monotonic() + t
        while True:
            left = max(0.0, end - time.monotonic())
            try:
                if not select.select([self.fd], [], [], left)[0]:
                    return False
                b = os.read(self.fd, 65536)
            except OSError as e:
                if e.errno not in (errno.EIO, errno.EBADF):
                    raise
                b = b""
            if not b:
                self.dead = True
                return False
            self.raw += b
            self.stream.feed(b)
            # A frame that is only half there is shown by no terminal.
            if self.raw.rfind(b"\x1b[?2026h") <= self.raw.rfind(b"\x1b[?2026l"):
                self.shown = "\n".join(self.screen.display)
            return True

    def calm(self, t):
        """Reads until nothing has come for so many seconds."""
        end = time.monotonic() + t
        while not self.dead and time.monotonic() < end:
            if self.pump(end - time.monotonic()):
                end = time.monotonic() + t

    def text(self):
        return self.shown

    def write(self, b):
        try:
            while b:
                n = os.write(self.fd, b[:256])
                b = b[n:]
                self.pump(0)
        except OSError:
            self.dead = True

    def wait(self, seen, timeout):
        """Waits until `seen(text)` is true."""
        end = time.monotonic() + timeout
        while not seen(self.text()):
            if self.dead or time.monotonic() > end:
                return False
            self.pump(0.02)
        return True

    def kill(self, how):
        """Ends the program; returns the seconds that took, None when it had to be forced."""
        began = time.monotonic()
        if how == "close":
            os.close(self.fd)
            self.fd = -1
        elif how == "SIGKILL":
            # With everything it runs under.
            os.killpg(self.pid, signal.SIGKILL)
        elif how != "none":
            os.kill(self.pid, getattr(signal, how))
        while time.monotonic() < began + 10:
            if self.fd >= 0:
                self.pump(0.01)
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                break
            time.sleep(0.002)
        else:
            os.killpg(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.drop()
            return None
        took = time.monotonic() - began
        while self.fd >= 0 and self.pump(0.02) and not self.dead:
            pass
        if self.fd >= 0:
            self.modes_left = termios.tcgetattr(self.fd)[:4] != self.found
        self.drop()
        return took

    def drop(self):
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def left_tty(self):
        """What the program did not undo."""
        r = bytes(self.raw)
        last = lambda code: r.rfind(b"\x1b[?" + code)
        codes = [b"1049", b"2004", b"1000", b"1002", b"1003", b"1006"]
        left = [code.decode() for code in codes if last(code + b"h") > last(code + b"l")]
        if last(b"25l") > last(b"25h"):
            left.append("the cursor is hidden")
        if self.modes_left:
            left.append("the modes of the line")
        return left


class PowerDisk:
    """The run's folder on a small disk image of its own. `cut` takes the image as it is right after a kill: only what
    the program had synced is in it for sure, as after a power cut. A kill alone does not test this: what the kernel
    holds survives it."""

    def __init__(self, d, mib=12):
        self.d, self.n = d, 0
        self.img = d + ".img0"
        with open(self.img, "wb") as f:
            f.truncate(mib << 20)
        subprocess.run(["mkfs.ext4", "-q", self.img], check=True, capture_output=True)
        self.mount()

    def mount(self):
        subprocess.run(["mount", "-o", "loop", self.img, self.d], check=True)

    def cut(self, patterns):
        """Cuts the power; returns whether one of the patterns is anywhere on the disk."""
        with open(self.img, "rb") as f:
            snap = f.read()
        self.drop()
        self.n += 1
        self.img = f"{self.d}.img{self.n}"
        with open(self.img, "wb") as f:
            f.write(snap)
        self.mount()
        return any(p in snap for p in patterns)

    def drop(self):
        for _ in range(100):
            if subprocess.run(["umount", self.d], capture_output=True).returncode == 0:
                break
            time.sleep(0.02)
        else:
            subprocess.run(["umount", "-l", self.d], capture_output=True)
        try:
            os.unlink(self.img)
        except OSError:
            pass


def patterns(marker):
    return [marker.encode(), marker.encode("utf-16-le"), marker.encode("utf-16-be")]


def scan(folder, marker):
    hits = []
    for root, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(root, name)
            try:
                b = Path(path).read_bytes()
            except OSError:
                continue
            if any(p in b for p in patterns(marker)):
                hits.append(path)
    return hits


def injected(log):
    """Whether strace did what it was asked to."""
    try:
        b = Path(log).read_bytes()
    except OSError:
        return False
    return b"(INJECTED)" in b or b"killed by SIGKILL" in b


def one_run(cfg, seed, args, sweep=None, watched=None):
    rng = random.Random(seed)
    d = tempfile.mkdtemp(prefix="crash_", dir=args.work)
    res = dict(seed=seed, lost=0, wrong=0, stuck=0, left_tty=0, residue=0, kills=0, promised=0, typed=0, recovered=0,
               refused=0, slowest_end=0.0, injected=True, note="")
    log = d + ".strace"
    if sweep:
        call, i, what = sweep
        res["note"] = f"{call} {i} {what}:"
        cfg.wrapper = calls.injecting(call, i, what, log)
    elif watched:
        cfg.wrapper = calls.watching(watched, log)
    disk = PowerDisk(d) if args.power else None
    typed, promised = [], 0

    def note(what, text):
        res[what] += 1
        res["note"] += f" {text};"

    def look(t):
        nonlocal promised
        n = cfg.promised(t.text())
        if n is not None:
            promised = max(promised, n)

    def judge(where):
        """Reads the draft and compares."""
        nonlocal promised, typed
        try:
            rec = cfg.recovered(d)
        except Exception as e:
            note("stuck", f"{where}: not read: {e}")
            res["lost"] += promised
            return
        res["promised"] = max(res["promised"], promised)
        res["recovered"] = len(rec)
        if len(rec) < promised:
            res["lost"] += promised - len(rec)
            res["note"] += f" {where}: promised {promised}, there are {len(rec)};"
        if rec != typed[:len(rec)]:
            i = next((i for i, (a, b) in enumerate(zip(rec, typed)) if a != b), min(len(rec), len(typed)))
            there, was = (repr(answers[i]) if i < len(answers) else "nothing" for answers in (rec, typed))
            note("wrong", f"{where}: answer {i + 1} is {there}, typed was {was}")
        promised, typed = min(promised, len(rec)), rec[:]

    try:
        cfg.prepare(d)
        if disk:
            subprocess.run(["sync", "-f", d], check=True)
        for life in range(args.restarts + 1):
            t = Tui(cfg, d, rng.uniform(0, 0.08) if args.storm else 0)
            if not cfg.start(t):
                if not (sweep and t.dead):
                    note("stuck", f"life {life}: no question: {' '.join(t.text().split())[:200]}")
                t.kill("none" if t.dead else "SIGKILL")
                res["kills"] += 1
                if sweep:
                    judge(f"life {life}")
                break
            judge(f"life {life}, begun")
            cfg.continue_at(t, len(typed))
            die_at = time.monotonic() + rng.uniform(0, args.life)
            n_left, killed = args.answers, False
            while n_left and not t.dead and not killed:
                text = cfg.answer(rng, len(typed))
                keys = cfg.keys(rng, len(typed), text)
                cut = len(keys)
                if args.storm and rng.random() < 0.3:
                    for _ in range(10):
                        t.size(rng.randrange(3, 60), rng.randrange(10, 200))
                        t.pump(0.001)
                    t.size(cfg.rows, cfg.cols)
                if time.monotonic() >= die_at:
                    cut = rng.randrange(0, len(keys) + 1)
                cfg.type(t, keys[:cut])
                if cut == len(keys):
                    typed.append(text)
                    res["typed"] += 1
                end = time.monotonic() + cfg.answer_timeout
                retry_at = 0.0
                while not t.dead:
                    t.pump(rng.choice([0, 0.0005, 0.002, 0.005]))
                    look(t)
                    if time.monotonic() >= die_at:
                        killed = True
                        break
                    if promised >= len(typed):
                        break
                    if cfg.refused(t.text()) and time.monotonic() >= retry_at:
                        res["refused"] += 1
                        t.write(cfg.retry)
                        retry_at = time.monotonic() + 0.5
                    if time.monotonic() > end:
                        note("stuck", f"life {life}: no promise: {' '.join(t.text().split())[:200]}")
                        killed = True
                        break
                n_left -= 1
            how = "none" if t.dead else rng.choice(args.how)
            res["kills"] += 1
            took = t.kill(how)
            if took is None:
                note("stuck", f"life {life}: did not end of {how}")
            else:
                res["slowest_end"] = max(res["slowest_end"], round(took, 2))
            if how not in ("SIGTERM", "SIGHUP"):
                look(t)
            if how in ("SIGTERM", "SIGHUP") and t.left_tty():
                note("left_tty", f"life {life}: {how}: {', '.join(t.left_tty())}")
            if disk and disk.cut(patterns(cfg.marker)):
                note("residue", f"life {life}: on the disk")
            judge(f"life {life}, after {how}")
        for path in scan(d, cfg.marker):
            note("residue", path)
        if sweep:
            res["injected"] = injected(log)
        elif watched:
            res["places"] = calls.in_folder(log, d)
    finally:
        if disk:
            disk.drop()
        shutil.rmtree(d, ignore_errors=True)
        Path(log).unlink(missing_ok=True)
    return res


def load(path):
    spec = importlib.util.spec_from_file_location("config", path)
    module = importlib.util.module_from_spec(spec)
    module.Config = Config
    sys.path.insert(0, str(HERE))
    spec.loader.exec_module(module)
    return module.C()


def logged(path):
    """The results of an earlier series that was broken off."""
    if not path or not Path(path).exists():
        return []
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def work(args, seed, sweep=None, watched=None):
    return one_run(load(args.config), seed, args, sweep, watched)


def swept(args):
    """Every place where a run is to end or to meet an error: the calls about its folder that a run made which was
    left in peace."""
    named = args.sweep.split(",")
    ends = [f"error={error}" for error in args.error] or ["signal=KILL"]
    places = work(args, args.seed, watched=named)["places"]
    for call in named:
        if call not in places:
            print(f"{call}: never called", flush=True)
    return [(call, i, what) for call in named for what in ends
            for i in calls.spread(places.get(call, []), args.runs)]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--config", default=str(HERE / "stemme.py"))
    ap.add_argument("--runs", type=int, default=20, help="with --sweep: at most so many for each call, spread over the run")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--answers", type=int, default=40, help="in each life")
    ap.add_argument("--restarts", type=int, default=2)
    ap.add_argument("--life", type=float, default=3.0, help="ended at random within so many seconds")
    ap.add_argument("--how", nargs="+", default=["SIGKILL"], help="SIGKILL SIGTERM SIGHUP close none")
    ap.add_argument("--storm", action="store_true", help="resize the window wildly between answers")
    ap.add_argument("--power", action="store_true", help="cut the power at every end (root, Linux)")
    ap.add_argument("--sweep", metavar="CALLS", help="die at each of these system calls that is about the folder")
    ap.add_argument("--error", nargs="+", default=[],
                    help="with --sweep: the call fails so (EIO ENOSPC EROFS) instead of the program dying")
    ap.add_argument("--jobs", type=int, default=1)
    ap.add_argument("--work", help="where the runs' folders are made")
    ap.add_argument("--log", help="every run's result is a line of this file, and what stands there is not run again")
    args = ap.parse_args()
    if args.sweep:
        args.restarts, args.life, args.log = 0, 1e9, None
    load(args.config).make()
    began, results = time.monotonic(), logged(args.log)
    known = {res["seed"] for res in results}

    def take(res):
        results.append(res)
        if any(res[k] for k in BAD):
            print("FAIL", json.dumps(res, ensure_ascii=False), flush=True)
        if args.log:
            with open(args.log, "a", encoding="utf-8") as f:
                print(json.dumps(res, ensure_ascii=False), file=f)

    with concurrent.futures.ProcessPoolExecutor(args.jobs) as pool:
        if args.sweep:
            futures = [pool.submit(work, args, args.seed, place) for place in swept(args)]
        else:
            seeds = [args.seed + i for i in range(args.runs) if args.seed + i not in known]
            futures = [pool.submit(work, args, seed) for seed in seeds]
        for future in concurrent.futures.as_completed(futures):
            take(future.result())
    load(args.config).clear()
    total = {k: sum(r[k] for r in results) for k in
             [*BAD, "kills", "promised", "typed", "recovered", "refused"]}
    total["slowest_end"] = max((r["slowest_end"] for r in results), default=0)
    failed = sum(1 for r in results if any(r[k] for k in BAD))
    missed = sum(1 for r in results if not r["injected"])
    print(f"{len(results)} runs in {time.monotonic() - began:.0f} s: {json.dumps(total)}")
    print(f"{len(results) - failed} passed, {failed} failed" + (f"; {missed} never came so far" if missed else ""))
    # A series in which nothing was ended or failed has tried nothing.
    sys.exit(1 if failed or missed == len(results) else 0)


if __name__ == "__main__":
    main()
