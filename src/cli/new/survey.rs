//! `stemme new survey FILE`: a survey of one's own, begun from one that comes with the program.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command};

use crate::cli::arguments::{bare, path, value};
use crate::cli::exit_code::ExitCode;
use crate::cli::failure;
use crate::cli::settings::Settings;
use crate::cli::surroundings::Surroundings;
use crate::cli::survey_file;
use crate::definition;
use crate::domain::clean_text::CleanText;
use crate::domain::id::Slug;
use crate::fieldwork::shipped::SHIPPED;
use crate::store::atomic::{self, Access};
use crate::texts::{Texts, fill};

/// Returns its arguments.
#[must_use]
pub(super) fn command(texts: &Texts) -> Command {
    let words = &texts.workbench.new_survey;
    let known = SHIPPED.map(|shipped| shipped.id).join("|");
    bare("survey")
        .visible_alias("undersokelse")
        .about(words.about.clone())
        .arg(path(
            Arg::new("file")
                .value_name(texts.command.value.file.clone())
                .help(words.file.clone())
                .required(true),
        ))
        .arg(value("from", "from", &known, &words.from).default_value("min-stemme-bup"))
        .arg(value("id", "id", "ID", &words.id))
}

/// Makes the file.
pub(super) fn run(
    matches: &ArgMatches,
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> Result<ExitCode, ExitCode> {
    let words = &settings.texts.workbench.new_survey;
    let file = matches.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let from = matches.get_one::<String>("from").map_or("", String::as_str);
    let template = survey_file::find(from, settings, surroundings)?;
    let stem = file
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    let wanted = matches.get_one::<String>("id").map_or(stem, String::as_str);
    let Ok(id) = Slug::new(wanted) else {
        let said = fill(&words.not_an_id, &[("id", wanted)]);
        surroundings.output.error("not_an_id", &said);
        return Err(ExitCode::Usage);
    };
    let made = std::str::from_utf8(&template.bytes)
        .ok()
        .and_then(|text| renamed(text, &id));
    // What was made must be a survey: a template that is written in another way is not guessed at.
    let made = made.filter(|made| {
        let outcome = definition::survey::open(made.as_bytes());
        outcome.value.is_some_and(|survey| *survey.id() == id)
    });
    let Some(made) = made else {
        surroundings.output.error("not_renamed", &words.not_renamed);
        return Err(ExitCode::SurveyErrors);
    };
    let path = surroundings.path(&file);
    atomic::write_new(&path, made.as_bytes(), Access::AsUsual)
        .map_err(|error| failure::store(&error, settings, surroundings))?;
    let shown = file.display().to_string();
    surroundings.output.line(&fill(&words.made, &[("file", &shown)]));
    if !settings.quiet {
        surroundings.output.note(&fill(&words.next, &[("file", &shown)]));
    }
    Ok(ExitCode::Ok)
}

/// The template under another name: its first line that says an id, before any table.
pub(in crate::cli) fn renamed(text: &str, id: &Slug) -> Option<String> {
    with(text, |key| key == "id", &id.to_string())
}

/// The same under another title, which is the same in every language until somebody writes it in each.
pub(in crate::cli) fn retitled(text: &str, title: &CleanText) -> Option<String> {
    with(text, |key| key.starts_with("title."), title.as_str())
}

/// The text with another value in the lines with such a key, before any table; nothing where there is none.
fn with(text: &str, is_key: impl Fn(&str) -> bool, value: &str) -> Option<String> {
    let mut made = String::with_capacity(text.len());
    let (mut is_top, mut found) = (true, false);
    let value = value.replace('\\', "\\\\").replace('"', "\\\"");
    for line in text.split_inclusive('\n') {
        is_top &= !line.starts_with('[');
        let key = line.split_once('=').map(|(key, _)| key.trim());
        match key.filter(|key| is_top && is_key(key)) {
            Some(key) => {
                made.push_str(&format!("{key} = \"{value}\"\n"));
                found = true;
            }
            None => made.push_str(line),
        }
    }
    found.then_some(made)
}

#[cfg(test)]
mod tests {
    use super::{renamed, retitled};
    use crate::definition;
    use crate::domain::clean_text::CleanText;
    use crate::domain::id::Slug;
    use crate::domain::language::Language;
    use crate::fieldwork::shipped::SHIPPED;

    #[test]
    fn every_shipped_survey_takes_another_name_and_title_and_nothing_else_changes() {
        for shipped in SHIPPED {
            let text = String::from_utf8(shipped.bytes()).unwrap();
            let title = CleanText::line("Ung \"her\" \\ nå");
            let made = renamed(&text, &Slug::new("ung-her").unwrap()).unwrap();
            let made = retitled(&made, &title).unwrap();
            let survey = definition::survey::open(made.as_bytes()).value.unwrap();
            assert_eq!(survey.id().as_str(), "ung-her");
            for language in Language::ALL {
                assert_eq!(survey.parts().title.get(language), title.as_str());
            }
            let differ = text.lines().zip(made.lines()).filter(|(was, is)| was != is);
            assert_eq!(differ.count(), 4, "{}", shipped.id);
        }
        assert_eq!(retitled("[a]\ntitle.nb = \"x\"\n", &CleanText::line("y")), None);
    }
}
