#!/usr/bin/env python3
"""The same job with pandas, polars or DuckDB: for each item, for everybody and by each background, n and the counts of
1 to 5, printed as the example count_file prints them with `counts`.

figures_with.py pandas|polars|duckdb ANSWERS.csv
"""
import sys


def names(path):
    with open(path) as file:
        header = file.readline().strip().split(',')
    return [name for name in header if name.startswith('bg')], [name for name in header if name.startswith('q')]


def line(variable, level, item, counts):
    print(f"{variable},{level},{item},{sum(counts)},{','.join(str(count) for count in counts)}")


def with_pandas(path):
    import numpy
    import pandas
    groups, items = names(path)
    # As small numbers, an empty cell as NaN: codes read as categories would be text in one pandas and numbers in another.
    frame = pandas.read_csv(path, dtype={name: 'float32' for name in groups + items})
    answers = {item: frame[item].fillna(0).to_numpy().astype('int64') for item in items}
    for item in items:
        line('all', '', item, numpy.bincount(answers[item], minlength=6)[1:])
    for group in groups:
        own = frame[group].fillna(0).to_numpy().astype('int64')
        levels = int(own.max())
        for_item = {
            item: numpy.bincount(own * 6 + answers[item], minlength=(levels + 1) * 6).reshape(levels + 1, 6)
            for item in items
        }
        for level in range(1, levels + 1):
            for item in items:
                line(group, level, item, for_item[item][level][1:])


def with_polars(path):
    import polars
    groups, items = names(path)
    frame = polars.scan_csv(path, schema_overrides={name: polars.UInt8 for name in groups + items})
    sums = [(polars.col(item) == level).sum().alias(f'{item}_{level}') for item in items for level in range(1, 6)]
    plans = [frame.select(sums)] + [frame.group_by(group).agg(sums) for group in groups]
    whole, *split = polars.collect_all(plans)
    row = whole.row(0, named=True)
    for item in items:
        line('all', '', item, [row[f'{item}_{level}'] for level in range(1, 6)])
    for group, table in zip(groups, split):
        for row in table.drop_nulls(group).sort(group).iter_rows(named=True):
            for item in items:
                line(group, row[group], item, [row[f'{item}_{level}'] for level in range(1, 6)])


def with_duckdb(path):
    import duckdb
    groups, items = names(path)
    types = ', '.join(f"'{name}': 'UTINYINT'" for name in groups + items)
    base = duckdb.connect()
    base.execute(f"create table answers as select * from read_csv('{path}', header=true, columns={{{types}}})")
    # One row per person and item: far quicker than a sum per item and answer.
    base.execute(f"create table said as unpivot answers on {', '.join(items)} into name item value answer")

    def counted(group):
        by = 'item, answer' if group is None else f'{group}, item, answer'
        where = '' if group is None else f' where {group} is not null'
        counts = {}
        for *level, item, answer, people in base.execute(f'select {by}, count(*) from said{where} group by all').fetchall():
            own = counts.setdefault(level[0] if level else '', {name: [0] * 5 for name in items})
            own[item][answer - 1] = people
        return sorted(counts.items())

    for group in [None] + groups:
        for level, own in counted(group):
            for item in items:
                line(group or 'all', level, item, own[item])


if __name__ == '__main__':
    {'pandas': with_pandas, 'polars': with_polars, 'duckdb': with_duckdb}[sys.argv[1]](sys.argv[2])
