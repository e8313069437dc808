//! How far the evaluation has come: interviews against the plan, what they can show, what needs attention.

use crate::disclosure::standing::{Attention, Point, Reach, Standing};
use crate::domain::id::Slug;
use crate::domain::roster::SiteCount;
use crate::texts::coordinator::OverviewTexts;
use crate::texts::fill;
use crate::texts::number::{date, percent, plural, whole};
use crate::tui::command::{Command, Step};
use crate::tui::input::Key;
use crate::tui::keymap::{Binding, Keys};
use crate::tui::page::Page;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::view::Reaction;

use super::pane::{Pane, fit, right};
use super::told::{Paragraph, Told};
use super::{Deed, Opened, Place, letter, usual_keys};

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
    let rounds = &opened.evaluation.rounds;
    match opened.evaluation.open_round() {
        Some(round) if rounds.len() > 1 => {
            let (number, all) = (rounds.len().to_string(), rounds.len().to_string());
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
            Some(Row::Attention(Attention::CanBeShown(..) | Attention::NotDelivered(_))) => &hint.do_it,
            _ => &words.more,
        };
        table.push(Binding::new(Keys::One(Key::Enter), Command::Enter, says, 3));
        let hints = &words.hint;
        let places = [
            (&letters.results, Place::Results, &hints.results, 1),
            (&letters.rounds, Place::Rounds, &hints.rounds, 3),
            (&letters.release, Place::Release, &hints.release, 2),
            (&letters.report, Place::Report, &hints.report, 2),
            (&letters.collect, Place::Collect, &hints.collect, 2),
            (&letters.coding, Place::Coding, &hints.coding, 1),
            (&letters.findings, Place::Findings, &hints.findings, 3),
            (&letters.surveys, Place::Surveys, &hints.surveys, 4),
            (&letters.checklist, Place::Checklist, &hints.checklist, 5),
        ];
        for (key, place, says, rank) in places {
            let go = Command::Deed(Deed::Go(place));
            table.push(Binding::new(letter(key), go, says, rank));
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
        if !standing.roster.interviewers.is_empty() {
            let letters =
                standing.roster.interviewers.iter().map(|(letter, count)| {
                    format!("{} {}", letter.as_str().to_uppercase(), number(*count, s))
                });
            let letters = letters.collect::<Vec<_>>().join("   ");
            pane.blank();
            pane.text(&fill(&words.interviewers, &[("letters", &letters)]), Tone::Plain);
        }
        pane.blank();
        let reach = reach_sentence(&standing.now, standing.planned.as_ref(), s);
        pane.long_row("", &reach, self.focus == place, &Command::Press(place));
        place += 1;
        pane.blank();
        if standing.attention.is_empty() {
            pane.text(&words.nothing, Tone::Plain);
        } else {
            pane.text(&words.attention, Tone::Heading);
        }
        for attention in &standing.attention {
            let text = sentence(attention, opened, s);
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
            Row::Attention(Attention::CanBeShown(..)) => Some(Place::Release),
            Row::Attention(Attention::NotDelivered(_)) => Some(Place::Collect),
            Row::Site(_) | Row::Reach | Row::Attention(_) => None,
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

/// Returns the checklist as a text.
pub(in crate::tui) fn checklist(opened: &Opened, s: &Situation) -> Told {
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
    paragraphs.push(Paragraph::Text(words.how.clone()));
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

fn site_name(site: &Slug, opened: &Opened, s: &Situation) -> String {
    let known = opened.evaluation.sites.iter().find(|own| own.id == *site);
    known.map_or_else(
        || site.to_string(),
        |known| known.title.get(s.language()).to_owned(),
    )
}

/// Whether a site can be shown by itself: alone, merged with others, or not yet.
fn enough(site: &SiteCount, opened: &Opened, s: &Situation) -> String {
    let words = &s.texts.coordinator.overview;
    let Some(apart) = &opened.standing.apart else {
        return String::new();
    };
    if site.held == 0 && site.planned.is_none_or(|planned| planned == 0) {
        return words.not_in.clone();
    }
    let sites = &opened.standing.roster.sites;
    let place = sites.iter().position(|own| own.site == site.site);
    let group = apart
        .groups
        .iter()
        .find(|(places, _)| place.is_some_and(|place| places.contains(&place)));
    match group {
        Some((places, _)) if places.len() == 1 => words.enough_alone.clone(),
        Some(_) => words.enough_together.clone(),
        None if site.people >= apart.least => words.enough_here.clone(),
        None => fill(&words.not_enough, &[("least", &number(apart.least, s))]),
    }
}

/// What so many interviews can show, and what as many as are planned could.
fn reach_sentence(now: &Reach, planned: Option<&Reach>, s: &Situation) -> String {
    let mut said = vec![one_reach(now, s)];
    if let Some(planned) = planned.filter(|planned| planned.in_full != now.in_full) {
        said.push(one_reach(planned, s));
    }
    said.join(" ")
}

fn one_reach(reach: &Reach, s: &Situation) -> String {
    let words = &s.texts.coordinator.overview;
    let n = number(reach.people, s);
    match reach.in_full {
        Some((low, high)) => {
            let (low, high) = (number(low, s), number(high, s));
            fill(&words.reach, &[("n", &n), ("low", &low), ("high", &high)])
        }
        None => fill(&words.reach_nothing, &[("n", &n)]),
    }
}

fn survey_title(survey: &Slug, opened: &Opened, s: &Situation) -> String {
    let known = opened.surveys.iter().find(|own| own.id() == survey);
    known.map_or_else(
        || survey.to_string(),
        |known| known.parts().title.get(s.language()).to_owned(),
    )
}

/// Returns something that needs attention as a sentence.
fn sentence(attention: &Attention, opened: &Opened, s: &Situation) -> String {
    let words = &s.texts.coordinator.attention;
    let counted = |one: &str, more: &str, count: usize| {
        let text = plural(u64::try_from(count).unwrap_or(u64::MAX), one, more);
        fill(text, &[("n", &count.to_string())])
    };
    let day = |text: &str, day: jiff::civil::Date| fill(text, &[("date", &date(day, s.language()))]);
    let waiting = |one: &str, more: &str, survey: &Slug, n: u32| {
        let (title, count) = (survey_title(survey, opened, s), number(n, s));
        let text = plural(u64::from(n), one, more);
        fill(text, &[("n", &count), ("survey", &title)])
    };
    match attention {
        Attention::NotDelivered(laptops) => {
            let names: Vec<&str> = laptops.iter().map(Slug::as_str).collect();
            let text = plural(
                u64::try_from(names.len()).unwrap_or(0),
                &words.not_delivered_one,
                &words.not_delivered,
            );
            fill(text, &[("laptops", &names.join(", "))])
        }
        Attention::Unreadable(n) => counted(&words.unreadable_one, &words.unreadable, *n),
        Attention::Damaged(n) => counted(&words.damaged_one, &words.damaged, *n),
        Attention::Newer(n) => counted(&words.newer_one, &words.newer, *n),
        Attention::Absent(n) => counted(&words.absent_one, &words.absent, *n),
        Attention::Drafts(n) => counted(&words.drafts_one, &words.drafts, *n),
        Attention::Conflict(survey) => fill(&words.conflict, &[("survey", &survey_title(survey, opened, s))]),
        Attention::CanBeShown(survey, n) => waiting(&words.can_be_shown_one, &words.can_be_shown, survey, *n),
        Attention::TooFew(survey, n) => waiting(&words.too_few_one, &words.too_few, survey, *n),
        Attention::Contacts(n) => counted(&words.contacts_one, &words.contacts, *n),
        Attention::KeysNotProved(n) => counted(&words.keys_one, &words.keys, *n),
        Attention::WithdrawalEnds(until) => day(&words.withdrawal_ends, *until),
        Attention::DeletionSoon(by) => day(&words.deletion_soon, *by),
        Attention::DeletionDue(by) => day(&words.deletion_due, *by),
    }
}

fn point_sentence(point: &Point, opened: &Opened, s: &Situation) -> String {
    let words = &s.texts.coordinator.checklist;
    let evaluation = &opened.evaluation;
    let language = s.language();
    match point {
        Point::Purpose => match &evaluation.purpose {
            Some(purpose) => fill(&words.purpose, &[("purpose", purpose.get(language))]),
            None => words.no_purpose.clone(),
        },
        Point::Commissioner => match &evaluation.commissioner {
            Some(name) => fill(&words.commissioner, &[("name", name.as_str())]),
            None => words.no_commissioner.clone(),
        },
        Point::Consent => {
            let policy = &evaluation.consent_policy;
            let age = |age: Option<u8>| age.map_or_else(|| words.no_age.clone(), |age| age.to_string());
            let (own, guardian) = (age(policy.self_from), age(policy.guardian_below));
            let reason = policy
                .reason
                .as_ref()
                .map_or(words.no_reason.as_str(), |reason| reason.as_str());
            let text = if policy.self_from.is_none() && policy.guardian_below.is_none() {
                &words.consent_no_ages
            } else {
                &words.consent
            };
            fill(
                text,
                &[("own", &own), ("guardian", &guardian), ("reason", reason)],
            )
        }
        Point::Withdrawal(Some(day)) => fill(&words.withdrawal, &[("date", &date(*day, language))]),
        Point::Withdrawal(None) => words.no_withdrawal.clone(),
        Point::Contacts => {
            let mut checked: Vec<_> = evaluation
                .contacts
                .iter()
                .filter_map(|contact| contact.checked)
                .collect();
            checked.sort_unstable();
            match (checked.first(), evaluation.contacts.len()) {
                (Some(day), n) => {
                    let values = [("n", n.to_string()), ("date", date(*day, language))];
                    let [n, day] = &values;
                    fill(&words.contacts, &[(n.0, &n.1), (day.0, &day.1)])
                }
                (None, 0) => words.no_contacts.clone(),
                (None, _) => words.contacts_not_checked.clone(),
            }
        }
        Point::Keys => fill(&words.keys, &[("n", &evaluation.recipients.len().to_string())]),
        Point::Deletion(Some(day)) => fill(&words.deletion, &[("date", &date(*day, language))]),
        Point::Deletion(None) => words.no_deletion.clone(),
        Point::Closed => words.closed.clone(),
    }
}

/// What more there is to say about a row.
fn detail(row: Row<'_>, opened: &Opened, s: &Situation) -> Vec<Paragraph> {
    match row {
        Row::Site(site) => site_detail(site, opened, s),
        Row::Reach => reach_detail(&opened.standing, s),
        Row::Attention(attention) => {
            let more = what_to_do(attention, s);
            vec![
                Paragraph::Text(sentence(attention, opened, s)),
                Paragraph::Text(more.to_owned()),
            ]
        }
        Row::Checklist => checklist(opened, s).paragraphs,
    }
}

fn site_detail(site: &SiteCount, opened: &Opened, s: &Situation) -> Vec<Paragraph> {
    let words = &s.texts.coordinator.overview;
    let name = site_name(&site.site, opened, s);
    let mut said = vec![Paragraph::Heading(name)];
    let held = number(site.held, s);
    said.push(Paragraph::Text(match site.planned {
        Some(planned) => fill(&words.held_of, &[("n", &held), ("planned", &number(planned, s))]),
        None => fill(&words.held, &[("n", &held)]),
    }));
    if let Some(apart) = &opened.standing.apart {
        let least = number(apart.least, s);
        said.push(Paragraph::Text(fill(&words.apart_how, &[("least", &least)])));
        let sites = &opened.standing.roster.sites;
        let names = |places: &[usize]| {
            let names = places.iter().filter_map(|place| {
                let own = sites.get(*place)?;
                Some(site_name(&own.site, opened, s))
            });
            names.collect::<Vec<_>>().join(" + ")
        };
        if apart.groups.is_empty() {
            said.push(Paragraph::Text(words.apart_none.clone()));
        } else {
            said.push(Paragraph::Text(words.apart_groups.clone()));
            said.extend(apart.groups.iter().map(|(places, people)| {
                let text = format!("{}: {}", names(places), number(*people, s));
                Paragraph::Marked("-".to_owned(), text)
            }));
        }
    }
    said
}

fn reach_detail(standing: &Standing, s: &Situation) -> Vec<Paragraph> {
    let words = &s.texts.coordinator.overview;
    let mut said = vec![Paragraph::Heading(words.reach_title.clone())];
    said.push(Paragraph::Text(one_reach(&standing.now, s)));
    if let Some((levels, some)) = standing.now.on_five {
        let share = |share: f64| percent(share, 0, s.language());
        let values = [("levels", share(levels)), ("some", share(some))];
        let [levels, some] = &values;
        said.push(Paragraph::Text(fill(
            &words.reach_five,
            &[(levels.0, &levels.1), (some.0, &some.1)],
        )));
    }
    if let Some(planned) = &standing.planned {
        said.push(Paragraph::Text(one_reach(planned, s)));
    }
    said.push(Paragraph::Text(words.reach_more.clone()));
    said
}

fn what_to_do<'s>(attention: &Attention, s: &'s Situation) -> &'s str {
    let words = &s.texts.coordinator.attention;
    match attention {
        Attention::NotDelivered(_) => &words.do_not_delivered,
        Attention::Unreadable(_) => &words.do_unreadable,
        Attention::Damaged(_) => &words.do_damaged,
        Attention::Newer(_) => &words.do_newer,
        Attention::Absent(_) => &words.do_absent,
        Attention::Drafts(_) => &words.do_drafts,
        Attention::Conflict(_) => &words.do_conflict,
        Attention::CanBeShown(..) => &words.do_can_be_shown,
        Attention::TooFew(..) => &words.do_too_few,
        Attention::Contacts(_) => &words.do_contacts,
        Attention::KeysNotProved(_) => &words.do_keys,
        Attention::WithdrawalEnds(_) => &words.do_withdrawal,
        Attention::DeletionSoon(_) | Attention::DeletionDue(_) => &words.do_deletion,
    }
}
