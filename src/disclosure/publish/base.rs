//! Who an item was meant for, and whether that number may be printed.
//!
//! The number of people a routed question was put to is the count of an answer before it. It is printed, and with it
//! anything about the question, only where that count follows from exactly printed cells.

use std::collections::BTreeSet;

use crate::domain::answer::{Answer, Response};
use crate::domain::category::Category;
use crate::domain::clean_text::CleanText;
use crate::domain::expression::Expression;
use crate::domain::id::Id;
use crate::domain::missing::Missing;
use crate::domain::survey::question::QuestionKind;
use crate::domain::survey::{Item, Survey};
use crate::stats::tally::Tally;

use super::super::many::MOST_OPTIONS;
use super::super::published::{Answers, Base, Cell, Count, Counted, PublishedItem};
use super::logic::{Reads, truth};
use super::tie_of;

/// Backgrounds that are planning data: who was interviewed where and when is known.
const ROSTER: [&str; 2] = ["site", "round"];

/// Returns the base of an item as it is printed.
pub(super) fn base(
    survey: &Survey,
    item: &Item<'_>,
    tally: &Tally,
    interviews: u32,
    printed: &[PublishedItem],
) -> Base {
    let shown = Base::Shown {
        asked: tally.asked(),
        valid: tally.valid(),
    };
    // Versions may have asked different people, and who used which is not looked into here.
    if tally.versions_differ() {
        return Base::Hidden;
    }
    let conditions = conditions(survey, item);
    let reads = Reads::of(conditions.iter().copied());
    if reads.consent
        || reads
            .background
            .iter()
            .any(|name| !ROSTER.contains(&name.as_str()))
    {
        return Base::Hidden;
    }
    match (reads.items.len(), reads.background.is_empty()) {
        (0, _) => shown,
        (1, true) => {
            let parent = reads
                .items
                .first()
                .and_then(|key| Some((survey.item(key)?, published(key, printed)?)));
            let known = parent.and_then(|(parent, printed)| {
                let condition = Condition {
                    parent,
                    all: &conditions,
                    interviews,
                };
                condition.people(printed, !reads.answers.is_empty())
            });
            if known == Some(tally.asked()) {
                shown
            } else {
                Base::Hidden
            }
        }
        _ => Base::Hidden,
    }
}

/// Everything an item is shown for.
fn conditions<'a>(survey: &'a Survey, item: &Item<'a>) -> Vec<&'a Expression> {
    let section = survey.section_of(&item.question.id);
    [
        section.and_then(|section| section.show_if.as_ref()),
        item.question.show_if.as_ref(),
        item.row.and_then(|row| row.show_if.as_ref()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Returns whether who is asked an item depends on nothing but planning data.
pub(in crate::disclosure) fn is_asked_by_roster(survey: &Survey, item: &Item<'_>) -> bool {
    let reads = Reads::of(conditions(survey, item));
    let by_roster = |name: &Id| ROSTER.contains(&name.as_str());
    !reads.consent && reads.items.is_empty() && reads.background.iter().all(by_roster)
}

/// Returns the people in each of these sets of categories, where exactly printed cells of the item say so.
pub(super) fn exact_sum(printed: &PublishedItem, wanted: &[&Category]) -> Option<u32> {
    let Answers::Row {
        counted: Counted::One,
        cells,
        ..
    } = &printed.answers
    else {
        return None;
    };
    let codes = wanted.iter().map(|category| code_of(category));
    sum_of(&codes.collect::<Option<_>>()?, cells)
}

fn published<'p>(
    key: &crate::domain::item::ItemKey,
    printed: &'p [PublishedItem],
) -> Option<&'p PublishedItem> {
    printed.iter().find(|item| item.item == *key)
}

/// Conditions that look at one earlier item.
struct Condition<'a> {
    parent: Item<'a>,
    all: &'a [&'a Expression],
    interviews: u32,
}

impl Condition<'_> {
    fn holds(&self, response: &Response) -> bool {
        self.all
            .iter()
            .all(|condition| truth(condition, &self.parent, response) == Some(true))
    }

    /// Returns how many people the conditions hold for, where that follows from what is printed of the item.
    fn people(&self, printed: &PublishedItem, reads_answer: bool) -> Option<u32> {
        let valid = printed.valid()?;
        let without_answer = if self.holds(&Response::Missing(Missing::Skipped)) {
            self.interviews.checked_sub(valid)?
        } else {
            0
        };
        let with_answer = if reads_answer {
            self.with_answer(printed, valid)?
        } else if self.holds(&Response::Given(Answer::Text(CleanText::line("")))) {
            valid
        } else {
            0
        };
        with_answer.checked_add(without_answer)
    }

    fn with_answer(&self, printed: &PublishedItem, valid: u32) -> Option<u32> {
        let Answers::Row { counted, cells, .. } = &printed.answers else {
            return None;
        };
        // Numbers and dates have bands, and a condition need not go along with them.
        let codes: BTreeSet<&Id> = cells
            .iter()
            .flat_map(|cell| &cell.what)
            .map(code_of)
            .collect::<Option<_>>()?;
        match counted {
            Counted::One => {
                let is_in = |code: &&Id| self.holds(&Response::Given(Answer::choice((*code).clone())));
                let (wanted, others): (BTreeSet<&Id>, BTreeSet<&Id>) = codes.into_iter().partition(is_in);
                sum_of(&wanted, cells).or_else(|| valid.checked_sub(sum_of(&others, cells)?))
            }
            Counted::Several => self.by_option(&codes, cells, valid),
            Counted::FirstChoice => None,
        }
    }

    /// Where the conditions come down to one option being chosen, or not being chosen.
    fn by_option(&self, codes: &BTreeSet<&Id>, cells: &[Cell], valid: u32) -> Option<u32> {
        let answers = self.possible_answers(codes)?;
        let truths: Vec<bool> = answers
            .iter()
            .map(|codes| {
                self.holds(&Response::Given(Answer::Choices {
                    codes: codes.clone(),
                    specify: None,
                }))
            })
            .collect();
        let agrees = |code: &Id, wanted: bool| {
            answers
                .iter()
                .zip(&truths)
                .all(|(answer, truth)| (answer.contains(code) == wanted) == *truth)
        };
        if truths.iter().all(|truth| *truth) {
            return Some(valid);
        }
        let exact = |code: &Id| sum_of(&BTreeSet::from([code]), cells);
        codes.iter().find_map(|code| {
            if agrees(code, true) {
                exact(code)
            } else if agrees(code, false) {
                valid.checked_sub(exact(code)?)
            } else {
                None
            }
        })
    }

    /// Every answer to a question with several answers that its tie allows; `None` where there are too many.
    fn possible_answers(&self, codes: &BTreeSet<&Id>) -> Option<Vec<BTreeSet<Id>>> {
        let QuestionKind::Many { choices, .. } = &self.parent.question.kind else {
            return None;
        };
        let is_exclusive = |code: &Id| choices.option(code).is_some_and(|option| option.exclusive);
        let (alone, plain): (Vec<&Id>, Vec<&Id>) = codes.iter().copied().partition(|code| is_exclusive(code));
        if plain.len() > MOST_OPTIONS {
            return None;
        }
        let tie = tie_of(&self.parent, plain.len(), alone.len())?;
        let together = (0_u32..1 << plain.len()).map(|set| {
            let chosen = plain
                .iter()
                .enumerate()
                .filter(|(place, _)| set >> place & 1 == 1);
            chosen.map(|(_, code)| (*code).clone()).collect::<BTreeSet<Id>>()
        });
        let together = together.filter(|answer| (tie.min..=tie.max).contains(&answer.len()));
        Some(
            together
                .chain(alone.into_iter().map(|code| BTreeSet::from([code.clone()])))
                .collect(),
        )
    }
}

fn code_of(category: &Category) -> Option<&Id> {
    match category {
        Category::Code(code) => Some(code),
        _ => None,
    }
}

/// Returns the people in these categories together, where exactly printed cells cover them: the coarsest that fit,
/// for cells of one row lie inside each other or apart.
fn sum_of(wanted: &BTreeSet<&Id>, cells: &[Cell]) -> Option<u32> {
    let mut left = wanted.clone();
    let mut sum = 0_u32;
    for cell in cells.iter().rev() {
        let Count::Exact(count) = cell.count else { continue };
        let codes: BTreeSet<&Id> = cell.what.iter().filter_map(code_of).collect();
        if !codes.is_empty() && codes.is_subset(&left) {
            left = left.difference(&codes).copied().collect();
            sum = sum.checked_add(count)?;
        }
    }
    left.is_empty().then_some(sum)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::disclosure::made_up::{item_of, json, people, reason, settings, standard};
    use crate::disclosure::publish::publish;
    use crate::disclosure::published::{Answers, Base, MissingShown, Published, Reason};
    use crate::domain::answer::Response;
    use crate::domain::evaluation::ProfileName;
    use crate::domain::expression::{Comparison, Expression, Value};
    use crate::domain::missing::Missing;
    use crate::domain::number::Number;
    use crate::domain::survey::Survey;
    use crate::domain::survey::question::QuestionKind;
    use crate::stats::collect::Tallies;
    use crate::stats::made_up::{
        chose, chose_all, equals, has, key, none, number, on_five, one_of, question, said, several_of,
        survey, text,
    };

    fn follow_up(condition: Expression) -> Survey {
        let mut child = on_five("b");
        child.show_if = Some(condition);
        survey("1", vec![one_of("a", "yn"), child])
    }

    fn answers(survey: &Survey, yes: usize, no: usize) -> Published {
        let yes_person = [("a", chose("y")), ("b", chose("e"))];
        let no_person = [("a", chose("n")), ("b", none(Missing::NotAsked))];
        standard(survey, &people(survey, &[(yes, &yes_person), (no, &no_person)]))
    }

    #[test]
    fn a_follow_up_prints_nothing_where_its_base_would_tell_a_coded_count() {
        let survey = follow_up(equals("a", "y"));
        let published = answers(&survey, 25, 4);
        let b = item_of(&published, "b");
        assert_eq!((b.base, reason(&b)), (Base::Hidden, Some(Reason::BaseNotShown)));
        assert_eq!(b.missing, MissingShown::Hidden);
        assert_eq!(json(&published), json(&answers(&survey, 26, 3)));
    }

    #[test]
    fn a_follow_up_is_printed_where_its_base_is_printed_exactly() {
        let published = answers(&follow_up(equals("a", "y")), 17, 12);
        let b = item_of(&published, "b");
        assert_eq!(b.base, Base::Shown { asked: 17, valid: 17 });
        assert_eq!(reason(&b), None);
    }

    #[test]
    fn the_others_and_those_without_an_answer_can_be_the_base() {
        let not_no = Expression::Or(
            Box::new(Expression::Not(Box::new(Expression::Answered(key("a"))))),
            Box::new(Expression::Not(Box::new(equals("a", "n")))),
        );
        let survey = follow_up(not_no);
        let groups = |without: usize| {
            let yes = [("a", chose("y")), ("b", chose("e"))];
            let no = [("a", chose("n")), ("b", none(Missing::NotAsked))];
            let missing = [("a", none(Missing::WontSay)), ("b", chose("a"))];
            item_of(
                &standard(
                    &survey,
                    &people(&survey, &[(12, &yes), (8, &no), (without, &missing)]),
                ),
                "b",
            )
        };
        assert_eq!(groups(5).base, Base::Shown { asked: 17, valid: 17 });
    }

    #[test]
    fn an_option_of_several_can_be_the_base() {
        let survey_of = |condition| {
            let mut child = on_five("b");
            child.show_if = Some(condition);
            survey("1", vec![several_of("m", "xyzN"), child])
        };
        let published = |survey: &Survey, with_x: usize| {
            let x = [("m", chose_all("xy")), ("b", chose("e"))];
            let others = [("m", chose_all("z")), ("b", none(Missing::NotAsked))];
            standard(survey, &people(survey, &[(with_x, &x), (29 - with_x, &others)]))
        };
        let by_option = survey_of(has("m", "x"));
        assert_eq!(
            item_of(&published(&by_option, 15), "b").base,
            Base::Shown { asked: 15, valid: 15 }
        );
        assert_eq!(item_of(&published(&by_option, 25), "b").base, Base::Hidden);
        let by_two = survey_of(Expression::And(Box::new(has("m", "x")), Box::new(has("m", "y"))));
        assert_eq!(item_of(&published(&by_two, 15), "b").base, Base::Hidden);
    }

    #[test]
    fn an_open_answer_can_be_the_base() {
        let mut child = text("c");
        child.show_if = Some(Expression::Answered(key("t")));
        let survey = survey("1", vec![text("t"), child]);
        let one = [("t", said("hei")), ("c", said("ja"))];
        let other = [("t", none(Missing::Skipped)), ("c", none(Missing::NotAsked))];
        let published = standard(&survey, &people(&survey, &[(14, &one), (1, &other)]));
        assert_eq!(
            item_of(&published, "c").base,
            Base::Shown { asked: 14, valid: 14 }
        );
        assert_eq!(item_of(&published, "c").answers, Answers::Words);
    }

    #[test]
    fn numbers_two_parents_and_unreported_parents_give_no_base() {
        let weeks = QuestionKind::Number {
            unit: None,
            min: Some(Number::whole(0)),
            max: Some(Number::whole(9)),
            decimals: 0,
            bands: vec![
                (Number::whole(0), Number::whole(4)),
                (Number::whole(5), Number::whole(9)),
            ],
        };
        let long = Expression::Compare(
            Comparison::Greater,
            Box::new(Expression::Item(key("w"))),
            Box::new(Expression::Literal(Value::Number(Number::whole(4)))),
        );
        let mut child = text("c");
        child.show_if = Some(long);
        let mut both = text("d");
        both.show_if = Some(Expression::And(
            Box::new(equals("a", "y")),
            Box::new(equals("b", "y")),
        ));
        let mut silent = one_of("s", "yn");
        silent.report = false;
        let mut of_silent = text("e");
        of_silent.show_if = Some(equals("s", "y"));
        let survey = survey(
            "1",
            vec![
                question("w", weeks),
                one_of("a", "yn"),
                one_of("b", "yn"),
                silent,
                child,
                both,
                of_silent,
            ],
        );
        let one = [
            ("w", number(3)),
            ("a", chose("y")),
            ("b", chose("y")),
            ("s", chose("y")),
            ("d", said("x")),
        ];
        let other = [
            ("w", number(2)),
            ("a", chose("n")),
            ("b", chose("n")),
            ("s", chose("n")),
        ];
        let published = standard(&survey, &people(&survey, &[(14, &one), (15, &other)]));
        for item in ["c", "d", "e"] {
            assert_eq!(item_of(&published, item).base, Base::Hidden, "{item}");
        }
        assert_eq!(published.item(&key("s")), None);
    }

    /// Every data set of a routed pair, from the tallies to the JSON, for everybody who took part.
    #[test]
    fn no_fact_of_parent_or_follow_up_is_open_to_anybody() {
        let mut child = one_of("b", "uv");
        child.show_if = Some(equals("a", "y"));
        let survey = survey("1", vec![one_of("a", "yn"), child]);
        let settings = settings(ProfileName::SmallSample);
        let (n, k) = (17_u32, 3_u32);
        // People by whole answer: no; yes and u; yes and v; yes and silent.
        let groups = [
            vec![("a", chose("n")), ("b", none(Missing::NotAsked))],
            vec![("a", chose("y")), ("b", chose("u"))],
            vec![("a", chose("y")), ("b", chose("v"))],
            vec![("a", chose("y")), ("b", none(Missing::WontSay))],
        ];
        let unsafe_count = |count: u32, of: u32| of > 2 * k && !(k..=of - k).contains(&count);
        // People by whole answer, and which facts are true.
        type World = ([u32; 4], [bool; 4]);
        let mut classes: BTreeMap<String, Vec<World>> = BTreeMap::new();
        let worlds = crate::disclosure::row::worlds::Worlds::new(n, 4).unwrap();
        worlds.each(|counts| {
            let counts: [u32; 4] = counts.try_into().unwrap();
            let [no, u, v, silent] = counts;
            let sized: Vec<(usize, &[(&str, Response)])> = counts
                .iter()
                .zip(&groups)
                .map(|(count, answers)| (*count as usize, answers.as_slice()))
                .collect();
            let records = people(&survey, &sized);
            let shown = json(&publish(&survey, &Tallies::of(&survey, &[], &records), &settings));
            let facts = [
                unsafe_count(no, n),
                unsafe_count(u + v + silent, n),
                unsafe_count(u, u + v),
                unsafe_count(v, u + v),
            ];
            classes.entry(shown).or_default().push((counts, facts));
        });
        let mut printed_follow_ups = 0;
        for (shown, class) in &classes {
            printed_follow_ups += usize::from(!shown.contains("base_not_shown"));
            for reader in 0..=4 {
                let possible: Vec<_> = class
                    .iter()
                    .filter(|(counts, _)| counts.get(reader).is_none_or(|&own| own > 0))
                    .collect();
                for fact in 0..4 {
                    let is_true = possible.iter().any(|(_, facts)| facts[fact]);
                    let deniable = possible.iter().any(|(_, facts)| !facts[fact]);
                    assert!(!is_true || deniable, "reader {reader}, fact {fact}: {shown}");
                }
            }
        }
        assert!(printed_follow_ups > 50, "{printed_follow_ups}");
    }
}
