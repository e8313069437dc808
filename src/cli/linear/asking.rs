//! What is said to put a question: lines, made without input or output.

use crate::domain::answer::{Answer, Response};
use crate::domain::id::Id;
use crate::domain::interview::Interview;
use crate::domain::interview::wording::{answer_words, number_words};
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;
use crate::domain::record::Mode;
use crate::domain::survey::question::{Question, QuestionKind};
use crate::texts::{Texts, fill};

use super::offer::{Offered, offered};

/// Returns what is said when a question is come to: place, section, what is read aloud, what is for the
/// interviewer only. `new_section` also says the section's introduction.
#[must_use]
pub fn question_lines(interview: &Interview, id: &Id, new_section: bool, texts: &Texts) -> Vec<String> {
    let words = &texts.linear;
    let language = interview.language();
    let Some(question) = interview.survey().question(id) else {
        return Vec::new();
    };
    let section = interview.survey().section_of(id);
    let title = section.map(|section| interview.fill(section.title.get(language), &words.your_name));
    let title = title.unwrap_or_default();
    let mut lines = vec![match interview.place_of(id) {
        Some((place, of)) => fill(
            &words.place,
            &[
                ("place", &place.to_string()),
                ("of", &of.to_string()),
                ("section", &title),
            ],
        ),
        None => fill(&words.between, &[("section", &title)]),
    }];
    let intro = section
        .and_then(|section| section.intro.as_ref())
        .filter(|_| new_section);
    if let Some(intro) = intro {
        lines.extend(read_aloud(interview, intro.get(language), texts));
    }
    if interview.is_answered_alone(question) {
        lines.push(words.self_before.clone());
    }
    if interview.may_be_answered_alone(question) {
        lines.push(words.self_may.clone());
    }
    lines.extend(read_aloud(interview, question.text.get(language), texts));
    if let Some(help) = question.help.as_ref().filter(|_| interview.entered().is_live()) {
        let help = interview.fill(help.get(language), &words.your_name);
        lines.push(fill(&words.may_read, &[("text", &help)]));
    }
    if let Some(note) = &question.interviewer_note {
        let note = interview.fill(note.get(language), &words.your_name);
        lines.push(fill(&words.to_you, &[("text", &note)]));
    }
    let in_group = matches!(interview.mode(), Mode::Group { .. });
    if in_group && matches!(question.kind, QuestionKind::Text { long: true }) {
        let statement = &texts.interview.group.statement;
        lines.push(fill(&words.to_you, &[("text", statement)]));
    }
    if !question.probes.is_empty() {
        lines.push(words.has_probes.clone());
    }
    if let Some(note) = interview.note(id) {
        lines.push(fill(&words.note_stands, &[("text", note.as_str())]));
    }
    lines
}

/// Returns a text to be read aloud, each thing to say on a line of its own; of an interview that was held before,
/// what was asked.
#[must_use]
pub fn read_aloud(interview: &Interview, text: &str, texts: &Texts) -> Vec<String> {
    let words = &texts.linear;
    let said = if interview.entered().is_live() {
        &words.read_aloud
    } else {
        &words.afterwards.was_asked
    };
    parts(interview, text, said, texts)
}

/// Returns a text part by part, each on a line of its own as `said` has it.
#[must_use]
pub fn parts(interview: &Interview, text: &str, said: &str, texts: &Texts) -> Vec<String> {
    let filled = interview.fill(text, &texts.linear.your_name);
    filled
        .split("\n\n")
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|part| !part.is_empty())
        .map(|part| fill(said, &[("text", &part)]))
        .collect()
}

/// Returns what is said to put one item of a question: the row, what can be chosen, what stands there, and what to
/// type. `first` says everything, later rows are shorter.
#[must_use]
pub fn item_lines(interview: &Interview, key: &ItemKey, first: bool, texts: &Texts) -> Vec<String> {
    let words = &texts.linear;
    let language = interview.language();
    let Some(item) = interview.survey().item(key) else {
        return Vec::new();
    };
    let question = item.question;
    let mut lines = Vec::new();
    if let Some(row) = item.row {
        let rows = interview.rows(question);
        let place = rows.iter().position(|known| known.id == row.id).unwrap_or(0) + 1;
        let of = rows.len();
        lines.push(fill(
            &words.row,
            &[
                ("place", &place.to_string()),
                ("of", &of.to_string()),
                ("text", &interview.fill(row.text.get(language), &words.your_name)),
            ],
        ));
        if let Some(ask) = item.scale.and_then(|scale| scale.ask.as_ref()) {
            lines.extend(read_aloud(interview, ask.get(language), texts));
        }
    }
    let choices = offered(interview, &item, language);
    let numeric = item.scale.is_some_and(|scale| scale.numeric);
    if numeric {
        lines.push(numbers_line(&choices, texts));
    } else if first || item.paired {
        lines.extend(choices.iter().map(option_line));
    } else if !choices.is_empty() {
        let short: Vec<String> = choices.iter().map(option_line).collect();
        lines.push(short.join(". "));
    }
    let others = missing_line(interview, question, texts);
    if !others.is_empty() {
        lines.push(others);
    }
    lines.extend(standing_line(interview, key, texts));
    lines.push(how_to_answer(question, texts));
    lines
}

fn option_line(option: &Offered) -> String {
    format!("{}. {}", option.number, option.words)
}

fn numbers_line(choices: &[Offered], texts: &Texts) -> String {
    let end = |option: Option<&Offered>| option.map(|option| option.number.to_string()).unwrap_or_default();
    fill(
        &texts.linear.numbers,
        &[("from", &end(choices.first())), ("to", &end(choices.last()))],
    )
}

/// Returns the ways not to answer that this question offers: `V. vet ikke. U. vil ikke svare.`
fn missing_line(interview: &Interview, question: &Question, texts: &Texts) -> String {
    let keys = [
        (Missing::DontKnow, &texts.words.key_dont_know),
        (Missing::WontSay, &texts.words.key_wont_say),
        (Missing::NotApplicable, &texts.words.key_not_applicable),
    ];
    let offered: Vec<String> = keys
        .into_iter()
        .filter(|(kind, _)| question.offers(*kind))
        .map(|(kind, key)| {
            let words = missing_words(interview, kind, texts).to_lowercase();
            if matches!(question.kind, QuestionKind::Text { .. }) {
                fill(&texts.linear.way_in_words, &[("words", &words)])
            } else {
                format!("{key}. {words}.")
            }
        })
        .collect();
    offered.join(" ")
}

fn how_to_answer(question: &Question, texts: &Texts) -> String {
    let words = &texts.linear;
    match &question.kind {
        QuestionKind::One(_) | QuestionKind::Scale { .. } | QuestionKind::Matrix { .. } => {
            words.type_one.clone()
        }
        QuestionKind::Many { max: Some(max), .. } => fill(&words.type_many_max, &[("max", &max.to_string())]),
        QuestionKind::Many { max: None, .. } => words.type_many.clone(),
        QuestionKind::Number { unit, .. } => match unit {
            Some(unit) => {
                let language = texts.language();
                fill(&words.type_number_unit, &[("unit", unit.get(language))])
            }
            None => words.type_number.clone(),
        },
        QuestionKind::Date { day: false, .. } => words.type_month.clone(),
        QuestionKind::Date { day: true, .. } => words.type_day.clone(),
        QuestionKind::Text { long: false } => words.type_line.clone(),
        QuestionKind::Text { long: true } => words.type_text.clone(),
        QuestionKind::Rank { max: Some(max), .. } => fill(&words.type_rank_max, &[("max", &max.to_string())]),
        QuestionKind::Rank { max: None, .. } => words.type_rank.clone(),
        QuestionKind::Count(_) => words.type_hands.clone(),
        QuestionKind::Info => words.type_enter.clone(),
    }
}

fn standing_line(interview: &Interview, key: &ItemKey, texts: &Texts) -> Option<String> {
    let words = said_words(interview, key, texts)?;
    Some(fill(&texts.linear.stands, &[("words", &words)]))
}

/// Returns the words of what stands at an item; what the person typed unseen stays unsaid.
#[must_use]
pub fn said_words(interview: &Interview, key: &ItemKey, texts: &Texts) -> Option<String> {
    let response = interview.response(key)?;
    if interview.is_masked(key) {
        return Some(texts.linear.masked.clone());
    }
    Some(match response {
        Response::Missing(kind) => missing_words(interview, *kind, texts),
        Response::Given(answer) => given_words(interview, key, answer, texts),
    })
}

fn given_words(interview: &Interview, key: &ItemKey, answer: &Answer, texts: &Texts) -> String {
    let language = interview.language();
    let Some(item) = interview.survey().item(key) else {
        return String::new();
    };
    match (answer, &item.question.kind) {
        (Answer::Number { value, about }, QuestionKind::Number { unit, .. }) => {
            let number = number_words(*value, language);
            let unit = unit.as_ref().map(|unit| format!(" {}", unit.get(language)));
            let said = format!("{number}{}", unit.unwrap_or_default());
            if *about {
                fill(&texts.linear.about, &[("number", &said)])
            } else {
                said
            }
        }
        (Answer::Date { year, month, day }, _) => {
            let name = month.and_then(|month| {
                texts
                    .linear
                    .months
                    .get(usize::try_from(month).ok()?.checked_sub(1)?)
            });
            let day = day.map(|day| format!("{day}."));
            [day, name.cloned(), Some(year.to_string())]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ")
        }
        (Answer::Text(text), _) => fill(&texts.linear.in_quotes, &[("text", text.as_str())]),
        _ => answer_words(&item, answer, language),
    }
}

/// Returns the words for a way not to answer, in the survey's own wording where it has one.
#[must_use]
pub fn missing_words(interview: &Interview, kind: Missing, texts: &Texts) -> String {
    let own = interview.survey().parts().missing_wording.get(&kind);
    own.map_or_else(
        || texts.words.missing(kind).to_owned(),
        |own| own.get(interview.language()).to_owned(),
    )
}

/// Returns what is said about an answer just given.
#[must_use]
pub fn echo(interview: &Interview, key: &ItemKey, typed: Option<u32>, texts: &Texts) -> String {
    let words = said_words(interview, key, texts).unwrap_or_default();
    if interview.is_masked(key) {
        return texts.linear.self_after.clone();
    }
    match typed {
        // "Du valgte 7, 7" would be silly.
        Some(number) if words != number.to_string() => fill(
            &texts.linear.chose,
            &[("number", &number.to_string()), ("words", &words)],
        ),
        _ => fill(&texts.linear.answer_is, &[("words", &words)]),
    }
}

/// Returns a short name for an item: its question's words and its row's.
#[must_use]
pub fn item_name(interview: &Interview, key: &ItemKey, texts: &Texts) -> String {
    let language = interview.language();
    let Some(item) = interview.survey().item(key) else {
        return key.to_string();
    };
    let name = &texts.linear.your_name;
    let words = match item.row {
        Some(row) => interview.fill(row.text.get(language), name),
        None => interview.fill(item.question.text.get(language), name),
    };
    let scale = item
        .scale
        .filter(|_| item.paired)
        .and_then(|scale| scale.ask.as_ref());
    match scale {
        Some(ask) => format!("{words}. {}", ask.get(language)),
        None => words,
    }
}
