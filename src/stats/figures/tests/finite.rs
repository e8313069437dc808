//! Whatever the answers: every figure of a survey is a number or a reason, in rankings, hands, pairs, dimensions and
//! groups too.

use std::collections::BTreeMap;
use std::fmt::Debug;

use proptest::prelude::{Just, Strategy, prop, prop_assert, prop_oneof, proptest};
use proptest::test_runner::Config;

use crate::domain::answer::{Answer, Response};
use crate::domain::coding::Coding;
use crate::domain::item::ItemKey;
use crate::domain::record::{InterviewRecord, Mode};
use crate::domain::survey::Survey;
use crate::domain::survey::question::{Question, QuestionKind};
use crate::stats::adjusted::Adjustment;
use crate::stats::census::Users;
use crate::stats::collect::{By, Tallies};
use crate::stats::figures::{
    GroupFigures, ItemComparison, ItemFigures, Method, SurveyFigures, TestOf, figures,
};
use crate::stats::made_up::{
    choices, chose, chose_all, five, id, key, matrix, on_five, one_of, question, ranked, ranking_of, record,
    several_of, survey_with, words,
};

/// Every kind of question, three statements of a dimension, one of them worded the other way, and a background.
fn survey() -> Survey {
    let mut on_two = matrix("p", &["r"]);
    if let QuestionKind::Matrix { scales, .. } = &mut on_two.kind {
        scales.push(id("other"));
    }
    let of_dimension = |name: &str, reverse: bool| Question {
        dimension: Some(id("d")),
        reverse,
        ..on_five(name)
    };
    let questions = vec![
        of_dimension("a", false),
        of_dimension("b", true),
        of_dimension("c", false),
        ranking_of("r", "xyz"),
        several_of("m", "xyz"),
        one_of("g", "xyz"),
        on_two,
        question("h", QuestionKind::Count(choices("xy"))),
    ];
    let made = survey_with("1", vec![(id("five"), five()), (id("other"), five())], questions);
    let mut parts = made.parts().clone();
    parts.sections = made.sections().to_vec();
    parts.dimensions = vec![(id("d"), words("Hjelp"))];
    Survey::new(parts).unwrap()
}

/// What one person said: levels of five statements, a ranking, options, a group; nothing where there is none.
type Person = (Vec<Option<usize>>, Option<usize>, Option<usize>, Option<usize>);

fn person() -> impl Strategy<Value = Person> {
    let level = prop_oneof![1 => Just(None), 3 => (0_usize..5).prop_map(Some)];
    (
        prop::collection::vec(level, 5),
        prop::option::of(0_usize..5),
        prop::option::of(0_usize..4),
        prop::option::of(0_usize..3),
    )
}

fn interview(survey: &Survey, number: u16, (levels, rank, options, group): &Person) -> InterviewRecord {
    let mut answers: Vec<(&str, Response)> = Vec::new();
    for (item, level) in ["a", "b", "c", "p.r.five", "p.r.other"].into_iter().zip(levels) {
        answers.extend(level.map(|level| (item, chose(["a", "b", "c", "d", "e"][level]))));
    }
    answers.extend(rank.map(|rank| ("r", ranked(["xyz", "zx", "y", "yzx", "x"][rank]))));
    answers.extend(options.map(|options| ("m", chose_all(["x", "xy", "xyz", "z"][options]))));
    answers.extend(group.map(|group| ("g", chose(["x", "y", "z"][group]))));
    record(survey, number, &answers)
}

fn hands(survey: &Survey, number: u16, people: u16, raised: u32) -> InterviewRecord {
    let hands = BTreeMap::from([(id("x"), raised.min(u32::from(people))), (id("y"), 0)]);
    let mut group = record(survey, number, &[("h", Response::Given(Answer::Hands(hands)))]);
    group.mode = Mode::Group { people };
    group
}

/// Every number there is, as its own `Debug` shows it.
struct Shown(Vec<String>);

impl Shown {
    fn add(&mut self, figure: &impl Debug) {
        self.0.push(format!("{figure:?}"));
    }

    fn survey(&mut self, figures: &SurveyFigures) {
        self.add(&figures.response_rate);
        self.group(&figures.all);
        for split in &figures.splits {
            split.groups.iter().for_each(|group| self.group(group));
            split.comparisons.iter().for_each(|over| self.comparison(over));
        }
    }

    fn group(&mut self, group: &GroupFigures) {
        group.items.iter().for_each(|item| self.item(item));
        for pair in &group.pairs {
            self.add(&pair.gap);
            self.add(&pair.gap_0_100);
        }
        for dimension in &group.dimensions {
            self.add(&dimension.index);
            self.add(&dimension.reliability);
        }
    }

    fn item(&mut self, item: &ItemFigures) {
        for category in &item.categories {
            self.add(&(category.percent, category.percent_of_asked, category.share));
            self.add(&(category.exact, category.of_users));
        }
        if let Some(ordinal) = &item.ordinal {
            self.add(&(ordinal.mean, ordinal.sd, ordinal.interval, ordinal.of_users));
            self.add(&(ordinal.bootstrap, ordinal.quartiles, ordinal.skewness));
            self.add(&(ordinal.mean_0_100, ordinal.top, ordinal.bottom));
        }
        for standing in item.ranking.iter().flatten().flatten() {
            self.add(&standing.borda);
        }
        if let Some(hands) = &item.hands {
            self.add(&hands.shares);
        }
    }

    fn comparison(&mut self, over: &ItemComparison) {
        for pair in &over.pairs {
            self.add(&(&pair.shares, pair.top, pair.mean, pair.delta));
        }
        for test in &over.tests {
            self.add(&test.adjusted);
            match &test.of {
                TestOf::MannWhitney(test) => self.add(test),
                TestOf::KruskalWallis(test) => self.add(test),
                TestOf::Table(association, p) => self.add(&(association, p)),
            }
        }
        self.add(&over.run);
    }
}

proptest! {
    #![proptest_config(Config::with_cases(32))]

    #[test]
    fn no_figure_of_a_survey_is_no_number(
        people in prop::collection::vec(person(), 0..24),
        groups in prop::collection::vec((0_u16..9, 0_u32..9), 0..3),
        users in prop::option::of(0_u32..60),
    ) {
        let survey = survey();
        let mut records = Vec::new();
        for (number, person) in (1..).zip(&people) {
            records.push(interview(&survey, number, person));
        }
        for (number, (people, raised)) in (1000..).zip(&groups) {
            records.push(hands(&survey, number, *people, *raised));
        }
        let coding = Coding::of(&survey, Vec::new());
        let by = [By::Item(ItemKey::question(id("g")))];
        let tallies = Tallies::by(&coding, &[], &by, &records);
        let method = Method {
            users: users.map(Users::new),
            exact_shares: true,
            bootstrap: true,
            tests: Some(Adjustment::Holm),
            ..Method::default()
        };
        let figures = figures(&coding, &tallies, &method);
        // What is to be looked at is there.
        prop_assert!(figures.all.items.iter().any(|item| item.item == key("h") && item.hands.is_some()));
        prop_assert!(figures.all.items.iter().any(|item| item.ranking.is_some()));
        prop_assert!(figures.all.dimensions.len() == 1 && figures.all.pairs.len() == 1);
        prop_assert!(figures.splits.len() == 1 && figures.splits[0].groups.len() > 2);
        let mut shown = Shown(Vec::new());
        shown.survey(&figures);
        for figure in shown.0 {
            prop_assert!(!figure.contains("NaN") && !figure.contains("inf"), "{figure}");
        }
    }
}
