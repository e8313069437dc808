//! `stemme answers`: what people said in their own words, for those who have the key.

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};

use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::fieldwork::workbench::{Filter, Look, MayQuote, OpenAnswer, OpenQuestion, Show, Workbench};
use crate::texts::{Texts, fill};

use super::arguments::{bare, switch, value};
use super::exit_code::ExitCode;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::workbench::{self, answer_name, record, text};

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let (shared, words) = (&texts.workbench, &texts.workbench.answers);
    bare("answers")
        .about(words.about.clone())
        .arg(
            Arg::new("item")
                .value_name(words.item_value.clone())
                .help(words.item.clone()),
        )
        .arg(
            value(
                "show",
                "show",
                "all|new|no-theme|quoted|identifier|disputed",
                &words.show,
            )
            .value_parser(["all", "new", "no-theme", "quoted", "identifier", "disputed"])
            .default_value("all"),
        )
        .arg(value("theme", "theme", &shared.theme_value, &words.theme))
        .arg(value("find", "find", &shared.words_value, &words.find))
        .arg(switch("yes", "yes", &shared.yes))
        .args(workbench::shared(texts))
}

/// Shows the answers.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    match answers(matches, settings, surroundings) {
        Ok(code) | Err(code) => code,
    }
}

fn answers(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<ExitCode, ExitCode> {
    let words = &settings.texts.workbench.answers;
    let wanted = text(matches, "item");
    // Before anything is opened: words people have said leave the program only when somebody says so.
    if wanted.is_some() && !surroundings.stdout_is_terminal && !matches.get_flag("yes") {
        surroundings.output.error("not_terminal", &words.not_terminal);
        return Err(ExitCode::Usage);
    }
    let (_, mut bench) = workbench::open(matches, settings, surroundings)?;
    let code = match wanted {
        None => Ok(questions(&bench, matches, settings, surroundings)),
        Some(item) => of_item(&bench, item, matches, settings, surroundings),
    };
    // What came in was noted.
    bench.wait();
    code
}

fn questions(
    bench: &Workbench,
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let words = &settings.texts.workbench.answers;
    let left = |question: &OpenQuestion| {
        let filter = Filter {
            show: Show::NotGoneThrough,
            words: String::new(),
        };
        bench.filtered(question, &filter).len()
    };
    if matches.get_flag("json") {
        let all = bench.questions().iter().map(|question| {
            json!({
                "item": question.item.to_string(),
                "survey": question.survey,
                "question": question.title.get(settings.language()),
                "answers": question.answers().len(),
                "left": left(question),
            })
        });
        workbench::list("questions", all.collect(), surroundings);
        return ExitCode::Ok;
    }
    if bench.questions().is_empty() {
        surroundings.output.note(&words.none);
        return ExitCode::NothingToDo;
    }
    for question in bench.questions() {
        let (n, left) = (question.answers().len().to_string(), left(question).to_string());
        let (item, title) = (question.item.to_string(), question.title.get(settings.language()));
        if matches.get_flag("plain") {
            record(&[&item, &n, &left, title], surroundings);
        } else {
            let values = [
                ("item", item.as_str()),
                ("question", title),
                ("n", n.as_str()),
                ("left", left.as_str()),
            ];
            surroundings.output.line(&fill(&words.question, &values));
        }
    }
    ExitCode::Ok
}

fn of_item(
    bench: &Workbench,
    item: &str,
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<ExitCode, ExitCode> {
    let words = &settings.texts.workbench.answers;
    let key: Option<ItemKey> = item.parse().ok();
    let Some(question) = key.and_then(|key| bench.question(&key)) else {
        let said = fill(&words.no_item, &[("item", item)]);
        surroundings.output.error("no_item", &said);
        return Err(ExitCode::Usage);
    };
    let show = match (text(matches, "theme"), text(matches, "show")) {
        (Some(theme), _) => Show::Theme(workbench::theme(bench, theme, settings, surroundings)?),
        (None, Some("new")) => Show::NotGoneThrough,
        (None, Some("no-theme")) => Show::NoTheme,
        (None, Some("quoted")) => Show::Quoted,
        (None, Some("identifier")) => Show::Identifier,
        (None, Some("disputed")) => Show::Disputed,
        (None, _) => Show::All,
    };
    let filter = Filter {
        show,
        words: text(matches, "find").unwrap_or_default().to_owned(),
    };
    let shown = bench.filtered(question, &filter);
    let shown: Vec<&OpenAnswer> = shown
        .into_iter()
        .filter_map(|place| question.answers().get(place))
        .collect();
    if matches.get_flag("json") {
        let all = shown.iter().map(|answer| as_json(bench, answer)).collect();
        workbench::list("answers", all, surroundings);
        return Ok(ExitCode::Ok);
    }
    if matches.get_flag("plain") {
        for answer in shown {
            let themes: Vec<&str> = bench
                .themes_seen(&answer.answer)
                .into_iter()
                .map(Id::as_str)
                .collect();
            let name = answer_name(bench, &answer.answer);
            let fields = [
                name.as_str(),
                &themes.join(","),
                may_quote_code(answer.may_quote),
                bench.shown(answer).as_str(),
            ]
            .map(str::to_owned);
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            record(&fields, surroundings);
        }
        return Ok(ExitCode::Ok);
    }
    let (n, count) = (question.answers().len().to_string(), shown.len().to_string());
    surroundings.output.line(question.title.get(settings.language()));
    let values = [("shown", count.as_str()), ("n", n.as_str())];
    surroundings.output.line(&fill(&words.shown, &values));
    for answer in shown {
        say(bench, answer, settings, surroundings);
    }
    surroundings.output.note(&words.careful);
    if !settings.quiet {
        surroundings.output.note(&words.next);
    }
    Ok(ExitCode::Ok)
}

fn say(bench: &Workbench, answer: &OpenAnswer, settings: &Settings, surroundings: &mut Surroundings) {
    let words = &settings.texts.workbench.answers;
    let mut lines = vec![String::new(), answer_name(bench, &answer.answer)];
    lines.extend(
        bench
            .shown(answer)
            .as_str()
            .lines()
            .map(|line| format!("  {line}")),
    );
    let mut about = Vec::new();
    let themes: Vec<String> = bench
        .themes_seen(&answer.answer)
        .into_iter()
        .filter_map(|theme| bench.book().theme(theme))
        .map(|theme| bench.theme_name(theme, settings.language()))
        .collect();
    if !themes.is_empty() {
        about.push(fill(&words.themes, &[("themes", &themes.join(", "))]));
    }
    for piece in bench.pieces(answer) {
        if let Look::Suggested(kind) = piece.look {
            let what = &settings.texts.interview.writing.suggestion(kind).what;
            let values = [("what", what.as_str()), ("words", piece.text.as_str())];
            about.push(fill(&words.looks_like, &values));
        }
    }
    about.push(
        match answer.may_quote {
            MayQuote::Yes => &words.may_quote,
            MayQuote::InOtherWords => &words.in_other_words,
            MayQuote::NotAgreed => &words.may_not_quote,
            MayQuote::NotReadBack => &words.not_read_back,
        }
        .clone(),
    );
    if answer.is_group {
        about.push(words.group.clone());
    }
    lines.extend(about.into_iter().map(|line| format!("  {line}")));
    for line in lines {
        surroundings.output.line(&line);
    }
}

const fn may_quote_code(may_quote: MayQuote) -> &'static str {
    match may_quote {
        MayQuote::Yes => "may_quote",
        MayQuote::InOtherWords => "in_other_words",
        MayQuote::NotAgreed => "may_not_quote",
        MayQuote::NotReadBack => "not_read_back",
    }
}

fn as_json(bench: &Workbench, answer: &OpenAnswer) -> Value {
    let pieces = bench.pieces(answer).into_iter();
    let undecided: Vec<String> = pieces
        .filter(|piece| matches!(piece.look, Look::Suggested(_)))
        .map(|piece| piece.text)
        .collect();
    let brackets = bench.book().brackets_of(&answer.answer).into_iter();
    let brackets: Vec<Value> = brackets
        .map(|(stamp, bracket)| {
            json!({
                "from": bracket.place.from,
                "to": bracket.place.to,
                "instead": bracket.word,
                "coder": stamp.coder,
            })
        })
        .collect();
    json!({
        "answer": answer_name(bench, &answer.answer),
        "words": bench.shown(answer).as_str(),
        "themes": bench.themes_seen(&answer.answer),
        "quoting": may_quote_code(answer.may_quote),
        "group": answer.is_group,
        "undecided": undecided,
        "brackets": brackets,
    })
}
