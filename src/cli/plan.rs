//! `stemme plan`: what so many interviews can show, before anything is asked.

use clap::{ArgMatches, Command};
use serde_json::{Value, json};

use crate::disclosure::forecast::{Written, group_share, groups, shares};
use crate::disclosure::profile::Settings as Limits;
use crate::disclosure::row::shape::{Grain, Shape};
use crate::domain::evaluation::{DisclosureChoice, ProfileName};
use crate::domain::survey::report_plan::Tightening;
use crate::fieldwork::desk::Desk;
use crate::report::document::{Cell, Column, Document, Part, Role, Row, RowKind, Table};
use crate::report::plain;
use crate::texts::number::{percent, whole};
use crate::texts::{Texts, fill};

use super::arguments::{bare, value};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::{data, evaluation, showing};

/// More people than this are no peer evaluation; and more numbers than this are no plan.
const MOST_PEOPLE: u32 = 1000;
const MOST_NUMBERS: usize = 24;
/// What is planned for where nothing is said.
const USUAL: &str = "12,20,30";

/// Returns the command's arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.plan;
    bare("plan")
        .about(words.about.clone())
        .arg(value("n", "n", &words.n_value, &words.n).default_value(USUAL))
        .arg(value("groups", "groups", &words.groups_value, &words.groups))
        .arg(
            value("profile", "profile", "standard|strict", &words.profile)
                .value_parser([ProfileName::Standard.code(), ProfileName::Strict.code()]),
        )
        .args(data::flags(texts))
}

/// Says it.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    match plan(matches, settings, surroundings) {
        Ok(code) | Err(code) => code,
    }
}

/// One kind of question, with so many people.
struct Line {
    people: u32,
    kind: &'static str,
    written: Option<Written>,
    /// By grain; nothing where so few print no numbers.
    shares: Option<Vec<(Option<Grain>, f64)>>,
}

fn plan(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<ExitCode, ExitCode> {
    let plans = numbers("n", matches, settings, surroundings)?;
    let limits = limits(matches, settings, surroundings)?;
    let three = [vec![0, 1], vec![2], vec![3, 4]];
    let kinds = [
        (
            "scale",
            Shape::ordered(5, Some(&three), Some(&[vec![0, 1, 2], vec![3, 4]])),
        ),
        ("options", Shape::nominal(4, &[])),
        ("yes_no", Shape::nominal(2, &[])),
    ];
    let threshold = u32::from(limits.threshold(false));
    let mut lines = Vec::new();
    for people in plans {
        for (kind, shape) in &kinds {
            let enough = people >= u32::from(limits.row_base(false));
            lines.push(Line {
                people,
                kind,
                written: Written::of(people, threshold).filter(|_| enough),
                shares: enough.then(|| shares(people, threshold, shape)).flatten(),
            });
        }
    }
    let split = if matches.get_one::<String>("groups").is_some() {
        Some(Split::of(
            numbers("groups", matches, settings, surroundings)?,
            &limits,
        ))
    } else {
        None
    };
    if let Some(form) = data::wanted(matches) {
        let lines: Vec<Value> = lines.iter().map(as_json).collect();
        let json = json!({
            "format": 1,
            "profile": limits.profile().code(),
            "threshold": threshold,
            "rows": lines,
            "groups": split.as_ref().map(Split::as_json),
        });
        data::write(&json, form, surroundings);
    } else {
        let mut document = document(&lines, &limits, settings);
        if let Some(split) = &split {
            document.paragraph(split.sentence(settings));
        }
        surroundings
            .output
            .bytes(&plain::bytes(&document, &settings.texts));
    }
    Ok(ExitCode::Ok)
}

/// A list of numbers of people.
fn numbers(
    name: &str,
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Vec<u32>, ExitCode> {
    let said = matches.get_one::<String>(name).map_or("", String::as_str);
    let read: Option<Vec<u32>> = said.split(',').map(|number| number.trim().parse().ok()).collect();
    let fits = |numbers: &Vec<u32>| {
        numbers.len() <= MOST_NUMBERS && numbers.iter().all(|number| (1..=MOST_PEOPLE).contains(number))
    };
    read.filter(fits).ok_or_else(|| {
        let words = &settings.texts.plan;
        let said = fill(&words.bad_number, &[("value", said), ("example", USUAL)]);
        surroundings.output.error("bad_number", &said);
        ExitCode::Usage
    })
}

/// The limits of the evaluation here, or of the profile that was named.
fn limits(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<Limits, ExitCode> {
    let named = matches.get_one::<String>("profile").map(String::as_str);
    if evaluation::is_there(settings, surroundings) {
        if named.is_some() {
            let said = &settings.texts.tabulate.profile_ignored;
            surroundings.output.error("profile_ignored", said);
            return Err(ExitCode::Usage);
        }
        let workplace = evaluation::open(settings, surroundings)?;
        let choice = &workplace.evaluation().disclosure;
        return match workplace.surveys().as_read().first() {
            Some(survey) => showing::limits(choice, survey, settings, surroundings),
            None => Limits::new(choice, &Tightening::default()).map_err(|_| ExitCode::SurveyErrors),
        };
    }
    let profile = named
        .and_then(ProfileName::from_code)
        .unwrap_or(ProfileName::Standard);
    let choice = DisclosureChoice {
        profile,
        reason: None,
        tightening: Tightening::default(),
        breakdowns: std::collections::BTreeMap::new(),
    };
    Limits::new(&choice, &Tightening::default()).map_err(|_| ExitCode::Unexpected)
}

/// What groups of these sizes can show.
struct Split {
    sizes: Vec<u32>,
    /// After merging; where that is not enough, the fewest people a group needs.
    merged: Result<Vec<u32>, u32>,
    share: Option<f64>,
    /// The numbers of everybody that are written in full of a question that is split.
    in_full: Option<(u32, u32)>,
}

impl Split {
    fn of(sizes: Vec<u32>, limits: &Limits) -> Self {
        let merged = groups(&sizes, limits)
            .map(|groups| groups.into_iter().map(|(_, people)| people).collect::<Vec<u32>>());
        let threshold = u32::from(limits.threshold(false));
        let share = merged
            .as_ref()
            .ok()
            .and_then(|sizes| group_share(threshold, sizes));
        let people = merged.as_ref().ok().map(|sizes| sizes.iter().sum());
        let in_full = people
            .and_then(|people| Written::beside_groups(people, threshold))
            .and_then(Written::in_full);
        Self {
            sizes,
            merged,
            share,
            in_full,
        }
    }

    fn as_json(&self) -> Value {
        json!({
            "sizes": self.sizes,
            "merged": self.merged.as_ref().ok(),
            "at_least": self.merged.as_ref().err(),
            "shown": self.share,
            "exact": self.in_full.map(|(low, high)| [low, high]),
        })
    }

    fn sentence(&self, settings: &Settings) -> String {
        let (words, language) = (&settings.texts.plan, settings.language());
        let list = |sizes: &[u32]| {
            let sizes = sizes.iter().map(|size| whole(u64::from(*size), language));
            sizes.collect::<Vec<_>>().join(", ")
        };
        let said = list(&self.sizes);
        let share = self.share.map_or_else(
            || settings.texts.results.none.clone(),
            |share| percent(share, 0, language),
        );
        let split = match &self.merged {
            Err(least) => {
                let least = whole(u64::from(*least), language);
                return fill(&words.split_too_small, &[("groups", &said), ("least", &least)]);
            }
            Ok(merged) if *merged == self.sizes => {
                fill(&words.split, &[("groups", &said), ("share", &share)])
            }
            Ok(merged) => {
                let merged = list(merged);
                fill(
                    &words.split_merged,
                    &[("groups", &said), ("merged", &merged), ("share", &share)],
                )
            }
        };
        let full = match self.in_full {
            Some((low, high)) => {
                let single = whole(u64::from(low.saturating_sub(1)), language);
                let (low, high) = (whole(u64::from(low), language), whole(u64::from(high), language));
                let values = [
                    ("low", low.as_str()),
                    ("high", high.as_str()),
                    ("single", &single),
                ];
                fill(&words.split_full, &values)
            }
            None => words.split_no_full.clone(),
        };
        format!("{split} {full}")
    }
}

impl Line {
    fn share(&self, grain: Option<Grain>) -> Option<f64> {
        let shares = self.shares.as_ref()?;
        shares
            .iter()
            .find(|(own, _)| *own == grain)
            .map(|(_, share)| *share)
    }
}

fn as_json(line: &Line) -> Value {
    let in_full = line.written.and_then(Written::in_full);
    json!({
        "interviews": line.people,
        "question": line.kind,
        "exact": in_full.map(|(low, high)| [low, high]),
        "levels": line.share(Some(Grain::Levels)),
        "three_bands": line.share(Some(Grain::ThreeBands)),
        "two_bands": line.share(Some(Grain::TwoBands)),
        "nothing": line.share(None),
    })
}

fn document(lines: &[Line], limits: &Limits, settings: &Settings) -> Document {
    let (words, language) = (&settings.texts.plan, settings.language());
    let number = |count: u32| whole(u64::from(count), language);
    let mut document = Document::new(language, words.title.clone(), false);
    let bound = number(u32::from(limits.threshold(false)));
    let least = fill(&settings.texts.results.at_most, &[("bound", &bound)]);
    let values = [("profile", limits.profile().code()), ("least", least.as_str())];
    document.paragraph(fill(&words.how, &values));
    let column = |title: &String| Column {
        title: title.clone(),
        role: Role::Label,
        group: None,
        people: None,
        n: None,
    };
    let titles = [
        &words.column_people,
        &words.column_full,
        &words.column_single,
        &words.column_three,
        &words.column_two,
        &words.column_none,
    ];
    let rows = lines.iter().map(|line| {
        let kind = match line.kind {
            "scale" => &words.kind_scale,
            "yes_no" => &words.kind_yes_no,
            _ => &words.kind_options,
        };
        let in_full = match (line.written, line.written.and_then(Written::in_full)) {
            (None, _) => words.too_few.clone(),
            (Some(_), None) => words.no_full.clone(),
            (Some(_), Some((low, high))) if low == high => number(low),
            (Some(_), Some((low, high))) => {
                fill(&words.full, &[("low", &number(low)), ("high", &number(high))])
            }
        };
        let share = |grain| match line.share(grain) {
            Some(share) => percent(share, 0, language),
            None => settings.texts.results.none.clone(),
        };
        let cells = [
            format!("{}, {kind}", number(line.people)),
            in_full,
            share(Some(Grain::Levels)),
            share(Some(Grain::ThreeBands)),
            share(Some(Grain::TwoBands)),
            share(None),
        ];
        Row {
            code: line.kind.to_owned(),
            kind: RowKind::Single,
            cells: cells.into_iter().map(Cell::Text).collect(),
        }
    });
    document.table(Table {
        item: "plan".to_owned(),
        name: String::new(),
        part: Part::Background,
        question: words.title.clone(),
        caption: words.caption.clone(),
        n: None,
        asked: None,
        columns: titles.into_iter().map(column).collect(),
        rows: rows.collect(),
        notes: Vec::new(),
    });
    document
}

#[cfg(test)]
mod tests;
