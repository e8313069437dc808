#!/usr/bin/env python3
"""Runs the same job with stemme, pandas, polars and DuckDB, in turn, on the same made-up file, and prints CPU seconds,
wall seconds and the most memory, with ratios to stemme. Stops when one of them counts differently.

run.py [--rows 1000000] [--rounds 3] [--folder FOLDER] [--ours COUNT_FILE]
Makes its own virtual environment in the folder and builds the example count_file unless it is given.
"""
import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PEERS = ['pandas', 'polars', 'duckdb']


def prepare(options):
    folder = Path(options.folder or tempfile.gettempdir()) / 'stemme-peers'
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / str(options.rows)
    if not data.exists():
        # Made beside and moved into place whole, so that two runs at once never write into one file.
        made = Path(tempfile.mkdtemp(dir=folder))
        subprocess.run([sys.executable, HERE / 'make_data.py', str(options.rows), made], check=True)
        try:
            made.rename(data)
        except OSError:
            # Another run was first; its data are the same.
            shutil.rmtree(made)
    python = folder / 'venv' / 'bin' / 'python'
    if not python.exists():
        venv.create(folder / 'venv', with_pip=True)
        subprocess.run([python, '-m', 'pip', '-q', 'install', 'pandas', 'polars', 'duckdb'], check=True)
    ours = options.ours
    if ours is None:
        subprocess.run(['cargo', 'build', '--release', '--locked', '--example', 'count_file'], cwd=ROOT, check=True)
        ours = ROOT / 'target' / 'release' / 'examples' / 'count_file'
    return data, python, ours


def most_memory(number, found):
    """Looks again and again at the most memory a program has taken itself: not what this script took before it."""
    while True:
        try:
            status = Path(f'/proc/{number}/status').read_text()
        except OSError:
            return
        peak = [line.split()[1] for line in status.splitlines() if line.startswith('VmHWM:')]
        if not peak:
            return
        found[0] = int(peak[0]) / 1024
        time.sleep(0.005)


def measured(command):
    """CPU seconds, wall seconds, MiB at most, and a fingerprint of the sorted lines."""
    begun = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    peak = [0]
    looking = threading.Thread(target=most_memory, args=(process.pid, peak))
    looking.start()
    output = process.stdout.read()
    looking.join()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f'failed: {command}')
    lines = b'\n'.join(sorted(output.split()))
    return usage.ru_utime + usage.ru_stime, wall, peak[0], hashlib.sha256(lines).hexdigest()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--rows', type=int, default=1_000_000)
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--folder')
    parser.add_argument('--ours')
    options = parser.parse_args()
    data, python, ours = prepare(options)
    answers = data / 'answers.csv'
    jobs = {
        'stemme, 1 core': [ours, data / 'survey.toml', answers, 1, 'counts'],
        'stemme, 2 cores': [ours, data / 'survey.toml', answers, 2, 'counts'],
    }
    for peer in PEERS:
        jobs[peer] = [python, HERE / 'figures_with.py', peer, answers]
    found = {name: [] for name in jobs}
    for _ in range(options.rounds):
        for name, command in jobs.items():
            found[name].append(measured(command))
    prints = {name: runs[0][3] for name, runs in found.items()}
    if len({run[3] for runs in found.values() for run in runs}) != 1:
        sys.exit(f'the results differ: {prints}')
    base = min(run[0] for run in found['stemme, 2 cores'])
    size = answers.stat().st_size / 1e6
    print(f'{options.rows} rows, {size:.0f} MB, best of {options.rounds}, {os.cpu_count()} cores; all results agree\n')
    print('| job | CPU s | ratio | wall s | peak MiB |')
    print('|---|---|---|---|---|')
    for name, runs in found.items():
        cpu, wall, peak = (min(run[place] for run in runs) for place in range(3))
        print(f'| {name} | {cpu:.2f} | {cpu / base:.1f} | {wall:.2f} | {peak:.0f} |')


if __name__ == '__main__':
    main()
