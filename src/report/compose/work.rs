//! What the coordinators have written: findings with the figures and quotes beside them, what the dialogue conference made
//! of them, and what somebody will do.
//!
//! The words are the coordinators' own and stand as they wrote them. Figures and quotes beside them are those that were
//! released, and no others.

use crate::disclosure::published::Answers;
use crate::domain::clean_text::CleanText;
use crate::domain::id::Slug;
use crate::domain::language::Language;
use crate::domain::survey::{Item, Survey};
use crate::domain::workbook::Workbook;
use crate::domain::workbook::finding::{Action, ActionStatus, Finding, Standing};
use crate::domain::workbook::log::Stamp;
use crate::report::chart::Chart;
use crate::report::document::{Cell, Document, Kind, Mark, Part, Role, Row, RowKind, Table};
use crate::texts::number::date_in_words;
use crate::texts::{Texts, fill};

use super::findings::{self, Good};
use super::item::question;
use super::tables::{captioned, column};
use super::{Sources, made_up_mark};
use super::{item, said, voices};

/// The most quotes beside a finding.
const QUOTES: usize = 2;

/// The coordinators' work in a round, as reports tell it.
#[derive(Clone, Copy, Debug)]
pub struct Work<'w> {
    /// The workbook.
    pub book: &'w Workbook,
    /// The round that is reported on.
    pub round: &'w Slug,
    /// The survey that is reported on: what points to questions of another one alone is no finding of its. All findings of
    /// the round where none is named.
    pub survey: Option<&'w Survey>,
}

impl<'w> Work<'w> {
    /// Returns the findings of the round in the order they are told.
    pub(super) fn findings(&self) -> Vec<(&'w Stamp, &'w Finding)> {
        let own = self.book.findings();
        own.filter(|(_, finding)| finding.round == *self.round && self.is_about(finding))
            .collect()
    }

    fn is_about(&self, finding: &Finding) -> bool {
        let own = |survey: &Survey| finding.items.iter().any(|item| survey.item(item).is_some());
        finding.items.is_empty() || self.survey.is_none_or(own)
    }

    /// Returns whether anybody has written a finding in the round.
    pub(super) fn is_written(&self) -> bool {
        !self.findings().is_empty()
    }

    /// The actions promised in the round, or those of the rounds before it. One that follows a finding stands where the
    /// finding does.
    fn actions(&self, carried: bool) -> Vec<&'w Action> {
        let all = self.book.actions().map(|(_, action)| action);
        let is_own = |finding: &Option<Stamp>| {
            let finding = finding.as_ref().and_then(|stamp| self.book.finding(stamp));
            finding.is_none_or(|finding| self.is_about(finding))
        };
        all.filter(|action| (action.round == *self.round) != carried && is_own(&action.finding))
            .collect()
    }

    fn said(&self, finding: Option<&Stamp>) -> Vec<String> {
        let said = self.book.statements().map(|(_, said)| said);
        said.filter(|said| said.round == *self.round && said.finding.as_ref() == finding)
            .map(|said| said.text.to_string())
            .collect()
    }

    fn is_talked_about(&self) -> bool {
        let stands = |finding: &Finding| finding.standing != Standing::Open || !finding.answer.is_blank();
        let is_told =
            |(stamp, finding): &(&Stamp, &Finding)| stands(finding) || !self.said(Some(stamp)).is_empty();
        self.findings().iter().any(is_told) || !self.said(None).is_empty()
    }
}

/// Writes the findings as they were written, each with what stands beside it.
pub(super) fn findings(sources: &Sources<'_>, work: &Work<'_>, document: &mut Document) {
    let words = &sources.texts.paper.work;
    if is_raw(sources, Some(work)) {
        document.paragraph(sources.texts.paper.findings_from.clone());
        if document.kind != Kind::FinalReport {
            document.note(sources.texts.paper.findings_draft.clone());
        }
    } else {
        // Below the least number there is nothing beside a finding but a quote or two.
        let beside = (!sources.is_in_words()).then_some(&words.written_beside);
        let said = std::iter::once(&words.written).chain(beside);
        document.paragraph(said.map(String::as_str).collect::<Vec<_>>().join(" "));
    }
    in_language(sources, work, document);
    for (number, (_, finding)) in (1_u32..).zip(work.findings()) {
        let title = fill(&words.finding, &[("n", &sources.number(number))]);
        document.heading(2, title);
        document.finding(sources.written(finding.text.as_str()), keys(finding));
        beside(sources, finding, document);
        figures(sources, number, finding, document);
        if let Some(told) = sources.published.voices() {
            for theme in &finding.themes {
                voices::quotes(sources, told, theme, QUOTES, document);
            }
        }
    }
}

/// Says that what the coordinators wrote is in another language than the document, where it clearly is.
pub(super) fn in_language(sources: &Sources<'_>, work: &Work<'_>, document: &mut Document) {
    let findings = work.findings().into_iter();
    let findings = findings.flat_map(|(_, finding)| [&finding.text, &finding.answer]);
    let actions = work.book.actions().map(|(_, action)| &action.text);
    let all: Vec<&str> = findings.chain(actions).map(CleanText::as_str).collect();
    if let Some(language) = sources.foreign(&all.join("\n")) {
        let words = &sources.texts.paper.work.written_in;
        document.note(fill(words, &[("language", language)]));
    }
}

/// Returns whether every finding is a sentence that the figures make by themselves, in any language: nobody has written
/// what they mean.
#[must_use]
pub fn is_raw(sources: &Sources<'_>, work: Option<&Work<'_>>) -> bool {
    let Some(work) = work.filter(|work| work.is_written()) else {
        return true;
    };
    let mut made: Vec<String> = Vec::new();
    let mut marks: Vec<String> = Vec::new();
    for texts in Language::ALL
        .into_iter()
        .filter_map(|language| Texts::load(language).ok())
    {
        let sources = Sources {
            texts: &texts,
            ..*sources
        };
        made.extend(super::suggestions(&sources).into_iter().map(|(_, said)| said));
        marks.push(made_up_mark(&texts));
    }
    let bare = |text: &str| {
        let marked = marks.iter().find_map(|mark| text.strip_suffix(mark.as_str()));
        marked.unwrap_or(text).trim().to_owned()
    };
    let findings = work.findings();
    findings
        .iter()
        .all(|(_, finding)| made.contains(&bare(finding.text.as_str())))
}

/// What stands beside a finding where there is little room: at most so many figures in sentences, and one quote.
pub(super) fn in_short(sources: &Sources<'_>, finding: &Finding, figures: usize, document: &mut Document) {
    let items = finding.items.iter().filter_map(|key| sources.survey.item(key));
    let said = items
        .filter(|item| item.question.report)
        .filter_map(|item| said::alone(sources, sources.published.item(&item.key())?, &item));
    for said in said.take(figures) {
        document.paragraph(said);
    }
    if let (Some(told), Some(theme)) = (sources.published.voices(), finding.themes.first()) {
        voices::quotes(sources, told, theme, 1, document);
    }
}

/// The items a finding names.
pub(super) fn keys(finding: &Finding) -> Vec<String> {
    finding.items.iter().map(ToString::to_string).collect()
}

/// The area a finding is about and who it is for.
fn beside(sources: &Sources<'_>, finding: &Finding, document: &mut Document) {
    let words = &sources.texts.paper.work;
    let areas = &sources.survey.parts().dimensions;
    let area = finding.dimension.as_ref().map(|own| {
        let known = areas.iter().find(|(id, _)| id == own);
        known.map_or_else(
            || own.to_string(),
            |(_, title)| title.get(sources.language()).to_owned(),
        )
    });
    let mut lines = Vec::new();
    if let Some(area) = area {
        lines.push(fill(&words.area, &[("area", &area)]));
    }
    if !finding.addressee.is_blank() {
        let addressee = finding.addressee.as_str();
        lines.push(fill(&words.addressee, &[("addressee", addressee)]));
    }
    if !lines.is_empty() {
        document.paragraph(lines.join("\n"));
    }
}

/// The printed figures of the questions a finding names.
fn figures(sources: &Sources<'_>, number: u32, finding: &Finding, document: &mut Document) {
    let mut items: Vec<Item<'_>> = Vec::new();
    for key in &finding.items {
        items.extend(sources.survey.item(key).filter(|item| item.question.report));
    }
    let printed = |item: &Item<'_>| sources.published.item(&item.key());
    let good: Vec<Good<'_>> = items
        .iter()
        .filter_map(|item| Good::of(printed(item)?, *item))
        .collect();
    let rest = items
        .iter()
        .filter(|item| printed(item).is_some_and(|printed| Good::of(printed, **item).is_none()));
    let rest: Vec<String> = rest
        .map(|item| {
            let asked = question(sources, item);
            let see = || fill(&sources.texts.paper.work.see, &[("question", &asked)]);
            let Some(printed) = printed(item) else {
                return see();
            };
            match &printed.answers {
                Answers::Words => said::after(&asked, &item::in_words(sources, printed)),
                Answers::Hidden { reason, .. } => {
                    said::after(&asked, &item::reason(sources, printed, *reason))
                }
                Answers::Row { .. } => said::alone(sources, printed, item).unwrap_or_else(see),
            }
        })
        .collect();
    let words = &sources.texts.paper.work;
    let code = format!("{}{number}", words.file);
    let title = fill(&words.finding, &[("n", &sources.number(number))]);
    if !rest.is_empty() {
        document.list(Mark::Dot, rest);
    }
    for item in &items {
        let own = printed(item).filter(|printed| Good::of(printed, *item).is_none());
        if let Some((chart, table)) =
            own.and_then(|own| item::shown_beside(sources, own, item, (&code, &title)))
        {
            if let Some(chart) = chart {
                let said = sources.titled_once(finding.text.as_str());
                let alt = format!("{said} {}", said::after(&question(sources, item), &chart.alt));
                document.chart(Chart {
                    title: said,
                    alt,
                    ..chart
                });
            }
            document.table(table);
        }
    }
    if !good.is_empty() {
        let said = Some(finding.text.as_str());
        findings::table(sources, &good, (&title, &code, said), &title, document);
    }
}

/// Returns the numbers of the findings nobody has talked about, where others of the round were.
#[must_use]
pub fn not_raised(work: &Work<'_>) -> Vec<u32> {
    let is_open = |stamp: &Stamp, finding: &Finding| {
        finding.standing == Standing::Open && work.said(Some(stamp)).is_empty()
    };
    let numbered = (1..).zip(work.findings());
    let open = numbered.filter(|(_, (stamp, finding))| work.is_talked_about() && is_open(stamp, finding));
    open.map(|(number, _)| number).collect()
}

/// Writes what came of the dialogue conference, and what somebody will do: for the final report.
pub(super) fn conference(sources: &Sources<'_>, work: &Work<'_>, document: &mut Document) {
    let paper = &sources.texts.paper;
    let words = &paper.work;
    let (now, before) = (work.actions(false), work.actions(true));
    let (found, others) = (work.findings(), work.said(None));
    let is_talked_about = work.is_talked_about() && !(found.is_empty() && others.is_empty());
    if !is_talked_about && now.is_empty() && before.is_empty() {
        return;
    }
    document.heading(1, paper.conference.clone());
    if !is_talked_about {
        document.paragraph(words.actions_only.clone());
    }
    if is_talked_about && !found.is_empty() {
        document.paragraph(words.conference_done.clone());
        let columns = [
            &paper.conference_finding,
            &words.stands,
            &paper.conference_service,
        ];
        let rows = found.into_iter().map(|(stamp, finding)| {
            let said = work.said(Some(stamp));
            let standing = match finding.standing {
                // Where something was said, it was raised.
                Standing::Open if !said.is_empty() => None,
                Standing::Open => Some(words.not_raised.as_str()),
                standing => Some(words.standing(standing)),
            };
            let mut says: Vec<String> = standing.map(ToOwned::to_owned).into_iter().collect();
            says.extend(said.iter().map(|said| sources.written(said)));
            let answer = if finding.answer.is_blank() {
                sources.texts.results.none.clone()
            } else {
                sources.written(finding.answer.as_str())
            };
            vec![sources.written(finding.text.as_str()), says.join("\n"), answer]
        });
        let table = sheet(
            sources,
            "conference",
            &paper.conference_caption,
            &columns,
            rows.collect(),
        );
        document.table(table);
    }
    if !others.is_empty() {
        document.heading(2, words.also_said.clone());
        let others = others.iter().map(|said| sources.written(said));
        document.list(Mark::Dot, others.collect());
    }
    promised(sources, "actions", &paper.actions_caption, &now, document);
    promised(sources, "carried", &words.carried, &before, document);
}

/// Writes the actions of earlier rounds: what became of them belongs in the draft, too.
pub(super) fn carried(sources: &Sources<'_>, work: &Work<'_>, document: &mut Document) {
    let before = work.actions(true);
    if !before.is_empty() {
        let words = &sources.texts.paper.work;
        document.heading(1, words.follow_up.clone());
        promised(sources, "carried", &words.carried, &before, document);
    }
}

/// Returns the actions of the round as points of a list: what, who, by when.
pub(super) fn points(sources: &Sources<'_>, work: &Work<'_>) -> Vec<String> {
    let open = |action: &&Action| action.status != ActionStatus::GivenUp;
    let actions = work.actions(false);
    let points = actions.iter().filter(|action| open(action)).map(|action| {
        let mut parts = vec![sources.written(action.text.as_str())];
        if !action.owner.is_blank() {
            parts.push(action.owner.to_string());
        }
        parts.extend(action.due.map(|due| date_in_words(due, sources.language())));
        parts.join(" – ")
    });
    points.collect()
}

fn promised(sources: &Sources<'_>, code: &str, caption: &str, actions: &[&Action], document: &mut Document) {
    if actions.is_empty() {
        return;
    }
    let paper = &sources.texts.paper;
    let columns = [&paper.action, &paper.owner, &paper.due, &paper.status];
    let rows = actions.iter().map(|action| {
        vec![
            sources.written(action.text.as_str()),
            action.owner.to_string(),
            action
                .due
                .map_or_else(String::new, |due| date_in_words(due, sources.language())),
            status(sources, action.status).to_owned(),
        ]
    });
    document.table(sheet(sources, code, caption, &columns, rows.collect()));
}

/// A table of words.
pub(super) fn sheet(
    sources: &Sources<'_>,
    code: &str,
    caption: &str,
    columns: &[&String],
    rows: Vec<Vec<String>>,
) -> Table {
    let row = |(number, words): (usize, Vec<String>)| Row {
        code: number.to_string(),
        kind: RowKind::Single,
        cells: words.into_iter().map(Cell::Text).collect(),
    };
    Table {
        item: code.to_owned(),
        name: String::new(),
        part: Part::Sheet,
        question: caption.to_owned(),
        caption: captioned(sources, caption, &[]),
        n: None,
        asked: None,
        columns: columns.iter().map(|title| column(title, Role::Label)).collect(),
        rows: (1..).zip(rows).map(row).collect(),
        notes: Vec::new(),
    }
}

fn status<'t>(sources: &'t Sources<'_>, status: ActionStatus) -> &'t str {
    sources.texts.paper.work.status(status)
}
