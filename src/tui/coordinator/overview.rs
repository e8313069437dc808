//! How far the evaluation has come: interviews against the plan, what they can show, what needs attention.

use crate::disclosure::standing::{Attention, Standing};
use crate::domain::roster::{SiteCount, SurveyCount};
use crate::texts::coordinator::OverviewTexts;
use crate::texts::fill;
use crate::texts::number::whole;
use crate::tui::command::{Command, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys, key_name};
use crate::tui::page::Page;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::pane::{Pane, fit, right};
use super::told::{Paragraph, Told};
use super::{Ask, Deed, Opened, Place, Task, letter, usual_keys};

mod words;

pub(super) use words::point_sentence;
use words::{detail, enough, site_name};
pub use words::{interviewers, missing_sentence, reach_sentences, sentence, wrong_sentences};

/// From this width on a bar stands beside the numbers.
const WITH_BARS: usize = 70;

/// The screen every other one is reached from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Overview {
    focus: usize,
}

/// A row that can be chosen.
#[derive(Clone, Copy)]
enum Row<'o> {
    Site(&'o SiteCount),
    Reach,
    Attention(&'o Attention),
    Checklist,
}

/// Returns what stands in row 1.
pub(super) fn heading(s: &Situation) -> String {
    let words = &s.texts.coordinator.overview;
    let Some(opened) = &s.coordinator.opened else {
        return words.title.clone();
    };
    let language = s.language();
    let rounds = &opened.rounds;
    match opened.evaluation.open_round() {
        Some(round) if rounds.len() > 1 => {
            let place = rounds.iter().position(|own| *own == round.id);
            let number = place.map_or(rounds.len(), |place| place + 1).to_string();
            let all = rounds.len().to_string();
            let values = [
                ("round", round.title.get(language)),
                ("number", &number),
                ("all", &all),
            ];
            format!("{}  {}", words.title, fill(&words.round_of, &values))
        }
        Some(round) => format!("{}  {}", words.title, round.title.get(language)),
        None => words.title.clone(),
    }
}

fn rows(opened: &Opened) -> Vec<Row<'_>> {
    let standing = &opened.standing;
    let sites = standing.roster.sites.iter().map(Row::Site);
    let attention = standing.attention.iter().map(Row::Attention);
    sites
        .chain([Row::Reach])
        .chain(attention)
        .chain([Row::Checklist])
        .collect()
}

impl Overview {
    pub(super) fn table(&self, s: &Situation) -> Vec<Binding> {
        let (hint, words) = (&s.t().hint, &s.texts.coordinator);
        let letters = &words.letter;
        let mut table = Vec::new();
        let says = match self.row(s) {
            Some(Row::Attention(attention)) if leads_to(attention).is_some() => &hint.do_it,
            Some(Row::Checklist) => &hint.open,
            _ => &words.more,
        };
        table.push(Binding::new(Keys::One(Key::Enter), Command::Enter, says, 6));
        if matches!(self.row(s), Some(Row::Attention(Attention::Aside(_)))) {
            let seen = Command::Deed(Deed::Drop);
            table.push(Binding::new(
                letter(&letters.drop),
                seen,
                &words.attention.off_the_list,
                1,
            ));
        }
        let hints = &words.hint;
        let places = [
            (&letters.results, Place::Results, &hints.results, 1),
            (&letters.rounds, Place::Rounds, &hints.rounds, 3),
            (&letters.release, Place::Release, &hints.release, 2),
            (&letters.coding, Place::Coding, &hints.coding, 1),
            (&letters.report, Place::Report, &hints.report, 2),
            (&letters.collect, Place::Collect, &hints.collect, 2),
            (&letters.findings, Place::Findings, &hints.findings, 3),
            (&letters.surveys, Place::Surveys, &hints.surveys, 5),
            (&letters.laptops, Place::Laptops, &hints.laptops, 3),
            (&letters.upkeep, Place::Upkeep, &hints.upkeep, 3),
            (&letters.checklist, Place::Checklist, &hints.checklist, 5),
        ];
        for (key, place, says, rank) in places {
            let go = Command::Deed(Deed::Go(place));
            table.push(Binding::new(letter(key), go, says, rank));
        }
        let opened = s.coordinator.opened.as_deref();
        if opened.is_some_and(|opened| opened.rounds.len() > 1) {
            let tab = Keys::One(Key::Tab);
            table.push(Binding::new(tab, Command::NextZone, &hints.other_round, 1));
            table.push(Binding::silent(Keys::One(Key::BackTab), Command::PreviousZone));
        }
        table.push(Binding::new(
            Keys::UpDown,
            Command::Move(Step::Down),
            &hint.go_to,
            7,
        ));
        usual_keys(&mut table, true, s);
        table
    }

    fn row<'s>(&self, s: &'s Situation) -> Option<Row<'s>> {
        let opened = s.coordinator.opened.as_deref()?;
        rows(opened).get(self.focus).copied()
    }

    pub(super) fn page(&self, s: &Situation, width: usize, height: usize) -> Page {
        let mut page = Page::new(width, s.theme());
        let Some(opened) = s.coordinator.opened.as_deref() else {
            return page;
        };
        let t = s.t();
        let more = (t.more_above.as_str(), t.more_below.as_str());
        let down = if s.look.ascii { "|" } else { "│" };
        let pane = match Pane::halves(width) {
            Some((left, right)) => {
                let list = self.list(opened, s, left).seen(height, None, more);
                let mut beside = Pane::new(right, s.theme());
                if let Some(row) = rows(opened).get(self.focus) {
                    Told::write(&detail(*row, opened, s), &mut beside);
                }
                list.beside(beside.seen(height, Some(0), more), down)
            }
            None => self.list(opened, s, width).seen(height, None, more),
        };
        pane.write(&mut page);
        page
    }

    fn list(&self, opened: &Opened, s: &Situation, width: usize) -> Pane {
        let words = &s.texts.coordinator.overview;
        let standing = &opened.standing;
        let mut pane = Pane::new(width, s.theme());
        let here = opened.evaluation.open_round().map(|round| &round.id);
        if opened.rounds.len() > 1 && here != opened.rounds.last() {
            let key = key_name(Key::Tab, &s.t().key);
            pane.text(&fill(&words.earlier_round, &[("key", &key)]), Tone::Notice);
        }
        totals(standing, s, &mut pane);
        let mut place = 0;
        if !standing.roster.sites.is_empty() {
            pane.blank();
            pane.spans(vec![(site_head(words, width), Tone::Heading)]);
            for site in &standing.roster.sites {
                let text = site_row(site, opened, s, width.saturating_sub(2));
                pane.row(&text, self.focus == place, &Command::Press(place));
                place += 1;
            }
            if standing.roster.elsewhere > 0 {
                let n = number(standing.roster.elsewhere, s);
                pane.text(&fill(&words.elsewhere, &[("n", &n)]), Tone::Plain);
            }
        }
        surveys(opened, s, &mut pane);
        let is_open = here == opened.rounds.last();
        let missing = missing_sentence(&standing.roster, &opened.evaluation, &opened.surveys, &s.texts);
        if let Some(missing) = missing.filter(|_| is_open) {
            pane.text(&missing, Tone::Notice);
        }
        if let Some(interviewers) = interviewers(&standing.roster, &s.texts) {
            pane.blank();
            pane.text(&interviewers, Tone::Plain);
        }
        pane.blank();
        for wrong in wrong_sentences(standing, &opened.surveys, &s.texts) {
            pane.text(&wrong, Tone::Notice);
        }
        let reach = reach_sentences(standing, &opened.surveys, &s.texts).join(" ");
        pane.long_row("", &reach, self.focus == place, &Command::Press(place));
        place += 1;
        pane.blank();
        if standing.attention.is_empty() {
            pane.text(&words.nothing, Tone::Plain);
        } else {
            pane.text(&words.attention, Tone::Heading);
        }
        for attention in &standing.attention {
            let text = sentence(attention, &opened.surveys, &s.texts);
            pane.long_row("! ", &text, self.focus == place, &Command::Press(place));
            place += 1;
        }
        let settled = standing.checklist.iter().filter(|(_, settled)| *settled).count();
        let (settled, all) = (settled.to_string(), standing.checklist.len().to_string());
        let text = fill(&words.checklist, &[("settled", &settled), ("all", &all)]);
        pane.blank();
        pane.row(&text, self.focus == place, &Command::Press(place));
        pane
    }

    pub(super) fn take(&mut self, command: &Command, s: &Situation) -> Reaction {
        let Some(opened) = s.coordinator.opened.as_deref() else {
            return Reaction::Do(command.clone());
        };
        let rows = rows(opened);
        let last = rows.len().saturating_sub(1);
        let before = self.focus.min(last);
        match command {
            Command::Move(step) => {
                self.focus = match step {
                    Step::Up | Step::Left => before.saturating_sub(1),
                    Step::Down | Step::Right => (before + 1).min(last),
                    Step::First => 0,
                    Step::Last => last,
                };
                if self.focus == before {
                    Reaction::Nothing
                } else {
                    Reaction::Changed
                }
            }
            Command::Press(place) if *place == before => self.open(&rows, opened, s),
            Command::Press(place) => {
                self.focus = (*place).min(last);
                Reaction::Changed
            }
            Command::Enter => self.open(&rows, opened, s),
            Command::Deed(Deed::Drop) => match rows.get(before) {
                Some(Row::Attention(Attention::Aside(_))) => {
                    Reaction::Coordinate(Ask::Do(Box::new(Task::SeeAside)))
                }
                _ => Reaction::Nothing,
            },
            Command::NextZone => other_round(opened, false),
            Command::PreviousZone => other_round(opened, true),
            other => Reaction::Do(other.clone()),
        }
    }

    /// What Enter does: where something can be done about a row, goes there; else says more about it.
    fn open(&self, rows: &[Row<'_>], opened: &Opened, s: &Situation) -> Reaction {
        let Some(row) = rows.get(self.focus) else {
            return Reaction::Nothing;
        };
        let place = match row {
            Row::Checklist => Some(Place::Checklist),
            Row::Attention(attention) => leads_to(attention),
            Row::Site(_) | Row::Reach => None,
        };
        Reaction::Do(Command::Deed(match place {
            Some(place) => Deed::Go(place),
            None => {
                let heading = s.texts.coordinator.overview.title.clone();
                Deed::Tell(Box::new(Told::new(heading, detail(*row, opened, s))))
            }
        }))
    }
}

/// Looks at the round before, or after; behind the first comes the open one again.
fn other_round(opened: &Opened, later: bool) -> Reaction {
    let rounds = &opened.rounds;
    let here = opened.evaluation.open_round();
    let here = rounds
        .iter()
        .position(|own| here.is_some_and(|round| round.id == *own));
    let all = rounds.len().max(1);
    let step = if later { 1 } else { all - 1 };
    let next = (here.unwrap_or(0) + step) % all;
    let earlier = rounds.get(next).filter(|_| next + 1 < all);
    Reaction::Coordinate(Ask::Round(earlier.cloned()))
}

/// Where something can be done about what needs attention.
const fn leads_to(attention: &Attention) -> Option<Place> {
    match attention {
        Attention::CanBeShown(..) | Attention::GroupsCanBeShown(..) | Attention::Conflict(_) => {
            Some(Place::Release)
        }
        Attention::NotDelivered(_) => Some(Place::Collect),
        Attention::Uncoded(_) | Attention::Undecided(_) | Attention::Unread(_) => Some(Place::Coding),
        Attention::Late(_) => Some(Place::Findings),
        Attention::Codes(_) => Some(Place::Upkeep),
        Attention::DeletionDue(_) => Some(Place::Upkeep),
        Attention::Waiting(_) | Attention::Drafts(_) => Some(Place::Drafts),
        Attention::Strangers(_) | Attention::Copies(_) => Some(Place::Changes),
        _ => None,
    }
}

/// Returns the checklist as a text.
fn checklist(opened: &Opened, s: &Situation) -> Told {
    let words = &s.texts.coordinator.checklist;
    let mut paragraphs = vec![Paragraph::Text(words.about.clone())];
    for (place, (point, settled)) in opened.standing.checklist.iter().enumerate() {
        let mark = if *settled { "[x]" } else { "[ ]" };
        let text = point_sentence(point, opened, s);
        if place == 0 {
            paragraphs.push(Paragraph::Heading(words.title.clone()));
        }
        paragraphs.push(Paragraph::Marked(mark.to_owned(), text));
    }
    Told::new(words.title.clone(), paragraphs)
}

fn number(value: u32, s: &Situation) -> String {
    whole(u64::from(value), s.language())
}

fn totals(standing: &Standing, s: &Situation, pane: &mut Pane) {
    let words = &s.texts.coordinator.overview;
    let roster = &standing.roster;
    let held = number(roster.held(), s);
    let mut parts = vec![match roster.planned {
        Some(planned) => fill(&words.held_of, &[("n", &held), ("planned", &number(planned, s))]),
        None => fill(&words.held, &[("n", &held)]),
    }];
    if roster.groups > 0 {
        let values = [
            ("n", number(roster.groups, s)),
            ("people", number(roster.in_groups, s)),
        ];
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        parts.push(fill(&words.groups, &values));
    }
    let without = roster.without;
    if without.asked > 0 {
        for (count, text) in [
            (roster.asked(), &words.asked),
            (without.declined, &words.declined),
            (without.stopped, &words.stopped),
        ] {
            parts.push(fill(text, &[("n", &whole(count, s.language()))]));
        }
    }
    pane.text(&parts.join("   "), Tone::Plain);
}

/// The surveys of the round in one line, where so many are wanted of one.
fn surveys(opened: &Opened, s: &Situation, pane: &mut Pane) {
    let counts = &opened.standing.roster.surveys;
    if counts.iter().all(|own| own.planned.is_none()) {
        return;
    }
    let words = &s.texts.coordinator.overview;
    let of = |own: &SurveyCount| {
        let known = opened.surveys.iter().find(|survey| *survey.id() == own.survey);
        let title = known.map_or(own.survey.as_str(), |survey| {
            survey.parts().title.get(s.language())
        });
        let held = number(own.held, s);
        let said = match own.planned {
            Some(planned) => fill(
                &words.survey_of,
                &[("n", &held), ("planned", &number(planned, s))],
            ),
            None => held,
        };
        format!("{title} {said}")
    };
    let all: Vec<String> = counts.iter().map(of).collect();
    pane.text(&all.join("   "), Tone::Plain);
}

/// The columns of the table of sites: name, held, planned, bar, last.
const fn site_columns(width: usize) -> [usize; 5] {
    let (bar, last) = if width >= WITH_BARS { (18, 20) } else { (0, 17) };
    let numbers = 14;
    let taken = numbers + bar + if bar > 0 { 2 } else { 0 } + last + 2;
    let name = width.saturating_sub(taken);
    [if name > 40 { 40 } else { name }, 7, 7, bar, last]
}

fn site_head(words: &OverviewTexts, width: usize) -> String {
    let [name, held, planned, bar, last] = site_columns(width.saturating_sub(2));
    let bar = if bar > 0 {
        format!("  {}", fit(&words.progress, bar))
    } else {
        String::new()
    };
    format!(
        "  {}{}{}{bar}  {}",
        fit(&words.site, name),
        right(&words.finished, held),
        right(&words.target, planned),
        fit(&words.enough, last)
    )
    .trim_end()
    .to_owned()
}

fn site_row(site: &SiteCount, opened: &Opened, s: &Situation, width: usize) -> String {
    let [name, held, planned, bar, last] = site_columns(width);
    let target = site
        .planned
        .map_or_else(|| "-".to_owned(), |planned| number(planned, s));
    let drawn = if bar > 0 {
        format!("  {}", progress(site, bar, s.look.ascii))
    } else {
        String::new()
    };
    format!(
        "{}{}{}{drawn}  {}",
        fit(&site_name(&site.site, opened, s), name),
        right(&number(site.held, s), held),
        right(&target, planned),
        fit(&enough(site, opened, s), last)
    )
    .trim_end()
    .to_owned()
}

fn progress(site: &SiteCount, width: usize, ascii: bool) -> String {
    let (full, empty) = if ascii { ('#', '-') } else { ('█', '░') };
    let Some(planned) = site.planned.filter(|planned| *planned > 0) else {
        return " ".repeat(width);
    };
    let done = usize::try_from(site.held.min(planned)).unwrap_or(0);
    let all = usize::try_from(planned).unwrap_or(1).max(1);
    // A bar is full only when the plan is met, and never empty once it is begun.
    let cells = (done * width / all).max(usize::from(done > 0));
    let line = [
        full.to_string().repeat(cells),
        empty.to_string().repeat(width - cells),
    ];
    line.concat()
}
