//! Two rounds at two sites, from kits to figures side by side: laptops deliver on a stick, and everything the coordinator
//! does with it is done on the screen.

use crate::laptop::{Laptop, PASSPHRASE, noted, said};
use crate::terminal::Terminal;

/// Few questions, so that many people can be asked.
const SURVEY: &str = r#"format = 1
id = "hort"
version = "1"
languages = ["nb"]
title = "Blir du hørt?"
purpose = "Å prøve hele veien."
[consent]
read_aloud = "Dette er en prøve. Ingen blir spurt."
points = [{ id = "deltar", required = true, text = "Vil du være med?" }]
[[section]]
id = "prove"
title = "Prøve"
[[section.q]]
id = "hort"
type = "one"
text = "Hører de på deg?"
options = [{ code = "ja", text = "Ja" }, { code = "nei", text = "Nei" }]
[[section.q]]
id = "ventet"
type = "one"
text = "Måtte du vente?"
options = [{ code = "ja", text = "Ja" }, { code = "nei", text = "Nei" }]
"#;
/// How many are asked at each site in each round: enough for a site to stand for itself.
const ASKED: usize = 13;
const SITES: [&str; 2] = ["nord", "sor"];

fn done(laptop: &Laptop, line: &str) -> String {
    let arguments: Vec<&str> = line.split_whitespace().collect();
    let output = laptop.run(&arguments, "");
    assert!(
        output.status.success(),
        "{line}\n{}{}",
        said(&output),
        noted(&output)
    );
    said(&output)
}

/// Interviews that many, of whom the first so many say yes to each question, and delivers on the stick.
fn interview_and_deliver(laptop: &Laptop, office: &Laptop, site: &str, yes: [usize; 2]) {
    let kit = office.path().join("kits").join(site).display().to_string();
    for person in 0..ASKED {
        let [heard, waited] = yes.map(|yes| if person < yes { "1" } else { "2" });
        let lines = format!("\nja\n{heard}\n{waited}\nferdig\nforsegl\nnei\nja\n");
        let held = laptop.run(&["-e", &kit, "interview", "--linear"], &lines);
        assert!(held.status.success(), "{}{}", said(&held), noted(&held));
    }
    let stick = office.path().join("stick").display().to_string();
    done(laptop, &format!("-e {kit} deliver --to {stick}"));
}

fn overview(office: &Laptop) -> Terminal {
    let mut terminal = office.screen(&["-e", "ev"], (80, 24));
    terminal.wait_for("Passfrase:");
    terminal.text(PASSPHRASE).keys("Enter");
    terminal.wait_for("Sjekkliste:");
    terminal
}

/// Brings in what lies on the stick, by the folder that is typed, and goes back to the overview.
fn collect(terminal: &mut Terminal, office: &Laptop) {
    terminal.keys("H");
    terminal.wait_for("Mappe: [");
    let stick = office.path().join("stick").display().to_string();
    terminal.text(&stick).keys("Enter");
    terminal.wait_for("Nye intervju: 26");
    terminal.keys("Esc");
    terminal.wait_for("Ferdige: 26");
}

#[test]
fn deliveries_of_two_rounds_are_brought_in_shown_split_by_site_and_compared_on_the_screen() {
    let office = Laptop::used();
    office.write("pw", &format!("{PASSPHRASE}\n"));
    office.write("hort.toml", SURVEY);
    done(
        &office,
        "new evaluation ev --title Prøve --survey hort.toml --site nord=Nord --site sor=Sør --round r1=Våren \
         --withdraw-until 2099-06-01 --delete-by 2099-12-01 --recovery-out recovery --no-input --passphrase-file pw",
    );
    std::fs::create_dir(office.path().join("stick")).unwrap();
    let laptops = SITES.map(|site| {
        done(
            &office,
            &format!(
                "-e ev kit {site}-1 --to kits/{site} --site {site} --print cards --passphrase-file pw --no-input"
            ),
        );
        Laptop::used()
    });
    for ((laptop, site), yes) in laptops.iter().zip(SITES).zip([[6, 9], [5, 6]]) {
        interview_and_deliver(laptop, &office, site, yes);
    }
    let mut terminal = overview(&office);
    collect(&mut terminal, &office);
    // The first round is shown as a whole.
    terminal.keys("U");
    terminal.wait_for("Del opp etter: ingenting");
    terminal.keys("Right Enter");
    terminal.wait_for("26 intervjuer.");
    drop(terminal);

    done(&office, "-e ev new round r2=Høsten --quiet");
    done(
        &office,
        "-e ev renew --to new-kits --passphrase-file pw --no-input",
    );
    for ((laptop, site), yes) in laptops.iter().zip(SITES).zip([[8, 11], [7, 8]]) {
        let (kit, new) = (office.path().join("kits"), office.path().join("new-kits"));
        let new = new.join(format!("{site}-1"));
        done(
            laptop,
            &format!("-e {} renew --from {}", kit.join(site).display(), new.display()),
        );
        interview_and_deliver(laptop, &office, site, yes);
    }
    let mut terminal = overview(&office);
    assert!(terminal.see().contains("runde 2 av 2"), "{}", terminal.see());
    collect(&mut terminal, &office);
    // The second round is split by site, though the first one was not.
    terminal.keys("U");
    terminal.wait_for("Del opp etter: ingenting");
    terminal.keys("D");
    terminal.wait_for("Del opp etter: sted");
    terminal.keys("Right Enter");
    terminal.wait_for("26 intervjuer.");
    terminal.keys("Esc");
    // Rounds side by side, then a site by itself.
    terminal.wait_for("Sjekkliste:");
    terminal.keys("S");
    terminal.wait_for("Runde for runde");
    let screen = terminal.see();
    let yes = screen
        .lines()
        .find(|line| line.trim_start().starts_with("Ja"))
        .unwrap();
    let numbers: Vec<&str> = yes.split_whitespace().collect();
    assert_eq!(&numbers[..4], ["Ja", "11", "15", "+15"], "{screen}");
    terminal.keys("Tab");
    let screen = terminal.wait_for("Sett fra: Nord");
    assert!(
        screen.contains("8 eller flere") && screen.contains("færre enn tre"),
        "{screen}"
    );
    // What cannot be told of a site is not told, and that is said.
    terminal.keys("Down");
    terminal.wait_for("For stedet vises ikke tall på dette spørsmålet.");
    terminal.keys("Esc R");
    terminal.wait_for("n = 26");
    terminal.keys("D");
    terminal.until("the sites", |screen| {
        screen.contains("Nord") && screen.contains("Sør")
    });
    terminal.keys("Down");
    terminal.wait_for("Vises ikke etter sted");
}
