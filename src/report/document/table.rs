//! Tables: what an exporter prints of an item, and the same as values for data files.

use crate::disclosure::exact_share::exact_share;

/// A table: answers to one item, kinds of missing, a breakdown, or a sheet of words.
///
/// The first column holds the head of each row, the titles of the columns the heads of the columns; no cell spans others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The item's key.
    pub item: String,
    /// What it is called where there is little room, as the name of a sheet or a file: "Spørsmål 5".
    pub name: String,
    /// What of the item it shows.
    pub part: Part,
    /// The question as it was put.
    pub question: String,
    /// What stands above it; says so when everything is made up.
    pub caption: String,
    /// How many answered, where that is shown.
    pub n: Option<u32>,
    /// How many were asked, where that is shown.
    pub asked: Option<u32>,
    /// Columns; the first one holds the labels.
    pub columns: Vec<Column>,
    /// Rows in order.
    pub rows: Vec<Row>,
    /// Lines under it: what coded and hidden values mean.
    pub notes: Vec<String>,
}

/// What of an item a table shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What people answered.
    Answers,
    /// How many raised a hand, of groups that answered together: words, of so many people in them.
    Hands,
    /// Why people did not answer.
    Missing,
    /// What people answered, by group.
    Breakdown,
    /// Who took part.
    Background,
    /// What people answered, round by round.
    Rounds,
    /// Several items of a dimension taken together.
    Index,
    /// Statements asked on two scales, and how far apart the answers lie.
    Pairs,
    /// Several questions side by side; their values stand in their own tables.
    Summary,
    /// Tests of change, adjusted over all of them.
    Tests,
    /// Words only, or room for them.
    Sheet,
}

impl Part {
    /// Returns the word used in data files, the same in every language.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::Hands => "hands",
            Self::Missing => "missing",
            Self::Breakdown => "breakdown",
            Self::Background => "background",
            Self::Rounds => "rounds",
            Self::Index => "index",
            Self::Pairs => "pairs",
            Self::Summary => "summary",
            Self::Tests => "tests",
            Self::Sheet => "sheet",
        }
    }
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands above it.
    pub title: String,
    /// What its cells hold.
    pub role: Role,
    /// The group it is about, in a breakdown: `variable=level`; for a difference `change=before..after`.
    pub group: Option<String>,
    /// How many people of that group were interviewed, in a breakdown. How many of them answered is not printed.
    pub people: Option<u32>,
    /// How many of that group answered, where that is printed and the table has no n of all.
    pub n: Option<u32>,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Words.
    Label,
    /// Counts of people.
    Count,
    /// Shares of those who answered.
    Share,
    /// Shares of everybody asked, those who did not answer included.
    ShareOfAsked,
    /// Differences of two shares.
    Difference,
    /// Words in place of counts.
    Words,
    /// Figures that follow from counts, as they are printed: means, indices. Data files have them elsewhere.
    Figure,
}

impl Role {
    /// Returns whether a column holds numbers, which stand to the right.
    #[must_use]
    pub const fn is_number(self) -> bool {
        !matches!(self, Self::Label | Self::Words)
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Code of the answer; codes put together are joined by `+`.
    pub code: String,
    /// What kind of row it is.
    pub kind: RowKind,
    /// A cell for every column.
    pub cells: Vec<Cell>,
}

/// What kind of row it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// One answer, or answers put together in place of their own rows.
    Single,
    /// Answers put together beside their own rows: never to be added to them.
    Sum,
    /// An answer that has no row of its own because it is put together with others. Data files say so; printed
    /// tables leave it out.
    Merged,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A count as it is.
    Exact(u32),
    /// Somewhere from 0 to this, both included.
    AtMost(u32),
    /// Somewhere from `bound` to `of`, both included.
    AtLeast {
        /// The least it can be.
        bound: u32,
        /// The most it can be: everybody.
        of: u32,
    },
    /// There is a value, and it is not shown.
    Hidden,
    /// So many of so many, to be said as per cent.
    Share {
        /// So many.
        part: u32,
        /// Of so many.
        of: u32,
        /// Its 95 % interval, in millionths of all: it is rounded where it is printed, and only there.
        between: Option<(i32, i32)>,
        /// The same where the number of users is known, as if those who answered were drawn from them.
        of_users: Option<(i32, i32)>,
    },
    /// The difference of two shares with its interval, in hundredths of a percentage point.
    Difference {
        /// Later share less earlier share.
        by: i32,
        /// Lower bound.
        low: i32,
        /// Upper bound.
        high: i32,
    },
    /// There is no value.
    None,
}

/// A share that stands beside a count.
#[derive(Clone, Copy)]
pub(in crate::report) struct Beside {
    /// So many of so many.
    pub(in crate::report) of: (u32, u32),
    /// Its interval.
    pub(in crate::report) between: Option<(i32, i32)>,
    /// The same, knowing the number of users.
    pub(in crate::report) of_users: Option<(i32, i32)>,
}

impl Table {
    /// Returns the rows that stand in a printed table.
    pub fn printed_rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.kind != RowKind::Merged)
    }

    /// Returns every counted value of the table, row by row, as data files hold it.
    #[must_use]
    pub fn values(&self) -> Vec<Value<'_>> {
        let mut values = Vec::new();
        if matches!(self.part, Part::Summary | Part::Sheet) {
            return values;
        }
        for row in &self.rows {
            let label = row.cells.first().map_or("", Cell::text);
            for (column, cell) in self.columns.iter().zip(&row.cells) {
                if matches!(column.role, Role::Count | Role::Difference | Role::Words) {
                    values.push(Value {
                        code: &row.code,
                        label,
                        group: column.group.as_deref(),
                        people: column.people,
                        n: column.n,
                        status: status(row.kind, column.role, cell),
                        words: (column.role == Role::Words).then(|| cell.text()),
                        count: match cell {
                            Cell::Exact(count) => Some(*count),
                            _ => None,
                        },
                        bounds: match cell {
                            Cell::AtMost(bound) => Some((0, *bound)),
                            Cell::AtLeast { bound, of } => Some((*bound, *of)),
                            _ => None,
                        },
                        share: self.share_of(row, column).map(|share| share.of),
                        share_of_asked: self.share_of_asked(row, column),
                        interval: self.share_of(row, column).and_then(|share| share.between),
                        exact_interval: self
                            .share_of(row, column)
                            .filter(|share| share.between.is_some())
                            .and_then(|share| exact_share(share.of.0, share.of.1))
                            .map(|(low, high)| (millionths(low), millionths(high))),
                        users_interval: self.share_of(row, column).and_then(|share| share.of_users),
                        difference: match cell {
                            Cell::Difference { by, low, high } => Some((*by, *low, *high)),
                            _ => None,
                        },
                    });
                }
            }
        }
        values
    }

    /// Returns the share of everybody asked that stands beside a count of a row.
    pub(in crate::report) fn share_of_asked(&self, row: &Row, count: &Column) -> Option<(u32, u32)> {
        let mut pairs = self.columns.iter().zip(&row.cells);
        pairs.find_map(|(column, cell)| match cell {
            Cell::Share { part, of, .. }
                if column.role == Role::ShareOfAsked && column.group == count.group =>
            {
                Some((*part, *of))
            }
            _ => None,
        })
    }

    /// Returns the share that stands beside a count of a row, with its interval.
    pub(in crate::report) fn share_of(&self, row: &Row, count: &Column) -> Option<Beside> {
        let mut pairs = self.columns.iter().zip(&row.cells);
        pairs.find_map(|(column, cell)| match cell {
            Cell::Share {
                part,
                of,
                between,
                of_users,
            } if column.role == Role::Share && column.group == count.group => Some(Beside {
                of: (*part, *of),
                between: *between,
                of_users: *of_users,
            }),
            _ => None,
        })
    }
}

impl Cell {
    /// Returns the interval that is printed beside a share: of all users where their number is known. None where there is
    /// no share, or where all users answered.
    #[must_use]
    pub fn interval(&self) -> Option<(i32, i32)> {
        match self {
            Self::Share {
                between, of_users, ..
            } => of_users.or(*between).filter(|(low, high)| low < high),
            _ => None,
        }
    }

    /// Returns the words of a cell of words, else nothing.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }
}

/// One counted value as data files hold it. What is not shown is in none of the fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value<'t> {
    /// Code of the answer.
    pub code: &'t str,
    /// Its words.
    pub label: &'t str,
    /// The group, `variable=level`.
    pub group: Option<&'t str>,
    /// How many people of the group were interviewed.
    pub people: Option<u32>,
    /// How many of the group answered, where that is printed: people of a round.
    pub n: Option<u32>,
    /// How to take it: `exact`, `coded`, `hidden`, `merged`, `words` or `none`.
    pub status: &'static str,
    /// The words in place of a count.
    pub words: Option<&'t str>,
    /// The count, where it is exact.
    pub count: Option<u32>,
    /// The least and the most it can be, where it is coded.
    pub bounds: Option<(u32, u32)>,
    /// The share beside it: so many of so many.
    pub share: Option<(u32, u32)>,
    /// The share of everybody asked, where some did not answer: so many of so many.
    pub share_of_asked: Option<(u32, u32)>,
    /// The interval of that share of those who answered, in millionths of all.
    pub interval: Option<(i32, i32)>,
    /// The exact interval of Clopper and Pearson, in the same.
    pub exact_interval: Option<(i32, i32)>,
    /// The same as if those who answered were drawn from the users, whose number is known.
    pub users_interval: Option<(i32, i32)>,
    /// A difference of shares, its least and its most, in hundredths of a percentage point.
    pub difference: Option<(i32, i32, i32)>,
}

/// Returns a share as so many millionths of all.
#[expect(clippy::cast_possible_truncation, reason = "a share lies between 0 and 1")]
pub(in crate::report) fn millionths(share: f64) -> i32 {
    (share * 1_000_000.0).round() as i32
}

const fn status(kind: RowKind, role: Role, cell: &Cell) -> &'static str {
    match (kind, cell) {
        (RowKind::Single, Cell::Text(_)) if matches!(role, Role::Words) => "words",
        (RowKind::Merged, _) => "merged",
        (_, Cell::Exact(_) | Cell::Difference { .. }) => "exact",
        (_, Cell::AtMost(_) | Cell::AtLeast { .. }) => "coded",
        (_, Cell::Hidden) => "hidden",
        (_, Cell::Text(_) | Cell::Share { .. } | Cell::None) => "none",
    }
}
