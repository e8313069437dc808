//! Writing `evaluation.toml`: readable, with comments, the keys always in the same order.

use std::collections::BTreeMap;
use std::fmt::{Display, Write};

use jiff::civil::Date;

use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::{ConsentPolicy, Evaluation, Identification, LegalFrame, Signing};
use crate::domain::localized::Localized;

/// The format of the file.
const FORMAT: u16 = 1;

/// What the file says about its own keys, by key (`made_up`) or table (`[[round]]`): one line for each of
/// [`Comments::KEYS`]; the empty key is the file's first line. The caller has the words in the evaluation's
/// language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comments(BTreeMap<String, String>);

impl Comments {
    /// Every key that can have a comment, in the order they stand in the file.
    pub const KEYS: [&str; 17] = [
        "",
        "made_up",
        "id",
        "mode",
        "withdraw_until",
        "delete_by",
        "[[round]]",
        "[[survey]]",
        "[[site]]",
        "[consent_policy]",
        "self_from",
        "guardian_below",
        "profile",
        "breakdowns",
        "[[recipient]]",
        "coordinator",
        "[[contact]]",
    ];

    /// Returns these comments. What would end a line becomes a space.
    #[must_use]
    pub fn new(comments: impl IntoIterator<Item = (String, String)>) -> Self {
        let line = |text: String| CleanText::line(&text).as_str().to_owned();
        Self(
            comments
                .into_iter()
                .map(|(key, text)| (key, line(text)))
                .collect(),
        )
    }

    /// Returns no comments.
    #[must_use]
    pub const fn none() -> Self {
        Self(BTreeMap::new())
    }
}

/// The comments in English.
impl Default for Comments {
    fn default() -> Self {
        let comments = [
            (
                "",
                "One commissioned evaluation. Readable and editable; checked like a survey.",
            ),
            (
                "made_up",
                "true only for the demo and tests: keys may lie beside it unwrapped",
            ),
            ("id", "random, made once; salt of the withdrawal codes"),
            (
                "mode",
                "anonymous: no withdrawal code at all | deidentified: code until withdraw_until",
            ),
            (
                "withdraw_until",
                "printed on the card; the final release is refused before it",
            ),
            ("delete_by", "closing: tables stay, answers and keys go"),
            ("[[round]]", "the last one is open"),
            ("[[survey]]", "every version in use, by its bytes"),
            (
                "[[site]]",
                "a background variable of every interview, asked once per laptop",
            ),
            (
                "[consent_policy]",
                "reasons are written down; the program never assumes an age",
            ),
            ("self_from", "from this age the young person consents alone"),
            (
                "guardian_below",
                "below it the interviewer confirms that a written consent exists",
            ),
            (
                "profile",
                "standard | strict | small-sample (needs reason); single keys may tighten",
            ),
            (
                "breakdowns",
                "at most one per question, declared before results are first shown",
            ),
            (
                "[[recipient]]",
                "at least two, each proved by opening a test envelope",
            ),
            (
                "coordinator",
                "signs kits and tombstones; its words are on the card",
            ),
            (
                "[[contact]]",
                "the distress card; numbers are confirmed by the evaluation, with a date",
            ),
        ];
        Self::new(
            comments
                .into_iter()
                .map(|(key, text)| (key.to_owned(), text.to_owned())),
        )
    }
}

/// Returns the file of an evaluation. The same evaluation gives the same text.
#[must_use]
pub fn render(evaluation: &Evaluation, comments: &Comments) -> String {
    let mut file = Writer {
        text: String::new(),
        comments,
        said: Vec::new(),
    };
    file.head();
    head(&mut file, evaluation);
    for round in &evaluation.rounds {
        file.table("[[round]]");
        file.text("id", round.id.as_str());
        file.localized("title", &round.title);
        if let Some(period) = &round.period {
            file.localized("period", period);
        }
        file.list(
            "surveys",
            round.surveys.iter().map(crate::domain::id::Slug::as_str),
        );
        file.number("planned", round.planned);
        file.number("users", round.users);
        if !round.wanted.is_empty() {
            let wanted: Vec<String> = round.wanted.iter().map(u32::to_string).collect();
            file.line("wanted", format!("[{}]", wanted.join(", ")));
        }
    }
    for survey in &evaluation.surveys {
        file.table("[[survey]]");
        file.text("id", survey.id.as_str());
        file.text("version", &survey.version);
        file.text("sha256", &survey.sha256.0);
    }
    for site in &evaluation.sites {
        file.table("[[site]]");
        file.text("id", site.id.as_str());
        file.localized("title", &site.title);
        file.number("planned", site.planned);
    }
    frame(&mut file, &evaluation.legal_frame);
    consent(&mut file, &evaluation.consent_policy);
    disclosure(&mut file, evaluation);
    for recipient in &evaluation.recipients {
        file.table("[[recipient]]");
        file.text("name", recipient.name.as_str());
        file.text("age", &recipient.key);
        file.line("proved", recipient.proved);
    }
    signing(&mut file, &evaluation.signing);
    let called = evaluation.call.iter().map(|one| ("[call]", one));
    let contacts = evaluation.contacts.iter().map(|one| ("[[contact]]", one));
    for (table, contact) in called.chain(contacts) {
        file.table(table);
        file.localized("name", &contact.name);
        file.text("phone", contact.phone.as_str());
        file.date("checked", contact.checked);
    }
    file.text
}

fn head(file: &mut Writer<'_>, evaluation: &Evaluation) {
    file.line("format", FORMAT);
    file.line("made_up", evaluation.made_up);
    file.text("id", &evaluation.id);
    file.localized("title", &evaluation.title);
    file.maybe_localized("service", evaluation.service.as_ref());
    file.maybe_text("commissioner", evaluation.commissioner.as_ref());
    file.maybe_localized("purpose", evaluation.purpose.as_ref());
    file.list(
        "languages",
        evaluation.languages.iter().map(|language| language.code()),
    );
    file.text(
        "mode",
        match evaluation.identification {
            Identification::Anonymous => "anonymous",
            Identification::Deidentified => "deidentified",
        },
    );
    file.date("withdraw_until", evaluation.withdraw_until);
    file.date("delete_by", evaluation.delete_by);
    file.line("draft_hours", evaluation.draft_hours);
}

fn frame(file: &mut Writer<'_>, frame: &LegalFrame) {
    if *frame == LegalFrame::default() {
        return;
    }
    file.table("[legal_frame]");
    file.maybe_text("assessment", frame.assessment.as_ref());
    file.maybe_text("controller", frame.controller.as_ref());
    file.date("settled", frame.settled);
}

fn consent(file: &mut Writer<'_>, policy: &ConsentPolicy) {
    if policy.self_from.is_none() && policy.guardian_below.is_none() && policy.reason.is_none() {
        return;
    }
    file.table("[consent_policy]");
    file.number("self_from", policy.self_from);
    file.number("guardian_below", policy.guardian_below);
    file.maybe_text("reason", policy.reason.as_ref());
}

fn disclosure(file: &mut Writer<'_>, evaluation: &Evaluation) {
    let choice = &evaluation.disclosure;
    file.table("[disclosure]");
    file.text("profile", choice.profile.code());
    file.maybe_text("reason", choice.reason.as_ref());
    for (limit, value) in &choice.tightening.limits {
        file.line(limit.key(), value);
    }
    if !choice.breakdowns.is_empty() {
        let pairs: Vec<String> = choice
            .breakdowns
            .iter()
            .map(|(question, by)| format!("{} = {}", key(question), quoted(by.as_str())))
            .collect();
        file.line("breakdowns", format!("{{ {} }}", pairs.join(", ")));
    }
}

fn signing(file: &mut Writer<'_>, signing: &Signing) {
    if let Some(coordinator) = &signing.coordinator {
        file.table("[signing]");
        file.text("coordinator", coordinator);
    }
    for laptop in &signing.laptops {
        file.table("[[signing.laptop]]");
        file.text("id", laptop.id.as_str());
        file.text("key", &laptop.key);
        file.line("revoked", laptop.revoked);
    }
}

/// The text so far, and which comments stand in it: each once.
struct Writer<'c> {
    text: String,
    comments: &'c Comments,
    said: Vec<String>,
}

impl Writer<'_> {
    fn head(&mut self) {
        if let Some(comment) = self.comment("") {
            self.push(&format!("# {comment}\n"));
        }
    }

    fn table(&mut self, header: &str) {
        let comment = self
            .comment(header)
            .map_or_else(String::new, |comment| format!(" # {comment}"));
        self.push(&format!("\n{header}{comment}\n"));
    }

    fn line(&mut self, name: &str, value: impl Display) {
        let comment = self
            .comment(name)
            .map_or_else(String::new, |comment| format!(" # {comment}"));
        self.push(&format!("{} = {value}{comment}\n", key(name)));
    }

    fn text(&mut self, name: &str, value: &str) {
        self.line(name, quoted(value));
    }

    fn maybe_text(&mut self, name: &str, value: Option<&CleanText>) {
        if let Some(value) = value {
            self.text(name, value.as_str());
        }
    }

    fn number(&mut self, name: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.line(name, value);
        }
    }

    fn date(&mut self, name: &str, value: Option<Date>) {
        if let Some(value) = value {
            self.line(name, value);
        }
    }

    fn list<'t>(&mut self, name: &str, values: impl Iterator<Item = &'t str>) {
        let values: Vec<String> = values.map(quoted).collect();
        self.line(name, format!("[{}]", values.join(", ")));
    }

    fn localized(&mut self, name: &str, value: &Localized) {
        self.line(name, texts(value));
    }

    fn maybe_localized(&mut self, name: &str, value: Option<&Localized>) {
        if let Some(value) = value {
            self.localized(name, value);
        }
    }

    fn comment(&mut self, name: &str) -> Option<String> {
        if self.said.iter().any(|said| said == name) {
            return None;
        }
        self.said.push(name.to_owned());
        self.comments.0.get(name).filter(|text| !text.is_empty()).cloned()
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }
}

/// Returns a text in every language there is one in, as a TOML inline table.
pub(super) fn texts(value: &Localized) -> String {
    let texts: Vec<String> = value
        .iter()
        .map(|(language, text)| format!("{} = {}", language.code(), quoted(text.as_str())))
        .collect();
    format!("{{ {} }}", texts.join(", "))
}

/// Returns a TOML basic string.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Returns a TOML key, bare where it may be.
fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !name.is_empty() && name.chars().all(bare) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use toml::Table;

    use super::{Comments, key, quoted, render};
    use crate::domain::clean_text::CleanText;
    use crate::domain::evaluation::{
        ConsentPolicy, Contact, Evaluation, Laptop, Recipient, Round, Signing, Site, SurveyUse,
    };
    use crate::domain::language::Language;
    use crate::domain::survey::Fingerprint;
    use crate::store::sample::{People, id, slug, text};

    const EXAMPLE: &str = include_str!("../../../tests/fixtures/evaluation-example.toml");

    /// The evaluation of the example.
    fn example() -> Evaluation {
        let site = |name: &str, title: &str| Site {
            id: slug(name),
            title: text(title),
            planned: Some(15),
        };
        let recipient = |name: &str| Recipient {
            name: CleanText::line(name),
            key: "age1...".to_owned(),
            proved: true,
        };
        let mut example = Evaluation {
            title: text("Min stemme teller – poliklinikken 2026"),
            service: Some(text("BUP poliklinikk")),
            commissioner: Some(CleanText::line("Klinikken")),
            purpose: Some(text(
                "Finne ut hva unge mener er viktig i møtet med poliklinikken.",
            )),
            languages: Language::ALL.to_vec(),
            withdraw_until: Some(jiff::civil::date(2026, 12, 15)),
            delete_by: Some(jiff::civil::date(2027, 6, 30)),
            rounds: vec![Round {
                id: slug("2026h"),
                title: text("Høsten 2026"),
                surveys: vec![slug("min-stemme-bup")],
                planned: Some(30),
                users: None,
                wanted: Vec::new(),
                period: None,
            }],
            surveys: vec![SurveyUse {
                id: slug("min-stemme-bup"),
                version: "2026-11-01".to_owned(),
                sha256: Fingerprint("...".to_owned()),
            }],
            sites: vec![site("nord", "Poliklinikk Nord"), site("sor", "Poliklinikk Sør")],
            consent_policy: ConsentPolicy {
                self_from: Some(16),
                guardian_below: Some(16),
                reason: Some(CleanText::line("Avklart med personvernombudet 01.09.2026.")),
            },
            recipients: vec![recipient("koordinator"), recipient("reservenøkkel")],
            signing: Signing {
                coordinator: Some("ed25519:...".to_owned()),
                laptops: vec![Laptop {
                    id: slug("nord-1"),
                    key: "ed25519:...".to_owned(),
                    revoked: false,
                }],
            },
            call: Some(Contact {
                name: text("Prosjektkoordinator"),
                phone: CleanText::line("..."),
                checked: None,
            }),
            contacts: vec![Contact {
                name: text("Koordinator"),
                phone: CleanText::line("..."),
                checked: Some(jiff::civil::date(2026, 9, 1)),
            }],
            ..People::new().evaluation()
        };
        example.disclosure.breakdowns = BTreeMap::from([("*".to_owned(), id("site"))]);
        example
    }

    /// The keys and tables of a file in order.
    fn outline(file: &str) -> Vec<&str> {
        file.lines()
            .filter_map(|line| {
                let line = line.split('#').next().unwrap().trim();
                if line.starts_with('[') {
                    Some(line)
                } else {
                    line.split_once('=').map(|(key, _)| key.trim())
                }
            })
            .collect()
    }

    #[test]
    fn the_example_is_written_as_it_stands() {
        let written = render(&example(), &Comments::default());
        let (table, expected) = (written.parse::<Table>(), EXAMPLE.parse::<Table>());
        assert_eq!(table.unwrap(), expected.unwrap(), "{written}");
        assert_eq!(outline(&written), outline(EXAMPLE));
    }

    #[test]
    fn comments_stand_once_and_change_nothing() {
        let written = render(&example(), &Comments::default());
        let bare = render(&example(), &Comments::none());
        assert_eq!(written.parse::<Table>().unwrap(), bare.parse::<Table>().unwrap());
        assert!(!bare.contains('#'));
        for key in Comments::KEYS {
            let comment = format!("# {}\n", Comments::default().0[key]);
            assert_eq!(written.matches(&comment).count(), 1, "{key}");
        }
        assert_eq!(written.matches('#').count(), Comments::KEYS.len());
        let hostile = Comments::new([("id".to_owned(), "one\nmade_up = true".to_owned())]);
        let table = render(&example(), &hostile).parse::<Table>().unwrap();
        assert_eq!(table["made_up"], toml::Value::Boolean(false));
    }

    #[test]
    fn any_text_is_quoted_so_that_it_reads_back() {
        for words in ["", "\"", "\\", "a\nb", "\u{1}\u{7f}", "æøå 🙂", "'''", "${x}"] {
            let table: Table = format!("{} = {}", key(words), quoted(words)).parse().unwrap();
            assert_eq!(table.get(words).and_then(|value| value.as_str()), Some(words));
        }
    }
}
