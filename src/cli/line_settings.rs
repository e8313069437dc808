//! The settings, line by line: the same rows as on the screen, each changed by its number.

use crate::store::preferences::Preference;
use crate::texts::{Texts, fill};
use crate::tui::setting;

use super::choose::{Left, choose};
use super::configuration::{Configuration, keep};
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::trouble;

/// Lists the settings and changes what is chosen, until the person goes back. Returns the settings of the rest of
/// this run.
///
/// # Errors
/// [`Left::Quit`] and [`Left::Ended`].
pub(super) fn change(settings: &Settings, surroundings: &mut Surroundings) -> Result<Settings, Left> {
    let mut settings = settings.clone();
    let mut look = settings.look();
    loop {
        let preferences = settings.configuration.preferences();
        let decided = settings.configuration.decided();
        let rows = setting::all(&settings.texts, look, &preferences, &decided);
        let words = &settings.texts.settings;
        let mut names: Vec<String> = rows
            .iter()
            .map(|row| format!("{}: {}.", row.name, row.value))
            .collect();
        names.push(words.line_done.clone());
        let ask = format!("{}. {}", words.title, words.line_ask);
        let place = match choose(&ask, &names, None, &settings, surroundings) {
            Ok(place) => place,
            Err(Left::Back) => return Ok(settings),
            Err(left) => return Err(left),
        };
        let Some(row) = rows.get(place) else {
            return Ok(settings);
        };
        let Some(next) = row.next else {
            surroundings.output.line(&words.decided);
            continue;
        };
        look.take(next);
        let kept = keep(&settings.configuration.path, next, &settings.texts);
        settings.configuration = Configuration::load(surroundings);
        if let Preference::Language(language) = next
            && let Ok(texts) = Texts::load(language)
        {
            settings.texts = texts;
        }
        let words = &settings.texts.settings;
        let said = match kept {
            Ok(()) => words.line_changed.clone(),
            Err(failed) => fill(
                &words.not_kept,
                &[("why", trouble::sentence(failed, &settings.texts))],
            ),
        };
        surroundings.output.line(&said);
    }
}
