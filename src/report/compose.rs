//! From a release to the document: who took part, what the numbers do not say, every question, how it was done.
//!
//! Everything here is a function of what is printed and of public settings. Sentences say a printed value in words,
//! never more.

use crate::disclosure::published::{Answers, Base, Published, PublishedItem, Reason};
use crate::disclosure::users::response_rate;
use crate::domain::evaluation::Evaluation;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::record::Gathered;
use crate::domain::slip::Asked;
use crate::domain::survey::Survey;
use crate::texts::number::{plural, whole};
use crate::texts::{Texts, fill};

use super::document::{Document, Kind, Mark};
use super::speech::foreign;
use super::wording::share_words;

mod averages;
mod background;
mod breakdown;
mod conference;
mod dimensions;
mod findings;
mod glance;
pub mod guide;
mod hands;
mod item;
mod labels;
mod method;
mod missing;
mod numbers;
mod one_page;
mod pairs;
mod perspectives;
mod picture;
mod planned;
mod questions;
mod rounds;
mod said;
mod tables;
mod tested;
mod version;
mod voices;
mod whole;
mod work;

pub use breakdown::{by_group, shown_by};
pub use conference::conference;
pub use glance::{
    Explanation, Glance, GroupLine, Openness, about, chart_of, explained, glances, group_lines, groups_of,
    hidden_by_group, not_in_full, sentence_of, split_whole,
};
pub use one_page::one_page;
pub use rounds::{Round, altered, of_rounds, rounds, titled};
pub use tables::joined as code_of;
pub use tested::add_tests;
pub use whole::{Contents, Plan, report};
pub use work::{Work, is_raw, not_raised};

/// What a document is composed of.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'s> {
    /// What is printed.
    pub published: &'s Published,
    /// Who took part, which is known to readers, and what came after.
    pub people: &'s People,
    /// The survey that was asked.
    pub survey: &'s Survey,
    /// The evaluation it belongs to.
    pub evaluation: &'s Evaluation,
    /// The words, in the language of the document.
    pub texts: &'s Texts,
}

/// The people behind a release: planning data, no answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// How many in each group of a background variable: `site`.
    pub background: Vec<Background>,
    /// The groups that were interviewed together, where nobody was interviewed alone.
    pub gathered: Option<Gathered>,
    /// How many were asked besides those who were interviewed; nothing where that was not counted.
    pub without: Option<Asked>,
    /// Interviews that are finished and not in the release.
    pub waiting: u32,
    /// Interviews in it that were withdrawn since.
    pub withdrawn: u32,
    /// States that are left out because something was wrong with them: how many interviews stand nowhere else, and what
    /// was wrong.
    pub wrong: Vec<(u32, String)>,
    /// What was read, where the answers came from a file and not from interviews.
    pub file: Option<FileRead>,
    /// Which of several states it is.
    pub part: Part,
}

/// Which of several states a document is about: people who came later are shown beside the first ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// There is one state.
    #[default]
    Only,
    /// Everybody who was shown, from so many states.
    Together {
        /// How many.
        parts: u32,
    },
    /// Those who were shown first.
    First,
    /// Those who came since.
    Since {
        /// Which part it is, from 2.
        number: u32,
    },
}

/// What could not be read of a file of answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileRead {
    /// Cells that hold no answer.
    pub wrong_cells: u64,
    /// Rows left out.
    pub wrong_rows: u64,
}

/// How many people are in each group of a background variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Background {
    /// The variable: `site`.
    pub variable: Id,
    /// Groups in order: level and people.
    pub groups: Vec<(String, u32)>,
}

impl Sources<'_> {
    fn words(&self) -> &crate::texts::results::ReportTexts {
        &self.texts.results.report
    }

    fn language(&self) -> Language {
        self.texts.language()
    }

    fn number(&self, value: u32) -> String {
        whole(u64::from(value), self.language())
    }

    /// How many use the service, where that is known and those interviewed are all there are of the round.
    fn users(&self) -> Option<u32> {
        let is_whole = matches!(self.people.part, Part::Only | Part::Together { .. });
        let round = self.evaluation.open_round();
        let alone = self.published.interviews() > 0 && !self.is_in_words();
        let users = round
            .filter(|_| is_whole && alone && self.people.file.is_none())?
            .users?;
        // Fewer than were interviewed is a mistake in the file.
        (users >= self.published.interviews()).then_some(users)
    }

    /// Whether only groups that were interviewed together are in it, and nobody who was interviewed alone.
    #[must_use]
    pub fn is_of_groups(&self) -> bool {
        self.published.interviews() == 0 && self.published.groups() > 0
    }

    /// Whether those interviewed are too few for numbers, and themes and quotes are all that is told.
    #[must_use]
    pub const fn is_in_words(&self) -> bool {
        self.published.is_in_words()
    }

    /// Whether all there is of a question is what groups said by show of hands, in words.
    fn is_told_by_hands(&self, printed: &PublishedItem) -> bool {
        let asked_alone = self.published.interviews() > 0
            && !matches!(
                printed.answers,
                Answers::Hidden {
                    reason: Reason::GroupsOnly,
                    ..
                }
            );
        printed.hands.is_some() && !asked_alone
    }

    /// Whether everything is made up: said in the title and above every table.
    const fn made_up(&self) -> bool {
        self.evaluation.made_up
    }

    /// Whether a file has nothing on a question, most often because it has no column for it.
    fn is_no_column(&self, printed: &PublishedItem) -> bool {
        self.people.file.is_some() && matches!(printed.base, Base::Shown { asked: 0, .. })
    }

    fn titled(&self, title: String) -> String {
        if self.made_up() {
            fill(&self.words().made_up_title, &[("title", &title)])
        } else {
            title
        }
    }

    /// Words that somebody wrote: where everything is made up, the mark that says so is in the document's language.
    fn written(&self, words: &str) -> String {
        let mut said = words.to_owned();
        let own = made_up_mark(self.texts);
        if !self.made_up() || !said.contains('(') {
            return said;
        }
        let others = Language::ALL
            .into_iter()
            .filter(|other| *other != self.language());
        for other in others.filter_map(|other| Texts::load(other).ok()) {
            said = said.replace(&made_up_mark(&other), &own);
        }
        said
    }

    /// What the language is called that words are clearly in, where it is not the document's.
    fn foreign(&self, words: &str) -> Option<&str> {
        foreign(words, self.language()).map(|other| self.called(other))
    }

    /// What a language is called.
    fn called(&self, language: Language) -> &str {
        let words = &self.texts.paper;
        match language {
            Language::Bokmal => &words.bokmal,
            Language::Nynorsk => &words.nynorsk,
            Language::English => &words.english,
        }
    }
}

/// What stands behind words that are made up: `(oppdiktet)`.
fn made_up_mark(texts: &Texts) -> String {
    let mark = fill(&texts.results.report.made_up_title, &[("title", "")]);
    mark.trim().to_owned()
}

impl Sources<'_> {
    /// The title, said to be made up unless whoever wrote it has said so.
    fn titled_once(&self, title: &str) -> String {
        let title = self.written(title);
        if title.ends_with(&made_up_mark(self.texts)) {
            title
        } else {
            self.titled(title)
        }
    }
}

/// Returns the results alone, as the terminal and other programs show them.
#[must_use]
pub fn results(sources: &Sources<'_>) -> Document {
    let mut document = empty(sources);
    who(sources, &mut document);
    limits(sources, &mut document);
    if !sources.is_in_words() {
        questions::write(sources, &mut document);
    }
    averages::by_dimension(sources, &mut document);
    pairs::write(sources, &mut document);
    if let Some(told) = sources.published.voices() {
        voices::write(sources, told, &mut document);
    }
    document
}

/// Returns the sentences that the figures carry about single questions, for those who write findings: each with the item
/// it is about, in the order of the survey.
#[must_use]
pub fn suggestions(sources: &Sources<'_>) -> Vec<(ItemKey, String)> {
    let items = sources.survey.items().filter(|item| item.question.report);
    items
        .filter_map(|item| {
            let printed = sources.published.item(&item.key())?;
            Some((item.key(), said::alone(sources, printed, &item)?))
        })
        .collect()
}

/// Returns what is printed of one question or one item; `None` when it is not in the release.
#[must_use]
pub fn one(sources: &Sources<'_>, wanted: &ItemKey) -> Option<Document> {
    let mut document = empty(sources);
    wrong(sources, &mut document);
    let mut found = false;
    for known in sources.survey.items() {
        let key = known.key();
        let fits = key == *wanted
            || (wanted.scale_id().is_none()
                && key.question_id() == wanted.question_id()
                && wanted.row_id().is_none_or(|row| key.row_id() == Some(row)));
        if let Some(printed) = sources
            .published
            .item(&key)
            .filter(|_| fits && known.question.report)
        {
            let heading = (3, item::question(sources, &known));
            item::write(sources, printed, &known, heading, &mut document);
            found = true;
        }
    }
    found.then_some(document)
}

fn empty(sources: &Sources<'_>) -> Document {
    let language = sources.language();
    let title = fill(
        &sources.words().title,
        &[("title", sources.evaluation.title.get(language))],
    );
    let mut document = Document::new(
        language,
        sources.titled(in_part(sources, title)),
        sources.made_up(),
    );
    if sources.made_up() {
        document.note(sources.words().made_up.clone());
    }
    document
}

/// The title of a document about one of several states.
fn in_part(sources: &Sources<'_>, title: String) -> String {
    let number = match sources.people.part {
        Part::Only | Part::Together { .. } => return title,
        Part::First => 1,
        Part::Since { number } => number,
    };
    let values = [("title", title.as_str()), ("part", &sources.number(number))];
    fill(&sources.texts.release.part_title, &values)
}

/// Which part of all users was interviewed, where their number is known.
fn of_users(sources: &Sources<'_>) -> Option<String> {
    let users = sources.users()?;
    let people = sources.published.interviews();
    response_rate(people, users)?;
    Some(fill(
        &sources.words().of_users,
        &[
            ("users", &sources.number(users)),
            ("share", &share_words(people, users, sources.language())),
        ],
    ))
}

fn who(sources: &Sources<'_>, document: &mut Document) {
    let (words, language) = (sources.words(), sources.language());
    document.heading(1, words.who.clone());
    let published = sources.published;
    let people = published.interviews();
    let own = &sources.texts.tabulate;
    let mut about = vec![match sources.people.file {
        Some(_) => counted(sources, people, &own.rows_one, &own.rows),
        None if sources.is_of_groups() => gathered(sources),
        None => counted(sources, people, &words.interviews_one, &words.interviews),
    }];
    let evaluation = sources.evaluation;
    if let Some(service) = &evaluation.service {
        about.push(fill(&words.service, &[("service", service.get(language))]));
    }
    let round = evaluation.open_round().filter(|_| sources.people.file.is_none());
    if let Some(round) = round {
        about.push(fill(&words.round, &[("round", round.title.get(language))]));
    }
    about.extend(of_users(sources));
    document.paragraph(about.join(" "));
    if sources.is_in_words() {
        let told = published.voices().map(|told| {
            if told.quotes().is_empty() {
                &words.in_words_told
            } else {
                &words.in_words_quoted
            }
        });
        let said = std::iter::once(&words.in_words).chain(told);
        document.paragraph(said.map(String::as_str).collect::<Vec<_>>().join(" "));
        wrong(sources, document);
        return;
    }
    let release = &sources.texts.release;
    match sources.people.part {
        Part::Only => {}
        Part::Together { parts } => {
            document.note(fill(&release.together, &[("parts", &sources.number(parts))]));
        }
        Part::First => document.note(release.first.clone()),
        Part::Since { .. } => document.note(release.since.clone()),
    }
    let beside_people = if sources.is_of_groups() {
        0
    } else {
        published.groups()
    };
    let beside = [
        (beside_people, &words.groups),
        (published.left_out(), &words.left_out),
        (sources.people.withdrawn, &words.withdrawn),
    ];
    for (count, text) in beside.into_iter().filter(|(count, _)| *count > 0) {
        document.note(fill(text, &[("n", &sources.number(count))]));
    }
    wrong(sources, document);
    if let Some(file) = sources.people.file {
        for (count, one, more) in [
            (file.wrong_cells, &own.wrong_cells_one, &own.wrong_cells),
            (file.wrong_rows, &own.wrong_rows_one, &own.wrong_rows),
        ] {
            if count > 0 {
                let text = plural(count, one, more);
                document.note(fill(text, &[("n", &whole(count, sources.language()))]));
            }
        }
    }
    let waiting = sources.people.waiting;
    if waiting > 0 {
        document.note(counted(sources, waiting, &words.waiting_one, &words.waiting));
    }
    for background in &sources.people.background {
        document.table(background::table(sources, background));
    }
    asked(sources, document);
}

/// That people are left out because something was wrong with what was shown of them.
fn wrong(sources: &Sources<'_>, document: &mut Document) {
    let words = sources.words();
    for (count, why) in &sources.people.wrong {
        let text = if *count == 0 {
            &words.wrong_same
        } else {
            &words.wrong
        };
        let count = sources.number(*count);
        document.note(fill(text, &[("n", &count), ("why", why)]));
    }
}

/// How many were asked, said no and stopped: in reports, where interviews were held.
fn asked(sources: &Sources<'_>, document: &mut Document) {
    let is_part = matches!(sources.people.part, Part::First | Part::Since { .. });
    if document.kind == Kind::Results || sources.people.file.is_some() || is_part {
        return;
    }
    let words = &sources.texts.paper;
    // A group that says no is one slip, whoever would have been in it.
    let without = sources.people.without.filter(|_| !sources.is_of_groups());
    let Some(without) = without else {
        document.paragraph(words.not_counted.clone());
        return;
    };
    let published = sources.published;
    let interviewed = published
        .interviews()
        .saturating_add(published.left_out())
        .saturating_add(sources.people.waiting);
    let all = without.asked.saturating_add(u64::from(interviewed));
    let counts = [
        (all, &words.asked),
        (without.declined, &words.declined),
        (without.stopped, &words.stopped),
    ];
    let said = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, text)| fill(text, &[("n", &whole(count, sources.language()))]));
    document.list(Mark::Dot, said.collect());
}

fn limits(sources: &Sources<'_>, document: &mut Document) {
    if sources.is_in_words() {
        return;
    }
    let words = sources.words();
    document.heading(1, words.limits.clone());
    let people = sources.number(sources.published.interviews());
    let who = match sources.people.file {
        Some(_) => &sources.texts.tabulate.limits_who,
        None => &words.limits_who,
    };
    document.paragraph(if sources.is_of_groups() {
        words.limits_groups.clone()
    } else {
        fill(who, &[("n", &people)])
    });
    document.paragraph(match document.kind {
        // The conference where one could talk about it is over.
        Kind::FinalReport => sources.texts.paper.limits_why.clone(),
        _ => words.limits_why.clone(),
    });
    document.paragraph(words.limits_small.clone());
}

/// How many were interviewed together, where nobody was interviewed alone.
fn gathered(sources: &Sources<'_>) -> String {
    let words = sources.words();
    let groups = sources.number(sources.published.groups());
    match sources.people.gathered {
        Some(Gathered { people, .. }) => {
            let people = sources.number(people);
            fill(&words.gathered, &[("groups", &groups), ("people", &people)])
        }
        None => fill(&words.gathered_groups, &[("groups", &groups)]),
    }
}

fn counted(sources: &Sources<'_>, count: u32, one: &str, more: &str) -> String {
    let text = plural(u64::from(count), one, more);
    fill(text, &[("n", &sources.number(count))])
}

#[cfg(test)]
pub(in crate::report) mod tests;
