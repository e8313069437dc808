//! Evaluations: from the bytes of `evaluation.toml` to the domain's `Evaluation`.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::definition::code::Code;
use crate::definition::document;
use crate::definition::fields::{Fields, Reader};
use crate::definition::findings::Findings;
use crate::definition::format;
use crate::definition::place::At;
use crate::definition::problem::{FileKind, Outcome};
use crate::definition::value::{self, Value};
use crate::definition::wording;
use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::{Evaluation, Identification};

mod consent;
mod disclosure;
mod keys;
mod places;

/// The newest format of evaluations this program reads.
pub const FORMAT: i64 = 1;
/// The most rounds, sites, keys and so on.
pub(crate) const MAX_ENTRIES: usize = 1000;
/// After so many hours an old draft is sealed for rescue, where the file does not say otherwise.
const DRAFT_HOURS: u32 = 72;

const KEYS: &[&str] = &[
    "format",
    "made_up",
    "id",
    "title",
    "service",
    "commissioner",
    "purpose",
    "languages",
    "mode",
    "withdraw_until",
    "delete_by",
    "draft_hours",
    "round",
    "survey",
    "site",
    "legal_frame",
    "consent_policy",
    "disclosure",
    "recipient",
    "signing",
    "call",
    "contact",
];

const MODES: &[(&str, Identification)] = &[
    ("anonymous", Identification::Anonymous),
    ("deidentified", Identification::Deidentified),
];

/// What the surveys of an evaluation ask, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskedAbout {
    /// Questions, and rows of them.
    pub items: BTreeSet<String>,
    /// Backgrounds that answers can be split by.
    pub backgrounds: BTreeSet<String>,
}

/// Returns the evaluation in these bytes, with every problem found.
#[must_use]
pub fn read(bytes: &[u8]) -> Outcome<Evaluation> {
    read_beside(bytes, None)
}

/// As [`read`]; what the file says of questions is held against the surveys that lie beside it, where they are known.
#[must_use]
pub fn read_beside(bytes: &[u8], asked: Option<&AskedAbout>) -> Outcome<Evaluation> {
    let mut findings = Findings::new(FileKind::Evaluation);
    let Some(source) = document::text(bytes, &mut findings) else {
        return findings.outcome(None);
    };
    let Some((tree, broken)) = document::tree(source, &mut findings) else {
        return findings.outcome(None);
    };
    if broken || format::is_newer(&tree, FORMAT, &mut findings) {
        return findings.outcome(None);
    }
    let mut reader = Reader {
        source,
        languages: Vec::new(),
        findings,
    };
    let root = Fields::root(&tree, KEYS, &[], &mut reader);
    format::check(&root, FORMAT, &mut reader);
    reader.languages = format::languages(&root, &mut reader);
    let evaluation = evaluation(&root, asked, &mut reader);
    reader.findings.outcome(evaluation)
}

/// Reads every part, whatever is wrong with those before.
fn evaluation(root: &Fields<'_>, asked: Option<&AskedAbout>, reader: &mut Reader<'_>) -> Option<Evaluation> {
    let source = reader.source_language();
    let id = root.need("id", reader, evaluation_id);
    let title = root.need("title", reader, wording::line);
    let service = root.get("service", reader, wording::line);
    let commissioner = root.get("commissioner", reader, clean);
    let purpose = root.get("purpose", reader, wording::block);
    let mode = root.need("mode", reader, value::word(MODES));
    let dates = dates(root, mode.as_ref(), reader);
    let draft_hours = root.get("draft_hours", reader, value::whole(1, 10_000));
    let made_up = root.truth("made_up", false, reader);
    let surveys = root.list("survey", MAX_ENTRIES, reader, keys::survey_use);
    keys::differ(surveys.iter().map(|survey| &survey.fingerprint), reader);
    let rounds = places::rounds(root, &surveys, reader);
    let sites = places::sites(root, reader);
    let legal_frame = root.get("legal_frame", reader, consent::legal_frame);
    let consent_policy = root.get("consent_policy", reader, consent::policy);
    let disclosure = disclosure::choice(root, &sites, asked, reader);
    let recipients = keys::recipients(root, reader);
    let signing = root.get("signing", reader, keys::signing);
    let call = root.get("call", reader, places::contact);
    let contacts = root.list("contact", MAX_ENTRIES, reader, places::contact);
    Some(Evaluation {
        made_up,
        id: id?,
        title: title?.localized(source),
        service: service.map(|text| text.localized(source)),
        commissioner,
        purpose: purpose.map(|text| text.localized(source)),
        languages: reader.languages.clone(),
        identification: mode?.value,
        withdraw_until: dates.0,
        delete_by: dates.1,
        draft_hours: draft_hours
            .and_then(|hours| u32::try_from(hours.value).ok())
            .unwrap_or(DRAFT_HOURS),
        rounds: rounds?,
        surveys: surveys.into_iter().map(|survey| survey.used).collect(),
        sites: sites.into_iter().map(|site| site.site).collect(),
        legal_frame: legal_frame.unwrap_or_default(),
        consent_policy: consent_policy.unwrap_or_default(),
        disclosure: disclosure?,
        recipients,
        signing: signing.unwrap_or_default(),
        call,
        contacts,
    })
}

/// Reads a text for people, in one language.
pub(crate) fn clean(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<CleanText> {
    let text = value::filled(value, reader)?;
    Some(CleanText::line(text.value.trim()))
}

/// 16 hexadecimal digits.
fn evaluation_id(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let text = value::text(value, reader)?;
    let fits = text.value.len() == 16 && text.value.bytes().all(is_hex);
    if !fits {
        reader
            .findings
            .add(Code::BadEvaluationId, text.span)
            .name(text.value);
    }
    fits.then(|| text.value.to_owned())
}

pub(crate) const fn is_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

/// Reads the last day of withdrawal and the day answers go; they fit the mode and each other.
fn dates(
    root: &Fields<'_>,
    mode: Option<&At<Identification>>,
    reader: &mut Reader<'_>,
) -> (Option<Date>, Option<Date>) {
    let withdraw_until = root.get("withdraw_until", reader, value::date);
    let delete_by = root.get("delete_by", reader, value::date);
    match (mode.map(|mode| mode.value), &withdraw_until) {
        (Some(Identification::Anonymous), Some(date)) => {
            reader.findings.add(Code::WithdrawalMismatch, date.span);
        }
        (Some(Identification::Deidentified), None) if !root.has("withdraw_until") => {
            let span = mode.map_or(root.span, |mode| mode.span);
            reader.findings.add(Code::NoWithdrawalDate, span);
        }
        _ => {}
    }
    if let (Some(until), Some(gone)) = (&withdraw_until, &delete_by)
        && gone.value < until.value
    {
        let problem = reader.findings.add(Code::DeletedBeforeWithdrawal, gone.span);
        problem
            .name(gone.value)
            .related(until.span, crate::definition::problem::Role::DefinedHere);
    }
    (
        withdraw_until.map(|date| date.value),
        delete_by.map(|date| date.value),
    )
}

/// Returns the ids among these places, to look names up in.
pub(crate) fn names<'n, T: ToString + 'n>(ids: impl Iterator<Item = &'n T>) -> BTreeSet<String> {
    ids.map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::{AskedAbout, read, read_beside};
    use crate::definition::code::Code;
    use crate::domain::evaluation::ProfileName;

    #[test]
    fn what_is_split_is_held_against_the_surveys_where_they_are_known() {
        let declared = |breakdowns: &str| {
            let known = r#"breakdowns = { "*" = "site", bup01 = "aldersgruppe" }"#;
            assert!(SOUND.contains(known));
            let file = SOUND.replace(known, &format!("breakdowns = {breakdowns}"));
            let asked = AskedAbout {
                items: ["q1".to_owned()].into(),
                backgrounds: ["age".to_owned()].into(),
            };
            let codes = |asked| -> Vec<Code> {
                let found = read_beside(file.as_bytes(), asked).problems;
                found.iter().map(|problem| problem.code).collect()
            };
            assert_eq!(codes(None), []);
            codes(Some(&asked))
        };
        assert_eq!(declared(r#"{ "*" = "site", q1 = "age" }"#), []);
        assert_eq!(declared(r#"{ "*" = "yesno" }"#), [Code::UnknownSplitBackground]);
        assert_eq!(declared(r#"{ q2 = "age" }"#), [Code::UnknownSplitQuestion]);
    }

    const SOUND: &str = include_str!("../../tests/fixtures/evaluation.toml");

    /// Returns the codes when `from` is written as `to`.
    fn codes(from: &str, to: &str) -> Vec<Code> {
        assert!(SOUND.contains(from), "{from}");
        let outcome = read(SOUND.replacen(from, to, 1).as_bytes());
        assert_eq!(outcome.value.is_none(), outcome.has_errors());
        outcome.problems.iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn a_sound_evaluation_is_read_without_a_word() {
        let outcome = read(SOUND.as_bytes());
        assert_eq!(outcome.problems, []);
        let evaluation = outcome.value.unwrap();
        assert_eq!(evaluation.open_round().unwrap().id.as_str(), "2026h");
        assert_eq!(evaluation.disclosure.profile, ProfileName::Standard);
        assert_eq!(evaluation.disclosure.breakdowns.len(), 2);
        assert_eq!(evaluation.withdraw_until.unwrap().to_string(), "2026-12-15");
        assert_eq!((evaluation.recipients.len(), evaluation.sites.len()), (2, 2));
    }

    #[test]
    fn what_needs_a_reason_asks_for_it() {
        assert_eq!(
            codes("\"standard\"", "\"small-sample\""),
            [Code::ProfileNeedsReason]
        );
        assert_eq!(codes("reason         =", "# reason ="), [Code::PolicyNeedsReason]);
    }

    #[test]
    fn nobody_may_fall_between_the_ages() {
        assert_eq!(
            codes("guardian_below = 16", "guardian_below = 15"),
            [Code::NobodyConsents]
        );
        assert_eq!(codes("guardian_below = 16", "guardian_below = 18"), []);
    }

    #[test]
    fn keys_must_look_like_keys() {
        assert_eq!(
            codes("\"age1koor", "\"koor"),
            [Code::FewRecipients, Code::NotAnAgeKey]
        );
        assert_eq!(codes("\"ed25519:bW", "\"bW"), [Code::NotASigningKey]);
        assert_eq!(
            codes("age1reserve0made0up", "age1koordinator0made0up"),
            [Code::Twice]
        );
        assert_eq!(
            codes("\"1123", "\"112"),
            [Code::SurveyNotListed, Code::BadFingerprint]
        );
    }

    #[test]
    fn dates_fit_the_mode_and_each_other() {
        assert_eq!(
            codes("\"deidentified\"", "\"anonymous\""),
            [Code::WithdrawalMismatch]
        );
        assert_eq!(
            codes("withdraw_until =", "# withdraw_until ="),
            [Code::NoWithdrawalDate]
        );
        assert_eq!(codes("2027-06-30", "2026-06-30"), [Code::DeletedBeforeWithdrawal]);
        assert_eq!(codes("2026-12-15", "\"15.12.2026\""), [Code::BadDate]);
    }

    #[test]
    fn a_question_has_one_breakdown() {
        assert_eq!(
            codes("\"aldersgruppe\"", "[\"aldersgruppe\", \"site\"]"),
            [Code::TwoBreakdowns]
        );
    }

    #[test]
    fn a_breakdown_that_will_be_hidden_is_told_before_anybody_is_asked() {
        assert_eq!(codes("threshold  = 6", "min_group = 16"), [Code::BreakdownHidden]);
        assert_eq!(codes("profile    = \"standard\"", "profile = \"strict\""), []);
    }

    #[test]
    fn every_mistake_is_named_at_once() {
        let wrong = SOUND
            .replace("\"3f9c2d1ab0e44c53\"", "\"42\"")
            .replace("threshold", "treshold")
            .replace("id = \"sor\"", "id = \"nord\"");
        let found: Vec<Code> = read(wrong.as_bytes())
            .problems
            .iter()
            .map(|problem| problem.code)
            .collect();
        assert_eq!(found, [Code::BadEvaluationId, Code::Twice, Code::UnknownKey]);
    }
}
