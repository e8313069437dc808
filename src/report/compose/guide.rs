//! A survey on paper: the interview guide, with room for notes, or as the appendix of a report.

use crate::domain::evaluation::{AgeBand, Evaluation};
use crate::domain::interview::wording::unfilled;
use crate::domain::language::Language;
use crate::domain::missing::Missing;
use crate::domain::survey::question::{ChoiceOption, Choices, Question, QuestionKind, Row as Statement};
use crate::domain::survey::scale::Scale;
use crate::domain::survey::{Section, Survey};
use crate::report::document::{Cell, Column, Document, Kind, Mark, Part, Role, Row, RowKind, Table};
use crate::texts::{Texts, fill};

use super::item::capital;
use super::version::version;

mod condition;

/// What the guide is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// To hold interviews with: room to write, and boxes for those who do not answer.
    Paper,
    /// To read how people were asked.
    Appendix,
}

/// Lines for an open answer.
const LONG: u8 = 8;
/// Lines for a short answer.
const SHORT: u8 = 2;
/// Lines for notes beside an answer that is ticked.
const NOTES: u8 = 2;
/// What is ticked in a table.
const RING: &str = "○";

/// Returns the guide of a survey. `evaluation` says which ages are asked for, where it is known.
#[must_use]
pub fn guide(survey: &Survey, texts: &Texts, evaluation: Option<&Evaluation>, form: Form) -> Document {
    let language = texts.language();
    let words = &texts.paper.guide;
    let parts = survey.parts();
    let title = fill(&words.title, &[("title", parts.title.get(language))]);
    let mut guide = Guide {
        document: Document::new(language, title, false),
        survey,
        texts,
        language,
        form,
    };
    guide.document.kind = Kind::Guide;
    if form == Form::Paper {
        let version = capital(&version(&parts.version, texts));
        guide.document.note(fill(&words.about, &[("version", &version)]));
    }
    guide.consent(evaluation);
    for section in survey.sections() {
        guide.section(section);
    }
    guide.end();
    guide.document
}

struct Guide<'g> {
    document: Document,
    survey: &'g Survey,
    texts: &'g Texts,
    language: Language,
    form: Form,
}

impl Guide<'_> {
    fn consent(&mut self, evaluation: Option<&Evaluation>) {
        let (words, language) = (&self.texts.paper.guide, self.language);
        let consent = &self.survey.parts().consent;
        self.document.heading(1, words.before.clone());
        if let Some(note) = &consent.interviewer_note {
            self.interviewer_note(note.get(language));
        }
        self.document.heading(2, words.read_aloud.clone());
        let said = consent.read_aloud.get(language).split("\n\n").map(str::trim);
        for paragraph in said.filter(|paragraph| !paragraph.is_empty()) {
            self.document.paragraph(paragraph);
        }
        self.document.heading(2, words.agree.clone());
        let points = consent
            .points
            .iter()
            .map(|point| point.text.get(language).to_owned());
        self.document.list(Mark::Square, points.collect());
        let bands = evaluation.map(|evaluation| evaluation.consent_policy.age_bands());
        if let Some(bands) = bands.filter(|bands| consent.ask_age && !bands.is_empty()) {
            self.document.heading(2, words.age.clone());
            let bands = bands.iter().map(|band| age(band, self.texts));
            self.document.list(Mark::Ring, bands.collect());
        } else if evaluation.is_none() && consent.ask_age && self.form == Form::Paper {
            // Which ages matter is for the evaluation to say.
            self.document.heading(2, words.age_open.clone());
            self.document.room(1);
        }
    }

    fn section(&mut self, section: &Section) {
        self.document.heading(1, section.title.get(self.language));
        if let Some(condition) = &section.show_if {
            self.document
                .note(condition::words(condition, self.survey, self.texts));
        }
        if let Some(intro) = &section.intro {
            self.document.paragraph(unfilled(intro.get(self.language)));
        }
        for question in &section.questions {
            self.question(question);
        }
    }

    fn question(&mut self, question: &Question) {
        let (words, language) = (&self.texts.paper.guide, self.language);
        let text = unfilled(question.text.get(language));
        if matches!(question.kind, QuestionKind::Info) {
            for paragraph in text.split("\n\n") {
                self.document.paragraph(paragraph);
            }
            return;
        }
        let heading = match self.survey.number(&question.id) {
            Some(number) => format!("{number}. {text}"),
            None => text,
        };
        self.document.heading(2, heading.replace('\n', " "));
        if let Some(condition) = &question.show_if {
            self.document
                .note(condition::words(condition, self.survey, self.texts));
        }
        if question.self_answer {
            self.document.note(words.self_answer.clone());
        }
        if let Some(note) = &question.interviewer_note {
            self.interviewer_note(note.get(language));
        }
        if let Some(help) = &question.help {
            self.document.paragraph(unfilled(help.get(language)));
        }
        self.answers(question);
        if !question.probes.is_empty() {
            self.document.paragraph(format!("{}:", words.probes));
            let probes = question.probes.iter().map(|probe| unfilled(probe.get(language)));
            self.document.list(Mark::Dot, probes.collect());
        }
        if self.form == Form::Paper {
            self.room(question);
        }
    }

    fn interviewer_note(&mut self, note: &str) {
        let words = &self.texts.paper.guide.interviewer;
        self.document.note(fill(words, &[("note", &unfilled(note))]));
    }

    /// What is ticked, or what is written where.
    fn answers(&mut self, question: &Question) {
        let words = &self.texts.paper.guide;
        match &question.kind {
            QuestionKind::Info => {}
            QuestionKind::One(choices) => {
                match choices.scale.as_ref().and_then(|name| self.survey.scale(name)) {
                    Some(scale) => self.scale(scale),
                    None => self.options(Mark::Ring, words.choose_one.clone(), choices),
                }
            }
            QuestionKind::Scale { scale, .. } => {
                if let Some(scale) = self.survey.scale(scale) {
                    self.scale(scale);
                }
            }
            QuestionKind::Many { choices, min, max } => {
                let number = |number: u16| number.to_string();
                let how = match (min.filter(|min| *min > 1), max) {
                    (Some(min), Some(max)) => fill(
                        &words.choose_between,
                        &[("min", &number(min)), ("max", &number(*max))],
                    ),
                    (Some(min), None) => fill(&words.choose_at_least, &[("min", &number(min))]),
                    (None, Some(max)) => fill(&words.choose_at_most, &[("max", &number(*max))]),
                    (None, None) => words.choose_many.clone(),
                };
                self.options(Mark::Square, how, choices);
            }
            QuestionKind::Rank { choices, .. } => self.options(Mark::Square, words.rank.clone(), choices),
            QuestionKind::Count(choices) if self.form == Form::Paper => {
                let table = self.hands(&question.id.to_string(), choices);
                self.document.table(table);
            }
            QuestionKind::Count(choices) => self.options(Mark::Square, words.hands.clone(), choices),
            QuestionKind::Matrix { rows, scales } => {
                for scale in scales.iter().filter_map(|name| self.survey.scale(name)) {
                    let table = self.statements(&question.id.to_string(), rows, scale);
                    self.document.table(table);
                }
            }
            QuestionKind::Number { .. } | QuestionKind::Date { .. } if self.form == Form::Appendix => {}
            QuestionKind::Number { unit, .. } => self.document.paragraph(match unit {
                Some(unit) => fill(&words.number_unit, &[("unit", unit.get(self.language))]),
                None => words.number.clone(),
            }),
            QuestionKind::Date { day, .. } => {
                let text = if *day { &words.day } else { &words.month };
                self.document.paragraph(text.clone());
            }
            QuestionKind::Text { .. } if self.form == Form::Paper => {
                let own = if self.survey.asks_one_person() {
                    &words.own_words
                } else {
                    &words.own_words_group
                };
                self.document.paragraph(own.clone());
            }
            QuestionKind::Text { .. } => {}
        }
    }

    fn scale(&mut self, scale: &Scale) {
        let words = &self.texts.paper.guide;
        let levels: Vec<String> = scale
            .levels
            .iter()
            .map(|level| level.text.get(self.language).to_owned())
            .collect();
        if scale.numeric {
            let numbers = levels.join(" \u{a0} ");
            self.document
                .paragraph(fill(&words.number_ring, &[("numbers", &numbers)]));
        } else {
            self.choose_from(Mark::Ring, words.choose_one.clone(), levels);
        }
    }

    fn options(&mut self, mark: Mark, how: String, choices: &Choices) {
        let offered = choices.options.iter().filter(|option| !option.retired);
        let points = offered.map(|option| self.option(option)).collect();
        self.choose_from(mark, how, points);
    }

    /// Answers to tick; to read, they stand on one line.
    fn choose_from(&mut self, mark: Mark, how: String, answers: Vec<String>) {
        match self.form {
            Form::Paper => {
                self.document.paragraph(how);
                self.document.list(mark, answers);
            }
            Form::Appendix => {
                let words = &self.texts.paper.guide.answers;
                let answers = answers.join(" · ");
                self.document.paragraph(fill(words, &[("answers", &answers)]));
            }
        }
    }

    fn option(&self, option: &ChoiceOption) -> String {
        let text = option.text.get(self.language);
        if option.specify && self.form == Form::Paper {
            fill(&self.texts.paper.guide.specify, &[("option", text)])
        } else {
            text.to_owned()
        }
    }

    /// Options below each other, beside each a cell for how many hands there were.
    fn hands(&self, item: &str, choices: &Choices) -> Table {
        let words = &self.texts.paper.guide;
        let offered = choices.options.iter().filter(|option| !option.retired);
        let rows = offered.map(|option| Row {
            code: option.code.to_string(),
            kind: RowKind::Single,
            cells: vec![Cell::Text(self.option(option)), Cell::Text(String::new())],
        });
        Table {
            item: item.to_owned(),
            name: String::new(),
            part: Part::Sheet,
            question: String::new(),
            caption: words.hands.clone(),
            n: None,
            asked: None,
            columns: vec![column(&words.answer), column(&words.hands_count)],
            rows: rows.collect(),
            notes: Vec::new(),
        }
    }

    /// Statements below each other, the levels beside each other.
    fn statements(&self, item: &str, rows: &[Statement], scale: &Scale) -> Table {
        let words = &self.texts.paper.guide;
        let levels = || scale.levels.iter();
        let mut columns = vec![column(&words.statement)];
        columns.extend(levels().map(|level| column(level.text.get(self.language))));
        let row = |statement: &Statement| Row {
            code: statement.id.to_string(),
            kind: RowKind::Single,
            cells: std::iter::once(Cell::Text(unfilled(statement.text.get(self.language))))
                .chain(levels().map(|_| Cell::Text(RING.to_owned())))
                .collect(),
        };
        let ask = scale.ask.as_ref().map(|ask| ask.get(self.language).to_owned());
        Table {
            item: item.to_owned(),
            name: String::new(),
            part: Part::Sheet,
            question: String::new(),
            caption: ask.unwrap_or_else(|| words.matrix.clone()),
            n: None,
            asked: None,
            columns,
            rows: rows.iter().map(row).collect(),
            notes: Vec::new(),
        }
    }

    /// Boxes for those who do not answer, and lines to write on.
    fn room(&mut self, question: &Question) {
        let kinds = [Missing::DontKnow, Missing::WontSay, Missing::NotApplicable];
        let is_words = matches!(question.kind, QuestionKind::Text { .. });
        if !is_words && !matches!(question.kind, QuestionKind::Count(_)) {
            let offered = kinds.into_iter().filter(|kind| question.offers(*kind));
            let points: Vec<String> = offered.map(|kind| self.missing(kind)).collect();
            // On one line: a page has room for more questions, and they are ticked seldom.
            if !points.is_empty() {
                let boxes: Vec<String> = points
                    .into_iter()
                    .map(|point| format!("{RING}\u{a0}{}", point.replace(' ', "\u{a0}")))
                    .collect();
                let words = &self.texts.paper.guide.no_answer;
                self.document
                    .paragraph(format!("{words}:   {}", boxes.join("   ")));
            }
        }
        self.document.room(match &question.kind {
            QuestionKind::Text { long: true } => LONG,
            QuestionKind::Text { long: false } => SHORT,
            _ => NOTES,
        });
    }

    fn missing(&self, kind: Missing) -> String {
        if let Some(own) = self.survey.parts().missing_wording.get(&kind) {
            return own.get(self.language).to_owned();
        }
        self.texts.words.missing(kind).to_owned()
    }

    fn end(&mut self) {
        let words = &self.texts.paper.guide;
        self.document.heading(1, words.after.clone());
        let own = self.survey.parts().readback.as_ref();
        let said = own.map_or_else(|| words.readback.clone(), |own| own.get(self.language).to_owned());
        self.document.paragraph(said);
        if self.form == Form::Paper {
            self.document.room(LONG);
        }
    }
}

fn column(title: &str) -> Column {
    Column {
        title: title.to_owned(),
        role: Role::Label,
        group: None,
        people: None,
        n: None,
    }
}

fn age(band: &AgeBand, texts: &Texts) -> String {
    let words = &texts.words;
    let number = |age: u8| age.to_string();
    let age = match (band.from, band.below) {
        (None, Some(below)) => fill(&words.age_band_under, &[("age", &number(below))]),
        (Some(from), Some(below)) => fill(
            &words.age_band_between,
            &[("from", &number(from)), ("to", &number(below.saturating_sub(1)))],
        ),
        (Some(from), None) => fill(&words.age_band_from, &[("age", &number(from))]),
        (None, None) => band.code.to_string(),
    };
    if band.guardian {
        fill(&texts.paper.guide.age_guardian, &[("age", &age)])
    } else {
        age
    }
}

#[cfg(test)]
mod tests;
