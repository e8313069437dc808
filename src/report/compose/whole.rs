//! A whole report, from the title page to the appendix.

use crate::domain::clean_text::CleanText;
use crate::report::document::{Block, Document, Fact, Front, Kind};
use crate::texts::fill;

use super::guide::{self, Form};
use super::version::version;
use super::{
    Round, Sources, averages, breakdown, conference, dimensions, findings, item, method, numbers, pairs,
    perspectives, planned, questions, rounds, voices, work,
};

/// What a report is besides its figures.
#[derive(Clone, Debug, Default)]
pub struct Plan<'s> {
    /// Whether it is the final report; else it is the draft for the dialogue conference.
    pub is_final: bool,
    /// What is in it.
    pub contents: Contents,
    /// Who has written it, as they want to be named.
    pub authors: Vec<CleanText>,
    /// What was printed of each round, in time order, the one reported on last; fewer than two are not compared.
    pub rounds: Vec<Round<'s>>,
    /// What is printed of the round's other surveys, which may ask about the same areas.
    pub beside: Vec<Sources<'s>>,
    /// What the coordinators have written, where they have a workbook.
    pub work: Option<work::Work<'s>>,
}

/// The parts of a report that somebody may leave out. Who is in it, what was found and how it was done always are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Every question with its table.
    pub questions: bool,
    /// Answers by groups, where they were shown by groups.
    pub groups: bool,
    /// Themes and quotes.
    pub quotes: bool,
    /// The questions as they were asked.
    pub appendix: bool,
}

impl Default for Contents {
    fn default() -> Self {
        Self {
            questions: true,
            groups: true,
            quotes: true,
            appendix: true,
        }
    }
}

/// Returns the whole report.
#[must_use]
pub fn report(sources: &Sources<'_>, plan: &Plan<'_>) -> Document {
    let words = &sources.texts.paper;
    let title = sources.evaluation.title.get(sources.language()).to_owned();
    let title = sources.titled(super::in_part(sources, title));
    let mut document = Document::new(sources.language(), title, sources.made_up());
    document.kind = if plan.is_final {
        Kind::FinalReport
    } else {
        Kind::ProcessReport
    };
    document.front = Some(front(sources, plan));
    super::who(sources, &mut document);
    super::limits(sources, &mut document);
    let main = findings::main(sources);
    let written = plan.work.as_ref().filter(|work| work.is_written());
    document.heading(1, words.findings.clone());
    if let Some(work) = written {
        work::findings(sources, work, &mut document);
    } else {
        if !plan.is_final && !main.is_empty() {
            document.note(words.findings_draft.clone());
        }
        findings::write(sources, &main, &mut document);
    }
    if let Some(told) = sources.published.voices().filter(|_| plan.contents.quotes) {
        voices::write(sources, told, &mut document);
    }
    if plan.contents.questions && !sources.is_in_words() {
        planned::write(sources, &mut document);
        dimensions::write(sources, &mut document);
        averages::by_dimension(sources, &mut document);
        pairs::write(sources, &mut document);
        perspectives::write(sources, &plan.beside, &mut document);
        questions::write(sources, &mut document);
    }
    if plan.contents.groups && !sources.is_in_words() {
        breakdown::all(sources, &mut document);
    }
    if plan.rounds.len() > 1 && !sources.is_in_words() {
        document.heading(1, words.rounds.clone());
        rounds::side_by_side(sources, &plan.rounds, None, &mut document);
    }
    match &plan.work {
        Some(work) if plan.is_final => work::conference(sources, work, &mut document),
        Some(work) => work::carried(sources, work, &mut document),
        None => {}
    }
    if !plan.is_final {
        conference::section(sources, &main, written, &mut document);
    }
    let quoted = sources
        .published
        .voices()
        .is_some_and(|told| !told.quotes().is_empty());
    let stands = method::Stands {
        quotes: quoted && plan.contents.quotes,
        appendix: plan.contents.appendix,
    };
    method::write(sources, stands, &mut document);
    if plan.contents.appendix {
        appendix(sources, &mut document);
    }
    if !plan.contents.quotes {
        document
            .blocks
            .retain(|block| !matches!(block, Block::Quote { .. }));
    }
    numbers::for_ids(&mut document, sources.survey, sources.texts);
    document
}

fn front(sources: &Sources<'_>, plan: &Plan<'_>) -> Front {
    let (words, language, evaluation) = (&sources.texts.paper, sources.language(), sources.evaluation);
    let parts = sources.survey.parts();
    let service = evaluation
        .service
        .as_ref()
        .map(|service| service.get(language).to_owned());
    let round = evaluation.open_round().filter(|_| sources.people.file.is_none());
    let title = parts.title.get(language);
    let version = version(&parts.version, sources.texts);
    let survey = fill(&words.survey_version, &[("title", title), ("version", &version)]);
    let languages = languages(sources);
    let facts = [
        (&words.service, service),
        (
            &words.commissioner,
            evaluation.commissioner.as_ref().map(ToString::to_string),
        ),
        (
            &words.round,
            round.map(|round| round.title.get(language).to_owned()),
        ),
        (
            &words.period,
            round
                .and_then(|round| round.period.as_ref())
                .map(|period| period.get(language).to_owned()),
        ),
        (&words.survey, Some(survey)),
        (
            &words.languages,
            Some(languages).filter(|languages| !languages.is_empty()),
        ),
    ];
    let facts = facts.into_iter().filter_map(|(name, value)| {
        Some(Fact {
            name: name.clone(),
            value: value?,
        })
    });
    let mut remarks = Vec::new();
    if !plan.is_final {
        remarks.push(words.draft.clone());
    }
    if sources.made_up() {
        remarks.push(sources.words().made_up.clone());
    }
    Front {
        stage: if plan.is_final {
            &words.stage_final
        } else {
            &words.stage_process
        }
        .clone(),
        subtitle: None,
        authors: plan.authors.iter().map(ToString::to_string).collect(),
        facts: facts.collect(),
        remarks,
    }
}

/// The languages of the evaluation, as the report's language calls them.
fn languages(sources: &Sources<'_>) -> String {
    let words = &sources.texts.paper;
    let languages = sources.evaluation.languages.iter();
    let names: Vec<&str> = languages.map(|language| sources.called(*language)).collect();
    let said = match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} {} {last}", before.join(", "), words.languages_last),
        None => String::new(),
    };
    item::capital(&said)
}

/// The questions as they were put, one heading lower than on a paper of their own.
fn appendix(sources: &Sources<'_>, document: &mut Document) {
    document.page_break();
    document.heading(1, sources.texts.paper.appendix.clone());
    let guide = guide::guide(
        sources.survey,
        sources.texts,
        Some(sources.evaluation),
        Form::Appendix,
    );
    document
        .blocks
        .extend(guide.blocks.into_iter().map(|block| match block {
            Block::Heading { level, text } => Block::Heading {
                level: level.saturating_add(1),
                text,
            },
            other => other,
        }));
}

#[cfg(test)]
mod tests;
