//! Words of questions and answers as this interview says them: pipes filled, options labelled.

use crate::domain::answer::Answer;
use crate::domain::clean_text::CleanText;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::number::Number;
use crate::domain::survey::Item;

use super::Interview;

/// Stands where a piped answer is not there (yet).
pub const BLANK: &str = "…";

impl Interview {
    /// Returns `text` with each `{{id}}` replaced by the words of that answer, and `{{interviewer}}` by
    /// `interviewer`; an unknown or unanswered one becomes "…".
    #[must_use]
    pub fn fill(&self, text: &str, interviewer: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            filled.push_str(before);
            let Some((name, next)) = after.split_once("}}") else {
                filled.push_str("{{");
                filled.push_str(after);
                return filled;
            };
            match name.trim() {
                "interviewer" => filled.push_str(interviewer),
                name => filled.push_str(&self.piped(name).unwrap_or_else(|| BLANK.to_owned())),
            }
            rest = next;
        }
        filled.push_str(rest);
        filled
    }

    fn piped(&self, name: &str) -> Option<String> {
        let key: ItemKey = name.parse().ok()?;
        if self.is_masked(&key) {
            return None;
        }
        let item = self.survey.item(&key)?;
        let answer = self.response(&key)?.answer()?;
        Some(answer_words(&item, answer, self.state.language))
    }
}

/// Returns `text` with "…" wherever an earlier answer is put in: as it is read where nobody in particular is asked.
#[must_use]
pub fn unfilled(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((_, next)) = after.split_once("}}") else {
            break;
        };
        plain.push_str(before);
        plain.push_str(BLANK);
        rest = next;
    }
    plain.push_str(rest);
    plain
}

/// Returns an answer in the words of the survey: labels joined by commas, numbers with their unit.
#[must_use]
pub fn answer_words(item: &Item<'_>, answer: &Answer, language: Language) -> String {
    let label = |code: &Id| option_words(item, code, language).unwrap_or_else(|| code.to_string());
    match answer {
        Answer::Choice { code, specify } => {
            with_specify(label(code), specify.as_ref().map(CleanText::as_str))
        }
        Answer::Choices { codes, specify } => {
            let words: Vec<String> = in_file_order(item, codes.iter()).into_iter().map(label).collect();
            with_specify(words.join(", "), specify.as_ref().map(CleanText::as_str))
        }
        Answer::Number { value, .. } => number_words(*value, language),
        Answer::Date { year, month, day } => {
            let parts = [day.map(|d| format!("{d:02}")), month.map(|m| format!("{m:02}"))];
            let mut words: Vec<String> = parts.into_iter().flatten().collect();
            words.push(year.to_string());
            words.join(".")
        }
        Answer::Text(text) => text.as_str().to_owned(),
        Answer::Ranking(codes) => codes
            .iter()
            .enumerate()
            .map(|(place, code)| format!("{}. {}", place + 1, label(code)))
            .collect::<Vec<_>>()
            .join(", "),
        Answer::Hands(hands) => {
            let words = |code: &Id| hands.get(code).map(|count| format!("{}: {count}", label(code)));
            in_file_order(item, hands.keys())
                .into_iter()
                .filter_map(words)
                .collect::<Vec<_>>()
                .join(", ")
        }
    }
}

/// Returns the words of an option or scale level.
#[must_use]
pub fn option_words(item: &Item<'_>, code: &Id, language: Language) -> Option<String> {
    if let Some(level) = item.scale.and_then(|scale| scale.level(code)) {
        return Some(level.text.get(language).to_owned());
    }
    let choices = item.question.kind.choices()?;
    choices
        .option(code)
        .map(|option| option.text.get(language).to_owned())
}

/// Sets of codes are kept in the order of their codes; people expect the order of the form.
fn in_file_order<'c>(item: &Item<'_>, codes: impl Iterator<Item = &'c Id>) -> Vec<&'c Id> {
    let options = item
        .question
        .kind
        .choices()
        .map(|choices| choices.options.as_slice())
        .unwrap_or_default();
    let place = |code: &Id| {
        options
            .iter()
            .position(|option| option.code == *code)
            .unwrap_or(options.len())
    };
    let mut codes: Vec<&Id> = codes.collect();
    codes.sort_by_key(|code| place(code));
    codes
}

fn with_specify(label: String, specify: Option<&str>) -> String {
    match specify {
        Some(words) if !words.is_empty() => format!("{label}: {words}"),
        _ => label,
    }
}

/// Returns a number with the decimal sign of the language.
#[must_use]
pub fn number_words(value: Number, language: Language) -> String {
    let plain = value.to_string();
    match language {
        Language::English => plain,
        Language::Bokmal | Language::Nynorsk => plain.replace('.', ","),
    }
}

#[cfg(test)]
mod tests {
    use super::unfilled;

    #[test]
    fn words_of_an_earlier_answer_become_a_blank() {
        assert_eq!(unfilled("Du sa {{bup01}}. Hvorfor?"), "Du sa …. Hvorfor?");
        assert_eq!(unfilled("Du sa {{ikke lukket"), "Du sa {{ikke lukket");
    }
}
