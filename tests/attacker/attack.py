"""What can be concluded from printed tables: about few people, about all but few, about everybody.

Levels: `exact` (a small number can be worked out), `deniable` (also: that it is small, or that a group is unanimous),
`promise` (also: that all but few gave an answer, and all of this for every participant who knows the own answer).
"""

import itertools

from worlds import Layout, Unresolved, Worlds

LEVELS = ["exact", "deniable", "promise"]


def parse(cell):
    return dict(part.split("=", 1) for part in cell.split(";") if part)


class Fact:
    """A count somebody should not be able to tell."""

    def __init__(self, release, table, cell, batches, columns, count, people):
        self.release, self.table, self.cell, self.batches = release, table, cell, batches
        self.columns, self.count, self.people = columns, count, people

    def found(self, how, who):
        cell = ";".join(f"{name}={code}" for name, code in self.cell.items())
        return {"release": self.release, "table": self.table, "cell": cell, "true": self.count, "how": how, "who": who}


class Attack:
    """One reader of everything printed, with one set of rules."""

    def __init__(self, spec, people, printed, roster=False, level="exact", zeros="auto", threshold=None):
        self.spec, self.level, self.roster = spec, level, roster
        self.threshold = threshold or spec["k"]
        self.layout = Layout(spec, people)
        questions = self.layout.questions
        blocks = [[name] for name in questions] if roster else [questions]
        self.systems = [Worlds(self.layout, block, roster) for block in blocks]
        self.batches = {release["id"]: range(1, release["batch_max"] + 1) for release in spec["releases"]}
        self.tables = {table["id"]: table["vars"] for table in spec["tables"]}
        self._read(printed, zeros)
        for system in self.systems:
            system.begin()

    def _read(self, printed, zeros):
        hidden = []
        for line in printed:
            cell, batches, value = parse(line["cell"]), self.batches[line["release"]], line["value"].strip()
            for system in self.systems:
                columns = system.columns(cell, batches)
                if columns is None:
                    continue
                if value == "":
                    hidden.append((system, columns))
                elif line["stat"] == "n":
                    system.know(columns, int(value), int(value))
                elif line["stat"] == "range":
                    low, high = value.split(":")
                    system.know(columns, int(low), int(high))
                else:
                    raise ValueError(f"a stat this attacker does not know: {line['stat']}")
        # A reader who has noticed that every 0 is printed takes what is hidden for 1 or more.
        none_is_zero = all(system.truth[columns].sum() > 0 for system, columns in hidden if columns)
        if zeros == "shown" or zeros == "auto" and none_is_zero:
            for system, columns in hidden:
                if columns:
                    system.know(columns, 1, self.layout.sizes.sum())

    def _cells(self):
        """Every count of an answer, in the whole, in every group and among those new in a release."""
        spans, before = [], None
        for release in self.spec["releases"]:
            now = self.batches[release["id"]]
            spans.append((release["id"], now, release["tables"]))
            if before is not None:
                new = [batch for batch in now if batch not in before]
                spans.append((release["id"] + " new", new, release["tables"]))
            before = now
        seen = set()
        for release, batches, tables in spans:
            for table in tables:
                names = self.tables[table]
                for length in range(1, len(names) + 1):
                    for some in itertools.combinations(names, length):
                        if not any(name in self.layout.questions for name in some):
                            continue
                        for codes in itertools.product(*[self.layout.variables[name] for name in some]):
                            cell = dict(zip(some, codes))
                            key = (tuple(sorted(cell.items())), tuple(batches))
                            if key not in seen:
                                seen.add(key)
                                yield release, table, cell, batches

    def _system(self, cell):
        asked = next(name for name in cell if name in self.layout.questions)
        return next(system for system in self.systems if asked in system.offsets), asked

    def run(self):
        """Returns everything that can be concluded and how many counts were tried."""
        found, tried = [], 0
        for release, table, cell, batches in self._cells():
            system, question = self._system(cell)
            columns = system.columns(cell, batches)
            people = int(self.layout.sizes[self.layout.kinds_of(cell, batches)].sum())
            count = int(system.truth[columns].sum())
            fact = Fact(release, table, cell, batches, columns, count, people)
            k = self.threshold
            few = 1 <= count < k
            many = people >= 2 * k + 1 and count > people - k
            unanimous = people >= 1 and count == people
            if not (few or (self.level != "exact" and unanimous) or (self.level == "promise" and many)):
                continue
            tried += 1
            try:
                result = self._outsider(system, fact, few, unanimous) or self._insiders(system, fact, question, few, many)
            except Unresolved:
                result = fact.found("not resolved", "solver")
            if result:
                found.append(result)
        return found, tried

    def _outsider(self, system, fact, few, unanimous):
        k = self.threshold
        values = system.values(fact.columns)
        if few:
            if values.min() == values.max() and self._only(system, fact, None):
                return fact.found("exact", "outsider")
            if self.level != "exact" and not ((values < 1) | (values >= k)).any():
                low = system.extreme(fact.columns, most=False)
                if low >= 1 and system.extreme(fact.columns, most=True) < k:
                    return fact.found("known to be few", "outsider")
        if self.level != "exact" and unanimous and not (values < fact.people).any():
            if system.extreme(fact.columns, most=False) == fact.people:
                return fact.found("known to be everybody", "outsider")
        if self.level == "promise" and self._is_closed_to(system, fact, None) is False:
            return fact.found("open", "outsider")
        return None

    def _only(self, system, fact, own):
        """Whether only one count is possible."""
        low = system.extreme(fact.columns, most=False, own=own)
        return low is not None and low == system.extreme(fact.columns, most=True, own=own)

    def _is_closed_to(self, system, fact, own):
        """Whether there is a world with a safe count; `None` for rows the promise does not speak of."""
        n, k = fact.people, self.threshold
        if n < 2 * k + 1:
            return None
        values = system.values(fact.columns, own)
        if ((values == 0) | ((values >= k) & (values <= n - k))).any():
            return True
        safe = [(0, 0), (k, n - k)]
        return any(system.extreme(fact.columns, most=False, own=own, between=span) is not None for span in safe)

    def _insiders(self, system, fact, question, few, many):
        counts = self.layout.counts[question]
        for kind, answer in zip(*counts.nonzero()):
            own = system.column(question, int(kind), int(answer))
            who = f"somebody of {self.layout.kinds[kind]} who said {self.layout.variables[question][answer]}"
            # Somebody alone with an answer learns nothing about others by it.
            if few and not (own in fact.columns and fact.count == 1):
                values = system.values(fact.columns, own)
                if values.min() == values.max() and self._only(system, fact, own):
                    return fact.found("exact", who)
            if self.level == "promise" and (few or many) and self._is_closed_to(system, fact, own) is False:
                return fact.found("open", who)
        return None
