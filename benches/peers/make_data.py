#!/usr/bin/env python3
"""Made-up answers for the comparison: 5 backgrounds and 40 items from 1 to 5, always the same for the same seed.

make_data.py ROWS FOLDER  writes FOLDER/answers.csv and FOLDER/survey.toml.
Needs nothing but Python.
"""
import random
import sys
from pathlib import Path

LEVELS = [3, 4, 5, 7, 12]
ITEMS = 40
SHARES = [
    (0.05, 0.10, 0.20, 0.30, 0.35),
    (0.02, 0.03, 0.10, 0.35, 0.50),
    (0.20, 0.20, 0.20, 0.20, 0.20),
    (0.35, 0.30, 0.20, 0.10, 0.05),
]


def survey() -> str:
    lines = [
        'format = 1',
        'id = "peers"',
        'version = "1"',
        'languages = ["en"]',
        'title.en = "Made-up answers"',
        '',
        '[consent]',
        'read_aloud.en = "Made up."',
        'points = [{ id = "part", required = true, text = { en = "Take part?" } }]',
        '',
        '[scale.agree5]',
        'good = "high"',
        'bands = { three = [["1", "2"], ["3"], ["4", "5"]], two = [["1", "2", "3"], ["4", "5"]] }',
        'options = [',
        *(f'  {{ code = "{level}", value = {level}, text = {{ en = "Level {level}" }} }},' for level in range(1, 6)),
        ']',
        '',
        '[[section]]',
        'id = "all"',
        'title.en = "All"',
    ]
    for number, levels in enumerate(LEVELS, 1):
        lines += ['', '[[section.q]]', f'id = "bg{number}"', 'type = "one"', 'role = "background"']
        lines += [f'text.en = "Group {number}"', 'options = [']
        lines += [f'  {{ code = "{level}", text = {{ en = "Group {number}, level {level}" }} }},' for level in range(1, levels + 1)]
        lines += [']']
    for number in range(1, ITEMS + 1):
        lines += ['', '[[section.q]]', f'id = "q{number:02}"', 'type = "scale"', 'scale = "agree5"']
        lines += [f'text.en = "Statement {number}"']
    return '\n'.join(lines) + '\n'


def rows(count: int):
    header = [f'bg{n}' for n in range(1, len(LEVELS) + 1)] + [f'q{n:02}' for n in range(1, ITEMS + 1)]
    yield ','.join(header) + '\n'
    draw = random.Random(20260101)
    for begin in range(0, count, 50_000):
        size = min(50_000, count - begin)
        columns = []
        for levels in LEVELS:
            codes = [str(level) for level in range(1, levels + 1)]
            columns.append(draw.choices([''] + codes, [0.01] + [0.99 / levels] * levels, k=size))
        for item in range(ITEMS):
            shares = [0.95 * share for share in SHARES[item % len(SHARES)]]
            columns.append(draw.choices(['', *'12345'], [0.05, *shares], k=size))
        yield ''.join(','.join(cells) + '\n' for cells in zip(*columns))


def main() -> None:
    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / 'survey.toml').write_text(survey())
    with (folder / 'answers.csv').open('w') as file:
        for part in rows(count):
            file.write(part)


if __name__ == '__main__':
    main()
