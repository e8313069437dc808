//! Small text files that somebody signed: a receipt, the list of what is in a kit. A line each, so that they can be
//! read and checked by hand; the last two lines are the signer and the signature over everything before.

use std::path::Path;

use crate::store::error::{StoreError, What};
use crate::store::hex;
use crate::store::keys::signing::{SIGNATURE_BYTES, Signer, VerifyingKey};

const SIGNER: &str = "signed-by ";
const SIGNATURE: &str = "signature ";

/// A text that was signed: its lines, and by whom. That the signature holds was checked; whether the signer counts,
/// the reader knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SignedText {
    /// The lines after the first one.
    pub(super) lines: Vec<String>,
    /// Who signed.
    pub(super) signed_by: VerifyingKey,
}

/// Returns the text with this title line (`stemme receipt 1`) and these lines, signed.
pub(super) fn write(title: &str, version: u16, lines: &[String], signer: &Signer) -> String {
    let mut text = format!("{title} {version}\n");
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
    text.push_str(&format!("{SIGNER}{}\n", signer.public()));
    let signature = signer.sign(text.as_bytes());
    text.push_str(&format!("{SIGNATURE}{}\n", hex::hex(&signature)));
    text
}

/// Returns whether these bytes begin as a signed text of this title does.
pub(super) fn is_titled(bytes: &[u8], title: &str) -> bool {
    bytes
        .strip_prefix(title.as_bytes())
        .is_some_and(|rest| rest.starts_with(b" "))
}

/// Reads a signed text.
///
/// # Errors
/// [`StoreError::Newer`]; [`StoreError::Damaged`]: kind, contents or signature.
pub(super) fn read(bytes: &[u8], title: &str, version: u16, path: &Path) -> Result<SignedText, StoreError> {
    let damaged = |what| StoreError::damaged(path, what);
    if !is_titled(bytes, title) {
        return Err(damaged(What::Kind));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| damaged(What::Contents))?;
    let said = text.lines().next().and_then(|line| line.rsplit(' ').next());
    let said: u16 = said
        .and_then(|said| said.parse().ok())
        .ok_or_else(|| damaged(What::Kind))?;
    if said > version {
        return Err(StoreError::Newer {
            path: path.to_owned(),
        });
    }
    let place = text
        .rfind(&format!("\n{SIGNATURE}"))
        .ok_or_else(|| damaged(What::Signature))?;
    let (signed, last) = text
        .split_at_checked(place + 1)
        .ok_or_else(|| damaged(What::Signature))?;
    let signature = last
        .strip_suffix('\n')
        .and_then(|line| line.strip_prefix(SIGNATURE))
        .and_then(hex::bytes::<SIGNATURE_BYTES>)
        .ok_or_else(|| damaged(What::Signature))?;
    let mut lines: Vec<String> = signed.lines().skip(1).map(str::to_owned).collect();
    let signed_by = lines
        .pop()
        .and_then(|line| VerifyingKey::parse(line.strip_prefix(SIGNER)?).ok())
        .ok_or_else(|| damaged(What::Signature))?;
    if !signed_by.verifies(signed.as_bytes(), &signature) {
        return Err(damaged(What::Signature));
    }
    Ok(SignedText { lines, signed_by })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{read, write};
    use crate::store::StoreError;
    use crate::store::keys::Signer;
    use crate::store::randomness::repeatable;

    #[test]
    fn a_signed_text_reads_back_and_a_changed_one_does_not() {
        let signer = Signer::generate(&mut repeatable(1)).unwrap();
        let lines = ["evaluation 3f9c2d1ab0e44c53".to_owned(), "a b".to_owned()];
        let text = write("stemme prøve", 1, &lines, &signer);
        let path = Path::new("f");
        let back = read(text.as_bytes(), "stemme prøve", 1, path).unwrap();
        assert_eq!(
            (back.lines.as_slice(), back.signed_by),
            (&lines[..], signer.public())
        );
        for place in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[place] ^= 1;
            assert!(read(&changed, "stemme prøve", 1, path).is_err(), "{place}");
        }
        for length in 0..text.len() - 1 {
            assert!(read(&text.as_bytes()[..length], "stemme prøve", 1, path).is_err());
        }
        let newer = write("stemme prøve", 2, &lines, &signer);
        let newer = read(newer.as_bytes(), "stemme prøve", 1, path);
        assert_eq!(newer, Err(StoreError::Newer { path: path.into() }));
    }
}
