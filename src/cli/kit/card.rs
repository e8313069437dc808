//! The card of a laptop: the code that opens its drafts, the words that its start screen must show, whom to call.

use crate::domain::evaluation::Contact;
use crate::domain::id::Slug;
use crate::domain::language::Language;
use crate::domain::word_code::LaptopCode;
use crate::fieldwork::workplace::Workplace;
use crate::texts::Texts;

use super::html::{classed, element, escaped, page as html_page};

/// A line to write on.
const BLANK: &str = "<p>_______________________________________</p>\n";

/// Returns the card as a page to print.
pub(super) fn page(
    workplace: &Workplace,
    laptop: &Slug,
    site: Option<&Slug>,
    code: &LaptopCode,
    texts: &Texts,
) -> String {
    let words = &texts.handover.card;
    let language = texts.language();
    let evaluation = workplace.evaluation();
    let title = evaluation.title.get(language);
    let site = site.and_then(|site| evaluation.sites.iter().find(|known| known.id == *site));
    let mut body = element("h1", &words.title);
    body.push_str(&element("p", title));
    body.push_str(&element("p", &format!("{}: {laptop}", words.laptop)));
    if let Some(site) = site {
        let line = format!("{}: {}", words.site, site.title.get(language));
        body.push_str(&element("p", &line));
    }
    body.push_str(&element("h2", &words.code));
    body.push_str(&classed("p", "words", &code.words().join(" - ")));
    body.push_str(&element("p", &words.code_about));
    body.push_str(&element("h2", &words.words));
    body.push_str(&classed("p", "words", &workplace.fingerprint().to_string()));
    body.push_str(&element("p", &words.words_about));
    body.push_str(&element("h2", &words.coordinator));
    match &evaluation.call {
        Some(contact) => body.push_str(&element("p", &called(contact, language))),
        None => {
            body.push_str(&element("p", &words.no_coordinator));
            body.push_str(BLANK);
        }
    }
    body.push_str(&element("h2", &words.phones));
    if evaluation.contacts.is_empty() {
        body.push_str(&element("p", &words.no_phones));
        body.push_str(&BLANK.repeat(2));
    } else {
        body.push_str("<ul>\n");
        for contact in &evaluation.contacts {
            body.push_str(&element("li", &called(contact, language)));
        }
        body.push_str("</ul>\n");
    }
    body.push_str(&element("h2", &words.how));
    body.push_str("<ol>\n");
    for step in &words.steps {
        body.push_str(&element("li", step));
    }
    body.push_str("</ol>\n");
    body.push_str(&format!("<p><strong>{}</strong></p>\n", escaped(&words.keep)));
    html_page(language.code(), &words.title, &body)
}

fn called(contact: &Contact, language: Language) -> String {
    format!("{}: {}", contact.name.get(language), contact.phone.as_str())
}
