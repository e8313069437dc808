//! What a person can ask for on the coordinator's screens, and where they can go.

use super::form::What;
use super::told::Told;

/// What a person asks for on these screens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// To the coordinator's screens.
    Enter,
    /// Opens a screen.
    Go(Place),
    /// Fills in what something takes.
    Fill(What),
    /// Shows a text.
    Tell(Box<Told>),
    /// Explains what is hidden.
    Explain,
    /// Shows what is looked at as a chart, or as a table.
    Picture,
    /// Shows it by groups; on the release, chooses the groups.
    Split,
    /// Lists everything that was shown.
    States,
    /// It is wrong.
    Wrong,
    /// Notes something about it.
    Note,
    /// Lists only what is not written in full, or everything.
    Hidden,
    /// Asks the question that is looked at, as an interviewer would.
    TryQuestion,
    /// Opens the file that is looked at in a program of its own.
    OpenOutside,
    /// Writes its words to a table.
    WordsOut,
    /// Takes the words of a table.
    WordsIn,
    /// Shows it in the next language.
    OtherLanguage,
    /// Shows it in another window.
    OtherSize,
    /// A theme that is not there yet.
    NewTheme,
    /// Another name, or other words.
    Rename,
    /// Two themes are one.
    Merge,
    /// A theme is two.
    SplitTheme,
    /// A theme stands under another.
    Move,
    /// What somebody thinks about a theme.
    Memo,
    /// All themes together.
    Themes,
    /// Somebody else codes.
    OtherCoder,
    /// Away with it.
    Drop,
    /// Other answers.
    Filter,
    /// Words worth quoting.
    Mark,
    /// A word in brackets in the place of an identifier.
    Bracket,
    /// It is no identifier.
    NoName,
    /// The quotes.
    Quotes,
    /// The quote can stand.
    Fit,
    /// It cannot.
    Unfit,
    /// A new finding.
    NewFinding,
    /// A new action.
    NewAction,
    /// What stands beside a finding.
    Beside,
    /// A finding is told earlier.
    Earlier,
    /// What was made of a finding; how far an action has come.
    Stands,
    /// Something was said at the conference.
    Said,
    /// Who a finding is for.
    Addressee,
    /// What the service answers.
    Answer,
    /// One finding at a time, in large letters.
    Conference,
    /// Who does it.
    Owner,
    /// By when.
    Due,
}

/// A screen to go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The checklist.
    Checklist,
    /// What was shown.
    Results,
    /// Rounds, sites, perspectives.
    Rounds,
    /// What was changed between rounds.
    Marks,
    /// What can be shown next.
    Release,
    /// The report.
    Report,
    /// Bringing in deliveries.
    Collect,
    /// Surveys that are written.
    Surveys,
    /// Open answers.
    Coding,
    /// Findings and actions.
    Findings,
    /// Laptops and their kits.
    Laptops,
    /// Copies, coordinators, withdrawal and the end.
    Upkeep,
    /// Drafts and answers that wait to be decided about.
    Drafts,
    /// What has changed behind this machine's back.
    Changes,
    /// A new kit for this laptop, and the end of what is on it.
    OwnLaptop,
    /// What brings a key that opens the evaluation to this machine.
    Keys,
}
