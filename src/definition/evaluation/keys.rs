//! Public keys and fingerprints: whom interviews are sealed to, who signs, and which surveys are in use.

use crate::definition::code::Code;
use crate::definition::evaluation::{MAX_ENTRIES, clean, is_hex};
use crate::definition::fields::{Fields, Reader, Unique};
use crate::definition::place::At;
use crate::definition::problem::Argument;
use crate::definition::survey;
use crate::definition::value::{self, Value};
use crate::domain::evaluation::{Laptop, Recipient, Signing, SurveyUse};
use crate::domain::survey::Fingerprint;

const SURVEY: &[&str] = &["id", "version", "sha256"];
const RECIPIENT: &[&str] = &["name", "age", "proved"];
const SIGNING: &[&str] = &["coordinator", "laptop"];
const LAPTOP: &[&str] = &["id", "key", "revoked"];
/// A lost key must not lose the answers.
const LEAST_RECIPIENTS: usize = 2;

/// A survey in use, with the place of its fingerprint.
pub(crate) struct ReadSurvey {
    pub(crate) used: SurveyUse,
    pub(crate) fingerprint: At<String>,
}

/// Reads one `[[survey]]`.
pub(crate) fn survey_use(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<ReadSurvey> {
    let fields = Fields::open(value, SURVEY, reader)?;
    let id = fields.need("id", reader, value::slug);
    let version = fields.need("version", reader, survey::version);
    let sha256 = fields.need("sha256", reader, value::text)?;
    if sha256.value.len() != 64 || !sha256.value.bytes().all(is_hex) {
        reader.findings.add(Code::BadFingerprint, sha256.span);
        return None;
    }
    Some(ReadSurvey {
        used: SurveyUse {
            id: id?.value,
            version: version?.value,
            sha256: Fingerprint(sha256.value.to_owned()),
        },
        fingerprint: At::new(sha256.value.to_owned(), sha256.span),
    })
}

/// Reports what stands twice.
pub(crate) fn differ<'n>(names: impl Iterator<Item = &'n At<String>>, reader: &mut Reader<'_>) {
    let mut unique = Unique::default();
    for name in names {
        unique.add(name, reader);
    }
}

/// Reads the recipients; fewer than two is advised against.
pub(crate) fn recipients(root: &Fields<'_>, reader: &mut Reader<'_>) -> Vec<Recipient> {
    let listed = root.list("recipient", MAX_ENTRIES, reader, recipient);
    if listed.len() < LEAST_RECIPIENTS {
        let span = root
            .in_file_order()
            .into_iter()
            .find(|field| field.key == "recipient")
            .map_or(root.span, |field| field.key_span);
        reader
            .findings
            .add(Code::FewRecipients, span)
            .with(Argument::Count(listed.len() as u64));
    }
    differ(listed.iter().map(|(key, _)| key), reader);
    listed.into_iter().map(|(_, recipient)| recipient).collect()
}

fn recipient(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<(At<String>, Recipient)> {
    let fields = Fields::open(value, RECIPIENT, reader)?;
    let name = fields.need("name", reader, clean);
    let key = fields.need("age", reader, value::text)?;
    let proved = fields.truth("proved", false, reader);
    let fits = key.value.starts_with("age1") && key.value.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !fits {
        reader.findings.add(Code::NotAnAgeKey, key.span).name(key.value);
        return None;
    }
    let recipient = Recipient {
        name: name?,
        key: key.value.to_owned(),
        proved,
    };
    Some((At::new(key.value.to_owned(), key.span), recipient))
}

/// Reads `[signing]`.
pub(crate) fn signing(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Signing> {
    let fields = Fields::open(value, SIGNING, reader)?;
    let coordinator = fields.get("coordinator", reader, signing_key);
    let listed = fields.list("laptop", MAX_ENTRIES, reader, |value, reader: &mut Reader<'_>| {
        let fields = Fields::open(value, LAPTOP, reader)?;
        let id = fields.need("id", reader, value::slug);
        let key = fields.need("key", reader, signing_key);
        let revoked = fields.truth("revoked", false, reader);
        let id = id?;
        let laptop = Laptop {
            id: id.value.clone(),
            key: key?,
            revoked,
        };
        Some((id, laptop))
    });
    let mut ids = Unique::default();
    let mut laptops = Vec::new();
    for (id, laptop) in listed {
        ids.add(&id, reader);
        laptops.push(laptop);
    }
    Some(Signing { coordinator, laptops })
}

/// Reads an `ed25519:...` key.
fn signing_key(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let key = value::text(value, reader)?;
    let rest = key.value.strip_prefix("ed25519:");
    let fits = rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic()));
    if !fits {
        reader
            .findings
            .add(Code::NotASigningKey, key.span)
            .name(key.value);
        return None;
    }
    Some(key.value.to_owned())
}
