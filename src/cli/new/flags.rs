//! The flags that fill the fields of a new evaluation.

use crate::domain::founding::Field;
use crate::texts::Texts;

/// Every field that has a flag: the folder stands by itself.
pub(super) const ALL: [Field; 19] = [
    Field::Title,
    Field::Service,
    Field::Commissioner,
    Field::Purpose,
    Field::Round,
    Field::Sites,
    Field::Planned,
    Field::Surveys,
    Field::Languages,
    Field::Mode,
    Field::WithdrawUntil,
    Field::DeleteBy,
    Field::SelfFrom,
    Field::GuardianBelow,
    Field::ConsentReason,
    Field::Profile,
    Field::Reason,
    Field::Call,
    Field::Contacts,
];

/// Returns what stands for the value in help.
pub(super) fn placeholder(field: Field, texts: &Texts) -> &str {
    let value = &texts.command.value;
    match field {
        Field::Title
        | Field::Service
        | Field::Commissioner
        | Field::Purpose
        | Field::ConsentReason
        | Field::Call
        | Field::Contacts
        | Field::Reason => &value.text,
        Field::Round => "ID",
        Field::Sites => &value.site,
        Field::Planned => &value.people,
        Field::Surveys => &value.survey,
        Field::Languages => "nb,nn,en",
        Field::Mode => "deidentified|anonymous",
        Field::WithdrawUntil | Field::DeleteBy => &value.date,
        Field::SelfFrom | Field::GuardianBelow => &value.age,
        Field::Profile => "standard|strict|small-sample",
        Field::Folder => &value.folder,
    }
}

/// Returns what help says about it.
pub(super) fn help(field: Field, texts: &Texts) -> &str {
    let words = &texts.command.new_evaluation;
    match field {
        Field::Title => words.title.as_str(),
        Field::Service => words.service.as_str(),
        Field::Commissioner => words.commissioner.as_str(),
        Field::Purpose => words.purpose.as_str(),
        Field::Round => words.round.as_str(),
        Field::Sites => words.site.as_str(),
        Field::Planned => words.planned.as_str(),
        Field::Surveys => words.survey.as_str(),
        Field::Languages => words.languages.as_str(),
        Field::Mode => words.mode.as_str(),
        Field::WithdrawUntil => words.withdraw_until.as_str(),
        Field::DeleteBy => words.delete_by.as_str(),
        Field::SelfFrom => words.self_from.as_str(),
        Field::GuardianBelow => words.guardian_below.as_str(),
        Field::ConsentReason => words.consent_reason.as_str(),
        Field::Profile => words.profile.as_str(),
        Field::Reason => words.reason.as_str(),
        Field::Call => words.call.as_str(),
        Field::Contacts => words.contact.as_str(),
        Field::Folder => words.folder.as_str(),
    }
}
