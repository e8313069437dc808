//! The workbench on a made-up evaluation: what is done stays, for everybody, and no answer shows where it should not.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use super::{Filter, Look, MayQuote, NewAction, NewFinding, OpenWork, Safe, Show, Workbench};
use crate::definition;
use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::{
    ConsentPolicy, DisclosureChoice, Evaluation, Identification, Laptop, LegalFrame, ProfileName, Recipient,
    Round, Signing, SurveyUse,
};
use crate::domain::id::{Id, Slug};
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::localized::Localized;
use crate::domain::order::SplitMix64;
use crate::domain::survey::report_plan::Tightening;
use crate::domain::workbook::Workbook;
use crate::domain::workbook::finding::{ActionStatus, Standing};
use crate::domain::workbook::quote::Place;
use crate::fieldwork::desk::Desk;
use crate::fieldwork::journal_keeper::{Drawn, RandomSource};
use crate::fieldwork::made_up::{self, Crowd};
use crate::fieldwork::shipped;
use crate::fieldwork::workplace::Workplace;
use crate::store::envelope::may_interview;
use crate::store::folder::{Comments, EvaluationFolder};
use crate::store::keys::{COORDINATOR_FILE, CoordinatorKeys, LAPTOP_FILE, LaptopKey, RecoveryKey, prove};
use crate::store::tombstone;

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn slug(text: &str) -> Slug {
    Slug::new(text).unwrap()
}

fn random() -> RandomSource {
    let sequence = Mutex::new(SplitMix64::new(11));
    Arc::new(move |bytes| {
        let mut sequence = sequence.lock().unwrap();
        bytes.fill_with(|| sequence.next_u64().to_le_bytes()[0]);
        Ok(())
    })
}

/// A made-up evaluation with so many interviews, and its coordinator's keys.
fn evaluation(root: &Path, people: usize) -> (Workplace, CoordinatorKeys) {
    let random = random();
    let drawn = &mut Drawn(&random);
    let shipped = shipped::find("min-stemme-bup").unwrap();
    let survey = definition::survey::open(&shipped.bytes()).value.unwrap();
    let number = "00000000000000b1";
    let keys = CoordinatorKeys::generate(number, drawn).unwrap();
    let recovery = RecoveryKey::generate();
    let laptop = LaptopKey::generate(number, slug("l1"), drawn).unwrap();
    prove(&keys.public(), &keys.identities(), drawn).unwrap();
    let recipient = |name: &str, key: String| Recipient {
        name: CleanText::line(name),
        key,
        proved: true,
    };
    let title = || Localized::new(Language::Bokmal, CleanText::line("Prøve"));
    let evaluation = Evaluation {
        made_up: true,
        id: number.to_owned(),
        title: title(),
        service: None,
        commissioner: None,
        purpose: None,
        languages: vec![Language::Bokmal],
        identification: Identification::Anonymous,
        withdraw_until: None,
        delete_by: None,
        draft_hours: 72,
        rounds: vec![Round {
            id: slug("r1"),
            title: title(),
            surveys: vec![survey.id().clone()],
            planned: None,
            users: None,
            wanted: Vec::new(),
            period: None,
        }],
        surveys: vec![SurveyUse {
            id: survey.id().clone(),
            version: survey.parts().version.clone(),
            sha256: survey.parts().fingerprint.clone(),
        }],
        sites: Vec::new(),
        legal_frame: LegalFrame::default(),
        consent_policy: ConsentPolicy::default(),
        disclosure: DisclosureChoice {
            profile: ProfileName::Standard,
            reason: None,
            tightening: Tightening::default(),
            breakdowns: BTreeMap::new(),
        },
        recipients: vec![
            recipient("Åse", keys.public()),
            recipient("safe", recovery.public()),
        ],
        signing: Signing {
            coordinator: Some(keys.signer().public().to_string()),
            laptops: vec![Laptop {
                id: laptop.laptop().clone(),
                key: laptop.signer().public().to_string(),
                revoked: false,
            }],
        },
        call: None,
        contacts: Vec::new(),
    };
    let made = EvaluationFolder::create(root, &evaluation, &[&shipped.bytes()], &Comments::none()).unwrap();
    crate::store::atomic::make_folder(&made.keys()).unwrap();
    keys.write_unwrapped(&made.keys().join(COORDINATOR_FILE)).unwrap();
    laptop.write(&made.keys().join(LAPTOP_FILE)).unwrap();
    let mut workplace = Workplace::open(root, &root.join("home"), random).unwrap();
    let survey = Arc::clone(&workplace.surveys().as_read()[0]);
    made_up::fill(&mut workplace, &survey, 3, &Crowd::of(people)).unwrap();
    (workplace, keys)
}

fn bench(workplace: &Workplace, keys: &CoordinatorKeys, coder: Option<&str>) -> Workbench {
    Workbench::open(workplace, keys, coder.map(id), &mut |_, _| ()).unwrap()
}

fn item() -> ItemKey {
    ItemKey::question(id("bup07"))
}

#[test]
fn an_afternoon_of_work_is_there_the_next_day_and_two_coordinators_see_one_workbook() {
    let root = tempfile::tempdir().unwrap();
    let (workplace, keys) = evaluation(&root.path().join("e"), 12);
    let mut first = bench(&workplace, &keys, None);
    assert_eq!(first.coder(), &id("ase"));
    let question = first.question(&item()).unwrap();
    let refs: Vec<_> = question
        .answers()
        .iter()
        .map(|answer| answer.answer.clone())
        .collect();
    assert!(refs.len() >= 8, "{}", refs.len());
    let theme = first.new_theme(" Å bli trodd ", None).unwrap();
    assert!(first.toggle(&refs[0], &theme) && first.toggle(&refs[1], &theme));
    assert!(!first.toggle(&refs[1], &theme));
    first.gone_through(&refs[2]);
    let sub = first.new_theme("På skolen", Some(theme.clone())).unwrap();
    first.toggle(&refs[3], &sub);
    let finding = first
        .write_finding(NewFinding {
            text: CleanText::line("Mange blir ikke trodd."),
            themes: vec![theme.clone()],
            ..NewFinding::default()
        })
        .unwrap();
    first.finding_stands(&finding, Standing::Nuanced);
    first.service_answers(&finding, CleanText::line("Vi vil lytte."));
    let action = NewAction {
        finding: Some(finding.clone()),
        text: CleanText::line("Kurs i å lytte"),
        owner: CleanText::line("leder"),
        due: None,
    };
    let action = first.promise(action).unwrap();
    first.action_has_come(&action, ActionStatus::Begun);
    first
        .was_said(
            Some(finding),
            CleanText::line("Det gjelder også helsesykepleier."),
        )
        .unwrap();
    assert_eq!(first.wait(), Safe::Yes);

    let mut second = bench(&workplace, &keys, Some("bo"));
    assert!(second.book() == first.book());
    let names: Vec<(usize, String)> = second
        .tree()
        .into_iter()
        .filter(|(_, theme)| theme.made.is_some())
        .map(|(depth, theme)| (depth, second.theme_name(theme, Language::English)))
        .collect();
    assert_eq!(
        names,
        [(0, "Å bli trodd".to_owned()), (1, "På skolen".to_owned())]
    );
    second.toggle(&refs[0], &theme);
    second.rename_theme(&theme, "Å bli tatt på alvor");
    assert_eq!(second.wait(), Safe::Yes);
    // Undoing is each one's own.
    assert!(second.undo() && second.undo() && !second.undo());
    assert!(second.redo());
    assert_eq!(second.wait(), Safe::Yes);
    let third = bench(&workplace, &keys, None);
    assert!(third.book() == second.book());
    assert_eq!(third.book().coders().len(), 2);
}

#[test]
fn answers_are_shown_by_what_is_wanted_of_them() {
    let root = tempfile::tempdir().unwrap();
    let (workplace, keys) = evaluation(&root.path().join("e"), 12);
    let mut bench = bench(&workplace, &keys, None);
    let refs: Vec<_> = {
        let question = bench.question(&item()).unwrap();
        question
            .answers()
            .iter()
            .map(|answer| answer.answer.clone())
            .collect()
    };
    let theme = bench.new_theme("Venting", None).unwrap();
    bench.toggle(&refs[0], &theme);
    bench.gone_through(&refs[1]);
    let all = refs.len();
    let count = |bench: &Workbench, show: Show, words: &str| {
        let question = bench.question(&item()).unwrap();
        let words = words.to_owned();
        bench.filtered(question, &Filter { show, words }).len()
    };
    assert_eq!(count(&bench, Show::All, ""), all);
    assert_eq!(count(&bench, Show::NotGoneThrough, ""), all - 2);
    assert_eq!(count(&bench, Show::Theme(theme), ""), 1);
    assert_eq!(count(&bench, Show::NoTheme, ""), all - 1);
    assert_eq!(count(&bench, Show::Quoted, ""), 0);
    let word = {
        let question = bench.question(&item()).unwrap();
        let words = question.answers()[0].words.as_str();
        words.split_whitespace().next().unwrap().to_uppercase()
    };
    assert!(count(&bench, Show::All, &word) >= 1);
    assert_eq!(count(&bench, Show::All, "qqq"), 0);
}

#[test]
fn what_two_have_sorted_otherwise_is_counted_of_the_answers_their_agreement_is_of() {
    let root = tempfile::tempdir().unwrap();
    let (workplace, keys) = evaluation(&root.path().join("e"), 12);
    let mut first = bench(&workplace, &keys, Some("anna"));
    let asked = |bench: &Workbench| {
        let answers = bench.question(&item()).unwrap().answers().iter();
        answers.map(|answer| answer.answer.clone()).collect::<Vec<_>>()
    };
    let answers = asked(&first);
    let (wait, room) = (
        first.new_theme("Ventetid", None).unwrap(),
        first.new_theme("Venterommet", None).unwrap(),
    );
    // Nobody turns a page: what is tagged is gone through.
    first.toggle(&answers[0], &wait);
    first.toggle(&answers[1], &wait);
    assert_eq!(first.wait(), Safe::Yes);
    let mut second = bench(&workplace, &keys, Some("bo"));
    assert_eq!(second.disputed(), 0);
    second.toggle(&answers[0], &room);
    assert_eq!(second.disputed(), 1);
    assert!(second.is_disputed(&answers[0]) && !second.is_disputed(&answers[1]));
    assert_eq!(second.wait(), Safe::Yes);
    // Somebody who sorts nothing is told the same; whoever sorts too, of what they have gone through.
    let mut third = bench(&workplace, &keys, Some("kari"));
    assert_eq!(third.disputed(), 1);
    third.gone_through(&answers[1]);
    assert_eq!(third.disputed(), 1);
    assert!(third.is_disputed(&answers[1]) && !third.is_disputed(&answers[0]));
}

#[test]
fn a_quote_shows_brackets_and_waits_until_identifiers_are_decided_on() {
    let root = tempfile::tempdir().unwrap();
    let (workplace, keys) = evaluation(&root.path().join("e"), 12);
    let mut bench = bench(&workplace, &keys, None);
    let (answer, end) = {
        let question = bench.question(&item()).unwrap();
        let answer = &question.answers()[0];
        let end = u32::try_from(answer.words.as_str().chars().count()).unwrap();
        (answer.answer.clone(), end)
    };
    let theme = bench.new_theme("Møtet", None).unwrap();
    let whole = Place {
        from: 0,
        to: end + 50,
    };
    let quote = bench.mark_quote(&answer, whole, &theme).unwrap();
    bench.review_quote(&quote, true);
    let facts = bench.quotes();
    assert_eq!(
        (facts.len(), facts[0].reviewers.len(), facts[0].is_group),
        (1, 1, false)
    );
    assert!(matches!(
        facts[0].may_quote,
        MayQuote::Yes | MayQuote::InOtherWords | MayQuote::NotAgreed | MayQuote::NotReadBack
    ));
    // Other words than those that were read must be read again.
    bench
        .bracket(&answer, Place { from: 0, to: 3 }, "[noen]")
        .unwrap();
    let facts = bench.quotes();
    assert!(facts[0].reviewers.is_empty() && facts[0].words.as_str().starts_with("[noen]"));
    let own = bench.answer(&answer).unwrap();
    let pieces = bench.pieces(own);
    assert!(matches!(pieces[0].look, Look::Bracket(_)) && pieces[0].text == "[noen]");
    let shown: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(shown, bench.shown(own).as_str());
    assert!(pieces.iter().all(|piece| piece.quotes == [quote.clone()]));
    let word = own.words.as_str().to_owned();
    let debug = format!("{bench:?} {own:?} {pieces:?} {facts:?} {:?}", bench.questions());
    assert!(!debug.contains(word.split_whitespace().last().unwrap()));
}

#[test]
fn other_words_take_the_place_of_a_quote_and_are_read_anew() {
    let root = tempfile::tempdir().unwrap();
    let (workplace, keys) = evaluation(&root.path().join("e"), 12);
    let mut bench = bench(&workplace, &keys, None);
    let answer = bench.question(&item()).unwrap().answers()[0].answer.clone();
    let theme = bench.new_theme("Møtet", None).unwrap();
    let quote = bench
        .mark_quote(&answer, Place { from: 0, to: 9 }, &theme)
        .unwrap();
    let said = bench.quotes()[0].words.clone();
    bench.review_quote(&quote, true);
    bench.reword_quote(&quote, " Noen hørte etter. ");
    let facts = &bench.quotes()[0];
    assert_eq!(
        (facts.words.as_str(), facts.is_rewritten),
        ("Noen hørte etter.", true)
    );
    assert!(facts.reviewers.is_empty() && facts.searched);
    bench.reword_quote(&quote, "Ola Nordmann hørte etter.");
    assert!(!bench.quotes()[0].searched);
    assert!(bench.undo() && bench.undo());
    let facts = &bench.quotes()[0];
    assert_eq!(
        (&facts.words, facts.is_rewritten, facts.reviewers.len()),
        (&said, false, 1)
    );
}

#[test]
fn what_is_left_to_do_is_counted_with_and_without_the_bench() {
    let root = tempfile::tempdir().unwrap();
    let (workplace, keys) = evaluation(&root.path().join("e"), 12);
    let mut bench = bench(&workplace, &keys, None);
    let today = jiff::civil::date(2026, 12, 5);
    let all: usize = bench
        .questions()
        .iter()
        .map(|question| question.answers().len())
        .sum();
    let refs: Vec<_> = {
        let answers = bench.question(&item()).unwrap().answers().iter();
        answers.map(|answer| answer.answer.clone()).collect()
    };
    let theme = bench.new_theme("Venting", None).unwrap();
    bench.toggle(&refs[0], &theme);
    bench.gone_through(&refs[1]);
    let quote = bench
        .mark_quote(&refs[0], Place { from: 0, to: 9 }, &theme)
        .unwrap();
    let due = |day| NewAction {
        text: CleanText::line("Kurs"),
        due: Some(day),
        ..NewAction::default()
    };
    bench.promise(due(jiff::civil::date(2026, 12, 4)));
    bench.promise(due(jiff::civil::date(2026, 12, 6)));
    let left = bench.left(today);
    assert_eq!((left.uncoded, left.unread, left.late), (all - 2, 1, 1));
    assert_eq!(bench.wait(), Safe::Yes);
    let mut work = OpenWork::of(&workplace);
    let identities = keys.identities();
    workplace
        .open_again(&identities, &mut work, &mut |_, _| ())
        .unwrap();
    assert_eq!(work.left(&workplace, &identities, today).unwrap(), left);
    bench.review_quote(&quote, true);
    assert_eq!(bench.left(today).unread, 0);
}

#[test]
fn a_withdrawn_interview_is_gone_from_the_bench_and_the_log() {
    let root = tempfile::tempdir().unwrap();
    let (workplace, keys) = evaluation(&root.path().join("e"), 12);
    let mut first = bench(&workplace, &keys, None);
    let answer = first.question(&item()).unwrap().answers()[0].answer.clone();
    let theme = first.new_theme("Venting", None).unwrap();
    first.toggle(&answer, &theme);
    assert_eq!(first.wait(), Safe::Yes);
    drop(first);
    let to = may_interview(workplace.evaluation()).unwrap();
    let gone = workplace.folder().gone();
    let random = random();
    tombstone::put(&gone, &answer.interview, &to, keys.signer(), &mut Drawn(&random)).unwrap();
    let later = bench(&workplace, &keys, None);
    assert!(later.answer(&answer).is_none());
    assert!(later.book().themes_of(&answer).is_empty());
    assert_eq!(
        later.book().themes().filter(|theme| theme.made.is_some()).count(),
        1
    );
}

#[test]
fn interviews_that_came_in_since_are_a_batch_of_their_own() {
    let root = tempfile::tempdir().unwrap();
    let (mut workplace, keys) = evaluation(&root.path().join("e"), 5);
    let mut first = bench(&workplace, &keys, None);
    let answer = first.question(&item()).unwrap().answers()[0].answer.clone();
    let theme = first.new_theme("Venting", None).unwrap();
    first.toggle(&answer, &theme);
    assert_eq!(first.wait(), Safe::Yes);
    let survey = Arc::clone(&workplace.surveys().as_read()[0]);
    made_up::fill(&mut workplace, &survey, 99, &Crowd::of(3)).unwrap();
    let second = bench(&workplace, &keys, Some("bo"));
    let batches: Vec<(usize, usize)> = second
        .saturation()
        .into_iter()
        .map(|batch| (batch.interviews, batch.new_themes))
        .collect();
    assert_eq!(batches, [(5, 1), (3, 0)]);
}

#[test]
fn the_short_way_back_leads_where_the_long_one_does() {
    let root = tempfile::tempdir().unwrap();
    let (workplace, keys) = evaluation(&root.path().join("e"), 6);
    let mut near = bench(&workplace, &keys, None);
    let refs: Vec<_> = {
        let question = near.question(&item()).unwrap();
        let answers = question.answers().iter();
        answers.map(|answer| answer.answer.clone()).collect()
    };
    let theme = near.new_theme("Venting", None).unwrap();
    let other = near.new_theme("Tid", None).unwrap();
    near.toggle(&refs[0], &theme);
    near.toggle(&refs[1], &other);
    near.merge_theme(&other, &theme);
    near.toggle(&refs[1], &theme);
    near.gone_through(&refs[2]);
    near.toggle(&refs[0], &theme);
    // Back and forth over all of it; after each step the log gone through from its beginning says the same.
    for way in [0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1] {
        let _ = if way == 0 { near.undo() } else { near.redo() };
        assert!(*near.book() == Workbook::of(near.seeds(), &near.log), "{way}");
    }
    assert_eq!(near.wait(), Safe::Yes);
    let far = bench(&workplace, &keys, None);
    assert!(far.book() == near.book());
}
