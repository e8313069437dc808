//! From interviews to tallies.

use std::fmt;

use crate::domain::answer::{Answer, Response};
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;
use crate::domain::record::{InterviewRecord, Mode};
use crate::domain::survey::question::QuestionKind;
use crate::domain::survey::{Item, Survey};

use super::category::{categories, place_of, place_of_code};
use super::respondent::Respondent;
use super::tally::{Counted, Hands, Tally};
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
        let mut counting = Counting::begin(survey, earlier);
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
}

impl fmt::Debug for Tallies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tallies({} items, ..)", self.tallies.len())
    }
}

struct Counting<'s> {
    survey: &'s Survey,
    /// All versions, the current one first, and whether a record of it was counted.
    versions: Vec<(&'s Survey, bool)>,
    items: Vec<Item<'s>>,
    result: Tallies,
}

impl<'s> Counting<'s> {
    fn begin(survey: &'s Survey, earlier: &[&'s Survey]) -> Self {
        let items: Vec<Item<'s>> = survey.items().collect();
        let tallies = items.iter().map(empty).collect();
        let versions = std::iter::once(&survey)
            .chain(earlier)
            .map(|version| (*version, false))
            .collect();
        Self {
            survey,
            versions,
            items,
            result: Tallies {
                interviews: 0,
                groups: 0,
                left_out: 0,
                tallies,
            },
        }
    }

    fn add(&mut self, record: &InterviewRecord) {
        let known = self.versions.iter_mut().find(|(version, _)| {
            *version.id() == record.survey.id && version.parts().fingerprint == record.survey.sha256
        });
        let Some((version, is_used)) = known else {
            self.result.left_out += 1;
            return;
        };
        *is_used = true;
        let respondent = Respondent {
            survey: version,
            record,
        };
        match record.mode {
            Mode::Individual => self.result.interviews += 1,
            Mode::Group { .. } => self.result.groups += 1,
        }
        for (item, tally) in self.items.iter().zip(&mut self.result.tallies) {
            let Some(asked) = respondent.survey.item(&tally.item) else {
                continue;
            };
            let response = record.answers.get(&tally.item);
            match record.mode {
                Mode::Individual if respondent.was_meant(&asked) => count(tally, item, response),
                Mode::Individual => {}
                Mode::Group { .. } => count_hands(tally, item, response),
            }
        }
    }

    fn finish(mut self) -> Tallies {
        // Without any record of the current version there is still nothing to compare it with.
        let used = self.versions.iter().skip(1).filter(|(_, is_used)| *is_used);
        for (version, _) in used {
            for (item, tally) in self.items.iter().zip(&mut self.result.tallies) {
                if let Some(same_item) = version.item(&tally.item) {
                    tally.versions_differ |= !asks_alike(self.survey, item, version, &same_item);
                }
            }
        }
        self.result
    }
}

fn empty(item: &Item<'_>) -> Tally {
    let categories = categories(item);
    let counted = match &item.question.kind {
        QuestionKind::Many { .. } => Counted::Several,
        QuestionKind::Rank { .. } => Counted::FirstChoice,
        QuestionKind::Count(_) => Counted::Hands,
        QuestionKind::Text { .. } => Counted::Answered,
        QuestionKind::Number { .. } | QuestionKind::Date { .. } if categories.is_empty() => Counted::Answered,
        _ => Counted::One,
    };
    Tally {
        item: item.key(),
        counted,
        counts: vec![0; categories.len()],
        hands: Hands {
            groups: 0,
            counts: vec![0; categories.len()],
        },
        categories,
        valid: 0,
        missing: [0; Missing::ALL.len()],
        unknown: 0,
        versions_differ: false,
    }
}

/// Counts one person's answer, or why there is none; an item the record does not have was not reached.
fn count(tally: &mut Tally, item: &Item<'_>, response: Option<&Response>) {
    let answer = match response {
        Some(Response::Given(answer)) => answer,
        Some(Response::Missing(kind)) => return count_missing(tally, *kind),
        None => return count_missing(tally, Missing::NotAsked),
    };
    tally.valid = tally.valid.saturating_add(1);
    match (tally.counted, answer) {
        (Counted::Answered, _) => {}
        (Counted::Several, Answer::Choices { codes, .. }) => {
            let places = codes
                .iter()
                .map(|code| place_of_code(code, item, &tally.categories));
            let mut chosen: Vec<usize> = places.clone().flatten().collect();
            // Two older codes may count as one option.
            chosen.sort_unstable();
            chosen.dedup();
            if places.into_iter().any(|place| place.is_none()) {
                tally.unknown = tally.unknown.saturating_add(1);
            }
            for place in chosen {
                add_one(&mut tally.counts, place);
            }
        }
        (Counted::One | Counted::FirstChoice, _) => match place_of(answer, item, &tally.categories) {
            Some(place) => add_one(&mut tally.counts, place),
            None => tally.unknown = tally.unknown.saturating_add(1),
        },
        (Counted::Several | Counted::Hands, _) => tally.unknown = tally.unknown.saturating_add(1),
    }
}

fn count_missing(tally: &mut Tally, kind: Missing) {
    if let Some(place) = Missing::ALL.iter().position(|other| *other == kind) {
        add_one(&mut tally.missing, place);
    }
}

fn count_hands(tally: &mut Tally, item: &Item<'_>, response: Option<&Response>) {
    let Some(Answer::Hands(hands)) = response.and_then(Response::answer) else {
        return;
    };
    tally.hands.groups = tally.hands.groups.saturating_add(1);
    for (code, raised) in hands {
        match place_of_code(code, item, &tally.categories) {
            Some(place) => {
                if let Some(count) = tally.hands.counts.get_mut(place) {
                    *count = count.saturating_add(*raised);
                }
            }
            None => tally.unknown = tally.unknown.saturating_add(1),
        }
    }
}

fn add_one(counts: &mut [u32], place: usize) {
    if let Some(count) = counts.get_mut(place) {
        *count = count.saturating_add(1);
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
