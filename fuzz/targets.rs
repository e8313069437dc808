//! What the fuzz targets try, and what must hold whatever the bytes: no panic, an end, and nothing taken for genuine
//! that is not. Shared by the targets of cargo-fuzz beside this file and by `tests/fuzz.rs`, which does the same
//! with a few thousand changed files and no other tool.
//!
//! The first byte of an input chooses how deep it goes: bytes as they come are stopped at the first seal, and what
//! lies behind a seal is worth trying too. Keys and files are those of `tests/fixtures/v1`, which protect nothing.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};
use stemme::cli::diagnostics::{Form, Input, check_files};
use stemme::definition::problem::Problem;
use stemme::definition::{evaluation, survey};
use stemme::domain::answer::Answer;
use stemme::domain::clean_text::CleanText;
use stemme::domain::evaluation::Evaluation;
use stemme::domain::id::Id;
use stemme::domain::interview::{Action, Interview, Opening};
use stemme::domain::item::ItemKey;
use stemme::domain::language::Language;
use stemme::domain::missing::Missing;
use stemme::domain::number::Number;
use stemme::domain::survey::Survey;
use stemme::store::delivery::{MAGIC as DELIVERY, Reader};
use stemme::store::envelope::{self, Opened};
use stemme::store::journal::Entry;
use stemme::store::journal::recover::read_in_memory;
use stemme::store::keys::{Identities, Recipients, RecoveryKey};
use stemme::store::{age_file, handed_draft, judging};
use stemme::texts::Texts;

const EVALUATION: &str = "3f9c2d1ab0e44c53";
const KEY: &str = include_str!("../tests/fixtures/v1/recovery.txt");
const JOURNAL: &[u8] = include_bytes!("../tests/fixtures/v1/journal.jnl");
const ENVELOPE: &[u8] = include_bytes!("../tests/fixtures/v1/envelope.stm");
const SURVEY: &str = include_str!("../tests/fixtures/every-type.toml");
const EVALUATION_FILE: &str = include_str!("../tests/fixtures/evaluation.toml");

/// A journal as it stands; its records behind the right key; or entries in records that were sealed well.
pub fn journal(bytes: &[u8]) {
    let Some((how, rest)) = bytes.split_first() else {
        return;
    };
    let (head, key) = journal_head();
    let genuine = || read_in_memory(JOURNAL, place(), keys()).unwrap().entries;
    match how % 3 {
        0 => {
            // Whatever it is, none of its entries was made up by whoever changed it.
            if let Ok(read) = read_in_memory(rest, place(), keys()) {
                assert!(genuine().starts_with(&read.entries));
            }
        }
        1 => {
            if let Ok(read) = read_in_memory(&[head, rest].concat(), place(), keys()) {
                assert!(genuine().starts_with(&read.entries));
            }
        }
        _ => {
            let records: Vec<&[u8]> = rest.split(|byte| *byte == b'\n').collect();
            let mut journal = head.to_vec();
            for (number, record) in (0..).zip(&records) {
                journal.extend(sealed_record(key, number, record));
            }
            if let Ok(read) = read_in_memory(&journal, place(), keys()) {
                assert_eq!(read.entries.len() + 1, records.len());
                follow(read.opening, &read.entries);
            }
        }
    }
}

/// An interview is gone on with from whatever stands in its journal.
fn follow(opening: Opening, entries: &[Entry]) {
    let steps: Vec<Action> = entries.iter().filter_map(Entry::action).cloned().collect();
    let (interview, passed_over) = Interview::replay(every_type(), opening, &steps);
    assert!(passed_over <= steps.len());
    let _ = (
        interview.counts(),
        interview.readback_rows(),
        interview.record(None),
    );
}

/// An envelope as it stands; a payload that was sealed; or JSON that was signed and sealed.
pub fn envelope(bytes: &[u8]) {
    let Some((how, rest)) = bytes.split_first() else {
        return;
    };
    let sealed = match how % 4 {
        0 => rest.to_vec(),
        1 => seal(rest),
        kind => seal(&signed_payload(u16::from(kind) - 1, rest)),
    };
    match envelope::open(&sealed, keys(), EVALUATION) {
        Ok(Opened::Interview { record, .. }) => {
            // Written again it is the same interview: nothing of it was half understood.
            let again = serde_json::to_vec(&record).unwrap();
            let sealed = seal(&signed_payload(1, &again));
            match envelope::open(&sealed, keys(), EVALUATION) {
                Ok(Opened::Interview { record: read, .. }) => assert!(read == record),
                other => panic!("an interview that does not open again: {:?}", other.is_ok()),
            }
        }
        Ok(Opened::Slip { .. } | Opened::Newer) | Err(_) => {}
    }
    let _ = judging::judge(&sealed, place(), keys(), an_evaluation());
}

/// A delivery as it stands, or one whose sum is right.
pub fn delivery(bytes: &[u8]) {
    let Some((how, rest)) = bytes.split_first() else {
        return;
    };
    let mut all = rest.to_vec();
    if how % 2 == 1 {
        all = [
            DELIVERY.as_slice(),
            &1_u16.to_le_bytes(),
            EVALUATION.as_bytes(),
            rest,
        ]
        .concat();
        all.extend(Sha256::digest(&all));
    }
    let Ok(reader) = Reader::of(all.as_slice(), place()) else {
        return;
    };
    let mut bytes_read = 0;
    for envelope in reader.flatten() {
        bytes_read += envelope.len();
        let judged = judging::judge(&envelope, place(), keys(), an_evaluation());
        // Nobody this evaluation knows signed it.
        assert!(judged.contents.is_err());
        assert!(handed_draft::open(&envelope, an_evaluation()).is_err());
    }
    assert!(bytes_read <= all.len());
}

/// A survey and an evaluation, and everything that is said about them in every form and language.
pub fn definition(bytes: &[u8]) {
    let (survey, evaluation) = (survey::read(bytes), evaluation::read(bytes));
    assert_eq!(survey.value.is_none(), survey.has_errors());
    assert_eq!(evaluation.value.is_none(), evaluation.has_errors());
    for problem in survey.problems.iter().chain(&evaluation.problems) {
        check_places(problem, bytes);
    }
    let how = usize::from(bytes.last().copied().unwrap_or_default());
    let forms = [Form::Plain, Form::Coloured, Form::Json];
    for name in ["skjema.toml", "evaluation.toml"] {
        let input = Input {
            name,
            content: Ok(bytes),
            asked: None,
        };
        let (texts, form) = (&texts()[how % 3], forms[how / 3 % 3]);
        let said = check_files(&[input], texts, form).output;
        let hidden = |c: &char| {
            c.is_control() && !matches!(c, '\n' | '\u{1b}') || matches!(c, '\u{202a}'..='\u{202e}')
        };
        assert_eq!(said.chars().find(hidden), None);
    }
}

/// What a problem points at lies in the file, and a change can be made there.
fn check_places(problem: &Problem, bytes: &[u8]) {
    let spans = [problem.span].into_iter();
    let spans = spans.chain(problem.related.iter().map(|related| related.span));
    for span in spans.chain(problem.suggestion.iter().map(|change| change.span)) {
        assert!(span.start <= span.end && span.end <= bytes.len());
        if let Ok(text) = std::str::from_utf8(bytes) {
            assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
        }
    }
}

/// A condition; what follows a zero byte answers the questions it looks at.
pub fn expression(bytes: &[u8]) {
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let condition = String::from_utf8_lossy(parts.next().unwrap_or_default());
    let answers = parts.next().unwrap_or_default();
    let file = survey_with(&condition);
    let read = survey::read(file.as_bytes());
    for problem in &read.problems {
        check_places(problem, file.as_bytes());
    }
    let Some(survey) = read.value else { return };
    let mut interview = Interview::begin(Arc::new(survey), opening());
    let _ = interview.apply(&Action::Next);
    let point = Id::new("deltar").unwrap();
    let _ = interview.apply(&Action::Consent { point, given: true });
    let asked = Id::new("last").unwrap();
    for answer in answers.chunks(4).take(64) {
        // An answer that does not fit is refused, and the rest goes on.
        let _ = interview.apply(&step(answer));
        let _ = interview.route().asks(&asked);
    }
    assert_eq!(
        interview.route().asks(&asked),
        interview.clone().route().asks(&asked)
    );
}

/// A survey that asks something of every kind and then what the condition lets through.
fn survey_with(condition: &str) -> String {
    let mut quoted = String::new();
    for c in condition.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if u32::from(c) < 0x20 || u32::from(c) == 0x7f => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    let options = r#"[{ code = "a", text = "A" }, { code = "b", text = "B" }, { code = "c", text = "C" }]"#;
    format!(
        "format = 1\nid = \"x\"\nversion = \"1\"\nlanguages = [\"nb\"]\ntitle = \"X\"\n[consent]\nread_aloud = \"Hei.\"\n\
         points = [{{ id = \"deltar\", text = \"Vil du?\", required = true }}]\n[[section]]\nid = \"s\"\ntitle = \"S\"\n\
         [[section.q]]\nid = \"one\"\ntype = \"one\"\ntext = \"En?\"\noptions = {options}\n\
         [[section.q]]\nid = \"many\"\ntype = \"many\"\ntext = \"Flere?\"\noptions = {options}\n\
         [[section.q]]\nid = \"number\"\ntype = \"number\"\ntext = \"Hvor mange?\"\nmin = -1000\nmax = 1000\n\
         [[section.q]]\nid = \"words\"\ntype = \"text\"\ntext = \"Hva?\"\n\
         [[section.q]]\nid = \"day\"\ntype = \"date\"\ntext = \"Når?\"\n\
         [[section.q]]\nid = \"last\"\ntype = \"text\"\ntext = \"Til slutt?\"\nshow_if = \"{quoted}\"\n"
    )
}

fn step(bytes: &[u8]) -> Action {
    let at = |place: usize| bytes.get(place).copied().unwrap_or_default();
    let code = |byte: u8| Id::new(["a", "b", "c"][usize::from(byte % 3)]).unwrap();
    let item = |name: &str| ItemKey::question(Id::new(name).unwrap());
    let (item, answer) = match at(0) % 7 {
        0 => (
            item("one"),
            Answer::Choice {
                code: code(at(1)),
                specify: None,
            },
        ),
        1 => {
            let codes = BTreeSet::from([code(at(1)), code(at(2))]);
            (item("many"), Answer::Choices { codes, specify: None })
        }
        2 => {
            let value = Number::from_thousandths(i64::from(i16::from_le_bytes([at(1), at(2)])) * 100);
            (
                item("number"),
                Answer::Number {
                    value,
                    about: at(3) % 2 == 1,
                },
            )
        }
        3 => (
            item("words"),
            Answer::Text(CleanText::block(&String::from_utf8_lossy(bytes))),
        ),
        4 => {
            let (month, day) = (i8::try_from(at(2) % 13).ok(), i8::try_from(at(3) % 32).ok());
            (
                item("day"),
                Answer::Date {
                    year: 1990 + i16::from(at(1) % 60),
                    month,
                    day,
                },
            )
        }
        5 => {
            let kind = Missing::DontKnow;
            return Action::Missing {
                item: item("one"),
                kind,
                by_self: false,
            };
        }
        _ => return [Action::Next, Action::Back, Action::Undo, Action::Skip][usize::from(at(1) % 4)].clone(),
    };
    Action::Answer {
        item,
        answer,
        by_self: false,
    }
}

fn place() -> &'static Path {
    Path::new("x")
}

fn keys() -> &'static Identities {
    static KEYS: OnceLock<Identities> = OnceLock::new();
    KEYS.get_or_init(|| RecoveryKey::read(KEY).unwrap().identities())
}

fn texts() -> &'static [Texts; 3] {
    static TEXTS: OnceLock<[Texts; 3]> = OnceLock::new();
    TEXTS.get_or_init(|| {
        [Language::Bokmal, Language::Nynorsk, Language::English]
            .map(|language| Texts::load(language).unwrap())
    })
}

fn every_type() -> Arc<Survey> {
    static READ: OnceLock<Arc<Survey>> = OnceLock::new();
    Arc::clone(READ.get_or_init(|| Arc::new(survey::read(SURVEY.as_bytes()).value.unwrap())))
}

fn an_evaluation() -> &'static Evaluation {
    static READ: OnceLock<Evaluation> = OnceLock::new();
    READ.get_or_init(|| Evaluation {
        id: EVALUATION.to_owned(),
        ..evaluation::read(EVALUATION_FILE.as_bytes()).value.unwrap()
    })
}

fn opening() -> Opening {
    read_in_memory(JOURNAL, place(), keys()).unwrap().opening
}

/// Where the records of the journal begin, and its key: what stands before them is magic, version, length and the key as
/// an age file.
fn journal_head() -> (&'static [u8], &'static XChaCha20Poly1305) {
    static HEAD: OnceLock<(usize, XChaCha20Poly1305)> = OnceLock::new();
    let (end, key) = HEAD.get_or_init(|| {
        let length = u32::from_le_bytes(JOURNAL[10..14].try_into().unwrap());
        let end = 14 + usize::try_from(length).unwrap();
        let key = age_file::open(&JOURNAL[14..end], keys()).unwrap();
        (end, XChaCha20Poly1305::new(key.as_slice().into()))
    });
    (&JOURNAL[..*end], key)
}

/// A record as docs/security.md describes it, written without the program's own writer.
fn sealed_record(key: &XChaCha20Poly1305, number: u64, json: &[u8]) -> Vec<u8> {
    let mut plain = json.to_vec();
    plain.resize(json.len().next_power_of_two().max(256), b' ');
    let nonce = [7; 24];
    let aad = [b"stemmeJ\0".as_slice(), &number.to_le_bytes()].concat();
    let payload = Payload {
        msg: &plain,
        aad: &aad,
    };
    let mut body = nonce.to_vec();
    body.extend(key.encrypt(XNonce::from_slice(&nonce), payload).unwrap());
    let length = u32::try_from(body.len()).unwrap();
    [
        length.to_le_bytes().as_slice(),
        &crc32fast::hash(&body).to_le_bytes(),
        &body,
    ]
    .concat()
}

/// A payload as docs/security.md describes it, signed by a key that nobody knows.
fn signed_payload(kind: u16, json: &[u8]) -> Vec<u8> {
    let signer = SigningKey::from_bytes(&[7; 32]);
    let mut payload = b"stemmeE\0".to_vec();
    payload.extend(1_u16.to_le_bytes());
    payload.extend(kind.to_le_bytes());
    payload.extend(EVALUATION.as_bytes());
    payload.extend(u32::try_from(json.len()).unwrap().to_le_bytes());
    payload.extend(json);
    payload.extend(signer.verifying_key().to_bytes());
    let signature = signer.sign(&payload).to_bytes();
    payload.extend(signature);
    payload.resize(payload.len().next_power_of_two().max(4096), 0);
    payload
}

fn seal(payload: &[u8]) -> Vec<u8> {
    static TO: OnceLock<Recipients> = OnceLock::new();
    let to = TO.get_or_init(|| Recipients::new([RecoveryKey::read(KEY).unwrap().public().as_str()]).unwrap());
    age_file::seal(payload, to).unwrap()
}

/// Inputs to begin with, for each target: what is genuine, one for every depth.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    let deep = |how: u8, bytes: &[u8]| [&[how], bytes].concat();
    match target {
        "journal" => {
            let read = read_in_memory(JOURNAL, place(), keys()).unwrap();
            let mut lines = vec![serde_json::to_string(&read.opening).unwrap()];
            lines.extend(
                read.entries
                    .iter()
                    .map(|entry| serde_json::to_string(entry).unwrap()),
            );
            let (head, _) = journal_head();
            vec![
                deep(0, JOURNAL),
                deep(1, &JOURNAL[head.len()..]),
                deep(2, lines.join("\n").as_bytes()),
            ]
        }
        "envelope" => {
            let opened = envelope::open(ENVELOPE, keys(), EVALUATION);
            let Ok(Opened::Interview { record, .. }) = opened else {
                panic!("the fixture is an interview")
            };
            let json = serde_json::to_vec(&record).unwrap();
            let slip = br#"{"schema":1,"slip":"0123456789abcdef0123456789abcdef","round":"2026h","asked":2,"declined":1,"stopped":0}"#;
            vec![
                deep(0, ENVELOPE),
                deep(1, &signed_payload(1, &json)),
                deep(2, &json),
                deep(3, slip),
            ]
        }
        "delivery" => {
            let mut body = 2_u32.to_le_bytes().to_vec();
            for part in [ENVELOPE, &handed()] {
                body.extend(u32::try_from(part.len()).unwrap().to_le_bytes());
                body.extend(part);
            }
            let mut whole = [
                DELIVERY.as_slice(),
                &1_u16.to_le_bytes(),
                EVALUATION.as_bytes(),
                &body,
            ]
            .concat();
            whole.extend(Sha256::digest(&whole));
            vec![deep(0, &whole), deep(1, &body)]
        }
        "definition" => vec![
            SURVEY.as_bytes().to_vec(),
            EVALUATION_FILE.as_bytes().to_vec(),
            survey_with("one = 'a'").into(),
        ],
        "expression" => [
            "one = 'a' and many has 'b' or not (number > 3.5)\0\u{1}ab\u{2}cd",
            "answered(words) and count(many) >= 2\0\u{1}\u{1}\u{2}\u{3}\u{4}\u{5}",
            "number * 2 - 1 <= 10 / number mod 7\0\u{2}\u{7}\u{1}",
            "one in ['a', 'c'] and day < '2026-03'\0\u{4}\u{20}\u{3}\u{1}",
            "consent(deltar) and words = 'ja' and -number < 0\0\u{3}ja",
            "if(one = 'b', number, 0) > 1 or site = 'nord'\0",
        ]
        .map(|text| text.as_bytes().to_vec())
        .to_vec(),
        other => panic!("no target is called {other}"),
    }
}

/// A draft handed over, by a laptop that nobody knows.
fn handed() -> Vec<u8> {
    let signer = SigningKey::from_bytes(&[7; 32]);
    let head = [
        b"stemmeR\0".as_slice(),
        &1_u16.to_le_bytes(),
        &signer.verifying_key().to_bytes(),
    ]
    .concat();
    let signature = signer
        .sign(&[&head, EVALUATION.as_bytes(), JOURNAL].concat())
        .to_bytes();
    [head.as_slice(), &signature, JOURNAL].concat()
}
