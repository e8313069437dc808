//! What is asked about a new evaluation, in this order.

/// One thing to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// What the evaluation is called.
    Title,
    /// The service that is evaluated.
    Service,
    /// Who asked for it.
    Commissioner,
    /// What it is for.
    Purpose,
    /// The first round.
    Round,
    /// Sites.
    Sites,
    /// How many interviews are planned, where that is not said site by site.
    Planned,
    /// Surveys.
    Surveys,
    /// Languages it is held in.
    Languages,
    /// Whether a person can withdraw afterwards.
    Mode,
    /// Last day of withdrawal.
    WithdrawUntil,
    /// When answers and keys go.
    DeleteBy,
    /// From which age the young person consents alone.
    SelfFrom,
    /// Below which age a guardian consents.
    GuardianBelow,
    /// Why these ages, and who decided.
    ConsentReason,
    /// What may be shown.
    Profile,
    /// Why the weakest profile.
    Reason,
    /// Whom to call to withdraw, or when something is wrong with a laptop.
    Call,
    /// Whom to call when somebody has a hard time.
    Contacts,
    /// Where the evaluation lies.
    Folder,
}

/// How a field is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One line of text, about so many columns wide.
    Line(usize),
    /// Several lines, one thing a line.
    Lines,
    /// One of these names.
    One(&'static [&'static str]),
    /// Some of what there is to choose from.
    Several,
}

impl Field {
    /// Every field, in the order of asking.
    pub const ALL: [Self; 20] = [
        Self::Title,
        Self::Service,
        Self::Commissioner,
        Self::Purpose,
        Self::Round,
        Self::Sites,
        Self::Planned,
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
        Self::Call,
        Self::Contacts,
        Self::Folder,
    ];

    /// Returns its name, as flags and files say it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Service => "service",
            Self::Commissioner => "commissioner",
            Self::Purpose => "purpose",
            Self::Round => "round",
            Self::Sites => "site",
            Self::Planned => "planned",
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
            Self::Call => "call",
            Self::Contacts => "contact",
            Self::Folder => "folder",
        }
    }

    /// Returns the field of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// Returns how it is answered.
    #[must_use]
    pub const fn form(self) -> Form {
        match self {
            Self::Sites | Self::Contacts => Form::Lines,
            Self::Surveys | Self::Languages => Form::Several,
            Self::Mode => Form::One(&["anonymous", "deidentified"]),
            Self::Profile => Form::One(&["standard", "strict", "small-sample"]),
            Self::WithdrawUntil | Self::DeleteBy => Form::Line(14),
            Self::SelfFrom | Self::GuardianBelow => Form::Line(4),
            Self::Planned => Form::Line(8),
            Self::Round => Form::Line(30),
            Self::Title
            | Self::Service
            | Self::Commissioner
            | Self::Purpose
            | Self::ConsentReason
            | Self::Reason
            | Self::Call
            | Self::Folder => Form::Line(66),
        }
    }

    /// Returns whether the flag can be given several times.
    #[must_use]
    pub const fn is_repeated(self) -> bool {
        matches!(self, Self::Sites | Self::Surveys | Self::Contacts)
    }

    /// Returns whether nothing can be made without an answer, where the field applies.
    #[must_use]
    pub const fn is_needed(self) -> bool {
        matches!(
            self,
            Self::Title | Self::Surveys | Self::WithdrawUntil | Self::ConsentReason | Self::Reason
        )
    }
}
