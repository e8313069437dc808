//! Lists too long to be seen whole are searched.

use stemme::domain::clean_text::CleanText;
use stemme::domain::evaluation::Site;
use stemme::domain::id::Slug;
use stemme::domain::interview::Position;
use stemme::domain::language::Language;
use stemme::domain::localized::Localized;
use stemme::fieldwork::desk::DraftEntry;
use stemme::tui::input::Input;
use stemme::tui::look::Look;

use crate::harness::Screens;
use crate::sample_survey::{SampleDesk, survey};

pub fn sites(count: usize) -> Vec<Site> {
    let names = ["Nord", "Sør", "Øst", "Vest"];
    (1..=count)
        .map(|number| {
            let name = format!("Poliklinikk {} {number}", names[number % 4]);
            Site {
                id: Slug::new(&format!("site-{number}")).unwrap(),
                title: Localized::new(Language::Bokmal, CleanText::line(&name)),
                planned: None,
            }
        })
        .collect()
}

fn at_sites(count: usize, language: Language, size: (u16, u16)) -> Screens {
    let desk = SampleDesk {
        sites: sites(count),
        ..SampleDesk::new(survey())
    };
    let mut screens = Screens::at(desk, language, size, Look::default());
    screens.keys("1");
    screens
}

#[test]
fn a_slash_narrows_many_sites_and_enter_takes_the_one_found() {
    let mut screens = at_sites(40, Language::Bokmal, (80, 24));
    assert!(screens.see().contains("/: søk"), "{}", screens.see());
    screens.keys("/").text("øst 38");
    let seen = screens.see();
    assert!(
        seen.contains("Poliklinikk Øst 38") && !seen.contains("Øst 2"),
        "{seen}"
    );
    let (_, y) = screens.cursor();
    assert!(screens.lines()[usize::from(y)].contains("Øst 38"), "{seen}");
    screens.keys("Enter");
    assert!(screens.see().contains("Hvem skal svare?"), "{}", screens.see());
    screens.keys("1");
    let interview = screens.app.situation().interview.as_ref().unwrap();
    assert_eq!(*interview.position(), Position::Information);
    assert_eq!(interview.opening().site.as_ref().unwrap().as_str(), "site-38");
}

#[test]
fn letters_and_digits_are_text_while_searching_and_esc_ends_the_search_where_it_stood() {
    let mut screens = at_sites(40, Language::Bokmal, (80, 24));
    screens.keys("/").text("nord").keys("Down");
    let (_, y) = screens.cursor();
    let found = screens.lines()[usize::from(y)].trim().to_owned();
    screens.keys("Esc");
    let (_, y) = screens.cursor();
    assert_eq!(screens.lines()[usize::from(y)].trim(), found, "{}", screens.see());
    screens.keys("/").text("7?x");
    assert!(screens.see().contains("Fant ingenting"), "{}", screens.see());
    screens.keys("Enter Bs Bs Bs");
    screens.input(Input::Paste("vest".to_owned()));
    assert!(screens.see().contains("Vest 3"), "{}", screens.see());
    screens.keys("Esc Esc");
    assert!(screens.see().contains("Hva vil du gjøre"), "{}", screens.see());
}

#[test]
fn a_short_list_has_numbers_and_no_search() {
    let mut screens = at_sites(9, Language::Bokmal, (80, 24));
    assert!(!screens.see().contains("/: søk"), "{}", screens.see());
    let before = screens.see();
    screens.keys("/");
    assert_eq!(before, screens.see());
    screens.keys("9");
    assert!(screens.see().contains("Hvem skal svare?"), "{}", screens.see());
}

#[test]
fn every_draft_can_be_reached_and_those_of_one_day_are_told_apart() {
    let draft = |number: u8| DraftEntry {
        name: format!("{number:02}ab{number:02}cd"),
        last_day: Some(jiff::civil::date(2026, 11, 1 + i8::try_from(number / 2).unwrap())),
        arrived: false,
    };
    let desk = SampleDesk {
        drafts: (0..13).map(draft).collect(),
        ..SampleDesk::new(survey())
    };
    let mut screens = Screens::at(desk, Language::Bokmal, (80, 24), Look::default());
    screens.keys("1 End");
    assert!(screens.see().contains("07.11.2026"), "{}", screens.see());
    screens.keys("/").text("06ab");
    assert!(screens.see().contains("(06ab)"), "{}", screens.see());
    screens.keys("Enter").text("riktig").keys("Enter");
    assert!(screens.app.situation().interview.is_some(), "{}", screens.see());
}

#[test]
fn a_search_looks_the_same_in_three_languages() {
    let mut all = String::new();
    for language in Language::ALL {
        for size in crate::walk::SIZES {
            let mut screens = at_sites(40, language, size);
            let mut look = |screens: &mut Screens| {
                let (x, y) = screens.cursor();
                let name = language.code();
                all.push_str(&format!(
                    "=== {name} {size:?}, cursor {x},{y}\n{}\n",
                    screens.see()
                ));
            };
            screens.keys("Down Down Down Down Down Down Down Down Down Down");
            look(&mut screens);
            screens.keys("/").text("nord");
            look(&mut screens);
        }
    }
    insta::assert_snapshot!("long_lists", all);
}

#[test]
fn the_list_of_questions_narrows_letter_by_letter_and_widens_again() {
    let mut screens = Screens::new(Language::Bokmal, (80, 24));
    screens.interview().keys("O");
    let all = screens.see();
    screens.text("behandl");
    let narrow = screens.see();
    assert!(narrow.contains("snakke med") && narrow != all, "{narrow}");
    screens.text("xyz");
    assert!(screens.see().contains("Fant ingenting"), "{}", screens.see());
    screens.keys("Bs Bs Bs");
    assert_eq!(narrow, screens.see());
    screens.keys("Bs Bs Bs Bs Bs Bs Bs");
    let words = |seen: &str| {
        let rows = seen
            .lines()
            .filter(|line| line.trim_start().starts_with(['.', '>', 'x']));
        rows.count()
    };
    assert_eq!(words(&all), words(&screens.see()), "{}", screens.see());
    screens.input(Input::Paste("BEHANDL".to_owned()));
    let rows = |seen: &str| seen.lines().skip(5).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(rows(&narrow), rows(&screens.see()));
}
