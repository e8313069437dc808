"""Every set of answers that fits what is printed, as whole numbers under linear conditions.

A world says how many people of each kind (background and batch together) gave each answer. The roster attacker knows
how many people of each kind there are, so the questions do not touch each other and each is a system of its own;
without the roster all questions share the unknown kinds and stand in one system.
"""

import itertools

import highspy
import numpy as np
from scipy.sparse import csr_matrix

SOLVER_SECONDS = 60.0


class Contradiction(Exception):
    """What is printed is not what the data says."""


class Unresolved(Exception):
    """The solver came to no end: counted as found, never as safe."""


class Layout:
    """Which kinds of people there are, who of them took part, and what they answered."""

    def __init__(self, spec, people):
        self.variables = {name: [str(code) for code in codes] for name, codes in spec["vars"].items()}
        self.questions = list(spec.get("questions") or [])
        self.backgrounds = [name for name in self.variables if name not in self.questions]
        last = max(release["batch_max"] for release in spec["releases"])
        impossible = spec.get("structural_zeros") or []
        codes = [self.variables[name] for name in self.backgrounds]
        self.kinds = []
        for values in itertools.product(*codes, range(1, last + 1)):
            kind = dict(zip([*self.backgrounds, "batch"], values))
            if not any(all(kind.get(name) == code for name, code in zero.items()) for zero in impossible):
                self.kinds.append(kind)
        place = {tuple(kind.values()): number for number, kind in enumerate(self.kinds)}
        self.sizes = np.zeros(len(self.kinds), dtype=int)
        self.counts = {name: np.zeros((len(self.kinds), len(self.variables[name])), dtype=int) for name in self.questions}
        for person in people:
            kind = place[tuple([*(person[name] for name in self.backgrounds), int(person["batch"])])]
            self.sizes[kind] += 1
            for name in self.questions:
                self.counts[name][kind, self.variables[name].index(person[name])] += 1

    def kinds_of(self, cell, batches):
        """The kinds of people a cell speaks of."""
        wanted = {name: code for name, code in cell.items() if name in self.backgrounds}
        return [
            number
            for number, kind in enumerate(self.kinds)
            if kind["batch"] in batches and all(kind[name] == code for name, code in wanted.items())
        ]


class Worlds:
    """The worlds of some questions together."""

    def __init__(self, layout, questions, roster):
        self.layout, self.roster = layout, roster
        self.rows = []
        self.offsets = {}
        width = 0 if roster else len(layout.kinds)
        for name in questions:
            self.offsets[name] = width
            width += len(layout.kinds) * len(layout.variables[name])
        self.width = width
        for name in questions:
            for kind in range(len(layout.kinds)):
                answers = [(self.column(name, kind, answer), 1.0) for answer in range(len(layout.variables[name]))]
                if roster:
                    size = float(layout.sizes[kind])
                    self.rows.append((answers, size, size))
                else:
                    self.rows.append(([*answers, (kind, -1.0)], 0.0, 0.0))
        truth = np.zeros(width)
        if not roster:
            truth[: len(layout.kinds)] = layout.sizes
        for name in questions:
            flat = layout.counts[name].reshape(-1)
            truth[self.offsets[name] : self.offsets[name] + len(flat)] = flat
        self.truth = truth

    def column(self, question, kind, answer):
        return self.offsets[question] + kind * len(self.layout.variables[question]) + answer

    def columns(self, cell, batches):
        """The columns that sum to a cell; `None` where this system knows nothing of it."""
        kinds = self.layout.kinds_of(cell, batches)
        asked = [name for name in cell if name in self.layout.questions]
        if not asked:
            return None if self.roster else kinds
        if asked[0] not in self.offsets:
            return None
        answer = self.layout.variables[asked[0]].index(cell[asked[0]])
        return [self.column(asked[0], kind, answer) for kind in kinds]

    def know(self, columns, low, high):
        """Adds what a reader has read."""
        self.rows.append(([(column, 1.0) for column in columns], float(low), float(high)))

    def begin(self):
        """Closes the conditions and starts the solver with the one world that is known: the true one."""
        starts, columns, values = [0], [], []
        for terms, _, _ in self.rows:
            columns.extend(column for column, _ in terms)
            values.extend(value for _, value in terms)
            starts.append(len(columns))
        self.low = np.array([row[1] for row in self.rows])
        self.high = np.array([row[2] for row in self.rows])
        self.matrix = csr_matrix((values, columns, starts), shape=(len(self.rows), self.width))
        if not self.fits(self.truth):
            raise Contradiction
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = self.width, len(self.rows)
        program.col_cost_ = np.zeros(self.width)
        program.col_lower_ = np.zeros(self.width)
        program.col_upper_ = np.full(self.width, float(self.layout.sizes.sum()) if self.roster else highspy.kHighsInf)
        program.row_lower_, program.row_upper_ = self.low, self.high
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.array(starts)
        program.a_matrix_.index_ = np.array(columns)
        program.a_matrix_.value_ = np.array(values, float)
        program.integrality_ = [highspy.HighsVarType.kInteger] * self.width
        self.solver = highspy.Highs()
        for option, value in [("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5)]:
            self.solver.setOptionValue(option, value)
        self.solver.passModel(program)
        self.upper = program.col_upper_[0] if self.width else 0.0
        self.pool = self.truth[np.newaxis, :]

    def fits(self, world):
        sums = self.matrix @ world
        return bool((world >= -1e-9).all() and (sums >= self.low - 1e-6).all() and (sums <= self.high + 1e-6).all())

    def values(self, columns, own=None):
        """The counts of a cell in the worlds known so far, for somebody who gave the answer `own`."""
        pool = self.pool if own is None else self.pool[self.pool[:, own] >= 1]
        return pool[:, columns].sum(axis=1)

    def extreme(self, columns, most, own=None, between=None):
        """The least or the greatest count of a cell, or `None` where no world is left; keeps the world it found."""
        solver = self.solver
        cost = np.zeros(self.width)
        cost[columns] = -1.0 if most else 1.0
        solver.changeColsCost(self.width, np.arange(self.width, dtype=np.int32), cost)
        if own is not None:
            solver.changeColBounds(own, 1.0, self.upper)
        if between is not None:
            solver.addRow(float(between[0]), float(between[1]), len(columns), np.array(columns, dtype=np.int32), np.ones(len(columns)))
        solver.setOptionValue("time_limit", solver.getRunTime() + SOLVER_SECONDS)
        solver.run()
        status = solver.getModelStatus()
        world = np.rint(np.array(solver.getSolution().col_value))
        if own is not None:
            solver.changeColBounds(own, 0.0, self.upper)
        if between is not None:
            solver.deleteRows(1, np.array([len(self.rows)], dtype=np.int32))
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return float("inf")
        if status != highspy.HighsModelStatus.kOptimal or not self.fits(world):
            raise Unresolved
        self.pool = np.vstack([self.pool, world])
        return int(world[columns].sum())
