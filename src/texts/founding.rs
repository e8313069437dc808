//! Making a new evaluation: what is asked, and why an answer is not taken.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use jiff::civil::Date;

use crate::domain::founding::{Field, Unfit};
use crate::texts::section::texts;
use crate::texts::{Texts, fill};

texts! {
    /// Texts of `[founding]`.
    pub struct FoundingTexts {
        pub heading: String,
        pub place: String,
        pub entry: String,
        pub entry_aside: String,
        pub entry_unfinished: String,
        pub unfinished_title: String,
        pub unfinished_about: String,
        pub unfinished_go_on: String,
        pub unfinished_anew: String,
        pub may_be_empty: String,
        pub press_enter: String,
        pub usual: String,
        pub button_back: String,
        pub lines_add: String,
        pub lines_back: String,
        pub several: String,
        pub from_file: String,
        pub file_title: String,
        pub file_about: String,
        pub file_label: String,
        pub choose_one: String,
        pub summary_title: String,
        pub summary_about: String,
        pub summary_make: String,
        pub summary_missing: String,
        pub nothing: String,
        pub pass_title: String,
        pub pass_about: String,
        pub pass_label: String,
        pub pass_short: String,
        pub pass_few: String,
        pub pass_good: String,
        pub again_title: String,
        pub again_about: String,
        pub recovery_title: String,
        pub recovery_about: String,
        pub recovery_paper: String,
        pub recovery_noted: String,
        pub recovery_file: String,
        pub recovery_written: String,
        pub out_title: String,
        pub out_about: String,
        pub out_label: String,
        pub type_title: String,
        pub type_about: String,
        pub type_label: String,
        pub making: String,
        pub made_title: String,
        pub made_proved: String,
        pub made_folder: String,
        pub made_next: String,
        pub made_open: String,
        pub leave: String,
        pub already_there: String,
        pub not_made: String,
        pub field: FieldTexts,
        pub option: OptionTexts,
    }
}

texts! {
    /// What is asked about one field.
    pub struct Asked {
        pub name: String,
        pub ask: String,
        pub about: String,
    }
}

texts! {
    /// Texts of `[founding.field]`.
    pub struct FieldTexts {
        pub title: Asked,
        pub service: Asked,
        pub commissioner: Asked,
        pub purpose: Asked,
        pub round: Asked,
        pub sites: Asked,
        pub planned: Asked,
        pub surveys: Asked,
        pub languages: Asked,
        pub mode: Asked,
        pub withdraw_until: Asked,
        pub delete_by: Asked,
        pub self_from: Asked,
        pub guardian_below: Asked,
        pub consent_reason: Asked,
        pub profile: Asked,
        pub reason: Asked,
        pub call: Asked,
        pub contacts: Asked,
        pub folder: Asked,
    }
}

texts! {
    /// One of a few to choose from.
    pub struct Offered {
        pub name: String,
        pub about: String,
    }
}

texts! {
    /// Texts of `[founding.option]`.
    pub struct OptionTexts {
        pub anonymous: Offered,
        pub deidentified: Offered,
        pub standard: Offered,
        pub strict: Offered,
        pub small_sample: Offered,
    }
}

impl FoundingTexts {
    /// Returns what is asked about a field.
    #[must_use]
    pub const fn asked(&self, field: Field) -> &Asked {
        let fields = &self.field;
        match field {
            Field::Title => &fields.title,
            Field::Service => &fields.service,
            Field::Commissioner => &fields.commissioner,
            Field::Purpose => &fields.purpose,
            Field::Round => &fields.round,
            Field::Sites => &fields.sites,
            Field::Planned => &fields.planned,
            Field::Surveys => &fields.surveys,
            Field::Languages => &fields.languages,
            Field::Mode => &fields.mode,
            Field::WithdrawUntil => &fields.withdraw_until,
            Field::DeleteBy => &fields.delete_by,
            Field::SelfFrom => &fields.self_from,
            Field::GuardianBelow => &fields.guardian_below,
            Field::ConsentReason => &fields.consent_reason,
            Field::Profile => &fields.profile,
            Field::Reason => &fields.reason,
            Field::Call => &fields.call,
            Field::Contacts => &fields.contacts,
            Field::Folder => &fields.folder,
        }
    }

    /// Returns the words for one of a field's few names.
    #[must_use]
    pub fn offered(&self, name: &str) -> Option<&Offered> {
        let option = &self.option;
        Some(match name {
            "anonymous" => &option.anonymous,
            "deidentified" => &option.deidentified,
            "standard" => &option.standard,
            "strict" => &option.strict,
            "small-sample" => &option.small_sample,
            _ => return None,
        })
    }
}

impl Texts {
    /// Returns why an answer is not taken, and what to do.
    #[must_use]
    pub fn unfit(&self, unfit: &Unfit) -> String {
        let words = &self.command.new_evaluation;
        let about = |text: &str, name: &str, value: &str| fill(text, &[(name, value)]);
        match unfit {
            Unfit::Needed => words.needed.clone(),
            Unfit::NotYesOrNo => self.linear.yes_or_no.clone(),
            Unfit::NotADate => words.not_a_date.clone(),
            Unfit::DatePast => words.date_past.clone(),
            Unfit::DeleteBeforeWithdraw => words.delete_before_withdraw.clone(),
            Unfit::NotACount => words.not_a_count.clone(),
            Unfit::NotAnAge => words.not_an_age.clone(),
            Unfit::GuardianGap(age) => about(&words.guardian_gap, "age", &age.to_string()),
            Unfit::NotAProfile => words.not_a_profile.clone(),
            Unfit::NotLanguages => words.not_languages.clone(),
            Unfit::NotInSurvey(language) => about(&words.not_in_survey, "language", language.own_name()),
            Unfit::NotAnId => words.not_an_id.clone(),
            Unfit::Twice(name) => about(&words.twice, "name", name),
            Unfit::NoSuchSurvey(survey) => about(&words.no_such_survey, "survey", survey),
            Unfit::SurveyMistakes(survey) => about(&self.storage.survey_mistakes, "survey", survey),
            Unfit::SurveyLoosens(survey) => about(&words.survey_loosens, "survey", survey),
            Unfit::NotAContact(contact) => about(&words.not_a_contact, "contact", contact),
            Unfit::NotEmpty(folder) => about(&words.not_empty, "folder", &folder.display().to_string()),
        }
    }

    /// Returns what the round of this half year is called: "Høsten 2026".
    #[must_use]
    pub fn usual_round(&self, today: Date) -> String {
        let words = &self.command.new_evaluation;
        let title = if today.month() < 7 {
            &words.round_spring
        } else {
            &words.round_autumn
        };
        fill(title, &[("year", &today.year().to_string())])
    }
}
