//! What a new evaluation shall be, and how it is read from a flag, a line or a screen.

use std::path::PathBuf;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::domain::clean_text::CleanText;
use crate::domain::evaluation::{Identification, ProfileName};
use crate::domain::founding::Field;
use crate::domain::language::Language;

use super::here::{Found, Here, Named, PlannedSite};
use super::typed::{age, contact, contacts, day, fit, named, planned, sites, surveys};
use super::unfit::Unfit;

mod written;

/// Everything known so far.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// See [`Field::Title`]; the others likewise.
    pub title: Option<String>,
    #[expect(missing_docs, reason = "named as the field")]
    pub service: Option<String>,
    #[expect(missing_docs, reason = "named as the field")]
    pub commissioner: Option<String>,
    #[expect(missing_docs, reason = "named as the field")]
    pub purpose: Option<String>,
    #[expect(missing_docs, reason = "named as the field")]
    pub round: Option<Named>,
    #[expect(missing_docs, reason = "named as the field")]
    pub sites: Option<Vec<PlannedSite>>,
    #[expect(missing_docs, reason = "named as the field")]
    pub planned: Option<u32>,
    #[expect(missing_docs, reason = "named as the field")]
    pub surveys: Vec<Found>,
    #[expect(missing_docs, reason = "named as the field")]
    pub languages: Option<Vec<Language>>,
    #[expect(missing_docs, reason = "named as the field")]
    pub mode: Option<Identification>,
    #[expect(missing_docs, reason = "named as the field")]
    pub withdraw_until: Option<Date>,
    #[expect(missing_docs, reason = "named as the field")]
    pub delete_by: Option<Date>,
    #[expect(missing_docs, reason = "named as the field")]
    pub self_from: Option<u8>,
    #[expect(missing_docs, reason = "named as the field")]
    pub guardian_below: Option<u8>,
    #[expect(missing_docs, reason = "named as the field")]
    pub consent_reason: Option<String>,
    #[expect(missing_docs, reason = "named as the field")]
    pub profile: Option<ProfileName>,
    #[expect(missing_docs, reason = "named as the field")]
    pub reason: Option<String>,
    /// A name with a number; inside, nothing where nobody was named.
    pub call: Option<Option<(String, String)>>,
    /// Names with their numbers.
    pub contacts: Option<Vec<(String, String)>>,
    #[expect(missing_docs, reason = "named as the field")]
    pub folder: Option<PathBuf>,
}

impl Wanted {
    /// Reads one field; lines stand for repeated flags. What was known before stays when the answer is not taken.
    ///
    /// # Errors
    /// [`Unfit`].
    pub fn take(&mut self, field: Field, text: &str, here: &Here<'_>) -> Result<(), Unfit> {
        let text = CleanText::block(text);
        let text = text.as_str().trim();
        let line = || (!text.is_empty()).then(|| text.to_owned());
        match field {
            Field::Title => self.title = Some(line().ok_or(Unfit::Needed)?),
            Field::Service => self.service = line(),
            Field::Commissioner => self.commissioner = line(),
            Field::Purpose => self.purpose = line(),
            Field::ConsentReason => self.consent_reason = Some(line().ok_or(Unfit::Needed)?),
            Field::Reason => self.reason = Some(line().ok_or(Unfit::Needed)?),
            Field::Round => {
                self.round = Some(if text.is_empty() || text == here.round {
                    here.usual_round()
                } else {
                    named(text).ok_or(Unfit::NotAnId)?
                });
            }
            Field::Sites => self.sites = Some(sites(text)?),
            Field::Planned => self.planned = planned(text)?,
            Field::Surveys => {
                let surveys = surveys(text, here)?;
                fit(&surveys, self.profile.unwrap_or(ProfileName::SmallSample))?;
                self.surveys = surveys;
            }
            Field::Languages => self.languages = self.read_languages(text)?,
            Field::Mode => {
                self.mode = Some(match text.to_lowercase().as_str() {
                    "ja" | "j" | "yes" | "y" | "deidentified" => Identification::Deidentified,
                    "" | "nei" | "n" | "no" | "anonymous" => Identification::Anonymous,
                    _ => return Err(Unfit::NotYesOrNo),
                });
            }
            Field::WithdrawUntil => {
                let day = day(text, here.today).ok_or(Unfit::NotADate)?;
                if day < here.today {
                    return Err(Unfit::DatePast);
                }
                self.withdraw_until = Some(day);
            }
            Field::DeleteBy => {
                let day = if text.is_empty() {
                    None
                } else {
                    Some(day(text, here.today).ok_or(Unfit::NotADate)?)
                };
                if day.is_some_and(|day| day < here.today) {
                    return Err(Unfit::DatePast);
                }
                if day.is_some() && day < self.last_withdrawal() {
                    return Err(Unfit::DeleteBeforeWithdraw);
                }
                self.delete_by = day;
            }
            Field::SelfFrom => self.self_from = age(text)?,
            Field::GuardianBelow => {
                let below = age(text)?;
                // Between the two nobody could consent.
                if let (Some(below), Some(from)) = (below, self.self_from)
                    && below < from
                {
                    return Err(Unfit::GuardianGap(from));
                }
                self.guardian_below = below;
            }
            Field::Profile => {
                let profile = if text.is_empty() {
                    ProfileName::Standard
                } else {
                    ProfileName::from_code(text).ok_or(Unfit::NotAProfile)?
                };
                fit(&self.surveys, profile)?;
                self.profile = Some(profile);
            }
            Field::Call => self.call = Some(contact(text)?),
            Field::Contacts => self.contacts = Some(contacts(text)?),
            Field::Folder => {
                let folder = here.folder.join(line().ok_or(Unfit::Needed)?);
                if !(here.is_free)(&folder) {
                    return Err(Unfit::NotEmpty(folder));
                }
                self.folder = Some(folder);
            }
        }
        Ok(())
    }

    /// Returns whether the field was given.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        match field {
            Field::Title => self.title.is_some(),
            Field::Service => self.service.is_some(),
            Field::Commissioner => self.commissioner.is_some(),
            Field::Purpose => self.purpose.is_some(),
            Field::Round => self.round.is_some(),
            Field::Sites => self.sites.is_some(),
            Field::Planned => self.planned.is_some(),
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
            Field::Call => self.call.is_some(),
            Field::Contacts => self.contacts.is_some(),
            Field::Folder => self.folder.is_some(),
        }
    }

    /// Returns whether the field means anything, given the others.
    #[must_use]
    pub fn applies(&self, field: Field) -> bool {
        match field {
            // Said site by site, it is the sum of them.
            Field::Planned => self.sites.iter().flatten().all(|site| site.planned.is_none()),
            Field::WithdrawUntil => self.identification() == Identification::Deidentified,
            Field::ConsentReason => self.self_from.is_some() || self.guardian_below.is_some(),
            Field::Reason => self.profile == Some(ProfileName::SmallSample),
            _ => true,
        }
    }

    /// Returns the fields without which nothing can be made, or that no longer go with the others, in the order of
    /// asking.
    #[must_use]
    pub fn missing(&self) -> Vec<Field> {
        let is_missing = |field: &Field| match field {
            // What was answered before may not go with what was answered since.
            Field::GuardianBelow => self.guardian_below.is_some() && self.guardian_below < self.self_from,
            Field::Languages => {
                self.languages().is_empty()
                    || self
                        .languages
                        .iter()
                        .flatten()
                        .any(|l| self.lacking(*l).is_some())
            }
            field => field.is_needed() && self.applies(*field) && !self.has(*field),
        };
        Field::ALL.into_iter().filter(is_missing).collect()
    }

    /// Returns whether people can withdraw afterwards: as chosen, else yes where a last day was given.
    #[must_use]
    pub fn identification(&self) -> Identification {
        let by_day = match self.withdraw_until {
            Some(_) => Identification::Deidentified,
            None => Identification::Anonymous,
        };
        self.mode.unwrap_or(by_day)
    }

    /// Returns the last day of withdrawal, where there is withdrawal.
    #[must_use]
    pub fn last_withdrawal(&self) -> Option<Date> {
        self.withdraw_until
            .filter(|_| self.identification() == Identification::Deidentified)
    }

    /// Returns the day of deletion: as given, else half a year after the last day of withdrawal. A day that later
    /// came to lie before that one gives way to it.
    #[must_use]
    pub fn delete_day(&self, today: Date) -> Option<Date> {
        let from = self.last_withdrawal().unwrap_or(today);
        let given = self.delete_by.filter(|day| *day >= from);
        given.or_else(|| self.usual_delete_day(today))
    }

    /// Returns the day of deletion where none is given.
    pub(super) fn usual_delete_day(&self, today: Date) -> Option<Date> {
        let from = self.last_withdrawal().unwrap_or(today);
        from.checked_add(6.months()).ok()
    }

    /// Returns the languages: as given, else those every survey has.
    #[must_use]
    pub fn languages(&self) -> Vec<Language> {
        self.languages.clone().unwrap_or_else(|| self.usual_languages())
    }

    /// Returns the languages that every survey has.
    pub(super) fn usual_languages(&self) -> Vec<Language> {
        let in_all = |language: &Language| self.lacking(*language).is_none();
        Language::ALL.into_iter().filter(in_all).collect()
    }

    /// Returns the round, or the one that most would call it.
    #[must_use]
    pub fn round(&self, here: &Here<'_>) -> Named {
        self.round.clone().unwrap_or_else(|| here.usual_round())
    }

    /// Returns the first survey that is not there in a language.
    fn lacking(&self, language: Language) -> Option<&Found> {
        self.surveys
            .iter()
            .find(|found| !found.survey.parts().languages.contains(&language))
    }

    fn read_languages(&self, text: &str) -> Result<Option<Vec<Language>>, Unfit> {
        if text.is_empty() {
            return Ok(None);
        }
        let codes = text.split([',', ' ', '\n']).filter(|code| !code.is_empty());
        let languages: Option<Vec<Language>> = codes.map(Language::from_code).collect();
        let languages = languages.ok_or(Unfit::NotLanguages)?;
        match languages
            .iter()
            .find(|language| self.lacking(**language).is_some())
        {
            Some(language) => Err(Unfit::NotInSurvey(*language)),
            None => Ok(Some(languages)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::{Date, date};

    use super::{Here, Unfit, Wanted};
    use crate::domain::founding::Field;

    const TODAY: Date = date(2026, 11, 22);

    fn take(wanted: &mut Wanted, field: Field, text: &str) -> Result<(), Unfit> {
        let here = Here {
            today: TODAY,
            round: "Høsten 2026",
            folder: Path::new("/hjem"),
            find: &|named| Err(Unfit::NoSuchSurvey(named.to_owned())),
            is_free: &|folder| folder != Path::new("/hjem/full"),
        };
        wanted.take(field, text, &here)
    }

    #[test]
    fn a_contact_is_a_name_and_a_number_however_they_are_divided() {
        let mut wanted = Wanted::default();
        let text = "Legevakta 116 117\nHelsesykepleier: +47 12 34 56 78, BUP akutt = 555 00 111";
        take(&mut wanted, Field::Contacts, text).unwrap();
        assert_eq!(
            wanted.text(Field::Contacts),
            "Legevakta: 116 117\nHelsesykepleier: +47 12 34 56 78\nBUP akutt: 555 00 111"
        );
        for wrong in ["Legevakta", "116117", "Legevakta 11"] {
            let refused = take(&mut wanted, Field::Contacts, wrong);
            assert_eq!(refused, Err(Unfit::NotAContact(wrong.to_owned())));
        }
        let kept = wanted.contacts.as_ref().map(Vec::len);
        assert_eq!(kept, Some(3), "what was known stays");
    }

    #[test]
    fn answers_go_no_earlier_than_people_can_withdraw() {
        let mut wanted = Wanted::default();
        take(&mut wanted, Field::Mode, "ja").unwrap();
        take(&mut wanted, Field::WithdrawUntil, "15.12.2026").unwrap();
        let refused = take(&mut wanted, Field::DeleteBy, "1.12.2026");
        assert_eq!(refused, Err(Unfit::DeleteBeforeWithdraw));
        assert_eq!(
            take(&mut wanted, Field::DeleteBy, "1.11.2026"),
            Err(Unfit::DatePast)
        );
        take(&mut wanted, Field::DeleteBy, "20.12.2026").unwrap();
        assert_eq!(wanted.delete_day(TODAY), Some(date(2026, 12, 20)));
        // Going back and giving people longer moves the deletion with it.
        take(&mut wanted, Field::WithdrawUntil, "31.1.2027").unwrap();
        assert_eq!(wanted.delete_day(TODAY), Some(date(2027, 7, 31)));
    }

    #[test]
    fn what_was_chosen_is_never_taken_for_what_is_usual() {
        let mut wanted = Wanted::default();
        let here = Here {
            today: TODAY,
            round: "Høsten 2026",
            folder: Path::new("/hjem"),
            find: &|named| Err(Unfit::NoSuchSurvey(named.to_owned())),
            is_free: &|_| true,
        };
        for (field, chosen) in [(Field::DeleteBy, "2026-12-31"), (Field::Languages, "nn")] {
            let usual = wanted.usual(field, &here);
            wanted.take(field, chosen, &here).unwrap();
            assert_eq!(wanted.text(field), chosen);
            assert_eq!(wanted.usual(field, &here), usual);
            assert_ne!(usual, chosen);
        }
    }

    #[test]
    fn two_sites_of_one_name_and_a_folder_in_use_are_refused() {
        let mut wanted = Wanted::default();
        let twice = take(&mut wanted, Field::Sites, "Nord\nSør\nnord");
        assert_eq!(twice, Err(Unfit::Twice("nord".to_owned())));
        let twice = take(&mut wanted, Field::Sites, "nord=Poliklinikken\nnord=Dagenheten");
        assert_eq!(twice, Err(Unfit::Twice("nord".to_owned())));
        let full = take(&mut wanted, Field::Folder, "full");
        assert_eq!(full, Err(Unfit::NotEmpty("/hjem/full".into())));
        take(&mut wanted, Field::Folder, "ny").unwrap();
        assert_eq!(wanted.text(Field::Folder), "/hjem/ny");
    }

    #[test]
    fn how_many_are_planned_is_said_site_by_site_or_for_all_together() {
        let mut wanted = Wanted::default();
        take(&mut wanted, Field::Sites, "Nord: 12\nBUP: Sør").unwrap();
        assert_eq!(wanted.text(Field::Sites), "Nord: 12\nBUP: Sør");
        assert!(!wanted.applies(Field::Planned));
        assert_eq!(take(&mut wanted, Field::Sites, "Nord: 0"), Err(Unfit::NotACount));
        take(&mut wanted, Field::Sites, "Nord\nSør").unwrap();
        assert!(wanted.applies(Field::Planned));
        take(&mut wanted, Field::Planned, "30").unwrap();
        assert_eq!(wanted.text(Field::Planned), "30");
        assert_eq!(take(&mut wanted, Field::Planned, "mange"), Err(Unfit::NotACount));
    }

    #[test]
    fn what_is_asked_depends_on_what_was_answered() {
        let mut wanted = Wanted::default();
        assert!(!wanted.applies(Field::WithdrawUntil) && !wanted.applies(Field::Reason));
        assert_eq!(wanted.missing(), [Field::Title, Field::Surveys]);
        take(&mut wanted, Field::Mode, "ja").unwrap();
        take(&mut wanted, Field::SelfFrom, "16").unwrap();
        take(&mut wanted, Field::Profile, "small-sample").unwrap();
        assert_eq!(
            wanted.missing(),
            [
                Field::Title,
                Field::Surveys,
                Field::WithdrawUntil,
                Field::ConsentReason,
                Field::Reason
            ]
        );
        assert_eq!(
            take(&mut wanted, Field::GuardianBelow, "14"),
            Err(Unfit::GuardianGap(16))
        );
    }
}
