//! `stemme themes`: the themes of the open answers, how they stand, and what can be done with them.

use clap::{ArgMatches, Command};
use serde_json::{Value, json};

use crate::disclosure::agreement::TwoCoders;
use crate::domain::id::Id;
use crate::domain::workbook::AnswerRef;
use crate::domain::workbook::theme::Theme;
use crate::fieldwork::workbench::{Batch, Workbench};
use crate::texts::number::decimal;
use crate::texts::{Texts, fill};
use crate::tui::coordinator::coding::notes::notes;
use crate::tui::coordinator::coding::standing::{Stands, agreed, standing};

use super::arguments::{bare, value};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::workbench::{self, given, record, several, text, texts_of, theme};

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let (shared, words) = (&texts.workbench, &texts.workbench.themes);
    let one = |help: &str| given("theme", &shared.theme_value, help);
    let under = || value("under", "under", &shared.theme_value, &words.under);
    let name = || given("name", &texts.command.value.text, &words.name);
    bare("themes")
        .about(words.about.clone())
        .args(workbench::shared(texts))
        .subcommand(
            bare("new")
                .visible_alias("ny")
                .about(words.new_about.clone())
                .args([name(), under()]),
        )
        .subcommand(
            bare("rename")
                .visible_alias("nytt-navn")
                .about(words.rename_about.clone())
                .args([one(&words.rename_about), name()]),
        )
        .subcommand(
            bare("memo")
                .visible_alias("notat")
                .about(words.memo_about.clone())
                .args([
                    one(&words.memo_about),
                    given("text", &texts.command.value.text, &words.memo_text),
                ]),
        )
        .subcommand(
            bare("move")
                .visible_alias("flytt")
                .about(words.move_about.clone())
                .args([one(&words.move_about), under()]),
        )
        .subcommand(
            bare("merge")
                .visible_alias("sla-sammen")
                .about(words.merge_about.clone())
                .args([
                    one(&words.merge_about),
                    given("into", &shared.theme_value, &words.into),
                ]),
        )
        .subcommand(
            bare("split")
                .visible_alias("del")
                .about(words.split_about.clone())
                .args([
                    one(&words.split_about),
                    name(),
                    several("answer", &shared.answer_value, &words.split_answers).required(true),
                ]),
        )
        .subcommand(
            bare("drop")
                .visible_alias("fjern")
                .about(words.drop_about.clone())
                .arg(one(&words.drop_about)),
        )
}

/// Does what was asked for; without a subcommand shows the themes.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    workbench::listed_or_changed(
        matches,
        settings,
        surroundings,
        |_, bench, surroundings| Ok(list(bench, matches, settings, surroundings)),
        |what, of, bench, surroundings| change(what, of, bench, settings, surroundings),
    )
}

fn change(
    what: &str,
    of: &ArgMatches,
    bench: &mut Workbench,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<(), ExitCode> {
    let given = |name: &str| text(of, name).unwrap_or_default();
    let found = |name: &str, bench: &Workbench, surroundings: &mut Surroundings| {
        theme(bench, text(of, name).unwrap_or_default(), settings, surroundings)
    };
    let under = match text(of, "under").filter(|_| matches!(what, "new" | "move")) {
        Some(name) => Some(theme(bench, name, settings, surroundings)?),
        None => None,
    };
    let made = match what {
        "new" => Some(bench.new_theme(given("name"), under)),
        "split" => {
            let own = found("theme", bench, surroundings)?;
            let answers: Vec<AnswerRef> = texts_of(of, "answer")
                .into_iter()
                .map(|name| workbench::answer(bench, name, settings, surroundings))
                .collect::<Result<_, _>>()?;
            Some(bench.split_theme(&own, given("name"), answers))
        }
        _ => {
            let own = found("theme", bench, surroundings)?;
            match what {
                "rename" => bench.rename_theme(&own, given("name")),
                "memo" => bench.write_memo(&own, given("text")),
                "move" => bench.move_theme(&own, under),
                "merge" => {
                    let into = found("into", bench, surroundings)?;
                    bench.merge_theme(&own, &into);
                }
                _ => bench.drop_theme(&own),
            }
            None
        }
    };
    match made {
        Some(Some(id)) => {
            let name = bench
                .book()
                .theme(&id)
                .map_or_else(String::new, |theme| theme.name.to_string());
            let values = [("name", name.as_str()), ("id", id.as_str())];
            let said = fill(&settings.texts.workbench.themes.made, &values);
            surroundings.output.line(&said);
            Ok(())
        }
        Some(None) => {
            let words = &settings.texts.workbench.findings.empty;
            surroundings.output.error("empty", words);
            Err(ExitCode::Usage)
        }
        None => Ok(()),
    }
}

fn list(
    bench: &Workbench,
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &settings.texts.workbench.themes;
    let (standing, agreed) = (standing(bench), agreed(bench));
    let tree = bench.tree();
    if matches.get_flag("json") {
        say_json(bench, &tree, &standing, &agreed, settings, surroundings);
        return ExitCode::Ok;
    }
    if tree.is_empty() {
        surroundings.output.note(&words.none);
        return ExitCode::NothingToDo;
    }
    for (number, ((depth, theme), (_, stands))) in (1_u32..).zip(tree.iter().zip(&standing)) {
        let (number, name) = (number.to_string(), bench.theme_name(theme, settings.language()));
        if matches.get_flag("plain") {
            let under = theme.under.as_ref().map_or("", |under| under.as_str());
            let fields = [&number, theme.id.as_str(), under, stands.code(), &name];
            record(&fields, surroundings);
            continue;
        }
        let values = [
            ("number", number.as_str()),
            ("name", name.as_str()),
            ("id", theme.id.as_str()),
            ("stands", stands.words(words)),
        ];
        let indent = "  ".repeat(*depth);
        let line = fill(&words.list_line, &values);
        surroundings.output.line(&format!("{indent}{line}"));
        for said in notes(bench, theme, &settings.texts) {
            surroundings.output.line(&format!("{indent}   {said}"));
        }
    }
    if !matches.get_flag("plain") {
        say_batches(&bench.saturation(), settings, surroundings);
        say_agreement(bench, &agreed, settings, surroundings);
    }
    ExitCode::Ok
}

fn say_json(
    bench: &Workbench,
    tree: &[(usize, &Theme)],
    standing: &[(Id, Stands)],
    agreed: &[TwoCoders],
    settings: &Settings,
    surroundings: &mut Surroundings,
) {
    let themes: Vec<Value> = tree
        .iter()
        .zip(standing)
        .map(|((depth, theme), (_, stands))| {
            let memos = theme.memos();
            let memos = memos.map(|(coder, memo)| json!({ "coder": coder, "memo": memo }));
            let called = theme.called_otherwise();
            let called = called.map(|(coder, name)| json!({ "coder": coder, "name": name }));
            json!({
                "theme": theme.id,
                "name": bench.theme_name(theme, settings.language()),
                "under": theme.under,
                "depth": depth,
                "memo": theme.memo(),
                "memos": memos.collect::<Vec<_>>(),
                "called_otherwise": called.collect::<Vec<_>>(),
                "same_name": bench.book().has_namesake(theme),
                "stands": stands.code(),
                "own": theme.made.is_none(),
            })
        })
        .collect();
    let batches: Vec<Value> = bench
        .saturation()
        .iter()
        .map(|batch| {
            json!({
                "interviews": batch.interviews,
                "new_themes": batch.new_themes,
                "left": batch.left,
            })
        })
        .collect();
    let agreement: Vec<Value> = agreed
        .iter()
        .map(|two| {
            let themes = two
                .themes
                .iter()
                .map(|of| json!({ "theme": of.theme, "kappa": of.kappa, "alpha": of.alpha }));
            json!({
                "coders": [two.coders.0, two.coders.1],
                "answers": two.answers,
                "alpha": two.alpha,
                "themes": themes.collect::<Vec<_>>(),
            })
        })
        .collect();
    let json = json!({ "format": 1, "themes": themes, "batches": batches, "agreement": agreement, "disputed": bench.disputed() });
    surroundings.output.line(&json.to_string());
}

fn say_batches(batches: &[Batch], settings: &Settings, surroundings: &mut Surroundings) {
    let words = &settings.texts.workbench.themes;
    if batches.len() < 2 {
        return;
    }
    surroundings.output.line("");
    surroundings.output.line(&words.batches);
    for batch in batches {
        let (n, new) = (batch.interviews.to_string(), batch.new_themes.to_string());
        let values = [("n", n.as_str()), ("new", new.as_str())];
        surroundings.output.line(&fill(&words.batch, &values));
    }
    match batches.last() {
        Some(last) if last.brought_nothing() => surroundings.output.line(&words.no_new),
        Some(last) if last.left > 0 => surroundings.output.line(&words.not_all_new),
        _ => {}
    }
}

fn say_agreement(
    bench: &Workbench,
    agreed: &[TwoCoders],
    settings: &Settings,
    surroundings: &mut Surroundings,
) {
    let words = &settings.texts.workbench.themes;
    let language = settings.language();
    let figure = |value: Option<f64>| {
        value.map_or_else(
            || settings.texts.results.none.clone(),
            |value| decimal(value, 2, language),
        )
    };
    for two in agreed {
        let n = two.answers.to_string();
        let values = [
            ("one", two.coders.0.as_str()),
            ("other", two.coders.1.as_str()),
            ("n", n.as_str()),
        ];
        surroundings.output.line("");
        surroundings.output.line(&fill(&words.agreement, &values));
        if two.themes.is_empty() {
            surroundings.output.line(&words.agreement_few);
        }
        for of in &two.themes {
            let name = bench.book().theme(&of.theme);
            let name = name.map_or_else(String::new, |theme| bench.theme_name(theme, language));
            let (kappa, alpha) = (figure(of.kappa), figure(of.alpha));
            let values = [
                ("theme", name.as_str()),
                ("kappa", kappa.as_str()),
                ("alpha", alpha.as_str()),
            ];
            surroundings.output.line(&fill(&words.agreement_line, &values));
        }
    }
    if bench.has_several_coders() {
        let n = bench.disputed().to_string();
        surroundings.output.line("");
        surroundings.output.line(&fill(&words.disputed, &[("n", &n)]));
    }
}
