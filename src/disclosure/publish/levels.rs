//! The levels of a row: the answers that were possible for everybody.
//!
//! The promise speaks of other sets of answers; they must be possible ones. An option nobody can choose is no level,
//! and where not everybody was offered the same options no row is decided at all.

use crate::domain::answer::{Answer, Response};
use crate::domain::category::Category;
use crate::domain::expression::Expression;
use crate::domain::id::Id;
use crate::domain::number::Number;
use crate::domain::survey::Item;
use crate::domain::survey::question::QuestionKind;
use crate::stats::tally::{Counted, Tally};

use super::super::many::Tie;
use super::super::published::Reason;
use super::super::row::shape::{LevelSet, Shape};
use super::logic::truth;
use super::tie_of;
use super::ties::Ties;

/// The most whole numbers of a band that are tried against the question's own checks.
const MOST_TRIED: i64 = 10_000;

/// The levels of a row and its shape.
pub(super) struct Levels {
    /// Place in the tally of each level.
    places: Vec<usize>,
    shape: Shape,
}

impl Levels {
    /// Returns the levels of an item, or why its answers are not printed.
    pub(super) fn of(item: &Item<'_>, tally: &Tally, ties: &Ties) -> Result<Self, Reason> {
        let options = item
            .question
            .kind
            .choices()
            .map_or(&[][..], |choices| &choices.options);
        let own_options = item.scale.is_none();
        if tally.versions_differ()
            || tally.unknown() > 0
            || own_options && options.iter().any(|option| option.show_if.is_some())
        {
            return Err(Reason::OptionsDiffer);
        }
        let checks = ties.own_checks(tally.item());
        if !checks.is_empty() && tally.counted() != Counted::One {
            return Err(Reason::NotDecided);
        }
        let is_retired = |category: &Category| {
            own_options
                && options
                    .iter()
                    .any(|option| option.retired && *category == Category::Code(option.code.clone()))
        };
        let mut places = Vec::new();
        for (place, category) in tally.categories().iter().enumerate() {
            // A check is passed over in an interview that ends early, so what it forbids is neither possible for
            // everybody nor impossible.
            if !checks.is_empty() && can_be(item, category, checks) != can_be(item, category, &[]) {
                return Err(Reason::NotDecided);
            }
            if !is_retired(category) && can_be(item, category, &[]) == Some(true) {
                places.push(place);
            } else if tally.counts().get(place).is_some_and(|&count| count > 0) {
                return Err(Reason::OptionsDiffer);
            }
        }
        let shape = shape(item, tally, &places);
        Ok(Self { places, shape })
    }

    /// Returns the shape of the row.
    pub(super) const fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Returns the counts by level.
    pub(super) fn counts(&self, tally: &Tally) -> Option<Vec<u32>> {
        self.places
            .iter()
            .map(|&place| tally.counts().get(place).copied())
            .collect()
    }

    /// Returns the category of a level.
    pub(super) fn category<'t>(&self, tally: &'t Tally, level: usize) -> Option<&'t Category> {
        tally.categories().get(*self.places.get(level)?)
    }

    /// Returns the categories of these levels.
    pub(super) fn categories(&self, tally: &Tally, levels: LevelSet) -> Vec<Category> {
        let all = levels.levels();
        all.filter_map(|level| self.category(tally, level).cloned())
            .collect()
    }

    /// Returns how the options of a question with several answers are tied, and which stand alone.
    pub(super) fn tie(&self, item: &Item<'_>, tally: &Tally) -> Option<(Tie, Vec<bool>)> {
        let choices = item.question.kind.choices()?;
        let is_exclusive = |level: usize| match self.category(tally, level) {
            Some(Category::Code(code)) => choices.option(code).is_some_and(|option| option.exclusive),
            _ => false,
        };
        let alone: Vec<bool> = (0..self.places.len()).map(is_exclusive).collect();
        let exclusive = alone.iter().filter(|alone| **alone).count();
        Some((tie_of(item, alone.len() - exclusive, exclusive)?, alone))
    }
}

/// Returns whether any answer of a category meets the question's limits and its own checks; `None` where that cannot
/// be found out.
fn can_be(item: &Item<'_>, category: &Category, checks: &[Expression]) -> Option<bool> {
    let (low, high) = match (category, &item.question.kind) {
        (Category::Numbers(low, high), QuestionKind::Number { min, max, .. }) => {
            ((*low).max(min.unwrap_or(*low)), (*high).min(max.unwrap_or(*high)))
        }
        (Category::Code(code), _) => {
            return Some(meets(item, &Answer::choice(code.clone()), checks));
        }
        _ => return checks.is_empty().then_some(true),
    };
    if low > high {
        return Some(false);
    }
    if checks.is_empty() {
        return Some(true);
    }
    // Any whole number that meets the checks will do; with decimals, or too many numbers, none is tried.
    let whole = |number: Number| number.is_whole().then(|| number.thousandths() / 1000);
    let (first, last) = (whole(low)?, whole(high)?);
    let found = (first..=last)
        .take(usize::try_from(MOST_TRIED).unwrap_or(usize::MAX))
        .any(|value| {
            meets(
                item,
                &Answer::Number {
                    value: Number::whole(value),
                    about: false,
                },
                checks,
            )
        });
    let all_tried =
        matches!(item.question.kind, QuestionKind::Number { decimals: 0, .. }) && last - first < MOST_TRIED;
    (found || all_tried).then_some(found)
}

/// Returns whether an answer meets checks that look at it alone; unknown counts as met.
fn meets(item: &Item<'_>, answer: &Answer, checks: &[Expression]) -> bool {
    let response = Response::Given(answer.clone());
    checks
        .iter()
        .all(|check| truth(check, item, &response) != Some(false))
}

/// The shape of a row with these levels, from what the survey declares.
fn shape(item: &Item<'_>, tally: &Tally, places: &[usize]) -> Shape {
    let level_of = |code: &Id| {
        places.iter().position(
            |&place| matches!(tally.categories().get(place), Some(Category::Code(own)) if own == code),
        )
    };
    let cells = |bands: &[Vec<Id>]| -> Vec<Vec<usize>> {
        bands
            .iter()
            .map(|band| band.iter().filter_map(level_of).collect())
            .collect()
    };
    match (item.scale.map(|scale| &scale.bands), item.question.kind.choices()) {
        (Some(Some(bands)), _) => {
            let three = bands.three.as_ref().map(|three| cells(three));
            Shape::ordered(places.len(), three.as_deref(), Some(&cells(&bands.two)))
        }
        (None, Some(choices)) => {
            let groups: Vec<Vec<Id>> = choices.groups.iter().map(|(_, codes)| codes.clone()).collect();
            let groups = cells(&groups)
                .into_iter()
                .filter(|group| !group.is_empty())
                .collect::<Vec<_>>();
            Shape::nominal(places.len(), &groups)
        }
        (None, None) => Shape::ordered(places.len(), None, None),
        (Some(None), _) => Shape::nominal(places.len(), &[]),
    }
}

#[cfg(test)]
mod tests {
    use crate::disclosure::made_up::{cells, item_of, people, printed, reason, settings, standard};
    use crate::disclosure::publish::publish;
    use crate::disclosure::published::{Base, Category, Count, Grain, Reason};
    use crate::domain::evaluation::ProfileName;
    use crate::domain::expression::Expression;
    use crate::domain::number::Number;
    use crate::domain::survey::Survey;
    use crate::domain::survey::question::{Check, Level, Question, QuestionKind};
    use crate::stats::collect::Tallies;
    use crate::stats::made_up::{
        chose, equals, id, key, number, one_of, question, records_of, survey, words,
    };

    fn with_options(change: impl Fn(&mut Question)) -> Survey {
        let mut asked = one_of("q", "xyz");
        change(&mut asked);
        survey("1", vec![asked])
    }

    fn retire_last(question: &mut Question) {
        if let QuestionKind::One(choices) = &mut question.kind {
            choices.options[2].retired = true;
        }
    }

    #[test]
    fn an_option_nobody_could_choose_is_no_level() {
        let survey = with_options(retire_last);
        let item = printed(&survey, "q", &[("x", 12), ("y", 10)]);
        let names: Vec<String> = cells(&item, Grain::Levels)
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["x", "y"]);
    }

    #[test]
    fn options_that_were_not_there_for_everybody_print_nothing() {
        let chosen_all_the_same = printed(&with_options(retire_last), "q", &[("x", 12), ("z", 10)]);
        assert_eq!(reason(&chosen_all_the_same), Some(Reason::OptionsDiffer));

        let conditional = with_options(|question| {
            if let QuestionKind::One(choices) = &mut question.kind {
                choices.options[0].show_if = Some(Expression::Consent(id("deltar")));
            }
        });
        assert_eq!(
            reason(&printed(&conditional, "q", &[("x", 12), ("y", 10)])),
            Some(Reason::OptionsDiffer)
        );

        let unknown = printed(&with_options(|_| ()), "q", &[("x", 12), ("gone", 10)]);
        assert_eq!(reason(&unknown), Some(Reason::OptionsDiffer));

        let (new, old) = (
            survey("2", vec![one_of("q", "xyz")]),
            survey("1", vec![one_of("q", "xy")]),
        );
        let mut records = records_of(&new, "q", &[("x", 9), ("z", 8)]);
        records.extend(records_of(&old, "q", &[("y", 9)]));
        let tallies = Tallies::of(&new, &[&old], &records);
        let item = item_of(&publish(&new, &tallies, &settings(ProfileName::Standard)), "q");
        assert_eq!(
            (reason(&item), item.base),
            (Some(Reason::OptionsDiffer), Base::Hidden)
        );
    }

    fn stop(that: Expression) -> Check {
        Check {
            level: Level::Stop,
            that,
            text: words("Stemmer det?"),
        }
    }

    fn not(part: Expression) -> Expression {
        Expression::Not(Box::new(part))
    }

    #[test]
    fn a_check_that_forbids_a_level_leaves_the_row_undecided() {
        let survey = with_options(|question| question.checks = vec![stop(not(equals("q", "y")))]);
        let item = printed(&survey, "q", &[("x", 12), ("z", 10)]);
        assert_eq!(reason(&item), Some(Reason::NotDecided));
        let harmless = with_options(|question| question.checks = vec![stop(Expression::Answered(key("q")))]);
        assert_eq!(reason(&printed(&harmless, "q", &[("x", 12), ("z", 10)])), None);
    }

    #[test]
    fn of_two_questions_a_check_ties_only_the_first_is_printed() {
        let mut second = one_of("b", "xy");
        second.checks = vec![stop(not(Expression::And(
            Box::new(equals("a", "x")),
            Box::new(equals("b", "y")),
        )))];
        let survey = survey("1", vec![one_of("a", "xy"), second]);
        let one = [("a", chose("x")), ("b", chose("x"))];
        let other = [("a", chose("y")), ("b", chose("y"))];
        let published = standard(&survey, &people(&survey, &[(12, &one), (12, &other)]));
        assert_eq!(reason(&item_of(&published, "a")), None);
        assert_eq!(reason(&item_of(&published, "b")), Some(Reason::TiedToAnother));
    }

    #[test]
    fn a_number_is_printed_by_its_bands_and_bands_out_of_reach_are_no_levels() {
        let band = |low, high| (Number::whole(low), Number::whole(high));
        let kind = QuestionKind::Number {
            unit: None,
            min: Some(Number::whole(0)),
            max: Some(Number::whole(20)),
            decimals: 0,
            bands: vec![band(0, 4), band(5, 12), band(13, 20), band(21, 99)],
        };
        let survey = survey("1", vec![question("w", kind)]);
        let records = people(
            &survey,
            &[
                (9, &[("w", number(3))]),
                (8, &[("w", number(12))]),
                (7, &[("w", number(13))]),
            ],
        );
        let item = item_of(&standard(&survey, &records), "w");
        let shown: Vec<(Vec<Category>, Count)> = item
            .cells()
            .iter()
            .map(|cell| (cell.what.clone(), cell.count))
            .collect();
        let numbers = |(low, high)| vec![Category::Numbers(low, high)];
        assert_eq!(
            shown,
            [
                (numbers(band(0, 4)), Count::Exact(9)),
                (numbers(band(5, 12)), Count::Exact(8)),
                (numbers(band(13, 20)), Count::Exact(7))
            ]
        );
    }
}
