//! The example's workbook: its answers sorted by words that stand in them, some quotes, findings and actions. All of it is
//! made up, as the answers are, and the findings say so.

use jiff::civil::date;

use crate::domain::clean_text::CleanText;
use crate::domain::id::{Id, NotAnId};
use crate::domain::item::ItemKey;
use crate::domain::workbook::AnswerRef;
use crate::domain::workbook::finding::{ActionStatus, Standing};
use crate::domain::workbook::quote::Place;
use crate::fieldwork::workbench::{MayQuote, NewAction, NewFinding, OpenQuestion, Workbench};
use crate::texts::workbench::DemoTexts;

/// Themes of the survey's codebook, and words by which a made-up answer is about one.
const SIGNS: &[(&str, &[&str])] = &[
    (
        "bli_hort",
        &[
            "hørte på",
            "hører etter",
            "husket",
            "husker hva",
            "jeg trengte",
            "noen spør",
            "er viktig for",
        ],
    ),
    (
        "trygg_voksen",
        &[
            "smilte",
            "ikke sur",
            "min feil",
            "snille",
            "kunne ringe",
            "si stopp",
            "turte",
        ],
    ),
    (
        "bestemme",
        &[
            "velge",
            "bestemme",
            "passet ikke",
            "ikke passet",
            "planen",
            "mål sammen",
            "jeg ville",
            "rette på",
        ],
    ),
    ("nok_tid", &["mer tid", "lang tid", "klokka"]),
    ("ventetid", &["ventetid", "å vente"]),
    ("ord", &["enklere ord", "skjema", "forklarer", "ord på ting"]),
    ("fortelle_igjen", &["på nytt", "en gang til"]),
    (
        "overgang",
        &[
            "den nye",
            "den første",
            "et hull",
            "samme behandleren",
            "møttes begge",
            "en ny som",
        ],
    ),
    ("skole", &["skolen", "læreren"]),
    ("stedet", &["venterom", "sykehus", "resepsjon"]),
    ("i_hverdagen", &["sove", "øvelsene", "øve på", "tur"]),
    ("hjemme_vet", &["mamma", "foreldrene"]),
    ("si_fra", &["si fra"]),
];
/// Words by which an answer is about the theme that is made beside the codebook.
const NOTICE: &[&str] = &["avlyste", "forsinket", "samme dag", "på forhånd", "skulle skje"];
/// Beginnings of answers that are quoted, each under a theme.
const QUOTED: &[(&str, &str)] = &[
    ("Han la bort", "bli_hort"),
    ("Hun husket", "bli_hort"),
    ("Planen var ferdig", "bestemme"),
    ("Jeg fikk lese", "bestemme"),
    ("Jeg måtte fortelle", "fortelle_igjen"),
    ("Jeg fikk en ny", "fortelle_igjen"),
    ("Venterommet var stille", "stedet"),
    ("Å få sove", "i_hverdagen"),
    ("At hun snakket", "skole"),
    ("Jeg kom for sent", "trygg_voksen"),
];
/// The second coder leaves out one tag in so many: two people never see quite the same.
const LEFT_OUT: usize = 9;

/// Sorts the answers that came since, as one coder.
pub(super) fn code(bench: &mut Workbench, words: &DemoTexts, is_second: bool) -> Result<(), NotAnId> {
    let made = bench
        .tree()
        .into_iter()
        .find_map(|(_, theme)| theme.made.is_some().then(|| theme.id.clone()));
    let notice = match made {
        Some(made) => Some(made),
        None => bench.new_theme(&words.theme, None),
    };
    let mut answers: Vec<(AnswerRef, String)> = Vec::new();
    for question in bench.questions() {
        for answer in question.answers() {
            if bench.book().is_gone_through(&answer.answer, bench.coder()) {
                continue;
            }
            answers.push((answer.answer.clone(), answer.words.as_str().to_lowercase()));
        }
    }
    // By their words: the same example whatever the interviews are called.
    answers.sort_by(|a, b| (&a.1, &a.0.item).cmp(&(&b.1, &b.0.item)));
    let mut tags = 0_usize;
    for (answer, said) in &answers {
        let is_about = |signs: &[&str]| signs.iter().any(|sign| said.contains(sign));
        let mut themes = Vec::new();
        for (theme, signs) in SIGNS {
            if is_about(signs) {
                themes.push(Id::new(theme)?);
            }
        }
        themes.extend(notice.clone().filter(|_| is_about(NOTICE)));
        for theme in themes {
            tags += 1;
            if !(is_second && tags.is_multiple_of(LEFT_OUT)) {
                bench.toggle(answer, &theme);
            }
        }
        bench.gone_through(answer);
    }
    Ok(())
}

/// Marks quotes and approves all but the last.
pub(super) fn quote(bench: &mut Workbench) -> Result<(), NotAnId> {
    let mut marked = Vec::new();
    for (beginning, theme) in QUOTED {
        let found = bench
            .questions()
            .iter()
            .flat_map(OpenQuestion::answers)
            .filter(|answer| answer.may_quote == MayQuote::Yes && answer.suggestions.is_empty())
            .filter(|answer| answer.words.as_str().starts_with(beginning))
            .map(|answer| answer.answer.clone())
            .min();
        let theme = Id::new(theme)?;
        if let Some(answer) = found {
            let whole = Place {
                from: 0,
                to: u32::MAX,
            };
            marked.extend(bench.mark_quote(&answer, whole, &theme));
        }
    }
    let last = marked.pop();
    for quote in &marked {
        bench.review_quote(quote, true);
    }
    drop(last);
    Ok(())
}

/// Writes a finding of the earlier round and what the service promised: one is done, one is carried over.
pub(super) fn promise(bench: &mut Workbench, words: &DemoTexts) -> Result<(), NotAnId> {
    let line = |text: &str| CleanText::line(text);
    let finding = bench.write_finding(NewFinding {
        text: line(&words.finding_letter),
        dimension: None,
        addressee: line(&words.addressee_clinic),
        items: vec![ItemKey::question(Id::new("bup02")?)],
        themes: Vec::new(),
    });
    if let Some(finding) = &finding {
        bench.finding_stands(finding, Standing::Confirmed);
        bench.service_answers(finding, line(&words.answer_letter));
    }
    let actions = [
        (&words.action_letter, date(2026, 9, 1), ActionStatus::Done),
        (&words.action_room, date(2027, 2, 1), ActionStatus::Begun),
    ];
    for (text, due, status) in actions {
        let action = bench.promise(NewAction {
            finding: finding.clone(),
            text: line(text),
            owner: line(&words.owner_leader),
            due: Some(due),
        });
        if let Some(action) = action {
            bench.action_has_come(&action, status);
        }
    }
    Ok(())
}

/// Writes findings, what the made-up conference said, and actions.
pub(super) fn write(bench: &mut Workbench, words: &DemoTexts) -> Result<(), NotAnId> {
    let item = |name: &str| Id::new(name).map(ItemKey::question);
    let line = |text: &str| CleanText::line(text);
    if let Ok(theme) = Id::new("fortelle_igjen") {
        bench.write_memo(&theme, &words.memo);
    }
    let first = bench.write_finding(NewFinding {
        text: line(&words.finding_heard),
        dimension: None,
        addressee: line(&words.addressee_clinic),
        items: vec![item("bup05")?, item("bup04")?],
        themes: vec![Id::new("bli_hort")?],
    });
    let second = bench.write_finding(NewFinding {
        text: line(&words.finding_again),
        dimension: None,
        addressee: line(&words.addressee_both),
        items: vec![item("bup16")?],
        themes: vec![Id::new("fortelle_igjen")?],
    });
    let third = bench.write_finding(NewFinding {
        text: line(&words.finding_decide),
        dimension: None,
        addressee: line(&words.addressee_clinic),
        items: vec![item("bup08")?, item("bup09")?],
        themes: vec![Id::new("bestemme")?],
    });
    let stands = [
        (&first, Standing::Confirmed, &words.answer_heard),
        (&second, Standing::Nuanced, &words.answer_again),
        (&third, Standing::Open, &String::new()),
    ];
    for (finding, standing, answer) in stands {
        if let Some(finding) = finding {
            bench.finding_stands(finding, standing);
            bench.service_answers(finding, line(answer));
        }
    }
    bench.was_said(second.clone(), line(&words.said));
    let action = bench.promise(NewAction {
        finding: second,
        text: line(&words.action_card),
        owner: line(&words.owner_clinic),
        due: Some(date(2027, 3, 1)),
    });
    if let Some(action) = action {
        bench.action_has_come(&action, ActionStatus::Begun);
    }
    bench.promise(NewAction {
        finding: first,
        text: line(&words.action_training),
        owner: line(&words.owner_leader),
        due: Some(date(2027, 5, 15)),
    });
    Ok(())
}
