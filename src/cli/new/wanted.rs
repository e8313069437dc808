//! What a new evaluation shall be, and how it is read from a flag or an answer.

use std::path::PathBuf;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::cli::settings::Settings;
use crate::cli::shipped::SHIPPED;
use crate::cli::surroundings::Surroundings;
use crate::cli::survey_file::{self, Found};
use crate::domain::evaluation::{Identification, ProfileName};
use crate::domain::id::Slug;
use crate::domain::language::Language;
use crate::texts::fill;

use super::field::Field;

/// A name with a title, as `nord=Poliklinikk Nord` says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) id: Slug,
    pub(super) title: String,
}

/// Everything known so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    pub(super) title: Option<String>,
    pub(super) service: Option<String>,
    pub(super) commissioner: Option<String>,
    pub(super) purpose: Option<String>,
    pub(super) round: Option<Named>,
    pub(super) sites: Option<Vec<Named>>,
    pub(super) surveys: Vec<Found>,
    pub(super) languages: Option<Vec<Language>>,
    pub(super) mode: Option<Identification>,
    pub(super) withdraw_until: Option<Date>,
    pub(super) delete_by: Option<Date>,
    pub(super) self_from: Option<u8>,
    pub(super) guardian_below: Option<u8>,
    pub(super) consent_reason: Option<String>,
    pub(super) profile: Option<ProfileName>,
    pub(super) reason: Option<String>,
    pub(super) recovery_out: Option<PathBuf>,
}

impl Wanted {
    /// Reads one field; lines stand for repeated flags.
    pub(super) fn take(
        &mut self,
        field: Field,
        text: &str,
        settings: &Settings,
        surroundings: &mut Surroundings,
    ) -> Result<(), String> {
        let words = &settings.texts.command.new_evaluation;
        let text = text.trim();
        let line = || (!text.is_empty()).then(|| text.to_owned());
        match field {
            Field::Title => self.title = Some(line().ok_or_else(|| words.needed.clone())?),
            Field::Service => self.service = line(),
            Field::Commissioner => self.commissioner = line(),
            Field::Purpose => self.purpose = line(),
            Field::ConsentReason => self.consent_reason = Some(line().ok_or_else(|| words.needed.clone())?),
            Field::Reason => self.reason = Some(line().ok_or_else(|| words.needed.clone())?),
            Field::Round => {
                self.round = Some(if text.is_empty() {
                    default_round(settings, surroundings)
                } else {
                    named(text).ok_or_else(|| words.not_an_id.clone())?
                });
            }
            Field::Sites => {
                let parts = text
                    .split([',', '\n'])
                    .map(str::trim)
                    .filter(|part| !part.is_empty());
                let sites: Option<Vec<Named>> = parts.map(named).collect();
                self.sites = Some(sites.ok_or_else(|| words.not_an_id.clone())?);
            }
            Field::Surveys => self.surveys = surveys(text, settings, surroundings)?,
            Field::Languages => {
                self.languages = if text.is_empty() {
                    None
                } else {
                    let codes = text.split([',', ' ', '\n']).filter(|code| !code.is_empty());
                    let languages: Option<Vec<Language>> = codes.map(Language::from_code).collect();
                    Some(languages.ok_or_else(|| words.not_languages.clone())?)
                };
            }
            Field::Mode => {
                self.mode = Some(match text.to_lowercase().as_str() {
                    "ja" | "j" | "yes" | "y" | "deidentified" => Identification::Deidentified,
                    "" | "nei" | "n" | "no" | "anonymous" => Identification::Anonymous,
                    _ => return Err(settings.texts.linear.yes_or_no.clone()),
                });
            }
            Field::WithdrawUntil => {
                let day = date(text).ok_or_else(|| words.not_a_date.clone())?;
                if day < (surroundings.now)().date() {
                    return Err(words.date_past.clone());
                }
                self.withdraw_until = Some(day);
            }
            Field::DeleteBy => {
                self.delete_by = if text.is_empty() {
                    None
                } else {
                    Some(date(text).ok_or_else(|| words.not_a_date.clone())?)
                };
                if self.delete_day(surroundings) < self.withdraw_until {
                    self.delete_by = None;
                    return Err(words.delete_before_withdraw.clone());
                }
            }
            Field::SelfFrom => self.self_from = age(text).map_err(|()| words.not_an_age.clone())?,
            Field::GuardianBelow => {
                let below = age(text).map_err(|()| words.not_an_age.clone())?;
                // Between the two nobody could consent.
                if let (Some(below), Some(from)) = (below, self.self_from)
                    && below < from
                {
                    return Err(fill(&words.guardian_gap, &[("age", &from.to_string())]));
                }
                self.guardian_below = below;
            }
            Field::Profile => {
                self.profile = Some(if text.is_empty() {
                    ProfileName::Standard
                } else {
                    ProfileName::from_code(text).ok_or_else(|| words.not_a_profile.clone())?
                });
            }
        }
        Ok(())
    }

    /// Returns whether the field was given.
    pub(super) fn has(&self, field: Field) -> bool {
        match field {
            Field::Title => self.title.is_some(),
            Field::Service => self.service.is_some(),
            Field::Commissioner => self.commissioner.is_some(),
            Field::Purpose => self.purpose.is_some(),
            Field::Round => self.round.is_some(),
            Field::Sites => self.sites.is_some(),
            Field::Surveys => !self.surveys.is_empty(),
            Field::Languages => self.languages.is_some(),
            Field::Mode => self.mode.is_some() || self.withdraw_until.is_some(),
            Field::WithdrawUntil => self.withdraw_until.is_some(),
            Field::DeleteBy => self.delete_by.is_some(),
            Field::SelfFrom => self.self_from.is_some(),
            Field::GuardianBelow => self.guardian_below.is_some(),
            Field::ConsentReason => self.consent_reason.is_some(),
            Field::Profile => self.profile.is_some(),
            Field::Reason => self.reason.is_some(),
        }
    }

    /// Returns whether the field means anything, given the others.
    pub(super) fn applies(&self, field: Field) -> bool {
        match field {
            Field::WithdrawUntil => self.mode == Some(Identification::Deidentified),
            Field::ConsentReason => self.self_from.is_some() || self.guardian_below.is_some(),
            Field::Reason => self.profile == Some(ProfileName::SmallSample),
            _ => true,
        }
    }

    /// Returns the flags without which nothing can be made.
    pub(super) fn missing(&self, settings: &Settings) -> Vec<String> {
        let needed = [
            Field::Title,
            Field::Surveys,
            Field::WithdrawUntil,
            Field::ConsentReason,
            Field::Reason,
        ];
        let mut missing: Vec<String> = needed
            .into_iter()
            .filter(|field| self.applies(*field) && !self.has(*field))
            .map(|field| format!("--{}", field.flag()))
            .collect();
        if settings.passphrase_file.is_none() {
            missing.push("--passphrase-file".to_owned());
        }
        if self.recovery_out.is_none() {
            missing.push("--recovery-out".to_owned());
        }
        missing
    }

    /// Returns the day of deletion: as given, else half a year after the last day of withdrawal.
    pub(super) fn delete_day(&self, surroundings: &Surroundings) -> Option<Date> {
        let from = self.withdraw_until.unwrap_or_else(|| (surroundings.now)().date());
        self.delete_by.or_else(|| from.checked_add(6.months()).ok())
    }

    /// Returns the languages: as given, else those every survey has.
    pub(super) fn languages(&self) -> Vec<Language> {
        self.languages.clone().unwrap_or_else(|| {
            let in_all = |language: &Language| {
                self.surveys
                    .iter()
                    .all(|found| found.survey.parts().languages.contains(language))
            };
            Language::ALL.into_iter().filter(in_all).collect()
        })
    }
}

/// Returns the round that most would call it: `2026h`, "Høsten 2026".
pub(super) fn default_round(settings: &Settings, surroundings: &Surroundings) -> Named {
    let words = &settings.texts.command.new_evaluation;
    let today = (surroundings.now)().date();
    let (mark, title) = if today.month() < 7 {
        ('v', &words.round_spring)
    } else {
        ('h', &words.round_autumn)
    };
    let year = today.year().to_string();
    let title = fill(title, &[("year", &year)]);
    let id = format!("{year}{mark}");
    Named {
        id: Slug::new(&id).unwrap_or_else(|_| slug_of(&title)),
        title,
    }
}

/// Reads `nord=Poliklinikk Nord`, `nord` or `Poliklinikk Nord`.
fn named(text: &str) -> Option<Named> {
    match text.split_once('=') {
        Some((id, title)) => Some(Named {
            id: Slug::new(id.trim()).ok()?,
            title: title.trim().to_owned(),
        }),
        None => Some(Named {
            id: slug_of(text),
            title: text.trim().to_owned(),
        }),
    }
}

/// Makes a name of a title: `Poliklinikk Sør` becomes `poliklinikk-sor`.
fn slug_of(title: &str) -> Slug {
    let mut name = String::new();
    for c in title.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => name.push(c),
            'æ' => name.push_str("ae"),
            'ø' | 'ö' => name.push('o'),
            'å' | 'ä' => name.push('a'),
            'é' | 'è' => name.push('e'),
            _ if name.ends_with('-') || name.is_empty() => {}
            _ => name.push('-'),
        }
    }
    let name: String = name.trim_end_matches('-').chars().take(40).collect();
    let fallback = || Slug::new("r");
    match Slug::new(&name).or_else(|_| fallback()) {
        Ok(slug) => slug,
        // "r" is a name.
        Err(_) => slug_of("r"),
    }
}

fn date(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn age(text: &str) -> Result<Option<u8>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<u8>() {
        Ok(age) if (1..=99).contains(&age) => Ok(Some(age)),
        _ => Err(()),
    }
}

/// Reads numbers of the list of shipped surveys, their names, or files.
fn surveys(text: &str, settings: &Settings, surroundings: &mut Surroundings) -> Result<Vec<Found>, String> {
    let text = if text.is_empty() { "1" } else { text };
    let parts = text
        .split([',', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let mut found: Vec<Found> = Vec::new();
    for part in parts {
        let by_place = part
            .parse::<usize>()
            .ok()
            .and_then(|place| SHIPPED.get(place.checked_sub(1)?));
        let name = by_place.map_or(part, |shipped| shipped.id);
        let survey = survey_file::find(name, settings, surroundings).map_err(|_| {
            let words = &settings.texts.command.new_evaluation;
            fill(&words.no_such_survey, &[("survey", part)])
        })?;
        if found.iter().all(|known| known.survey.id() != survey.survey.id()) {
            found.push(survey);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{named, slug_of};

    #[test]
    fn a_title_becomes_a_name() {
        assert_eq!(slug_of("Poliklinikk Sør").as_str(), "poliklinikk-sor");
        assert_eq!(slug_of("Høsten 2026").as_str(), "hosten-2026");
        assert_eq!(slug_of("!!!").as_str(), "r");
    }

    #[test]
    fn a_name_may_come_with_its_title() {
        let site = named("nord = Poliklinikk Nord").unwrap();
        assert_eq!(
            (site.id.as_str(), site.title.as_str()),
            ("nord", "Poliklinikk Nord")
        );
        assert!(named("Nord=x").is_none());
        assert_eq!(named("Nord").unwrap().id.as_str(), "nord");
    }
}
