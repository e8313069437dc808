//! From interviews to tallies: one pass over records or rows, whatever is counted.

use std::fmt;
use std::sync::Arc;

use crate::domain::answer::{Answer, Response};
use crate::domain::category::place_of_code;
use crate::domain::coding::{CodedItem, Coding, ROUND, Roster, SITE, Said, TakesRows};
use crate::domain::id::{Id, Slug};
use crate::domain::item::ItemKey;
use crate::domain::record::{InterviewRecord, Mode};
use crate::domain::survey::Survey;

use super::count::{Background, Counter, Counts, Plan, Whose};
use super::pair::PairTally;
use super::respondent::Respondent;
use super::tally::Tally;
use super::versions::asks_alike;

/// The tallies of every item of a survey, over the interviews of all its versions.
///
/// `Debug` shows no counts of answers.
#[derive(Clone, PartialEq, Eq)]
pub struct Tallies {
    interviews: u32,
    groups: u32,
    left_out: u32,
    tallies: Vec<Tally>,
    pairs: Vec<PairTally>,
    splits: Vec<Split>,
}

/// What to count by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// A question with categories, one per person.
    Item(ItemKey),
    /// `site` or `round`.
    Roster(Id),
}

/// The tallies by one background.
#[derive(Clone, PartialEq, Eq)]
pub struct Split {
    by: By,
    groups: Vec<GroupTallies>,
}

/// The tallies of one group of a background.
#[derive(Clone, PartialEq, Eq)]
pub struct GroupTallies {
    level: Option<usize>,
    people: u32,
    tallies: Vec<Tally>,
    pairs: Vec<PairTally>,
}

impl Tallies {
    /// Counts the answers of `records` by the items of `survey`. Records of `earlier` versions count where they have
    /// the item; records of another survey or of a version not given are left out and counted as such.
    #[must_use]
    pub fn of<'r>(
        survey: &Survey,
        earlier: &[&Survey],
        records: impl IntoIterator<Item = &'r InterviewRecord>,
    ) -> Self {
        Self::by(&Coding::of(survey, Vec::new()), earlier, &[], records)
    }

    /// As [`Tallies::of`], and by these backgrounds too.
    #[must_use]
    pub fn by<'r>(
        coding: &Coding<'_>,
        earlier: &[&Survey],
        by: &[By],
        records: impl IntoIterator<Item = &'r InterviewRecord>,
    ) -> Self {
        let mut counting = Counting::begin(coding, earlier, by);
        for record in records {
            counting.add(record);
        }
        counting.finish()
    }

    /// Returns how many people were interviewed one by one.
    #[must_use]
    pub const fn interviews(&self) -> u32 {
        self.interviews
    }

    /// Returns how many groups were interviewed.
    #[must_use]
    pub const fn groups(&self) -> u32 {
        self.groups
    }

    /// Returns how many records are of another survey, or of a version that was not given.
    #[must_use]
    pub const fn left_out(&self) -> u32 {
        self.left_out
    }

    /// Returns the tallies in file order.
    #[must_use]
    pub fn all(&self) -> &[Tally] {
        &self.tallies
    }

    /// Returns the tally of an item.
    #[must_use]
    pub fn tally(&self, item: &ItemKey) -> Option<&Tally> {
        self.tallies.iter().find(|tally| tally.item == *item)
    }

    /// Returns the matrix rows asked on two scales, counted together.
    #[must_use]
    pub fn pairs(&self) -> &[PairTally] {
        &self.pairs
    }

    /// Returns the tallies by each background that was asked for, in that order.
    #[must_use]
    pub fn splits(&self) -> &[Split] {
        &self.splits
    }

    fn counted(coding: &Coding<'_>, by: &[By], counts: &Counts) -> Self {
        let whole = tallies(coding, counts, Whose::All);
        let splits = by.iter().enumerate().map(|(number, by)| {
            let levels = levels(coding, by).map_or(0, |background| background.levels);
            let groups = (0..=levels).map(|level| {
                let whose = Whose::Level(number, level);
                GroupTallies {
                    level: (level < levels).then_some(level),
                    people: counts.people(whose),
                    tallies: tallies(coding, counts, whose),
                    pairs: pairs(coding, counts, whose),
                }
            });
            Split {
                by: by.clone(),
                groups: groups.collect(),
            }
        });
        Self {
            interviews: counts.rows(),
            groups: 0,
            left_out: 0,
            tallies: whole,
            pairs: pairs(coding, counts, Whose::All),
            splits: splits.collect(),
        }
    }
}

impl Split {
    /// Returns what it is by.
    #[must_use]
    pub const fn by(&self) -> &By {
        &self.by
    }

    /// Returns its groups: the levels in order, and last those of no level.
    #[must_use]
    pub fn groups(&self) -> &[GroupTallies] {
        &self.groups
    }
}

impl GroupTallies {
    /// Returns the level's place among the levels; `None` for those of no level.
    #[must_use]
    pub const fn level(&self) -> Option<usize> {
        self.level
    }

    /// Returns how many people are in the group.
    #[must_use]
    pub const fn people(&self) -> u32 {
        self.people
    }

    /// Returns the tallies in file order.
    #[must_use]
    pub fn all(&self) -> &[Tally] {
        &self.tallies
    }

    /// Returns the matrix rows asked on two scales, counted together.
    #[must_use]
    pub fn pairs(&self) -> &[PairTally] {
        &self.pairs
    }
}

impl fmt::Debug for Tallies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tallies({} items, ..)", self.tallies.len())
    }
}

impl fmt::Debug for Split {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Split({:?}, ..)", self.by)
    }
}

impl fmt::Debug for GroupTallies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GroupTallies(..)")
    }
}

fn tallies(coding: &Coding<'_>, counts: &Counts, whose: Whose) -> Vec<Tally> {
    let items = coding.items().iter();
    items.map(|item| Tally::of(item, counts, whose)).collect()
}

fn pairs(coding: &Coding<'_>, counts: &Counts, whose: Whose) -> Vec<PairTally> {
    let pairs = counts.plan().pairs().iter().enumerate();
    pairs
        .filter_map(|(number, pair)| PairTally::of(coding, pair, number, counts, whose))
        .collect()
}

/// Where a background stands in the row; `None` for what is none.
fn levels(coding: &Coding<'_>, by: &By) -> Option<Background> {
    match by {
        By::Item(key) => {
            let item = coding.items().iter().find(|item| item.key == *key)?;
            Some(Background {
                place: item.place(),
                levels: item.own_categories(),
            })
        }
        By::Roster(name) => {
            let mut rosters = coding.rosters().iter().enumerate();
            let (number, roster) = rosters.find(|(_, roster)| roster.name == *name)?;
            Some(Background {
                place: coding.roster_place(number),
                levels: roster.levels.len(),
            })
        }
    }
}

fn plan(coding: &Coding<'_>, by: &[By]) -> Arc<Plan> {
    // A background that is not there has no level: everybody is in none.
    let nowhere = Background {
        place: usize::MAX,
        levels: 0,
    };
    let backgrounds = by.iter().map(|by| levels(coding, by).unwrap_or(nowhere));
    Arc::new(Plan::of(coding, backgrounds.collect()))
}

/// Counts rows that come from elsewhere. Clones of one that has counted nothing yet can be put together afterwards.
#[derive(Clone)]
pub struct RowCounts {
    counter: Counter,
}

impl RowCounts {
    /// Returns a count of nobody.
    #[must_use]
    pub fn new(coding: &Coding<'_>, by: &[By]) -> Self {
        Self {
            counter: Counter::new(plan(coding, by)),
        }
    }

    /// Adds what a clone counted.
    pub fn merge(&mut self, other: Self) {
        self.counter.merge(other.counter);
    }

    /// Returns the tallies, by the coding and backgrounds it was begun with.
    #[must_use]
    pub fn tallies(self, coding: &Coding<'_>, by: &[By]) -> Tallies {
        Tallies::counted(coding, by, &self.counter.finish())
    }
}

impl TakesRows for RowCounts {
    fn take(&mut self, row: &[u16]) {
        self.counter.take(row);
    }
}

impl fmt::Debug for RowCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RowCounts(..)")
    }
}

struct Counting<'c, 's> {
    coding: &'c Coding<'s>,
    by: &'c [By],
    /// All versions, the current one first, and whether a record of it was counted.
    versions: Vec<(&'c Survey, bool)>,
    counter: Counter,
    row: Vec<u16>,
    hands: Vec<HandCount>,
    groups: u32,
    left_out: u32,
}

/// Hands of groups for one item.
#[derive(Clone, Default)]
struct HandCount {
    groups: u32,
    people: u32,
    counts: Vec<u32>,
    unknown: u32,
}

impl<'c, 's> Counting<'c, 's> {
    fn begin(coding: &'c Coding<'s>, earlier: &[&'c Survey], by: &'c [By]) -> Self {
        let current: &'c Survey = coding.survey();
        let versions = std::iter::once(current).chain(earlier.iter().copied());
        let hands = coding.items().iter().map(|item| HandCount {
            counts: vec![0; item.categories.len()],
            ..HandCount::default()
        });
        Self {
            coding,
            by,
            versions: versions.map(|version| (version, false)).collect(),
            counter: Counter::new(plan(coding, by)),
            row: coding.empty_row(),
            hands: hands.collect(),
            groups: 0,
            left_out: 0,
        }
    }

    fn add(&mut self, record: &InterviewRecord) {
        let known = self.versions.iter_mut().find(|(version, _)| {
            *version.id() == record.survey.id && version.parts().fingerprint == record.survey.sha256
        });
        let Some((version, is_used)) = known else {
            self.left_out += 1;
            return;
        };
        *is_used = true;
        let respondent = Respondent {
            survey: version,
            record,
        };
        if let Mode::Group { people } = record.mode {
            self.groups += 1;
            for (item, hands) in self.coding.items().iter().zip(&mut self.hands) {
                if version.item(&item.key).is_some() {
                    hands.add(item, record.answers.get(&item.key), people);
                }
            }
            return;
        }
        for item in self.coding.items() {
            let asked = version.item(&item.key);
            if asked.is_some_and(|asked| respondent.was_meant(&asked)) {
                item.write(record.answers.get(&item.key), &mut self.row);
            } else {
                item.write_said(Said::NotMeant, &mut self.row);
            }
        }
        for (number, roster) in self.coding.rosters().iter().enumerate() {
            let level = roster_level(roster, record);
            if let Some(place) = self.row.get_mut(self.coding.roster_place(number)) {
                *place = self.coding.roster_code(number, level);
            }
        }
        self.counter.take(&self.row);
    }

    fn finish(self) -> Tallies {
        let mut tallies = Tallies::counted(self.coding, self.by, &self.counter.finish());
        tallies.groups = self.groups;
        tallies.left_out = self.left_out;
        for (tally, hands) in tallies.tallies.iter_mut().zip(self.hands) {
            tally.hands.groups = hands.groups;
            tally.hands.people = hands.people;
            tally.hands.counts = hands.counts;
            tally.unknown = tally.unknown.saturating_add(hands.unknown);
        }
        // Without any record of the current version there is still nothing to compare it with.
        let survey = self.coding.survey();
        let used = self.versions.iter().skip(1).filter(|(_, is_used)| *is_used);
        for (version, _) in used {
            for (number, item) in self.coding.items().iter().enumerate() {
                let differs = version
                    .item(&item.key)
                    .is_some_and(|same_item| !asks_alike(survey, &item.item, version, &same_item));
                let groups = tallies.splits.iter_mut().flat_map(|split| &mut split.groups);
                let all = std::iter::once(&mut tallies.tallies).chain(groups.map(|group| &mut group.tallies));
                for tally in all.filter_map(|all| all.get_mut(number)) {
                    tally.versions_differ |= differs;
                }
            }
        }
        tallies
    }
}

impl HandCount {
    fn add(&mut self, item: &CodedItem<'_>, response: Option<&Response>, people: u16) {
        let Some(Answer::Hands(hands)) = response.and_then(Response::answer) else {
            return;
        };
        self.groups = self.groups.saturating_add(1);
        self.people = self.people.saturating_add(u32::from(people));
        for (code, raised) in hands {
            let place = place_of_code(code, &item.item, &item.categories);
            match place.and_then(|place| self.counts.get_mut(place)) {
                Some(count) => *count = count.saturating_add(*raised),
                None => self.unknown = self.unknown.saturating_add(1),
            }
        }
    }
}

fn roster_level<'r>(roster: &Roster, record: &'r InterviewRecord) -> Option<&'r str> {
    match roster.name.as_str() {
        SITE => record.site.as_ref().map(Slug::as_str),
        ROUND => Some(record.round.as_str()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Tallies;
    use crate::domain::answer::{Answer, Response};
    use crate::domain::missing::Missing;
    use crate::domain::record::Mode;
    use crate::domain::survey::Survey;
    use crate::domain::survey::question::QuestionKind;
    use crate::stats::made_up::{
        choices, chose, chose_all, equals, id, key, none, on_five, one_of, question, ranked, ranking_of,
        record, said, several_of, survey, text,
    };

    fn counts(tallies: &Tallies, item: &str) -> Vec<u32> {
        tallies.tally(&key(item)).unwrap().counts().to_vec()
    }

    #[test]
    fn each_kind_of_question_is_counted_in_its_way() {
        let survey = survey(
            "1",
            vec![
                on_five("q"),
                several_of("m", "abX"),
                ranking_of("r", "abc"),
                text("t"),
            ],
        );
        let records = [
            record(
                &survey,
                1,
                &[
                    ("q", chose("d")),
                    ("m", chose_all("ab")),
                    ("r", ranked("ba")),
                    ("t", said("hei")),
                ],
            ),
            record(
                &survey,
                2,
                &[
                    ("q", chose("d")),
                    ("m", chose_all("x")),
                    ("r", ranked("b")),
                    ("t", none(Missing::Skipped)),
                ],
            ),
            record(
                &survey,
                3,
                &[("q", none(Missing::DontKnow)), ("m", chose_all("b"))],
            ),
        ];
        let tallies = Tallies::of(&survey, &[], &records);
        assert_eq!(tallies.interviews(), 3);
        assert_eq!(counts(&tallies, "q"), [0, 0, 0, 2, 0]);
        assert_eq!(counts(&tallies, "m"), [1, 2, 1]);
        assert_eq!(counts(&tallies, "r"), [0, 2, 0]);
        let q = tallies.tally(&key("q")).unwrap();
        assert_eq!((q.asked(), q.valid(), q.missing(Missing::DontKnow)), (3, 2, 1));
        let t = tallies.tally(&key("t")).unwrap();
        assert_eq!((t.asked(), t.valid()), (3, 1));
        assert_eq!(
            (t.missing(Missing::Skipped), t.missing(Missing::NotAsked)),
            (1, 1)
        );
    }

    #[test]
    fn who_is_routed_past_is_in_no_count() {
        let mut follow_up = on_five("b");
        follow_up.show_if = Some(equals("a", "y"));
        let survey = survey("1", vec![one_of("a", "yn"), follow_up]);
        let records = [
            record(&survey, 1, &[("a", chose("y")), ("b", chose("e"))]),
            record(&survey, 2, &[("a", chose("n")), ("b", none(Missing::NotAsked))]),
            record(&survey, 3, &[("a", chose("y")), ("b", none(Missing::NotAsked))]),
            record(
                &survey,
                4,
                &[("a", none(Missing::WontSay)), ("b", none(Missing::NotAsked))],
            ),
        ];
        let tallies = Tallies::of(&survey, &[], &records);
        let b = tallies.tally(&key("b")).unwrap();
        assert_eq!((b.asked(), b.valid(), b.missing(Missing::NotAsked)), (2, 1, 1));
    }

    #[test]
    fn hands_of_groups_are_no_persons() {
        let survey = survey(
            "1",
            vec![question("h", QuestionKind::Count(choices("ab"))), on_five("q")],
        );
        let mut group = record(
            &survey,
            1,
            &[(
                "h",
                Response::Given(Answer::Hands(BTreeMap::from([(id("a"), 4), (id("b"), 1)]))),
            )],
        );
        group.mode = Mode::Group { people: 5 };
        let tallies = Tallies::of(&survey, &[], &[group]);
        assert_eq!((tallies.interviews(), tallies.groups()), (0, 1));
        let hands = tallies.tally(&key("h")).unwrap();
        assert_eq!(
            (hands.hands().groups, hands.hands().counts.clone()),
            (1, vec![4, 1])
        );
        assert_eq!((hands.asked(), tallies.tally(&key("q")).unwrap().asked()), (0, 0));
    }

    fn with_options(version: &str, options: &str) -> Survey {
        survey(version, vec![one_of("a", options), on_five("q")])
    }

    #[test]
    fn versions_count_together_and_say_where_they_differ() {
        let (new, old) = (with_options("2", "xyz"), with_options("1", "xy"));
        let records = [
            record(&new, 1, &[("a", chose("z")), ("q", chose("a"))]),
            record(&old, 2, &[("a", chose("x"))]),
        ];
        let tallies = Tallies::of(&new, &[&old], &records);
        assert_eq!(counts(&tallies, "a"), [1, 0, 1]);
        assert!(tallies.tally(&key("a")).unwrap().versions_differ());
        assert!(!tallies.tally(&key("q")).unwrap().versions_differ());
        let unused = Tallies::of(&new, &[&old], records.iter().take(1));
        assert!(!unused.tally(&key("a")).unwrap().versions_differ());
        let unknown = Tallies::of(&new, &[], &records);
        assert_eq!((unknown.interviews(), unknown.left_out()), (1, 1));
    }

    #[test]
    fn a_renamed_option_counts_under_its_new_code() {
        let mut renamed = one_of("a", "xy");
        if let QuestionKind::One(choices) = &mut renamed.kind {
            choices.options[0].was = vec![id("old")];
        }
        let survey = survey("1", vec![renamed]);
        let records = [
            record(&survey, 1, &[("a", chose("old"))]),
            record(&survey, 2, &[("a", chose("gone"))]),
        ];
        let tallies = Tallies::of(&survey, &[], &records);
        let a = tallies.tally(&key("a")).unwrap();
        assert_eq!((a.counts(), a.valid(), a.unknown()), (&[1, 0][..], 2, 1));
    }

    #[test]
    fn debug_shows_no_count() {
        let survey = survey("1", vec![on_five("q")]);
        let tallies = Tallies::of(&survey, &[], &[record(&survey, 1, &[("q", chose("a"))])]);
        let shown = format!("{tallies:?} {:?} {:?}", tallies.all(), tallies.all()[0].hands());
        assert_eq!(shown, "Tallies(1 items, ..) [Tally(q, ..)] Hands(..)");
    }
}
