//! What each form says, what it asks for, and which word it wants typed.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::domain::id::Slug;
use crate::texts::fill;
use crate::texts::number::date;
use crate::tui::coordinator::Opened;
use crate::tui::situation::Situation;

use super::{Entry, Fate, Filled, Name, What, shown};

pub(super) fn title(what: &What, s: &Situation) -> String {
    let words = &s.texts.coordinator.upkeep;
    match what {
        What::Kit => words.kit_title.clone(),
        What::Renew => words.renew_title.clone(),
        What::NewRound => words.new_round.clone(),
        What::Revoke(laptop) => fill(&words.revoke_title, &[("laptop", laptop.as_str())]),
        What::BackUp => words.back_up_title.clone(),
        What::Restore => words.restore_title.clone(),
        What::Withdraw => words.withdraw_title.clone(),
        What::AddCoordinator => words.add_title.clone(),
        What::RemoveCoordinator(name) => fill(&words.remove_title, &[("name", name)]),
        What::Decide(_, Fate::Use) => words.use_title.clone(),
        What::Decide(_, Fate::Delete) => words.delete_title.clone(),
        What::Accept(_) => words.confirm.clone(),
        What::TakeKit => words.take_kit.clone(),
        What::Words => words.words_title.clone(),
        What::Wipe => words.wipe.clone(),
        What::Verify => words.verify_title.clone(),
        What::NewKey => words.new_key_title.clone(),
        What::Reseal => words.reseal.clone(),
        What::ForgetOld => words.forget_old.clone(),
        What::Install => words.install_title.clone(),
        What::Recover => words.recover_title.clone(),
        What::Close => words.close_title.clone(),
        What::Survey { title, .. } => {
            let words = &s.texts.coordinator.surveys;
            fill(&words.new_of, &[("title", title)])
        }
    }
}

pub(super) fn paragraphs(what: &What, opened: &Opened, s: &Situation) -> Vec<String> {
    let (words, keys, life) = (&s.texts.coordinator.upkeep, &s.texts.keys, &s.texts.life);
    match what {
        What::Kit => {
            let folder = shown(&opened.reports);
            vec![fill(&words.kit_about, &[("folder", &folder)])]
        }
        What::Renew => vec![words.renew_about.clone()],
        What::NewRound => vec![words.new_round_about.clone()],
        What::Revoke(laptop) => vec![fill(&keys.revoke_intro, &[("laptop", laptop.as_str())])],
        What::BackUp => vec![words.back_up_about.clone()],
        What::Restore | What::Install | What::Recover | What::TakeKit | What::Words | What::Wipe => {
            told_before(what, s)
        }
        What::Decide(draft, fate) => {
            let about = match fate {
                Fate::Delete => &words.delete_about,
                Fate::Use if draft.must_ask => &words.use_asked,
                Fate::Use => &words.use_about,
            };
            draft.says.iter().chain([about]).cloned().collect()
        }
        What::Accept(strange) => vec![strange.asks.clone()],
        What::Verify => vec![words.verify_about.clone()],
        What::NewKey => vec![words.new_key_about.clone()],
        What::Reseal => {
            let until = ends_codes(opened, s).map(|until| {
                let until = date(until, s.language());
                fill(&words.codes_about, &[("date", &until)])
            });
            [words.reseal_about.clone()].into_iter().chain(until).collect()
        }
        What::ForgetOld => vec![words.forget_about.clone(), keys.forget_intro.clone()],
        What::Withdraw => vec![words.withdraw_about.clone()],
        What::AddCoordinator => vec![keys.add_intro.clone()],
        What::RemoveCoordinator(name) => vec![fill(&keys.remove_intro, &[("name", name)])],
        What::Survey { .. } => {
            let folder = shown(opened.reports.parent().unwrap_or(&opened.reports));
            vec![fill(
                &s.texts.coordinator.surveys.new_about,
                &[("folder", &folder)],
            )]
        }
        What::Close => {
            let is_shown = opened.standing.surveys.iter().any(|survey| survey.states > 0);
            let tables = if is_shown {
                &life.close_files
            } else {
                &life.close_no_tables
            };
            let due = match opened.evaluation.delete_by {
                Some(day) if s.today < day => {
                    Some(fill(&words.close_early, &[("date", &date(day, s.language()))]))
                }
                Some(_) => None,
                None => Some(words.close_no_day.clone()),
            };
            let about = [life.close_intro.clone(), tables.clone()];
            about.into_iter().chain(due).collect()
        }
    }
}

/// Returns what has to be typed before something is done that cannot be undone.
pub(super) fn word(what: &What, opened: &Opened, s: &Situation) -> Option<String> {
    match what {
        What::Revoke(laptop) => Some(laptop.to_string()),
        What::Withdraw => Some(s.texts.withdrawal.confirm_word.clone()),
        What::RemoveCoordinator(name) => Some(name.clone()),
        What::Decide(_, Fate::Delete) => Some(s.texts.life.rescue_word.clone()),
        What::Decide(draft, Fate::Use) => Some(s.texts.life.rescue_yes.clone()).filter(|_| draft.must_ask),
        What::Close => Some(opened.evaluation.title.get(s.language()).to_owned()),
        _ => None,
    }
}

pub(super) fn entries(what: &What, opened: &Opened, s: &Situation) -> Vec<Entry> {
    let words = &s.texts.coordinator.upkeep;
    // A stick goes elsewhere by itself; else things lie where reports lie.
    let own = opened.reports.parent().unwrap_or(&opened.reports);
    let stick = s.desk.sticks.first().map(PathBuf::as_path);
    let outside = stick.unwrap_or(own);
    let today = s.today.to_string();
    let in_folder = |folder: &Path, name: &str| shown(&folder.join(name));
    match what {
        What::Kit => {
            let mut entries = vec![Entry::line(Name::Laptop, &words.label_laptop, "")];
            entries.extend(sites(opened, s, &words.every_site));
            let mut letters = Entry::line(Name::Letters, &words.label_letters, "");
            letters.may_be_empty = true;
            entries.push(letters);
            let folder = shown(outside);
            entries.push(Entry::line(Name::Folder, &words.label_folder, &folder));
            entries
        }
        What::Renew => {
            let folder = in_folder(outside, &fill(&words.renewed_folder, &[("date", &today)]));
            let mut letters = Entry::line(Name::Letters, &words.label_new_letters, "");
            letters.may_be_empty = true;
            vec![Entry::line(Name::Folder, &words.label_folder, &folder), letters]
        }
        What::NewRound => {
            let number = |name, label: &str| {
                let mut entry = Entry::line(name, label, "");
                entry.may_be_empty = true;
                entry
            };
            let mut entries = vec![
                Entry::line(Name::Title, &words.label_round_title, ""),
                number(Name::Planned, &words.label_planned),
            ];
            // With one survey it is what is planned.
            let surveys = opened.surveys.iter().filter(|_| opened.surveys.len() > 1);
            entries.extend(surveys.enumerate().map(|(place, survey)| {
                let title = survey.parts().title.get(s.language());
                number(
                    Name::Wanted(place),
                    &fill(&words.label_wanted, &[("survey", title)]),
                )
            }));
            entries
        }
        What::Reseal if ends_codes(opened, s).is_some() => {
            let options = vec![
                (None, words.codes_stay.clone()),
                (Slug::new("end").ok(), words.codes_go.clone()),
            ];
            vec![Entry {
                filled: Filled::One { options, picked: 0 },
                ..Entry::line(Name::Codes, &words.label_codes, "")
            }]
        }
        What::BackUp => {
            let file = in_folder(outside, &fill(&words.backup_file, &[("date", &today)]));
            vec![Entry::line(Name::File, &words.label_file, &file)]
        }
        What::Restore => restoring(&in_folder(own, &words.restored_folder), s),
        What::Install | What::Recover | What::TakeKit | What::Words | What::Wipe => entries_before(what, s),
        // A key without a passphrase gets none.
        What::NewKey if opened.evaluation.made_up => Vec::new(),
        What::NewKey => new_passphrase(s).into(),
        What::Withdraw => {
            let mut entries = vec![Entry::line(Name::Code, &words.label_code, "")];
            entries.extend(sites(opened, s, &words.not_known));
            entries.extend(rounds(opened, s));
            entries
        }
        What::AddCoordinator => {
            let file = in_folder(outside, &words.key_file);
            let mut entries = vec![
                Entry::line(Name::Coordinator, &words.label_coordinator, ""),
                Entry::line(Name::File, &words.label_key_file, &file),
            ];
            entries.extend(new_passphrase(s));
            entries
        }
        What::Survey { .. } => {
            let label = &s.texts.coordinator.surveys.label_title;
            vec![Entry::line(Name::Title, label, "")]
        }
        What::Accept(_) => vec![Entry::line(Name::Answer, &words.label_answer, "")],
        What::Revoke(_)
        | What::RemoveCoordinator(_)
        | What::Decide(..)
        | What::Close
        | What::Verify
        | What::Reseal
        | What::ForgetOld => Vec::new(),
    }
}

/// The last day of withdrawal, once it is over: sealing again may take the codes away.
fn ends_codes(opened: &Opened, s: &Situation) -> Option<Date> {
    let until = opened.evaluation.withdraw_until;
    until.filter(|until| s.today > *until)
}

/// What is said of something that is done before anything is open, too.
pub(super) fn told_before(what: &What, s: &Situation) -> Vec<String> {
    let words = &s.texts.coordinator.upkeep;
    match what {
        What::Install => vec![words.install_about.clone()],
        What::Recover => vec![s.texts.keys.recover_intro.clone(), words.recover_about.clone()],
        What::TakeKit => vec![words.take_kit_about.clone()],
        What::Words => vec![words.words_about.clone(), s.texts.handover.confirm.ask.clone()],
        What::Wipe => {
            let wipe = &s.texts.handover.wipe;
            let left = s.desk.waiting.unwrap_or_default().waiting;
            let counts = [s.desk.sealed, left, s.desk.drafts.len()].map(|count| count.to_string());
            let [count, waiting, drafts] = &counts;
            let values = [
                ("count", count.as_str()),
                ("waiting", waiting),
                ("drafts", drafts),
            ];
            let lost = (left > 0 || !s.desk.drafts.is_empty()).then(|| wipe.not_delivered.clone());
            [fill(&wipe.intro, &values)].into_iter().chain(lost).collect()
        }
        _ => vec![words.restore_about.clone()],
    }
}

/// What that takes.
pub(super) fn entries_before(what: &What, s: &Situation) -> Vec<Entry> {
    let words = &s.texts.coordinator.upkeep;
    match what {
        What::Install => vec![
            Entry::line(Name::File, &words.label_key_file, ""),
            Entry::masked(Name::Passphrase, &words.label_passphrase),
        ],
        What::Recover => {
            let mut whose = Entry::line(Name::Coordinator, &words.label_whose, "");
            whose.may_be_empty = true;
            let mut entries = vec![Entry::line(Name::Recovery, &words.label_recovery, ""), whose];
            entries.extend(new_passphrase(s));
            entries
        }
        What::TakeKit => {
            let stick = s
                .desk
                .sticks
                .first()
                .map(|stick| shown(stick))
                .unwrap_or_default();
            let mut typed = Entry::line(Name::Answer, &words.label_words, "");
            typed.may_be_empty = true;
            vec![Entry::line(Name::Folder, &words.label_folder, &stick), typed]
        }
        What::Words => vec![Entry::line(Name::Answer, &words.label_answer, "")],
        What::Wipe => Vec::new(),
        _ => restoring("", s),
    }
}

/// A new passphrase, twice.
fn new_passphrase(s: &Situation) -> [Entry; 2] {
    let words = &s.texts.coordinator.upkeep;
    [
        Entry::masked(Name::Passphrase, &words.label_new_passphrase),
        Entry::masked(Name::Again, &words.label_again),
    ]
}

/// What restoring takes.
fn restoring(folder: &str, s: &Situation) -> Vec<Entry> {
    let words = &s.texts.coordinator.upkeep;
    let mut title = Entry::line(Name::Title, &words.label_title, "");
    title.may_be_empty = true;
    vec![
        Entry::line(Name::File, &words.label_backup, ""),
        Entry::line(Name::Folder, &words.label_new_folder, folder),
        title,
    ]
}

/// The sites to choose from, where there are several.
fn sites(opened: &Opened, s: &Situation, none: &str) -> Option<Entry> {
    let sites = opened.evaluation.sites.iter();
    let sites = sites.map(|site| (Some(site.id.clone()), site.title.get(s.language()).to_owned()));
    one_of(Name::Site, &s.texts.coordinator.upkeep.label_site, none, sites)
}

/// The rounds to choose from, where there are several.
fn rounds(opened: &Opened, s: &Situation) -> Option<Entry> {
    let rounds = opened.evaluation.rounds.iter();
    let rounds = rounds.map(|round| (Some(round.id.clone()), round.title.get(s.language()).to_owned()));
    let words = &s.texts.coordinator.upkeep;
    one_of(Name::Round, &words.label_round, &words.not_known, rounds)
}

fn one_of(
    name: Name,
    label: &str,
    none: &str,
    all: impl Iterator<Item = (Option<Slug>, String)>,
) -> Option<Entry> {
    let mut options = vec![(None, none.to_owned())];
    options.extend(all);
    (options.len() > 2).then(|| Entry {
        filled: Filled::One { options, picked: 0 },
        ..Entry::line(name, label, "")
    })
}
