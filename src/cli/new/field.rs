//! What is asked about a new evaluation, in this order.

use crate::texts::Texts;

/// One thing to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Service,
    Commissioner,
    Purpose,
    Round,
    Sites,
    Surveys,
    Languages,
    Mode,
    WithdrawUntil,
    DeleteBy,
    SelfFrom,
    GuardianBelow,
    ConsentReason,
    Profile,
    Reason,
}

impl Field {
    pub(super) const ALL: [Self; 16] = [
        Self::Title,
        Self::Service,
        Self::Commissioner,
        Self::Purpose,
        Self::Round,
        Self::Sites,
        Self::Surveys,
        Self::Languages,
        Self::Mode,
        Self::WithdrawUntil,
        Self::DeleteBy,
        Self::SelfFrom,
        Self::GuardianBelow,
        Self::ConsentReason,
        Self::Profile,
        Self::Reason,
    ];

    pub(super) const fn flag(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Service => "service",
            Self::Commissioner => "commissioner",
            Self::Purpose => "purpose",
            Self::Round => "round",
            Self::Sites => "site",
            Self::Surveys => "survey",
            Self::Languages => "languages",
            Self::Mode => "mode",
            Self::WithdrawUntil => "withdraw-until",
            Self::DeleteBy => "delete-by",
            Self::SelfFrom => "self-from",
            Self::GuardianBelow => "guardian-below",
            Self::ConsentReason => "consent-reason",
            Self::Profile => "profile",
            Self::Reason => "reason",
        }
    }

    pub(super) const fn is_repeated(self) -> bool {
        matches!(self, Self::Sites | Self::Surveys)
    }

    pub(super) fn placeholder(self, texts: &Texts) -> &str {
        let value = &texts.command.value;
        match self {
            Self::Title
            | Self::Service
            | Self::Commissioner
            | Self::Purpose
            | Self::ConsentReason
            | Self::Reason => &value.text,
            Self::Round => "ID",
            Self::Sites => &value.site,
            Self::Surveys => &value.survey,
            Self::Languages => "nb,nn,en",
            Self::Mode => "deidentified|anonymous",
            Self::WithdrawUntil | Self::DeleteBy => &value.date,
            Self::SelfFrom | Self::GuardianBelow => &value.age,
            Self::Profile => "standard|strict|small-sample",
        }
    }

    pub(super) fn help(self, texts: &Texts) -> &str {
        let words = &texts.command.new_evaluation;
        match self {
            Self::Title => words.title.as_str(),
            Self::Service => words.service.as_str(),
            Self::Commissioner => words.commissioner.as_str(),
            Self::Purpose => words.purpose.as_str(),
            Self::Round => words.round.as_str(),
            Self::Sites => words.site.as_str(),
            Self::Surveys => words.survey.as_str(),
            Self::Languages => words.languages.as_str(),
            Self::Mode => words.mode.as_str(),
            Self::WithdrawUntil => words.withdraw_until.as_str(),
            Self::DeleteBy => words.delete_by.as_str(),
            Self::SelfFrom => words.self_from.as_str(),
            Self::GuardianBelow => words.guardian_below.as_str(),
            Self::ConsentReason => words.consent_reason.as_str(),
            Self::Profile => words.profile.as_str(),
            Self::Reason => words.reason.as_str(),
        }
    }

    pub(super) fn question(self, texts: &Texts) -> &str {
        let words = &texts.command.new_evaluation;
        match self {
            Self::Title => words.ask_title.as_str(),
            Self::Service => words.ask_service.as_str(),
            Self::Commissioner => words.ask_commissioner.as_str(),
            Self::Purpose => words.ask_purpose.as_str(),
            Self::Round => words.ask_round.as_str(),
            Self::Sites => words.ask_sites.as_str(),
            Self::Surveys => words.ask_survey.as_str(),
            Self::Languages => words.ask_languages.as_str(),
            Self::Mode => words.ask_mode.as_str(),
            Self::WithdrawUntil => words.ask_withdraw_until.as_str(),
            Self::DeleteBy => words.ask_delete_by.as_str(),
            Self::SelfFrom => words.ask_self_from.as_str(),
            Self::GuardianBelow => words.ask_guardian_below.as_str(),
            Self::ConsentReason => words.ask_consent_reason.as_str(),
            Self::Profile => words.ask_profile.as_str(),
            Self::Reason => words.ask_reason.as_str(),
        }
    }
}
