//! What is done for an evaluation beside its answers: kits, copies, keys, withdrawal and the end.

use std::path::PathBuf;

use zeroize::Zeroizing;

use crate::domain::id::Slug;

use super::pending::Fate;

/// Something to do, with everything that was typed for it. (No `Debug`: codes and passphrases pass through.)
#[derive(Clone)]
pub enum Task {
    /// A kit for a new laptop.
    Kit {
        /// What the laptop is to be called.
        laptop: String,
        /// The site it is for, where it is for one.
        site: Option<Slug>,
        /// The letters of those who interview with it, as `A,B,C`; often none.
        letters: String,
        /// The folder the kit's own folder is made in.
        folder: PathBuf,
    },
    /// New kits for the laptops there are.
    Renew {
        /// The folder they are made in.
        folder: PathBuf,
        /// New letters for those who interview with one of them, as `nord-1=A,B`; often none.
        letters: String,
    },
    /// The next round.
    NewRound {
        /// Its title.
        title: String,
        /// How many interviews are planned, as it was typed.
        planned: String,
        /// How many are wanted with each survey, as it was typed.
        wanted: Vec<String>,
    },
    /// A laptop was lost.
    Revoke(Slug),
    /// The whole evaluation in one file.
    BackUp(PathBuf),
    /// A whole evaluation back.
    Restore {
        /// The backup.
        file: PathBuf,
        /// A new folder.
        folder: PathBuf,
        /// The title that was typed, where it was.
        title: Option<String>,
    },
    /// Somebody wants their answers deleted.
    Withdraw {
        /// The code as it was typed.
        code: Zeroizing<String>,
        /// Where the interview was, where that was said.
        site: Option<Slug>,
        /// In which round, where that was said.
        round: Option<Slug>,
    },
    /// Another coordinator.
    AddCoordinator {
        /// What the key is to be called.
        name: String,
        /// The new file of the key.
        file: PathBuf,
        /// What will open it.
        passphrase: Zeroizing<String>,
    },
    /// A coordinator leaves.
    RemoveCoordinator(String),
    /// Whether everything is here and as it was.
    Verify,
    /// What is set aside was looked at: it needs no attention any more.
    SeeAside,
    /// A new key of one's own, behind this passphrase.
    NewKey(Zeroizing<String>),
    /// Everything sealed again to the keys that count; without the codes to withdraw with, where that was chosen.
    Reseal(bool),
    /// Old keys go.
    ForgetOld,
    /// A key file on this machine, and what opens it.
    Install {
        /// The file.
        file: PathBuf,
        /// Its passphrase.
        passphrase: Zeroizing<String>,
    },
    /// A new key for one that is lost.
    Recover {
        /// The recovery key, or the file it stands in.
        recovery: Zeroizing<String>,
        /// Whose key is lost; nothing where one coordinator is alone.
        name: String,
        /// What will open the new key.
        passphrase: Zeroizing<String>,
    },
    /// This becomes of the draft with this name.
    Decide(String, Fate),
    /// What was typed to the question with this name, about something that has changed.
    Accept(String, String),
    /// A new kit for this laptop, and the words for its keys where they are new.
    TakeKit {
        /// The folder it lies in.
        from: PathBuf,
        /// The words, or nothing.
        words: String,
    },
    /// The words that stand for keys that are other than before.
    Words(String),
    /// Everything on this laptop goes: the title of the evaluation, as it was typed.
    Wipe(String),
    /// The evaluation ends: its title, as it was typed.
    Close(String),
}
