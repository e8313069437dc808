//! The door: from tallies to what is printed.
//!
//! Deciding happens item by item, in file order, from public sizes, the survey's own logic and what is already
//! printed; then the counts are looked up. Where the survey ties items together, the later ones print less.

use crate::domain::item::ItemKey;
use crate::domain::record::SurveyStamp;
use crate::domain::survey::question::QuestionKind;
use crate::domain::survey::report_plan::Limit;
use crate::domain::survey::{Item, Survey};
use crate::stats::collect::Tallies;
use crate::stats::confidence::Confidence;
use crate::stats::share::wilson;
use crate::stats::tally::{self, Tally};

use super::breakdown::{Breakdowns, least_of_row, whole_threshold};
use super::check;
use super::hands::{has_tied_options, in_words};
use super::many::{ManyRule, Tie};
use super::policies::{CheckFailed, Policies, Row};
use super::profile::Settings;
use super::published::{
    Answers, Base, Cell, Count, Counted, Grain, MissingShown, People, Published, PublishedBreakdown,
    PublishedHands, PublishedItem, Reason, Share, Terms,
};
use super::row::code::Code;
use super::row::policy::PrintedRow;
use super::row::shape::Shape;

use base::base;
pub(in crate::disclosure) use base::is_asked_by_roster;
use levels::Levels;
use missing::missing;
use ties::Ties;

mod base;
mod dimensions;
mod groups;
mod levels;
mod logic;
mod missing;
#[cfg(test)]
mod tests;
mod ties;

/// Returns what may be printed of these tallies. Pure: the same tallies and settings give the same result.
#[must_use]
pub fn publish(survey: &Survey, tallies: &Tallies, settings: &Settings) -> Published {
    publish_with(&mut Policies::default(), survey, tallies, settings)
}

/// As [`publish`], with policies kept from earlier calls.
#[must_use]
pub fn publish_with(
    policies: &mut Policies,
    survey: &Survey,
    tallies: &Tallies,
    settings: &Settings,
) -> Published {
    let none = Breakdowns::default();
    publish_by(policies, survey, tallies, settings, &none)
        .unwrap_or_else(|CheckFailed| Door::new(policies, survey, (tallies, settings), &none).closed())
}

/// As [`publish_with`], and by groups of people where a question has a breakdown. `tallies` are split by the splits of
/// `breakdowns`, in their order.
///
/// Give the breakdowns with the first state that is shown: the whole of a question that has one tells less.
///
/// # Errors
/// [`CheckFailed`]: nothing may be printed.
pub fn publish_by(
    policies: &mut Policies,
    survey: &Survey,
    tallies: &Tallies,
    settings: &Settings,
    breakdowns: &Breakdowns,
) -> Result<Published, CheckFailed> {
    let mut door = Door::new(policies, survey, (tallies, settings), breakdowns);
    for item in survey.items().filter(|item| item.question.report) {
        if let Some(tally) = tallies.tally(&item.key()) {
            let published = door.item(&item, tally);
            door.printed.push(published);
        }
    }
    if door.policies.check_failed() {
        return Err(CheckFailed);
    }
    Ok(door.published())
}

/// Returns what may be printed of one item by the groups of a split, given that the whole was printed before, without
/// this breakdown being declared: for tables that are added to an earlier release. `tallies` are of the people of that release.
///
/// Everything earlier printed of the item must be in `released`. Where the whole does not print its cut exactly nothing
/// is printed; the whole may then have told about a group before the breakdown was declared, which nothing undoes.
///
/// # Errors
/// [`CheckFailed`]: nothing may be printed.
pub fn added_breakdown(
    policies: &mut Policies,
    survey: &Survey,
    tallies: &Tallies,
    settings: &Settings,
    breakdowns: &Breakdowns,
    (released, key): (&Published, &ItemKey),
) -> Result<Option<PublishedBreakdown>, CheckFailed> {
    let Some(whole) = released.item(key) else {
        return Ok(None);
    };
    if whole.breakdown.is_some() {
        return Ok(whole.breakdown.clone());
    }
    // What was told of its answers together with others was told with no groups beside it.
    if released
        .dimensions()
        .iter()
        .any(|dimension| dimension.items.contains(key))
    {
        return Ok(None);
    }
    let (Some(item), Some(tally)) = (survey.item(key), tallies.tally(key)) else {
        return Ok(None);
    };
    // The whole of several answers has to be decided with k + 1 for its groups to be told.
    if tally.counted() == tally::Counted::Several {
        return Ok(None);
    }
    let mut door = Door::new(policies, survey, (tallies, settings), breakdowns);
    door.printed = released.items().to_vec();
    let added = door.breakdown(&item, tally, whole);
    if door.policies.check_failed() {
        return Err(CheckFailed);
    }
    // The whole was printed with no groups beside it, and single answers in bands need that.
    Ok(added.map(PublishedBreakdown::without_bands))
}

fn terms(settings: &Settings) -> Terms {
    Terms {
        profile: settings.profile().code().to_owned(),
        threshold: settings.threshold(false),
        row_base: settings.row_base(false),
        sensitive_threshold: settings.threshold(true),
        sensitive_row_base: settings.row_base(true),
        percent_from: settings.limit(Limit::PercentFrom),
    }
}

struct Door<'a> {
    policies: &'a mut Policies,
    survey: &'a Survey,
    tallies: &'a Tallies,
    settings: &'a Settings,
    ties: Ties,
    breakdowns: &'a Breakdowns,
    printed: Vec<PublishedItem>,
}

/// What a row is decided with.
#[derive(Clone, Copy)]
struct RowLimits {
    /// k.
    threshold: u32,
    /// Whether it is also split by groups.
    beside_groups: bool,
    /// Fewest people in a row that prints anything.
    least: u32,
}

impl RowLimits {
    const fn row(self, people: u32, shape: Shape) -> Row {
        Row {
            people,
            threshold: self.threshold,
            beside_groups: self.beside_groups,
            shape,
        }
    }
}

impl<'a> Door<'a> {
    fn new(
        policies: &'a mut Policies,
        survey: &'a Survey,
        (tallies, settings): (&'a Tallies, &'a Settings),
        breakdowns: &'a Breakdowns,
    ) -> Self {
        Self {
            policies,
            survey,
            tallies,
            settings,
            ties: Ties::of(survey),
            breakdowns,
            printed: Vec::new(),
        }
    }

    fn published(self) -> Published {
        let survey = self.survey.parts();
        let stamp = SurveyStamp {
            id: self.survey.id().clone(),
            version: survey.version.clone(),
            sha256: survey.fingerprint.clone(),
        };
        let people = People {
            interviews: self.tallies.interviews(),
            groups: self.tallies.groups(),
            left_out: self.tallies.left_out(),
        };
        let dimensions = self.dimensions();
        Published::new(stamp, terms(self.settings), people, self.printed).with_dimensions(dimensions)
    }

    /// Nothing printed of any item.
    fn closed(mut self) -> Published {
        for item in self.survey.items().filter(|item| item.question.report) {
            let Some(tally) = self.tallies.tally(&item.key()) else {
                continue;
            };
            self.printed.push(PublishedItem {
                item: item.key(),
                sensitive: is_sensitive(&item),
                base: Base::Hidden,
                answers: Answers::Hidden {
                    counted: Counted::One,
                    reason: Reason::NotDecided,
                    cells: hidden_cells(tally),
                },
                missing: MissingShown::Hidden,
                breakdown: None,
                hands: None,
            });
        }
        self.published()
    }
}

fn is_sensitive(item: &Item<'_>) -> bool {
    item.question.sensitive || item.row.is_some_and(|row| row.sensitive)
}

impl Door<'_> {
    /// Whether there are interviews enough for any number at all.
    fn prints_numbers(&self) -> bool {
        self.tallies.interviews() >= u32::from(self.settings.limit(Limit::MinBase))
    }

    /// What a row of this item is decided with: room for one more on either side where its question is split.
    fn limits(&self, item: &Item<'_>, sensitive: bool) -> RowLimits {
        let threshold = u32::from(self.settings.threshold(sensitive));
        let beside_groups = self.may_have_groups(item, sensitive);
        let base = u32::from(self.settings.row_base(sensitive));
        RowLimits {
            threshold,
            beside_groups,
            least: least_of_row(threshold, base, beside_groups),
        }
    }

    fn item(&mut self, item: &Item<'_>, tally: &Tally) -> PublishedItem {
        let sensitive = is_sensitive(item);
        let base = if self.prints_numbers() && tally.counted() != tally::Counted::Hands {
            base(self.survey, item, tally, self.tallies.interviews(), &self.printed)
        } else {
            Base::Hidden
        };
        let answers = self.answers(item, tally, base, sensitive);
        let missing = match base {
            Base::Shown { .. } => {
                let by_kind = !self.ties.checks(tally.item());
                let limits = self.limits(item, sensitive);
                missing(self.policies, limits, item, tally, by_kind)
            }
            Base::Hidden => MissingShown::Hidden,
        };
        let mut published = PublishedItem {
            item: item.key(),
            sensitive,
            base,
            answers,
            missing,
            breakdown: None,
            hands: self.hands(item, tally, sensitive),
        };
        published.breakdown = self.breakdown(item, tally, &published);
        published
    }

    /// What is told of the hands of groups: nothing where which groups were asked is itself an answer.
    fn hands(&self, item: &Item<'_>, tally: &Tally, sensitive: bool) -> Option<PublishedHands> {
        let is_asked = is_asked_by_roster(self.survey, item);
        if tally.hands().groups == 0 || tally.versions_differ() || !is_asked {
            return None;
        }
        if has_tied_options(&item.question.kind) {
            return None;
        }
        let threshold = u32::from(self.settings.threshold(sensitive));
        let one_each = tally.counted() == tally::Counted::One;
        in_words(tally.hands(), tally.categories(), threshold, one_each)
    }

    fn answers(&mut self, item: &Item<'_>, tally: &Tally, base: Base, sensitive: bool) -> Answers {
        let counted = match tally.counted() {
            tally::Counted::Answered => return Answers::Words,
            tally::Counted::One | tally::Counted::Hands => Counted::One,
            tally::Counted::Several => Counted::Several,
            tally::Counted::FirstChoice => Counted::FirstChoice,
        };
        let printed = match (base, tally.counted()) {
            (_, tally::Counted::Hands) => Err(Reason::GroupsOnly),
            _ if !self.prints_numbers() => Err(Reason::TooFewInterviews),
            _ if tally.versions_differ() => Err(Reason::OptionsDiffer),
            (Base::Hidden, _) => Err(Reason::BaseNotShown),
            (Base::Shown { valid, .. }, _) if valid < self.limits(item, sensitive).least => {
                Err(Reason::TooFewAnswered)
            }
            _ if self.ties.holds_back(tally.item()) => Err(Reason::TiedToAnother),
            (Base::Shown { .. }, tally::Counted::Several) => self.options(item, tally, sensitive),
            (Base::Shown { .. }, _) => self.row(item, tally, sensitive),
        };
        match printed {
            Ok((form, cells)) => Answers::Row { counted, form, cells },
            Err(reason) => Answers::Hidden {
                counted,
                reason,
                cells: hidden_cells(tally),
            },
        }
    }

    /// A row with one answer per person.
    fn row(&mut self, item: &Item<'_>, tally: &Tally, sensitive: bool) -> Result<(Grain, Vec<Cell>), Reason> {
        let levels = Levels::of(item, tally, &self.ties)?;
        let people = tally.valid();
        let counts = levels.counts(tally).ok_or(Reason::NotDecided)?;
        let limits = self.limits(item, sensitive);
        let row = limits.row(people, levels.shape().clone());
        let printed = self.policies.printed(&row, &counts).ok_or(Reason::NotDecided)?;
        if let Some(answered) = self.answered_by_group(item, &levels, sensitive) {
            self.policies.check_groups(&row, &printed, &answered);
        }
        let grain = printed.grain.ok_or(Reason::Protected)?;
        Ok((grain, self.cells(&levels, &printed, tally)))
    }

    /// The printed cells, finest first.
    fn cells(&self, levels: &Levels, printed: &PrintedRow, tally: &Tally) -> Vec<Cell> {
        let tiers = levels
            .shape()
            .tiers()
            .iter()
            .skip_while(|tier| Some(tier.grain) != printed.grain);
        let mut cells = Vec::new();
        for tier in tiers {
            for set in &tier.cells {
                let Some((_, code)) = printed.cells.iter().find(|(other, _)| other == set) else {
                    continue;
                };
                let what = set
                    .levels()
                    .filter_map(|level| levels.category(tally, level).cloned())
                    .collect();
                cells.push(self.cell(tier.grain, what, *code, tally));
            }
        }
        cells
    }

    /// A question with several answers per person.
    fn options(
        &mut self,
        item: &Item<'_>,
        tally: &Tally,
        sensitive: bool,
    ) -> Result<(Grain, Vec<Cell>), Reason> {
        let levels = Levels::of(item, tally, &self.ties)?;
        let counts = levels.counts(tally).ok_or(Reason::NotDecided)?;
        let people = tally.valid();
        let (tie, is_exclusive) = levels.tie(item, tally).ok_or(Reason::NotDecided)?;
        let limits = self.limits(item, sensitive);
        let threshold = if limits.beside_groups {
            whole_threshold(limits.threshold)
        } else {
            limits.threshold
        };
        // With more people there would be numbers: it is not the form of the question.
        let too_few = || match ManyRule::decide(MANY_PEOPLE, threshold, tie) {
            Some(_) => Reason::Protected,
            None => Reason::NotDecided,
        };
        let rule = ManyRule::decide(people, threshold, tie).ok_or_else(too_few)?;
        let of = |exclusive: bool| -> Vec<u32> {
            let alike = counts
                .iter()
                .zip(&is_exclusive)
                .filter(|(_, own)| **own == exclusive);
            alike.map(|(count, _)| *count).collect()
        };
        if !rule.is_printed(&of(false), &of(true)) {
            return Err(Reason::Protected);
        }
        let code = |count| rule.code(count);
        match check::many::open_facts(people, threshold, tie, &of(false), &of(true), code) {
            Some(0) => {}
            // Too large to look at, by sizes alone.
            None => return Err(Reason::NotDecided),
            Some(_) => {
                self.policies.fail();
                return Err(Reason::NotDecided);
            }
        }
        let cell = |(level, count): (usize, &u32)| {
            let what = levels.category(tally, level).cloned().into_iter().collect();
            self.cell(Grain::Levels, what, rule.code(*count), tally)
        };
        Ok((Grain::Levels, counts.iter().enumerate().map(cell).collect()))
    }

    fn cell(&self, grain: Grain, what: Vec<super::published::Category>, code: Code, tally: &Tally) -> Cell {
        let enough = tally.valid() >= u32::from(self.settings.limit(Limit::PercentFrom));
        let share = match code {
            Code::Exact(count) if enough => {
                let interval = wilson(u64::from(count), u64::from(tally.valid()), Confidence::default());
                interval.ok().map(nine_decimals)
            }
            _ => None,
        };
        Cell {
            grain,
            what,
            count: printed_count(code),
            share,
        }
    }
}

/// Nine decimals are more than anybody prints, and read back from JSON as the same number.
fn nine_decimals(share: Share) -> Share {
    let round = |value: f64| (value * 1e9).round() / 1e9;
    Share {
        share: round(share.share),
        low: round(share.low),
        high: round(share.high),
    }
}

fn printed_count(code: Code) -> Count {
    match code {
        Code::Exact(count) => Count::Exact(count),
        Code::AtMost(most) => Count::AtMost(most),
        Code::AtLeast(least) => Count::AtLeast(least),
    }
}

fn hidden_cells(tally: &Tally) -> Vec<Cell> {
    let cell = |category: &super::published::Category| Cell {
        grain: Grain::Levels,
        what: vec![category.clone()],
        count: Count::Hidden,
        share: None,
    };
    tally.categories().iter().map(cell).collect()
}

/// Enough for any question with several answers that there is a rule for.
const MANY_PEOPLE: u32 = 100_000;

/// Returns the tie between the options of a question with several answers.
pub(super) fn tie_of(item: &Item<'_>, plain: usize, exclusive: usize) -> Option<Tie> {
    let QuestionKind::Many { min, max, .. } = &item.question.kind else {
        return None;
    };
    Some(Tie {
        plain,
        exclusive,
        min: min.map_or(1, |min| usize::from(min).max(1)),
        max: max.map_or(plain, |max| usize::from(max).min(plain)),
    })
}
