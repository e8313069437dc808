//! The card of a laptop: the code that opens its drafts, the words that its start screen must show, whom to call.

use crate::domain::id::Slug;
use crate::domain::word_code::LaptopCode;
use crate::fieldwork::workplace::Workplace;
use crate::texts::Texts;

use super::html::{classed, element, escaped, page as html_page};

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
    body.push_str(&element("h2", &words.phones));
    if evaluation.contacts.is_empty() {
        body.push_str(&element("p", &words.no_phones));
        body.push_str(
            "<p>_______________________________________</p>\n"
                .repeat(2)
                .as_str(),
        );
    } else {
        body.push_str("<ul>\n");
        for contact in &evaluation.contacts {
            let line = format!("{}: {}", contact.name.get(language), contact.phone.as_str());
            body.push_str(&element("li", &line));
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
