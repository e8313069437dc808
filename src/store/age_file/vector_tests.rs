//! The test vectors of the age file format (see `tests/fixtures/age/README.md`).

use std::fs;
use std::path::Path;

use secrecy::SecretString;
use sha2::{Digest, Sha256};

use super::{Shut, open, unwrap};
use crate::store::hex;
use crate::store::keys::identities::Identities;

/// Headers that the format forbids and the library reads all the same, since an early program wrote such. Their seal
/// is checked as ever.
const READ_ALL_THE_SAME: [&str; 2] = ["stanza_missing_body", "stanza_missing_final_line"];

/// What a vector says about itself, and the file.
struct Vector {
    expect: String,
    payload: Option<String>,
    identities: Vec<Identities>,
    passphrase: Option<SecretString>,
    file: Vec<u8>,
}

fn read(bytes: &[u8]) -> Vector {
    let end = bytes.windows(2).position(|two| two == b"\n\n").unwrap();
    let head = str::from_utf8(&bytes[..end]).unwrap();
    let values = |key: &str| -> Vec<String> {
        let lines = head.lines().filter_map(|line| line.split_once(": "));
        lines
            .filter(|(name, _)| *name == key)
            .map(|(_, value)| value.to_owned())
            .collect()
    };
    let body = &bytes[end + 2..];
    let file = match values("compressed").first() {
        Some(_) => miniz_oxide::inflate::decompress_to_vec_zlib(body).unwrap(),
        None => body.to_vec(),
    };
    Vector {
        expect: values("expect").remove(0),
        payload: values("payload").pop(),
        identities: values("identity")
            .iter()
            .map(|key| Identities::one(key.parse().unwrap()))
            .collect(),
        passphrase: values("passphrase").pop().map(SecretString::from),
        file,
    }
}

#[test]
fn every_test_vector_of_the_format_does_as_it_should() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/age");
    let mut tried = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let vector = read(&fs::read(&path).unwrap());
        let opened = match (
            vector.passphrase,
            vector.identities.into_iter().reduce(Identities::and),
        ) {
            (Some(passphrase), _) => unwrap(&vector.file, &passphrase),
            (None, Some(identities)) => open(&vector.file, &identities),
            (None, None) => open(&vector.file, &Identities::one(age::x25519::Identity::generate())),
        };
        tried += 1;
        match vector.expect.as_str() {
            "success" => {
                let digest = opened.map(|plain| hex::hex(&Sha256::digest(&*plain)));
                assert_eq!(digest.ok(), vector.payload, "{name}");
            }
            "no match" => assert_eq!(opened, Err(Shut::Key), "{name}"),
            "HMAC failure" | "payload failure" => assert_eq!(opened, Err(Shut::Seal), "{name}"),
            "header failure" => assert_eq!(opened.is_ok(), READ_ALL_THE_SAME.contains(&name), "{name}"),
            other => panic!("{name}: {other}"),
        }
    }
    assert_eq!(tried, 89);
}
