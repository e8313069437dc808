//! `stemme preview`: a survey as the interviewer will see it, on the real screens, while somebody writes it.
//!
//! On a terminal the screens follow the file; in a pipe every screen is printed once; line by line everything is said
//! as it is read out, and a question can be tried.

use clap::{Arg, ArgMatches, Command};

use crate::texts::{Texts, fill};
use crate::tui::preview::{Preview, sheets};

use super::arguments::{bare, switch, value};
use super::diagnostics::{Form, Input, check_files};
use super::exit_code::ExitCode;
use super::practice::language_for;
use super::screens;
use super::settings::Settings;
use super::surroundings::Surroundings;

mod followed;
mod lines;

use followed::Followed;

/// Windows smaller or larger than this are not shown.
const SIZES: std::ops::RangeInclusive<u16> = 20..=500;
/// What is printed where no size is asked for.
const USUAL: (u16, u16) = (80, 24);

/// Returns its arguments.
#[must_use]
pub fn command(texts: &Texts) -> Command {
    let words = &texts.preview;
    bare("preview")
        .about(words.about.clone())
        .arg(
            Arg::new("file")
                .value_name(texts.command.value.file.clone())
                .help(words.file.clone())
                .required(true),
        )
        .arg(value("size", "size", "80x24", &words.size).value_parser(size))
        .arg(switch("group", "group", &words.group))
}

fn size(text: &str) -> Result<(u16, u16), String> {
    let read = |part: &str| {
        part.trim()
            .parse::<u16>()
            .ok()
            .filter(|size| SIZES.contains(size))
    };
    text.split_once(['x', 'X'])
        .and_then(|(columns, rows)| Some((read(columns)?, rows.trim().parse().ok()?)))
        .filter(|(_, rows)| (8..=*SIZES.end()).contains(rows))
        .ok_or_else(|| text.to_owned())
}

/// Shows the survey and follows its file until the person leaves.
pub fn run(matches: &ArgMatches, settings: &Settings, surroundings: &mut Surroundings) -> ExitCode {
    let Some(named) = matches.get_one::<String>("file") else {
        return ExitCode::Usage;
    };
    let Some(mut file) = Followed::open(&surroundings.working_folder, named) else {
        let said = fill(&settings.texts.storage.no_survey, &[("survey", named)]);
        surroundings.output.error("no_survey", &said);
        return ExitCode::Usage;
    };
    let group = matches.get_flag("group");
    let window = matches.get_one::<(u16, u16)>("size").copied();
    if !settings.linear && screens::wanted(settings, surroundings) {
        let language = settings.language();
        let mut preview = Preview::new(language, group, window);
        let first = file.look(&settings.texts);
        if let Some(first) = first {
            preview.survey = first.survey;
            preview.trouble = first.trouble;
        }
        if let Some(survey) = &preview.survey {
            preview.language = language_for(survey, settings);
        }
        return screens::preview(preview, file.following(), settings, surroundings);
    }
    if settings.linear {
        return lines::preview(&mut file, group, settings, surroundings);
    }
    print(&mut file, group, window.unwrap_or(USUAL), settings, surroundings)
}

/// Prints every screen, each after a line that names it.
fn print(
    file: &mut Followed,
    group: bool,
    size: (u16, u16),
    settings: &Settings,
    surroundings: &mut Surroundings,
) -> ExitCode {
    let survey = file.look(&settings.texts).and_then(|read| read.survey);
    let Some(survey) = survey else {
        let checked = check_files(&[file.input()], &settings.texts, Form::Plain);
        surroundings.output.note(&checked.output);
        return checked.exit_code;
    };
    let language = language_for(&survey, settings);
    let texts = match Texts::load(language) {
        Ok(texts) => texts,
        Err(_) => settings.texts.clone(),
    };
    let mut preview = Preview::new(language, group, None);
    preview.survey = Some(survey);
    let today = (surroundings.now)().date();
    let consent = texts.preview.information.clone();
    sheets(preview, size, texts, settings.look(), today, &mut |sheet| {
        let of = sheet.of.as_deref().unwrap_or(&consent);
        surroundings.output.line(&format!("=== {of}"));
        for line in &sheet.lines {
            surroundings.output.line(line);
        }
        !surroundings.output.is_closed()
    });
    ExitCode::Ok
}

impl Followed {
    /// Returns the file as the checker takes it.
    fn input(&self) -> Input<'_> {
        Input {
            name: self.name(),
            content: Ok(self.bytes()),
            asked: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::size;
    use crate::cli::exit_code::ExitCode;
    use crate::cli::run;
    use crate::cli::surroundings::Surroundings;

    const SURVEY: &str = "tests/fixtures/every-type.toml";
    const BROKEN: &str = "tests/fixtures/broken/several-mistakes.toml";

    fn previewed(arguments: &[&str], input: &str) -> (ExitCode, String, String) {
        let (mut surroundings, written) = Surroundings::made_up(arguments, input);
        let code = run(&mut surroundings);
        (code, written.0.text(), written.1.text())
    }

    #[test]
    fn a_size_is_columns_and_rows() {
        assert_eq!(size("60x16"), Ok((60, 16)));
        assert_eq!(size("100X40"), Ok((100, 40)));
        for wrong in ["60", "60x", "x16", "6x16", "60x5", "60x16x2", "60x9000", "-60x16"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn in_a_pipe_every_screen_is_printed_in_the_size_asked_for() {
        let (code, printed, _) = previewed(&["preview", SURVEY, "--size", "60x16", "--lang", "en"], "");
        assert_eq!(code, ExitCode::Ok);
        let screens: Vec<&str> = printed.split("=== ").skip(1).collect();
        assert!(screens.len() > 20, "{printed}");
        for screen in &screens {
            let lines: Vec<&str> = screen.lines().skip(1).collect();
            assert_eq!(lines.len(), 16, "{screen}");
            assert!(lines.iter().all(|line| line.chars().count() <= 60), "{screen}");
            assert!(lines[0].contains("(Preview)"), "{screen}");
        }
        assert!(!printed.contains('\u{1b}'));
        let question = screens
            .iter()
            .find(|screen| screen.starts_with("bestemte\n"))
            .unwrap();
        assert!(question.contains("Who decided"), "{question}");
    }

    #[test]
    fn the_screens_of_a_survey_look_so() {
        let (_, printed, _) = previewed(&["vis", SURVEY, "--lang", "nn", "--size", "60x16"], "");
        let wanted = ["=== samtykke", "=== bestemte", "=== annerledes"];
        let screens: Vec<String> = printed
            .split_inclusive("=== ")
            .map(|part| format!("=== {}", part.trim_end_matches("=== ")))
            .filter(|screen| {
                wanted
                    .iter()
                    .any(|wanted| screen.starts_with(&format!("{wanted}\n")))
            })
            .collect();
        // The information and the age stand under one name.
        assert_eq!(screens.len(), wanted.len() + 1);
        insta::assert_snapshot!(screens.concat());
    }

    #[test]
    fn what_only_groups_are_asked_is_shown_with_group() {
        let (_, one, _) = previewed(&["preview", SURVEY], "");
        let (code, several, _) = previewed(&["preview", SURVEY, "--group"], "");
        assert_eq!(code, ExitCode::Ok);
        assert!(!one.contains("=== hender\n") && several.contains("=== hender\n"));
    }

    #[test]
    fn in_a_pipe_a_survey_with_mistakes_gives_what_the_checker_says() {
        let (code, printed, noted) = previewed(&["preview", BROKEN, "--lang", "en"], "");
        assert_eq!(code, ExitCode::SurveyErrors);
        assert!(printed.is_empty(), "{printed}");
        assert!(noted.contains("several-mistakes.toml:6:20"), "{noted}");
        let (code, _, noted) = previewed(&["preview", "no-such-file", "--lang", "en"], "");
        assert_eq!(code, ExitCode::Usage);
        assert!(noted.contains("no-such-file"), "{noted}");
    }

    #[test]
    fn line_by_line_everything_is_said_as_it_is_read_out() {
        let arguments = ["preview", SURVEY, "--linear", "--lang", "nn"];
        let (code, said, _) = previewed(&arguments, "");
        assert_eq!(code, ExitCode::Ok);
        assert!(said.contains("Les opp: Kven bestemte"), "{said}");
        assert!(!said.contains('\u{1b}'));
    }
}
