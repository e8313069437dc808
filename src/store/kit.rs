//! A kit: the copy of an evaluation that one laptop gets, with the laptop's own keys, signed by the coordinator.
//!
//! ```text
//! evaluation.toml, surveys/   as the coordinator has them
//! keys/laptop.key             signs the laptop's interviews; unwrapped
//! keys/laptop.age             opens the laptop's drafts; wrapped by the laptop code
//! kit.sig                     the coordinator's signature over what the laptop must not be fooled about
//! draft/, out/, slips/ ...    empty
//! ```
//!
//! `kit.sig` is a signed text:
//! ```text
//! stemme kit 1
//! evaluation 3f9c2d1ab0e44c53
//! laptop nord-1
//! site nord
//! letters a,b,c
//! key ed25519:...
//! age age1...
//! file evaluation.toml <sha256>
//! file surveys/<sha256>.toml <sha256>
//! signed-by ed25519:...
//! signature ...
//! ```
//! The coordinator keeps a copy of it in `workbook/kits/`, so that a kit can be renewed without the laptop's keys.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use crate::domain::evaluation::{Evaluation, Laptop};
use crate::domain::id::{Id, Slug};
use crate::domain::letter::letters;
use crate::store::age_file::KeyStrength;
use crate::store::atomic::{self, Access};
use crate::store::error::{StoreError, What};
use crate::store::folder::{EVALUATION_FILE, EvaluationFolder, FOLDERS, MAX_DEFINITION, edit};
use crate::store::hex;
use crate::store::keys::laptop_identity::LaptopIdentity;
use crate::store::keys::signing::{Signer, VerifyingKey};
use crate::store::keys::{LAPTOP_DRAFTS_FILE, LAPTOP_FILE, LaptopKey};
use crate::store::new_folder::NewFolder;
use crate::store::randomness::Randomness;
use crate::store::signed_text;

pub mod renewal;

#[cfg(test)]
mod kit_tests;

/// The file that makes a folder a kit.
pub const KIT_FILE: &str = "kit.sig";
const TITLE: &str = "stemme kit";
const VERSION: u16 = 1;
const MAX_FILE: u64 = 1024 * 1024;

/// What the coordinator signed for one laptop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kit {
    /// The evaluation's id.
    pub evaluation: String,
    /// The laptop.
    pub laptop: Slug,
    /// The site it is for, where it is for one.
    pub site: Option<Slug>,
    /// The letters of those who interview with it, where the evaluation uses letters.
    pub letters: Vec<Id>,
    /// The laptop's public signing key.
    pub key: VerifyingKey,
    /// The laptop's public key for drafts, `age1...`.
    pub age: String,
    /// Hashes of the files that were signed, by their places in the kit.
    files: BTreeMap<String, String>,
    /// Who signed.
    pub signed_by: VerifyingKey,
}

/// What a new kit is made of.
pub struct NewKit<'k> {
    /// The laptop.
    pub laptop: &'k Slug,
    /// The site it is for.
    pub site: Option<&'k Slug>,
    /// The letters of those who interview with it.
    pub letters: &'k [Id],
    /// The laptop code.
    pub code: &'k SecretString,
    /// The work that goes into guessing it.
    pub strength: KeyStrength,
    /// The coordinator's signing key.
    pub coordinator: &'k Signer,
}

/// Makes the kit of a new laptop in a new or empty folder, and names the laptop in the evaluation file. `before` is told the
/// laptop before the file names it, so that this machine knows it wherever it stops.
///
/// # Errors
/// [`StoreError::NotEmpty`]; [`StoreError::NotEditable`] when the laptop stands in the evaluation file already, or
/// the file cannot be added to; [`StoreError::WrongKey`] when the coordinator's key is not the evaluation's; what
/// the system said. Where it fails, nothing of the kit is left, and the evaluation file is as it was.
pub fn make(
    folder: &EvaluationFolder,
    evaluation: &Evaluation,
    to: &Path,
    new: &NewKit<'_>,
    before: impl FnOnce(&Laptop) -> Result<(), StoreError>,
    random: &mut dyn Randomness,
) -> Result<Kit, StoreError> {
    is_coordinators(folder, evaluation, new.coordinator)?;
    let was = folder.evaluation_bytes()?;
    let not_editable = || StoreError::NotEditable {
        path: folder.evaluation_path(),
    };
    let text = std::str::from_utf8(&was).map_err(|_| not_editable())?;
    let signing = LaptopKey::generate(&evaluation.id, new.laptop.clone(), random)?;
    let drafts = LaptopIdentity::generate(&evaluation.id, new.laptop.clone());
    let key = signing.signer().public();
    let edited = edit::add_laptop(text, new.laptop, &key).ok_or_else(not_editable)?;

    let whole = NewFolder::claim(to)?;
    for name in FOLDERS {
        atomic::make_folder(&to.join(name))?;
    }
    let keys = to.join("keys");
    atomic::make_folder(&keys)?;
    signing.write(&keys.join(LAPTOP_FILE))?;
    drafts.write(&keys.join(LAPTOP_DRAFTS_FILE), new.code, new.strength)?;
    let files = public_files(folder, evaluation, edited.as_bytes())?;
    for (place, bytes) in &files {
        atomic::write_new(&to.join(place), bytes, Access::AsUsual)?;
    }
    let kit = Kit {
        evaluation: evaluation.id.clone(),
        laptop: new.laptop.clone(),
        site: new.site.cloned(),
        letters: new.letters.to_vec(),
        key,
        age: drafts.public(),
        files: hashes(&files),
        signed_by: new.coordinator.public(),
    };
    let signed = kit.sign(new.coordinator);
    keep_copy(folder, new.laptop, &signed)?;
    // The laptop counts from here on; without its signature the folder is still no kit.
    let named = before(&Laptop {
        id: kit.laptop.clone(),
        key: kit.key.to_string(),
        revoked: false,
    });
    let finished = named
        .and_then(|()| folder.replace_evaluation(&was, &edited))
        .and_then(|()| atomic::write_new(&to.join(KIT_FILE), signed.as_bytes(), Access::AsUsual));
    if let Err(error) = finished {
        // A laptop without a kit would be asked about for ever. What cannot be taken back now, somebody has to look at.
        if folder
            .evaluation_bytes()
            .is_ok_and(|now| now == edited.as_bytes())
        {
            let _ = folder.replace_evaluation(edited.as_bytes(), text);
        }
        let _ = atomic::remove(&copy_of(folder, new.laptop));
        return Err(error);
    }
    whole.keep();
    Ok(kit)
}

/// Returns the kit in a folder, if it is one: its signature holds, it was made by the coordinator of the evaluation
/// file beside it, and everything it names is here as it was signed.
///
/// # Errors
/// [`StoreError::Damaged`] with the file that is not as it was signed; [`StoreError::WrongKey`] when somebody else
/// signed it or it is of another evaluation; [`StoreError::Newer`]; what the system said.
pub fn check(root: &Path, evaluation: &Evaluation) -> Result<Option<Kit>, StoreError> {
    let path = root.join(KIT_FILE);
    let bytes = match atomic::read(&path, MAX_FILE) {
        Err(StoreError::NotFound { .. }) => return Ok(None),
        read => read?,
    };
    let kit = match Kit::read(&bytes, &path).and_then(|kit| kit.is_here(root).map(|()| kit)) {
        Ok(kit) => kit,
        // A renewal that was cut off is finished first.
        Err(error) => renewal::finish(root).ok_or(error)?,
    };
    let coordinator = evaluation.signing.coordinator.as_deref();
    if kit.evaluation != evaluation.id || coordinator != Some(kit.signed_by.to_string().as_str()) {
        return Err(StoreError::WrongKey { path });
    }
    Ok(Some(kit))
}

/// Returns what the signature in a folder says, whatever became of the files beside it: for a laptop whose files somebody
/// changed, and which a new kit puts right. Who signed it, people have to tell.
///
/// # Errors
/// [`StoreError::Damaged`]; [`StoreError::Newer`]; what the system said.
pub fn as_signed(root: &Path) -> Result<Kit, StoreError> {
    let path = root.join(KIT_FILE);
    Kit::read(&atomic::read(&path, MAX_FILE)?, &path)
}

impl Kit {
    fn sign(&self, coordinator: &Signer) -> String {
        let mut lines = vec![
            format!("evaluation {}", self.evaluation),
            format!("laptop {}", self.laptop),
        ];
        lines.extend(self.site.iter().map(|site| format!("site {site}")));
        if !self.letters.is_empty() {
            let letters: Vec<&str> = self.letters.iter().map(Id::as_str).collect();
            lines.push(format!("letters {}", letters.join(",")));
        }
        lines.push(format!("key {}", self.key));
        lines.push(format!("age {}", self.age));
        lines.extend(
            self.files
                .iter()
                .map(|(place, hash)| format!("file {place} {hash}")),
        );
        signed_text::write(TITLE, VERSION, &lines, coordinator)
    }

    fn read(bytes: &[u8], path: &Path) -> Result<Self, StoreError> {
        let text = signed_text::read(bytes, TITLE, VERSION, path)?;
        let mut values: BTreeMap<&str, &str> = BTreeMap::new();
        let mut files = BTreeMap::new();
        for line in &text.lines {
            match line.split_once(' ') {
                Some(("file", file)) => {
                    if let Some((place, hash)) = file.rsplit_once(' ') {
                        files.insert(place.to_owned(), hash.to_owned());
                    }
                }
                Some((name, value)) => {
                    values.insert(name, value);
                }
                None => {}
            }
        }
        let kit = || {
            Some(Self {
                evaluation: (*values.get("evaluation")?).to_owned(),
                laptop: Slug::new(values.get("laptop")?).ok()?,
                site: match values.get("site") {
                    Some(site) => Some(Slug::new(site).ok()?),
                    None => None,
                },
                letters: match values.get("letters") {
                    Some(list) => letters(list)?,
                    None => Vec::new(),
                },
                key: VerifyingKey::parse(values.get("key")?).ok()?,
                age: (*values.get("age")?).to_owned(),
                files: files.clone(),
                signed_by: text.signed_by,
            })
        };
        kit().ok_or_else(|| StoreError::damaged(path, What::Contents))
    }

    /// Checks that what was signed lies in a folder.
    fn is_here(&self, root: &Path) -> Result<(), StoreError> {
        let evaluation = self.files.get(EVALUATION_FILE);
        if evaluation.is_none() {
            return Err(StoreError::damaged(&root.join(KIT_FILE), What::Contents));
        }
        for (place, hash) in &self.files {
            // The coordinator signed the places, and still no file outside is ever looked at.
            let path = root.join(place);
            if !is_place(place) {
                return Err(StoreError::damaged(&root.join(KIT_FILE), What::Contents));
            }
            if hex::sha256(&atomic::read(&path, MAX_DEFINITION)?) != *hash {
                return Err(StoreError::damaged(&path, What::Signature));
            }
        }
        Ok(())
    }
}

/// Whether a file may stand at this place in a kit.
fn is_place(place: &str) -> bool {
    let survey = place
        .strip_prefix("surveys/")
        .and_then(|name| name.strip_suffix(".toml"))
        .is_some_and(|name| hex::bytes::<32>(name).is_some());
    survey || place == EVALUATION_FILE
}

fn is_coordinators(
    folder: &EvaluationFolder,
    evaluation: &Evaluation,
    signer: &Signer,
) -> Result<(), StoreError> {
    if evaluation.signing.coordinator.as_deref() == Some(signer.public().to_string().as_str()) {
        Ok(())
    } else {
        Err(StoreError::WrongKey {
            path: folder.evaluation_path(),
        })
    }
}

/// The files of a kit that are the same for every laptop, by place.
fn public_files(
    folder: &EvaluationFolder,
    evaluation: &Evaluation,
    evaluation_file: &[u8],
) -> Result<BTreeMap<String, Vec<u8>>, StoreError> {
    let mut files = BTreeMap::from([(EVALUATION_FILE.to_owned(), evaluation_file.to_vec())]);
    for survey in &evaluation.surveys {
        let place = format!("surveys/{}.toml", survey.sha256.0);
        files.insert(place, folder.survey(&survey.sha256)?);
    }
    Ok(files)
}

fn hashes(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    files
        .iter()
        .map(|(place, bytes)| (place.clone(), hex::sha256(bytes)))
        .collect()
}

fn copies(folder: &EvaluationFolder) -> PathBuf {
    folder.workbook().join("kits")
}

fn keep_copy(folder: &EvaluationFolder, laptop: &Slug, signed: &str) -> Result<(), StoreError> {
    atomic::make_folder(&copies(folder))?;
    atomic::replace(&copy_of(folder, laptop), signed.as_bytes(), Access::AsUsual)
}

fn copy_of(folder: &EvaluationFolder, laptop: &Slug) -> PathBuf {
    copies(folder).join(format!("{laptop}.sig"))
}
