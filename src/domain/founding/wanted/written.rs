//! What is known of a new evaluation, as it could be typed.

use crate::domain::evaluation::{Identification, ProfileName};
use crate::domain::founding::Field;
use crate::domain::language::Language;

use super::super::here::{Here, Named, PlannedSite};
use super::super::typed::slug_of;
use super::Wanted;

impl Wanted {
    /// Returns what stands at a field, as it could be typed again; empty where nothing does.
    #[must_use]
    pub fn text(&self, field: Field) -> String {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let number = |age: Option<u8>| age.map(|age| age.to_string()).unwrap_or_default();
        match field {
            Field::Title => text(&self.title),
            Field::Service => text(&self.service),
            Field::Commissioner => text(&self.commissioner),
            Field::Purpose => text(&self.purpose),
            Field::Round => self.round.as_ref().map_or_else(String::new, Named::written),
            Field::Sites => {
                let sites: Vec<String> = self.sites.iter().flatten().map(PlannedSite::written).collect();
                sites.join("\n")
            }
            Field::Planned => self.planned.map(|count| count.to_string()).unwrap_or_default(),
            Field::Surveys => {
                let named: Vec<&str> = self.surveys.iter().map(|found| found.named.as_str()).collect();
                named.join("\n")
            }
            Field::Languages => {
                let codes: Vec<&str> = self.languages.iter().flatten().map(|l| l.code()).collect();
                codes.join(",")
            }
            Field::Mode => match self.mode {
                Some(Identification::Deidentified) => "deidentified".to_owned(),
                Some(Identification::Anonymous) => "anonymous".to_owned(),
                None => String::new(),
            },
            Field::WithdrawUntil => self
                .withdraw_until
                .map_or_else(String::new, |day| day.to_string()),
            Field::DeleteBy => self.delete_by.map_or_else(String::new, |day| day.to_string()),
            Field::SelfFrom => number(self.self_from),
            Field::GuardianBelow => number(self.guardian_below),
            Field::ConsentReason => text(&self.consent_reason),
            Field::Profile => self
                .profile
                .map_or_else(String::new, |profile| profile.code().to_owned()),
            Field::Reason => text(&self.reason),
            Field::Call => {
                let called = self.call.iter().flatten();
                called.map(|(name, phone)| format!("{name}: {phone}")).collect()
            }
            Field::Contacts => {
                let lines = self.contacts.iter().flatten();
                let lines: Vec<String> = lines.map(|(name, phone)| format!("{name}: {phone}")).collect();
                lines.join("\n")
            }
            Field::Folder => self
                .folder
                .as_ref()
                .map_or_else(String::new, |folder| folder.display().to_string()),
        }
    }

    /// Returns what a field is when nothing is said, as it could be typed; empty where that is nothing. What was said
    /// has no part in it: who asks whether an answer was left as it usually is must not be told the answer.
    #[must_use]
    pub fn usual(&self, field: Field, here: &Here<'_>) -> String {
        match field {
            Field::Round => here.round.to_owned(),
            Field::Languages => {
                let codes: Vec<&str> = self.usual_languages().into_iter().map(Language::code).collect();
                codes.join(",")
            }
            Field::Mode => match self.withdraw_until {
                Some(_) => "deidentified".to_owned(),
                None => "anonymous".to_owned(),
            },
            Field::DeleteBy => self
                .usual_delete_day(here.today)
                .map_or_else(String::new, |day| day.to_string()),
            Field::Profile => ProfileName::Standard.code().to_owned(),
            Field::Folder => {
                let name = slug_of(self.title.as_deref().unwrap_or_default());
                let mut folder = here.folder.join(name.as_str());
                let mut number = 2_u32;
                while !(here.is_free)(&folder) && number < 100 {
                    folder = here.folder.join(format!("{name}-{number}"));
                    number += 1;
                }
                folder.display().to_string()
            }
            _ => String::new(),
        }
    }
}
