#!/usr/bin/env python3
"""Attacks published tables: attacker.py CASE_DIR PUBLISHED.csv [--roster] [--level exact|deniable|promise] [--json]

CASE_DIR holds micro.csv (id,batch,backgrounds and answers; one person a line) and spec.json (k, vars, questions, tables,
releases with the last batch they hold, structural_zeros). PUBLISHED.csv has the header release,table,cell,stat,value:
cell "q1=3;age=16-17" (a variable left out: all of it), stat n (value empty: hidden) or range (value low:high).
Prints what can be concluded. Exit code 0: nothing; 1: something; 2: the files do not fit.
"""

import argparse
import csv
import json
import pathlib
import sys

from attack import LEVELS, Attack
from worlds import Contradiction


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", type=pathlib.Path)
    parser.add_argument("published", type=pathlib.Path)
    parser.add_argument("--roster", action="store_true", help="knows who took part, with their background")
    parser.add_argument("--level", choices=LEVELS, default="exact")
    parser.add_argument("--zeros", choices=["auto", "shown", "hidden"], default="auto")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    spec = json.loads((wanted.case / "spec.json").read_text(encoding="utf-8"))
    people = read(wanted.case / "micro.csv")
    try:
        attack = Attack(spec, people, read(wanted.published), wanted.roster, wanted.level, wanted.zeros)
    except Contradiction:
        print("What is published is not what the data says.", file=sys.stderr)
        return 2
    found, tried = attack.run()
    if wanted.json:
        print(json.dumps({"tried": tried, "found": found}, ensure_ascii=False, indent=1))
    else:
        for fact in found:
            print(f"{fact['release']} {fact['table']} {fact['cell']}: {fact['how']} ({fact['who']})")
        print(f"{wanted.case.name}: {tried} tried, {len(found)} found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
