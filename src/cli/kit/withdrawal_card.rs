//! Blank withdrawal cards: six on a sheet, to be cut out. The person writes the code; the program never prints it.

use crate::domain::evaluation::Evaluation;
use crate::texts::number::date;
use crate::texts::{Texts, fill};

use super::html::{classed, element, page as html_page};

/// Cards on a sheet.
const CARDS: usize = 6;
/// Words in a withdrawal code.
const WORDS: usize = 4;

/// Returns a sheet of cards as a page to print.
pub(super) fn page(evaluation: &Evaluation, texts: &Texts) -> String {
    let words = &texts.handover.withdrawal_card;
    let language = texts.language();
    let until = match evaluation.withdraw_until {
        Some(day) => fill(&words.until, &[("date", &date(day, language))]),
        None => words.no_until.clone(),
    };
    let call = match &evaluation.call {
        Some(contact) => fill(
            &words.call,
            &[
                ("name", contact.name.get(language)),
                ("phone", contact.phone.as_str()),
            ],
        ),
        None => words.call_blank.clone(),
    };
    let card = [
        "<div class=\"card\">\n",
        &element("h2", &words.title),
        &element("p", evaluation.title.get(language)),
        &element("p", &words.about),
        &element("p", &until),
        &element("p", &words.code),
        &format!("<div class=\"lines\">{}</div>\n", "<span></span>".repeat(WORDS)),
        &element("p", &call),
        &classed("p", "small", &words.keep),
        "</div>\n",
    ]
    .concat();
    let body = format!("<div class=\"cards\">\n{}</div>\n", card.repeat(CARDS));
    html_page(language.code(), &words.title, &body)
}
