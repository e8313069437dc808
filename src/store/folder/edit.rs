//! Small changes to an evaluation file that somebody may have written in by hand: only the place changes, every
//! comment stays. Each returns `None` where that cannot be done, and the file stays as it is.

use serde::Deserialize;
use toml::Spanned;

use crate::domain::evaluation::Round;
use crate::domain::id::Slug;
use crate::domain::survey::Fingerprint;
use crate::store::folder::evaluation_file::{quoted, texts};
use crate::store::keys::signing::VerifyingKey;

mod settle;

pub use settle::{Settled, settle};

/// The places that are ever changed.
#[derive(Deserialize)]
struct Places {
    #[serde(default)]
    survey: Vec<Survey>,
    #[serde(default)]
    recipient: Vec<Recipient>,
    #[serde(default)]
    signing: Signing,
}

#[derive(Deserialize)]
struct Survey {
    id: String,
    version: String,
    sha256: Spanned<String>,
}

#[derive(Deserialize)]
struct Recipient {
    age: Spanned<String>,
    proved: Option<Spanned<bool>>,
}

#[derive(Default, Deserialize)]
struct Signing {
    coordinator: Option<Spanned<String>>,
    #[serde(default)]
    laptop: Vec<Laptop>,
}

#[derive(Deserialize)]
struct Laptop {
    id: String,
    key: Spanned<String>,
    revoked: Option<Spanned<bool>>,
}

/// Names a survey version at the end of the file.
#[must_use]
pub fn add_survey(text: &str, id: &Slug, version: &str, fingerprint: &Fingerprint) -> Option<String> {
    let table = format!(
        "[[survey]]\nid = {}\nversion = {}\nsha256 = {}\n",
        quoted(id.as_str()),
        quoted(version),
        quoted(&fingerprint.0),
    );
    let edited = appended(text, &table);
    let last = places(&edited)?.survey.pop()?;
    let added = last.id == id.as_str() && last.version == version && *last.sha256.get_ref() == fingerprint.0;
    added.then_some(edited)
}

/// Names a round at the end of the file: from then on it is the open one.
#[must_use]
pub fn add_round(text: &str, round: &Round) -> Option<String> {
    let surveys: Vec<String> = round.surveys.iter().map(|id| quoted(id.as_str())).collect();
    let planned = round
        .planned
        .map_or_else(String::new, |planned| format!("planned = {planned}\n"));
    let wanted: Vec<String> = round.wanted.iter().map(u32::to_string).collect();
    let wanted = if wanted.is_empty() {
        String::new()
    } else {
        format!("wanted = [{}]\n", wanted.join(", "))
    };
    let table = format!(
        "[[round]]\nid = {}\ntitle = {}\nsurveys = [{}]\n{planned}{wanted}",
        quoted(round.id.as_str()),
        texts(&round.title),
        surveys.join(", "),
    );
    let edited = appended(text, &table);
    places(&edited).map(|_| edited)
}

/// Puts one fingerprint in the place of another.
#[must_use]
pub fn replace_survey(text: &str, was: &Fingerprint, now: &Fingerprint) -> Option<String> {
    let survey = places(text)?
        .survey
        .into_iter()
        .find(|survey| *survey.sha256.get_ref() == was.0)?;
    replaced(text, &survey.sha256.span(), &quoted(&now.0))
}

/// Marks the recipient with this key as proved.
#[must_use]
pub fn mark_proved(text: &str, key: &str) -> Option<String> {
    let recipient = places(text)?
        .recipient
        .into_iter()
        .find(|recipient| recipient.age.get_ref() == key)?;
    set(text, "proved", recipient.proved.as_ref(), &recipient.age)
}

/// Names somebody more to seal to, who has opened a test envelope, at the end of the file.
#[must_use]
pub fn add_recipient(text: &str, name: &str, key: &str) -> Option<String> {
    let table = format!(
        "[[recipient]]\nname = {}\nage = {}\nproved = true\n",
        quoted(name),
        quoted(key)
    );
    let edited = appended(text, &table);
    let last = places(&edited)?.recipient.pop()?;
    (last.age.get_ref() == key).then_some(edited)
}

/// Puts one recipient's key in the place of another.
#[must_use]
pub fn replace_recipient(text: &str, was: &str, now: &str) -> Option<String> {
    let recipient = places(text)?
        .recipient
        .into_iter()
        .find(|recipient| recipient.age.get_ref() == was)?;
    replaced(text, &recipient.age.span(), &quoted(now))
}

/// Takes out the recipient with this key. What stands as a remark before the next heading stays.
#[must_use]
pub fn remove_recipient(text: &str, key: &str) -> Option<String> {
    let before = places(text)?.recipient;
    let at = before.iter().find(|one| one.age.get_ref() == key)?.age.span();
    let starts = |line: &str| line.trim_start().starts_with('[');
    let mut from = None;
    let mut to = text.len();
    let mut place = 0;
    for line in text.split_inclusive('\n') {
        if starts(line) && place < at.start {
            from = (line.trim() == "[[recipient]]").then_some(place);
        } else if starts(line) && place > at.start && to == text.len() {
            to = place;
        }
        place += line.len();
    }
    let block = text.get(from?..to)?;
    let is_remark = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with('#');
    let remarks = block.split_inclusive('\n').rev().take_while(is_remark);
    let kept: usize = remarks.map(str::len).sum();
    let end = to.checked_sub(kept)?;
    let edited = format!("{}{}", text.get(..from?)?, text.get(end..)?);
    let after = places(&edited)?.recipient;
    let is_gone = after.len() + 1 == before.len() && after.iter().all(|one| one.age.get_ref() != key);
    is_gone.then_some(edited)
}

/// Puts another key in the place of the one that signs for the coordinator.
#[must_use]
pub fn replace_coordinator(text: &str, now: &str) -> Option<String> {
    let coordinator = places(text)?.signing.coordinator?;
    replaced(text, &coordinator.span(), &quoted(now))
}

/// Names a laptop that may sign, at the end of the file.
#[must_use]
pub fn add_laptop(text: &str, id: &Slug, key: &VerifyingKey) -> Option<String> {
    let table = format!(
        "[[signing.laptop]]\nid = {}\nkey = {}\nrevoked = false\n",
        quoted(id.as_str()),
        quoted(&key.to_string()),
    );
    if places(text)?
        .signing
        .laptop
        .iter()
        .any(|laptop| laptop.id == id.as_str())
    {
        return None;
    }
    let edited = appended(text, &table);
    let last = places(&edited)?.signing.laptop.pop()?;
    (last.id == id.as_str() && *last.key.get_ref() == key.to_string()).then_some(edited)
}

/// Marks a laptop's signature as counting no more.
#[must_use]
pub fn revoke_laptop(text: &str, id: &Slug) -> Option<String> {
    let laptop = places(text)?
        .signing
        .laptop
        .into_iter()
        .find(|laptop| laptop.id == id.as_str())?;
    set(text, "revoked", laptop.revoked.as_ref(), &laptop.key)
}

fn places(text: &str) -> Option<Places> {
    toml::from_str(text).ok()
}

fn appended(text: &str, table: &str) -> String {
    let text = text.trim_end();
    format!("{text}\n\n{table}")
}

/// Makes a key true: where it stands, or, where it is left out, on a line of its own after `neighbour`.
fn set(text: &str, name: &str, value: Option<&Spanned<bool>>, neighbour: &Spanned<String>) -> Option<String> {
    match value {
        Some(value) => replaced(text, &value.span(), "true"),
        None => {
            let end = neighbour.span().end;
            replaced(text, &(end..end), &format!("\n{name} = true"))
        }
    }
}

fn replaced(text: &str, place: &std::ops::Range<usize>, by: &str) -> Option<String> {
    let edited = format!("{}{by}{}", text.get(..place.start)?, text.get(place.end..)?);
    places(&edited).map(|_| edited)
}

#[cfg(test)]
mod tests {
    use super::{
        add_laptop, add_recipient, add_survey, mark_proved, remove_recipient, replace_coordinator,
        replace_recipient, replace_survey, revoke_laptop,
    };
    use crate::domain::id::Slug;
    use crate::domain::survey::Fingerprint;
    use crate::store::keys::Signer;
    use crate::store::randomness::repeatable;

    const FILE: &str = r#"# for hand
made_up = false # kept

[[survey]]
id = "a"
version = "1"
sha256 = "aa" # kept, too

[[recipient]]
name = "koordinator"
age = "age1x"
proved = false # soon

[signing]
coordinator = "ed25519:0"
"#;

    #[test]
    fn a_recipient_goes_and_the_others_and_every_remark_stay() {
        let file = "# first\n[[recipient]]\nname = \"a\"\nage = \"age1a\" # his\nproved = true\n\n# about b\n\
                    [[recipient]]\nage = \"age1b\"\n\n# about x\n[signing]\n";
        assert_eq!(
            remove_recipient(file, "age1a").unwrap(),
            "# first\n\n# about b\n[[recipient]]\nage = \"age1b\"\n\n# about x\n[signing]\n"
        );
        assert_eq!(
            remove_recipient(file, "age1b").unwrap(),
            "# first\n[[recipient]]\nname = \"a\"\nage = \"age1a\" # his\nproved = true\n\n# about b\n\n\
             # about x\n[signing]\n"
        );
        assert_eq!(remove_recipient(file, "age1c"), None);
        assert_eq!(
            remove_recipient("recipient = [{ age = \"age1a\" }]\n", "age1a"),
            None
        );
    }

    #[test]
    fn only_the_place_changes() {
        let proved = mark_proved(FILE, "age1x").unwrap();
        assert_eq!(proved, FILE.replace("proved = false", "proved = true"));
        let changed = replace_survey(FILE, &Fingerprint("aa".into()), &Fingerprint("bb".into())).unwrap();
        assert_eq!(changed, FILE.replace("\"aa\"", "\"bb\""));
        assert_eq!(mark_proved(FILE, "age1y"), None);
        let silent = FILE.replace("proved = false # soon\n", "");
        let proved = mark_proved(&silent, "age1x").unwrap();
        assert_eq!(proved, FILE.replace("proved = false # soon", "proved = true"));
    }

    #[test]
    fn keys_change_where_they_stand() {
        let changed = replace_recipient(FILE, "age1x", "age1y").unwrap();
        assert_eq!(changed, FILE.replace("age1x", "age1y"));
        assert_eq!(replace_recipient(FILE, "age1z", "age1y"), None);
        let changed = replace_coordinator(FILE, "ed25519:1").unwrap();
        assert_eq!(changed, FILE.replace("ed25519:0", "ed25519:1"));
        let added = add_recipient(FILE, "vikar", "age1y").unwrap();
        assert!(added.starts_with(FILE) && added.contains("\"vikar\""));
    }

    #[test]
    fn what_is_added_stands_at_the_end() {
        let id = Slug::new("b").unwrap();
        let added = add_survey(FILE, &id, "2", &Fingerprint("cc".into())).unwrap();
        assert!(added.starts_with(FILE));
        let key = Signer::generate(&mut repeatable(1)).unwrap().public();
        let added = add_laptop(&added, &id, &key).unwrap();
        assert!(added.starts_with(FILE));
        assert_eq!(add_laptop(&added, &id, &key), None, "an id stands once");
        let revoked = revoke_laptop(&added, &id).unwrap();
        assert_eq!(revoked, added.replace("revoked = false", "revoked = true"));
    }

    #[test]
    fn a_file_that_cannot_be_added_to_stays() {
        let inline = FILE.replace(
            "[[survey]]\nid = \"a\"\nversion = \"1\"\nsha256 = \"aa\" # kept, too\n",
            "survey = [{ id = \"a\", version = \"1\", sha256 = \"aa\" }]\n",
        );
        let id = Slug::new("b").unwrap();
        assert_eq!(add_survey(&inline, &id, "2", &Fingerprint("cc".into())), None);
        assert_eq!(add_survey("no TOML [", &id, "2", &Fingerprint("cc".into())), None);
    }
}
