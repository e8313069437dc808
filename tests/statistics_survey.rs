//! The reference values of figures, from a file of answers: read as rows, counted, and every figure had from the tallies
//! in one place.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail; the sets here are known"
)]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::Value;
use stemme::definition;
use stemme::domain::coding::Coding;
use stemme::domain::item::ItemKey;
use stemme::import::answers::{Reading, read};
use stemme::stats::adjusted::Adjustment;
use stemme::stats::census::{Known, Users};
use stemme::stats::collect::{By, RowCounts};
use stemme::stats::figures::{ItemFigures, Method, SurveyFigures, TestOf, figures};
use stemme::stats::p_value::{How, PValue};
use stemme::stats::undefined::{Figure, Undefined};

const HEAD: &str = "format = 1\nid = \"proof\"\nversion = \"1\"\nlanguages = [\"en\"]\ntitle.en = \"Proof\"\n\
    [consent]\nread_aloud.en = \"Made up.\"\n\
    points = [{ id = \"part\", required = true, text = { en = \"Take part?\" } }]\n\
    [dimension]\nd.en = \"All\"\n";

/// One question of a proof.
enum Asked {
    /// On a scale of so many levels, worded the other way or not.
    Scale(u64, bool),
    /// One of so many options.
    One(usize),
    /// A statement on two scales of so many levels.
    Pair(u64),
}

/// Questions with their answers; a number from 1, or none.
struct Proof {
    questions: Vec<(&'static str, Asked)>,
    columns: Vec<(String, Vec<Option<u64>>)>,
}

fn scale(name: &str, levels: u64) -> String {
    let list = |levels: std::ops::RangeInclusive<u64>| {
        let codes: Vec<String> = levels.map(|level| format!("'l{level}'")).collect();
        format!("[{}]", codes.join(", "))
    };
    let half = levels / 2;
    let mut bands = format!("two = [{}, {}]", list(1..=half), list(half + 1..=levels));
    if levels > 4 {
        let middle = half + 1;
        let three = [list(1..=half), list(middle..=middle), list(middle + 1..=levels)];
        let _ = write!(bands, ", three = [{}]", three.join(", "));
    }
    let options: Vec<String> = (1..=levels)
        .map(|level| format!("{{ code = 'l{level}', value = {level}, text = {{ en = 'Level {level}' }} }}"))
        .collect();
    format!(
        "[scale.{name}]\ngood = 'high'\nask.en = 'How?'\nbands = {{ {bands} }}\noptions = [{}]\n",
        options.join(", ")
    )
}

impl Proof {
    fn survey(&self) -> String {
        let (mut scales, mut questions) = (String::new(), String::new());
        for (name, asked) in &self.questions {
            let begun = format!("[[section.q]]\nid = '{name}'\ntext.en = 'What of {name}?'\n");
            questions.push_str(&begun);
            let _ = match asked {
                Asked::Scale(levels, reverse) => {
                    scales.push_str(&scale(&format!("of_{name}"), *levels));
                    writeln!(
                        questions,
                        "type = 'scale'\nscale = 'of_{name}'\ndimension = 'd'\nreverse = {reverse}"
                    )
                }
                Asked::One(options) => {
                    let options: Vec<String> = (1..=*options)
                        .map(|option| {
                            format!("{{ code = 'l{option}', text = {{ en = 'Option {option}' }} }}")
                        })
                        .collect();
                    let role = if *name == "g" { "role = 'background'\n" } else { "" };
                    writeln!(
                        questions,
                        "type = 'one'\n{role}options = [{}]",
                        options.join(", ")
                    )
                }
                Asked::Pair(levels) => {
                    scales.push_str(&scale("first", *levels));
                    scales.push_str(&scale("second", *levels));
                    writeln!(
                        questions,
                        "type = 'matrix'\nscales = ['first', 'second']\nrows = [{{ id = 'r', text = {{ en = 'It' }} }}]"
                    )
                }
            };
        }
        format!("{HEAD}{scales}[[section]]\nid = 'all'\ntitle.en = 'All'\n{questions}")
    }

    fn rows(&self) -> String {
        let mut text = String::from("nr");
        for (name, _) in &self.columns {
            let _ = write!(text, ";{name}");
        }
        let people = self.columns.first().map_or(0, |(_, column)| column.len());
        for person in 0..people {
            let _ = write!(text, "\n{person}");
            for (_, column) in &self.columns {
                text.push(';');
                if let Some(level) = column[person] {
                    let _ = write!(text, "l{level}");
                }
            }
        }
        text
    }

    /// Reads and counts the rows, in two parts as on two cores.
    fn figures(&self, method: &Method) -> SurveyFigures {
        let survey = definition::survey::read(self.survey().as_bytes());
        assert!(survey.value.is_some(), "{:?}\n{}", survey.problems, self.survey());
        let survey = survey.value.unwrap();
        let coding = Coding::of(&survey, Vec::new());
        let background = survey.questions().filter(|question| question.background);
        let by: Vec<By> = background
            .map(|question| By::Item(ItemKey::question(question.id.clone())))
            .collect();
        let takers = vec![RowCounts::with_dimensions(&coding, &by); 2];
        let (parts, read) = read(self.rows().as_bytes(), &coding, &Reading::default(), takers).unwrap();
        assert_eq!((read.wrong.cells, read.wrong.rows), (0, 0));
        let mut all = RowCounts::with_dimensions(&coding, &by);
        for part in parts {
            all.merge(part);
        }
        figures(&coding, &all.tallies(&coding, &by), method)
    }
}

fn sets(family: &str) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/statistics");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let all = paths
        .iter()
        .map(|path| serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap());
    let sets: Vec<Value> = all.filter(|set: &Value| set["family"] == family).collect();
    assert!(!sets.is_empty(), "{family}");
    sets
}

fn answers(value: &Value) -> Vec<Option<u64>> {
    value.as_array().unwrap().iter().map(Value::as_u64).collect()
}

fn highest(columns: &[Vec<Option<u64>>]) -> u64 {
    columns
        .iter()
        .flatten()
        .flatten()
        .copied()
        .max()
        .unwrap_or(2)
        .max(2)
}

/// Compares figures with the values of a set that has them.
struct Against<'s> {
    set: &'s Value,
    compared: usize,
}

impl Against<'_> {
    fn has(&mut self, statistic: &str, got: &[Figure<f64>]) {
        let Some(expected) = self.set["expected"].get(statistic) else {
            return;
        };
        let want: Vec<Option<f64>> = match &expected["value"] {
            Value::Array(all) => all.iter().map(Value::as_f64).collect(),
            one => vec![one.as_f64()],
        };
        let id = &self.set["id"];
        assert_eq!(got.len(), want.len(), "{id} {statistic}");
        for (got, want) in got.iter().zip(want) {
            let is_near = match (got, want) {
                (Ok(got), Some(want)) => {
                    let relative = if statistic.starts_with("clopper") {
                        1e-8
                    } else {
                        1e-9
                    };
                    (got - want).abs() <= (relative * want.abs()).max(1e-12)
                }
                (Err(_), None) => true,
                _ => false,
            };
            assert!(is_near, "{id} {statistic}: {got:?}, expected {want:?}");
            self.compared += 1;
        }
    }
}

fn ends<T>(figure: Figure<T>, of: impl Fn(T) -> (f64, f64)) -> [Figure<f64>; 2] {
    match figure.map(of) {
        Ok((low, high)) => [Ok(low), Ok(high)],
        Err(why) => [Err(why), Err(why)],
    }
}

/// Counts are whole and far below 2^53.
fn whole(count: u32) -> Figure<f64> {
    Ok(f64::from(count))
}

fn item_against(against: &mut Against<'_>, item: &ItemFigures) {
    let ordinal = item.ordinal.as_ref().unwrap();
    against.has("n_total", &[whole(item.asked)]);
    against.has("n_valid", &[whole(item.valid)]);
    let missing = item.missing.iter().map(|(_, people)| people).sum();
    against.has("n_missing", &[whole(missing)]);
    let counts: Vec<_> = item
        .categories
        .iter()
        .map(|category| whole(category.count))
        .collect();
    against.has("counts", &counts);
    against.has("mean", &[ordinal.mean]);
    against.has("sd", &[ordinal.sd]);
    against.has("skewness_g1", &[ordinal.skewness]);
    against.has("index_0_100", &[ordinal.mean_0_100]);
    against.has("median", &[ordinal.quartiles.map(|q| q.median)]);
    against.has(
        "quartiles_type7",
        &ends(ordinal.quartiles, |q| (q.first, q.third)),
    );
    let interval = |i: stemme::stats::mean::MeanInterval| (i.unclipped().low, i.unclipped().high);
    against.has("t_ci_95", &ends(ordinal.interval, interval));
    if against.set["input"]["top_boxes"] == 2 && ordinal.boxes == 2 {
        against.has("top_share", &[ordinal.top.map(|share| share.share)]);
        against.has("wilson_95", &ends(ordinal.top, |share| (share.low, share.high)));
    }
    let bootstrap = ordinal.bootstrap.unwrap();
    if bootstrap != Err(Undefined::TooLarge) {
        against.has(
            "bca_95_ideal_midrank",
            &ends(bootstrap, |b| (b.bca.low, b.bca.high)),
        );
    }
    if let Some(users) = ordinal.of_users {
        let of_users = ends(users, |known| match known {
            Known::Everybody(mean) => (mean, mean),
            Known::Estimated(mean) => interval(mean),
        });
        against.has("fpc_t_ci_95", &of_users);
    }
}

#[test]
fn the_figures_of_an_item_are_those_of_its_reference() {
    let mut compared = 0;
    for set in sets("item").into_iter().chain(sets("fpc")) {
        let column = answers(&set["input"]["values"]);
        let levels = set["input"]["levels"]
            .as_u64()
            .unwrap_or_else(|| highest(std::slice::from_ref(&column)));
        for reverse in [false, true] {
            // Worded the other way, and answered the other way: the same figures.
            let turn = |level: u64| if reverse { levels + 1 - level } else { level };
            let turned = column.iter().map(|answer| answer.map(turn)).collect();
            let proof = Proof {
                questions: vec![("q", Asked::Scale(levels, reverse))],
                columns: vec![("q".to_owned(), turned)],
            };
            let users = set["input"]["population"].as_u64();
            let method = Method {
                bootstrap: true,
                exact_shares: true,
                users: users.map(|users| Users::new(u32::try_from(users).unwrap())),
                ..Method::default()
            };
            let figures = proof.figures(&method);
            let mut against = Against {
                set: &set,
                compared: 0,
            };
            let item = &figures.all.items[0];
            assert_eq!(item.ordinal.as_ref().unwrap().is_turned, reverse);
            if reverse {
                against.has("mean", &[item.ordinal.as_ref().unwrap().mean]);
            } else {
                item_against(&mut against, item);
            }
            compared += against.compared;
        }
    }
    assert!(compared > 100, "{compared} values compared");
}

#[test]
fn index_and_alpha_of_a_dimension_are_those_of_their_reference() {
    const NAMES: [&str; 12] = [
        "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "q11", "q12",
    ];
    let mut compared = 0;
    for set in sets("scale") {
        let input = &set["input"];
        let people: Vec<Vec<Option<u64>>> = input["rows"].as_array().unwrap().iter().map(answers).collect();
        let items = people[0].len();
        let levels = |place: usize| match &input["levels"] {
            Value::Array(own) => own[place].as_u64().unwrap(),
            one => one.as_u64().unwrap_or_else(|| highest(&people)),
        };
        let reversed: Vec<Option<u64>> = answers(&input["reverse_items"]);
        let is_reversed = |place: usize| reversed.contains(&u64::try_from(place).ok());
        let column = |place: usize| people.iter().map(|person| person[place]).collect();
        let proof = Proof {
            questions: (0..items)
                .map(|place| (NAMES[place], Asked::Scale(levels(place), is_reversed(place))))
                .collect(),
            columns: (0..items)
                .map(|place| (NAMES[place].to_owned(), column(place)))
                .collect(),
        };
        let figures = proof.figures(&Method::default());
        let dimension = &figures.all.dimensions[0];
        assert_eq!(dimension.items.len(), items);
        let mut against = Against {
            set: &set,
            compared: 0,
        };
        let index = &dimension.index;
        against.has(
            "index_n",
            &[index.map(|index| f64::from(u32::try_from(index.n).unwrap()))],
        );
        against.has("index_mean", &[index.map(|index| index.mean)]);
        against.has("index_sd", &[index.and_then(|index| index.sd)]);
        let interval = index.and_then(|index| index.interval);
        against.has(
            "index_t_ci_95",
            &ends(interval, |i| (i.unclipped().low, i.unclipped().high)),
        );
        let alpha = dimension
            .reliability
            .as_ref()
            .map(stemme::stats::guarded::Guarded::in_grey);
        against.has("alpha_listwise", &[alpha.map(|a| a.alpha).map_err(|why| *why)]);
        let feldt = alpha.map_err(|why| *why).and_then(|a| a.interval);
        against.has("alpha_feldt_ci_95_listwise", &ends(feldt, |i| (i.low, i.high)));
        compared += against.compared;
    }
    assert!(compared > 12, "{compared} values compared");
}

/// Groups as answers to a background question and to another one.
fn grouped(groups: &[Vec<Option<u64>>], asked: Asked) -> Proof {
    let (mut who, mut what) = (Vec::new(), Vec::new());
    for (number, group) in (1..).zip(groups) {
        for answer in group {
            who.push(Some(number));
            what.push(*answer);
        }
    }
    Proof {
        questions: vec![("g", Asked::One(groups.len().max(2))), ("q", asked)],
        columns: vec![("g".to_owned(), who), ("q".to_owned(), what)],
    }
}

fn tested() -> Method {
    Method {
        tests: Some(Adjustment::Holm),
        ..Method::default()
    }
}

#[test]
fn two_groups_beside_each_other_are_those_of_their_reference() {
    for set in sets("two_groups") {
        let groups = ["x", "y"].map(|name| answers(&set["input"][name]));
        let levels = set["input"]["levels"]
            .as_u64()
            .unwrap_or_else(|| highest(&groups));
        let figures = grouped(&groups, Asked::Scale(levels, false)).figures(&tested());
        let over = &figures.splits[0].comparisons[1];
        let mut against = Against {
            set: &set,
            compared: 0,
        };
        let pair = &over.pairs[0];
        let (delta, mean) = (pair.delta.unwrap(), pair.mean.unwrap());
        against.has("cliffs_delta", &[delta.map(|d| d.delta)]);
        let interval = delta.and_then(|d| d.interval);
        against.has("cliffs_delta_ci95_cliff_z", &ends(interval, |i| (i.low, i.high)));
        against.has("welch_t", &[mean.map(|m| m.t)]);
        let interval = mean.map(|m| m.difference.interval);
        against.has("welch_diff_ci95", &ends(interval, |i| (i.low, i.high)));
        let TestOf::MannWhitney(test) = over.tests[0].of else {
            panic!("another test")
        };
        against.has("u_x", &[test.map(|test| test.u)]);
        let people = groups.iter().flatten().flatten().count();
        let p = if people <= 60 {
            "mwu_p_exact"
        } else {
            "mwu_p_asymp_cc"
        };
        against.has(p, &[test.map(|test| test.p.unadjusted())]);
        assert!(against.compared > 4, "{}", set["id"]);
    }
}

#[test]
fn several_groups_are_those_of_their_reference() {
    for set in sets("k_groups") {
        let groups: Vec<Vec<Option<u64>>> = set["input"]["groups"]
            .as_array()
            .unwrap()
            .iter()
            .map(answers)
            .collect();
        let levels = set["input"]["levels"]
            .as_u64()
            .unwrap_or_else(|| highest(&groups));
        let figures = grouped(&groups, Asked::Scale(levels, false)).figures(&tested());
        let over = &figures.splits[0].comparisons[1];
        assert_eq!(over.pairs.len(), groups.len());
        let TestOf::KruskalWallis(test) = over.tests[0].of else {
            panic!("another test")
        };
        let mut against = Against {
            set: &set,
            compared: 0,
        };
        against.has("kruskal_h", &[test.map(|test| test.h)]);
        against.has("kruskal_df", &[test.map(|test| test.degrees)]);
        against.has("epsilon_squared", &[test.map(|test| test.epsilon_squared)]);
        // The reference is the chi-square distribution, which is used from five people in each group on.
        let chi_square = test.and_then(|test| test.chi_square_p());
        against.has("kruskal_p", &[chi_square.map(PValue::unadjusted)]);
        let fewest = groups.iter().map(|group| group.iter().flatten().count()).min();
        if fewest >= Some(5) {
            against.has("kruskal_p", &[test.map(|test| test.p.unadjusted())]);
            assert_eq!(test.map(|test| test.p.how()), Ok(How::Approximate));
        }
        assert!(against.compared >= 4, "{}", set["id"]);
    }
}

#[test]
fn categories_against_groups_are_those_of_their_reference() {
    for set in sets("table") {
        let counts = set["input"]["counts"].as_array().unwrap();
        let people = |row: &Value| {
            let cells = row.as_array().unwrap().iter().zip(1..);
            let people = cells.flat_map(|(count, column)| {
                let people = usize::try_from(count.as_u64().unwrap()).unwrap();
                std::iter::repeat_n(Some(column), people)
            });
            people.collect::<Vec<Option<u64>>>()
        };
        let groups: Vec<Vec<Option<u64>>> = counts.iter().map(people).collect();
        let options = counts[0].as_array().unwrap().len();
        let figures = grouped(&groups, Asked::One(options)).figures(&tested());
        let TestOf::Table(association, p) = figures.splits[0].comparisons[1].tests[0].of else {
            panic!("another test")
        };
        let mut against = Against {
            set: &set,
            compared: 0,
        };
        against.has("chi2", &[association.map(|a| a.chi_square)]);
        against.has("cramers_v", &[association.map(|a| a.cramers_v)]);
        against.has("min_expected", &[association.map(|a| a.least_expected)]);
        against.has("chi2_p", &[association.map(|a| a.chi_square_p.unadjusted())]);
        // The one that fits the table: Fisher's where a cell expects few people.
        let fits = if set["expected"].get("fisher_ffh_p").is_some() {
            "fisher_ffh_p"
        } else {
            "chi2_p"
        };
        against.has(fits, &[p.map(PValue::unadjusted)]);
        assert_eq!(against.compared, 5, "{}", set["id"]);
    }
}

#[test]
fn the_gap_of_a_statement_on_two_scales_is_that_of_its_reference() {
    for set in sets("paired") {
        let both = ["before", "after"].map(|name| answers(&set["input"][name]));
        let levels = set["input"]["levels"].as_u64().unwrap_or_else(|| highest(&both));
        let [before, after] = both;
        let proof = Proof {
            questions: vec![("m", Asked::Pair(levels))],
            columns: vec![("m.r.first".to_owned(), before), ("m.r.second".to_owned(), after)],
        };
        let figures = proof.figures(&Method::default());
        let gap = figures.all.pairs[0].gap;
        let mut against = Against {
            set: &set,
            compared: 0,
        };
        against.has("mean_diff", &[gap.map(|gap| gap.mean)]);
        let interval = gap.and_then(|gap| gap.interval);
        against.has(
            "t_ci_95_diff",
            &ends(interval, |i| (i.unclipped().low, i.unclipped().high)),
        );
        assert!(against.compared > 0, "{}", set["id"]);
    }
}
