//! What the keeper says is safe is on disk; what fails can be tried again; sealing leaves an envelope and no draft.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::fixture;
use super::journal_keeper::{Drawn, JournalKeeper, Place, RandomSource};
use super::session::{Remains, Saved, Session, Trouble};
use crate::domain::answer::Answer;
use crate::domain::id::Id;
use crate::domain::interview::Action;
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::record::{InterviewRecord, Mode};
use crate::domain::slip::Asked;
use crate::store::atomic::{Access, replace, write_new};
use crate::store::checked::Checked;
use crate::store::collection::{self, Collection, Opening};
use crate::store::draft_marks::DraftMarks;
use crate::store::draft_wishes::DraftWishes;
use crate::store::envelope::may_interview;
use crate::store::journal::{Entry, list_drafts, recover};
use crate::store::sample::People;
use crate::store::tombstone::Tombstones;

fn random() -> RandomSource {
    let sequence = std::sync::Mutex::new(crate::domain::order::SplitMix64::new(3));
    Arc::new(move |bytes| {
        let mut sequence = sequence.lock().unwrap();
        bytes.fill_with(|| sequence.next_u64().to_le_bytes()[0]);
        Ok(())
    })
}

fn read(folder: &Path, people: &People) -> (Collection, Vec<InterviewRecord>) {
    let mut records = Vec::new();
    let opening = Opening {
        identities: &people.identities(),
        evaluation: &people.evaluation(),
        gone: &Tombstones::default(),
        checked: &Checked::default(),
        asked: &DraftWishes::default(),
    };
    let found = collection::read(folder, &opening, &mut records).unwrap();
    (found, records)
}

fn session(root: &Path, people: &People) -> Session {
    session_with(root, people, false)
}

fn session_with(root: &Path, people: &People, codes: bool) -> Session {
    let place = session_place(root, people, codes);
    let interview = fixture::interview(Language::Bokmal, Mode::Individual);
    Session::begin(interview, Box::new(JournalKeeper::new(place)))
}

fn session_place(root: &Path, people: &People, codes: bool) -> Place {
    let to = may_interview(&people.evaluation()).unwrap();
    Place {
        drafts: root.join("draft"),
        out: root.join("out"),
        slips: root.join("slips"),
        aside: root.join("quarantine"),
        root: root.to_owned(),
        recipients: to.recipients().clone(),
        to,
        signer: people.laptop.clone(),
        codes,
        rescues: false,
        ledger: None,
        random: random(),
    }
}

fn key(name: &str) -> ItemKey {
    ItemKey::question(Id::new(name).unwrap())
}

fn consent(session: &mut Session) {
    let point = |name: &str| Action::Consent {
        point: Id::new(name).unwrap(),
        given: true,
    };
    let band = Action::AgeBand(Id::new("16p").unwrap());
    for step in [Action::Next, band, point("deltar"), point("sitat")] {
        session.apply(step).unwrap();
    }
}

fn answer() -> Action {
    Action::Answer {
        item: key("alvor"),
        answer: Answer::choice(Id::new("l3").unwrap()),
        by_self: false,
    }
}

fn folders(root: &Path) {
    for name in ["draft", "out", "slips", "quarantine"] {
        fs::create_dir(root.join(name)).unwrap();
    }
}

#[test]
fn what_is_safe_is_in_the_journal_in_order() {
    let (root, people) = (tempfile::tempdir().unwrap(), People::new());
    folders(root.path());
    let mut session = session(root.path(), &people);
    assert_eq!(session.wait(), Saved::Nothing);
    assert!(list_drafts(&root.path().join("draft")).unwrap().is_empty());
    consent(&mut session);
    session.apply(answer()).unwrap();
    session.apply(Action::Next).unwrap();
    assert_eq!(session.wait(), Saved::Safe);
    drop(session);
    let drafts = list_drafts(&root.path().join("draft")).unwrap();
    let recovered = recover(&drafts[0].path, &people.identities()).unwrap();
    let actions = recovered.actions();
    assert_eq!(actions.len(), 6);
    assert_eq!(actions[4..], [answer(), Action::Next]);
}

#[test]
fn after_a_failure_everything_is_written_again() {
    let (root, people) = (tempfile::tempdir().unwrap(), People::new());
    let mut session = session(root.path(), &people);
    consent(&mut session);
    session.apply(answer()).unwrap();
    assert_eq!(session.wait(), Saved::Failed(Trouble::Gone));
    session.try_again();
    assert_eq!(session.wait(), Saved::Failed(Trouble::Gone));
    folders(root.path());
    session.try_again();
    assert_eq!(session.wait(), Saved::Safe);
    drop(session);
    let drafts = list_drafts(&root.path().join("draft")).unwrap();
    let recovered = recover(&drafts[0].path, &people.identities()).unwrap();
    assert_eq!(recovered.actions().len(), 5);
}

#[test]
fn a_sealed_interview_is_in_the_collection_and_its_draft_is_gone() {
    let (root, people) = (tempfile::tempdir().unwrap(), People::new());
    folders(root.path());
    let mut session = session(root.path(), &people);
    consent(&mut session);
    for step in [answer(), Action::StopAndUse, Action::EndReadBack, Action::Finish] {
        session.apply(step).unwrap();
    }
    assert_eq!(session.seal(), Ok(None));
    assert!(list_drafts(&root.path().join("draft")).unwrap().is_empty());
    let out = root.path().join("out");
    let (found, _) = read(&out, &people);
    assert_eq!(found.counts.finished, 1);
}

#[test]
fn deleting_leaves_no_draft() {
    let (root, people) = (tempfile::tempdir().unwrap(), People::new());
    folders(root.path());
    let mut session = session(root.path(), &people);
    consent(&mut session);
    session.apply(answer()).unwrap();
    assert_eq!(session.delete(), Ok(Remains::Nothing));
    assert!(list_drafts(&root.path().join("draft")).unwrap().is_empty());
}

/// The name of the one draft there is.
fn name_of_draft(root: &Path) -> String {
    let drafts = list_drafts(&root.join("draft")).unwrap();
    assert_eq!(drafts.len(), 1);
    drafts[0].path.file_stem().unwrap().to_str().unwrap().to_owned()
}

fn hand_over(root: &Path) {
    let mut marks = DraftMarks::read(root).unwrap();
    marks.hand([&name_of_draft(root)]);
    marks.keep().unwrap();
}

fn slips(root: &Path, people: &People) -> Vec<crate::domain::slip::Slip> {
    read(&root.join("slips"), people).0.slips
}

#[test]
fn deleting_a_draft_that_was_handed_over_says_so_and_tells_the_coordinator() {
    let (root, people) = (tempfile::tempdir().unwrap(), People::new());
    folders(root.path());
    let mut session = session(root.path(), &people);
    consent(&mut session);
    session.wait();
    hand_over(root.path());
    let interview = session.interview().opening().interview.clone();
    assert_eq!(session.delete(), Ok(Remains::CopyToGo));
    let slips = slips(root.path(), &people);
    assert_eq!((slips.len(), slips[0].deleted.as_ref()), (1, Some(&interview)));
}

#[test]
fn a_deletion_that_could_not_be_done_tells_nobody_that_it_was() {
    let (root, people) = (tempfile::tempdir().unwrap(), People::new());
    folders(root.path());
    let mut session = session(root.path(), &people);
    consent(&mut session);
    session.wait();
    let draft = root
        .path()
        .join("draft")
        .join(format!("{}.jnl", name_of_draft(root.path())));
    // A folder stands where the draft was: it cannot be removed as a file.
    fs::remove_file(&draft).unwrap();
    fs::create_dir(&draft).unwrap();
    write_new(&draft.join("x"), b"x", Access::Owner).unwrap();
    assert!(session.delete().is_err());
    assert_eq!(slips(root.path(), &people).len(), 0);
}

#[test]
fn not_yet_said_after_it_was_handed_over_goes_to_the_coordinator_and_the_draft_stays() {
    let (root, people) = (tempfile::tempdir().unwrap(), People::new());
    folders(root.path());
    let mut session = session(root.path(), &people);
    consent(&mut session);
    session.apply(Action::Hold).unwrap();
    session.wait();
    let name = name_of_draft(root.path());
    let is_held = || DraftMarks::read(root.path()).unwrap().is_held(&name);
    assert!(is_held());
    assert_eq!(slips(root.path(), &people).len(), 0, "nothing was handed over");
    session.apply(Action::Resume).unwrap();
    session.wait();
    assert!(!is_held());
    hand_over(root.path());
    session.apply(Action::Hold).unwrap();
    session.wait();
    let slips = slips(root.path(), &people);
    let held = slips[0].held.as_ref().unwrap();
    assert_eq!(held.interview, session.interview().opening().interview);
    assert_eq!((held.steps, slips[0].asked), (7, 0));
}

#[test]
fn deleting_takes_the_damaged_draft_that_was_set_aside_with_it() {
    let (root, people) = (tempfile::tempdir().unwrap(), People::new());
    folders(root.path());
    let mut session = session(root.path(), &people);
    consent(&mut session);
    session.apply(answer()).unwrap();
    session.wait();
    drop(session);
    let draft = list_drafts(&root.path().join("draft")).unwrap()[0].path.clone();
    let mut bytes = fs::read(&draft).unwrap();
    let middle = bytes.len() - 700;
    bytes[middle] ^= 1;
    replace(&draft, &bytes, Access::Owner).unwrap();
    let recovered = recover(&draft, &people.identities()).unwrap();
    assert!(recovered.damage.is_some());
    let opening = recovered.opening.clone();
    let place = session_place(root.path(), &people, false);
    let source = random();
    // The same numbers as before would give the same name.
    source(&mut [0; 99]).unwrap();
    let rescued = recovered.rescue(
        &place.drafts,
        &place.aside,
        (&place.recipients, &place.recipients),
        &mut Drawn(&source),
    );
    let (kept, entries) = rescued.unwrap();
    let aside = || fs::read_dir(root.path().join("quarantine")).unwrap().count();
    assert_eq!(aside(), 1);
    let steps: Vec<Action> = entries
        .iter()
        .filter_map(|entry| entry.action().cloned())
        .collect();
    let interview = fixture::interview(Language::Bokmal, Mode::Individual);
    let keeper = JournalKeeper::reopened(place, opening, kept, entries);
    let mut session = Session::resume(interview, steps, Box::new(keeper));
    assert_eq!(session.delete(), Ok(Remains::Nothing));
    assert_eq!(aside(), 0);
    assert!(list_drafts(&root.path().join("draft")).unwrap().is_empty());
}

#[test]
fn a_no_and_a_stop_leave_a_sealed_count_and_nothing_else() {
    let (root, people) = (tempfile::tempdir().unwrap(), People::new());
    folders(root.path());
    let mut declining = session(root.path(), &people);
    let no = Action::Consent {
        point: Id::new("deltar").unwrap(),
        given: false,
    };
    let band = Action::AgeBand(Id::new("16p").unwrap());
    for step in [Action::Next, band, no] {
        declining.apply(step).unwrap();
    }
    assert!(declining.is_declined());
    drop(declining);
    // Nobody said no where a guardian's paper is missing.
    let mut waiting = session(root.path(), &people);
    let band = Action::AgeBand(Id::new("u16").unwrap());
    for step in [Action::Next, band, Action::Guardian(false)] {
        waiting.apply(step).unwrap();
    }
    assert!(waiting.is_declined());
    drop(waiting);
    let mut stopping = session(root.path(), &people);
    consent(&mut stopping);
    stopping.apply(answer()).unwrap();
    assert_eq!(stopping.delete(), Ok(Remains::Nothing));
    drop(stopping);
    let slips = root.path().join("slips");
    let (found, _) = read(&slips, &people);
    let asked = Asked::of(&found.slips);
    assert_eq!((asked.asked, asked.declined, asked.stopped), (2, 1, 1));
    assert_eq!((found.counts.finished, found.remarks), (0, Vec::new()));
    let out = fs::read_dir(root.path().join("out")).unwrap();
    assert_eq!(out.count(), 0);
}

#[test]
fn the_code_is_shown_until_it_is_noted_and_after_a_crash_it_is_the_same() {
    let (root, people) = (tempfile::tempdir().unwrap(), People::new());
    folders(root.path());
    let drafts = root.path().join("draft");
    let mut session = session_with(root.path(), &people, true);
    consent(&mut session);
    for step in [answer(), Action::StopAndUse, Action::EndReadBack, Action::Finish] {
        session.apply(step).unwrap();
    }
    let code = session.seal().unwrap().unwrap();
    assert_eq!(session.seal(), Ok(Some(code.clone())));
    // The program dies here: the draft is still there, and with it the code.
    drop(session);
    let mut session = again(root.path(), &people);
    assert_eq!(session.seal(), Ok(Some(code.clone())));
    assert_eq!(session.code_is_noted(), Ok(()));
    assert!(list_drafts(&drafts).unwrap().is_empty());
    let out = root.path().join("out");
    let (found, records) = read(&out, &people);
    assert_eq!((found.counts.finished, found.counts.duplicates), (1, 0));
    let tag = crate::store::withdrawal::tag(&code, &people.evaluation().id);
    assert_eq!(records[0].withdrawal_tag, tag);
}

/// Goes on with the only draft, after the program died.
fn again(root: &Path, people: &People) -> Session {
    let place = session_place(root, people, true);
    let left = list_drafts(&root.join("draft")).unwrap();
    let recovered = recover(&left[0].path, &people.identities()).unwrap();
    let (opening, entries, steps) = (
        recovered.opening.clone(),
        recovered.entries.clone(),
        recovered.actions(),
    );
    let survey = fixture::interview(Language::Bokmal, Mode::Individual);
    let survey = Arc::clone(survey.survey());
    let (interview, _) = crate::domain::interview::Interview::replay(survey, opening.clone(), &steps);
    let keeper = JournalKeeper::reopened(place, opening, recovered.resume().unwrap(), entries);
    Session::resume(interview, steps, Box::new(keeper))
}

fn finished(root: &Path, people: &People) -> Session {
    folders(root);
    let mut session = session_with(root, people, true);
    consent(&mut session);
    for step in [answer(), Action::StopAndUse, Action::EndReadBack, Action::Finish] {
        session.apply(step).unwrap();
    }
    session
}

/// One interview, sealed once, in which stands nothing of a code.
fn is_without_code(root: &Path, people: &People) {
    assert!(list_drafts(&root.join("draft")).unwrap().is_empty());
    let out = root.join("out");
    let (found, records) = read(&out, people);
    assert_eq!((found.counts.finished, found.counts.duplicates), (1, 0));
    assert_eq!(records[0].withdrawal_tag, None);
    let envelopes = fs::read_dir(out).unwrap().filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        !name.to_string_lossy().starts_with('.')
    });
    assert_eq!(envelopes.count(), 1);
}

#[test]
fn whoever_wants_no_code_leaves_no_tag_of_one_behind() {
    let (root, people) = (tempfile::tempdir().unwrap(), People::new());
    let mut session = finished(root.path(), &people);
    assert!(session.seal().unwrap().is_some());
    assert_eq!(session.code_is_unwanted(), Ok(()));
    drop(session);
    is_without_code(root.path(), &people);
}

#[test]
fn a_code_that_is_not_wanted_after_a_crash_leaves_no_tag_either() {
    let (root, people) = (tempfile::tempdir().unwrap(), People::new());
    let mut session = finished(root.path(), &people);
    assert!(session.seal().unwrap().is_some());
    drop(session);
    let mut session = again(root.path(), &people);
    assert!(session.seal().unwrap().is_some());
    assert_eq!(session.code_is_unwanted(), Ok(()));
    drop(session);
    is_without_code(root.path(), &people);
}

#[test]
fn a_crash_between_no_code_and_the_new_seal_is_gone_on_from() {
    let (root, people) = (tempfile::tempdir().unwrap(), People::new());
    let mut session = finished(root.path(), &people);
    assert!(session.seal().unwrap().is_some());
    drop(session);
    // What the program does first: it writes down that no code is wanted. Then it dies.
    let left = list_drafts(&root.path().join("draft")).unwrap();
    let mut draft = recover(&left[0].path, &people.identities())
        .unwrap()
        .resume()
        .unwrap();
    let source = random();
    draft.append(&Entry::no_code(), &mut Drawn(&source)).unwrap();
    drop(draft);
    let mut session = again(root.path(), &people);
    assert_eq!(session.seal(), Ok(None));
    drop(session);
    is_without_code(root.path(), &people);
}
