//! What every screen may look at: texts, look, the desk and the interview as it stands.

use jiff::civil::{Date, Time};

use crate::domain::answer::{Answer, Response};
use crate::domain::interview::Interview;
use crate::domain::interview::wording::answer_words;
use crate::domain::item::ItemKey;
use crate::domain::language::Language;
use crate::domain::localized::Localized;
use crate::domain::missing::Missing;
use crate::domain::record::{Entered, Mode};
use crate::domain::survey::question::{Question, QuestionKind};
use crate::fieldwork::desk::{CannotStart, DraftSecret};
use crate::fieldwork::handover::CannotHandOver;
use crate::fieldwork::session::{Saved, Trouble};
use crate::store::preferences::Preferences;
use crate::texts::interview::InterviewTexts;
use crate::texts::number::time;
use crate::texts::{Texts, fill};

use super::coordinator::{Door, Known};
use super::desk_facts::DeskFacts;
use super::look::Look;
use super::pin::Pin;
use super::preview::Preview;
use super::results::Documents;
use super::theme::Theme;

/// How things stand.
pub struct Situation {
    /// Every word, in the language of the screen.
    pub texts: Texts,
    /// How the screens look.
    pub look: Look,
    /// What the person wants, as far as the look does not say it.
    pub preferences: Preferences,
    /// What the evaluation decides for everybody.
    pub decided: Preferences,
    /// What the interviewer is called.
    pub interviewer: String,
    /// Today.
    pub today: Date,
    /// The desk.
    pub desk: DeskFacts,
    /// What may be shown of the answers.
    pub results: Documents,
    /// What is known of the coordinator's things.
    pub coordinator: Known,
    /// The interview, when one is open.
    pub interview: Option<Interview>,
    /// How the answers of this interview come into the program, or of the one that just ended.
    pub entered: Entered,
    /// Whether a new evaluation is being made.
    pub founding: bool,
    /// Whether a copy of its draft was handed over before.
    pub copy_is_out: bool,
    /// Whether it is practice.
    pub practice: bool,
    /// The preview, where a survey is looked at and nobody is interviewed.
    pub preview: Option<Preview>,
    /// What brings a hidden screen back, where Enter is not enough.
    pub pin: Option<Pin>,
    /// How safe it is.
    pub saved: Saved,
    /// When it last was.
    pub saved_at: Option<Time>,
    /// Columns and rows of the window.
    pub size: (u16, u16),
}

/// A way not to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// Which.
    pub kind: Missing,
    /// Its letter.
    pub letter: String,
    /// Its words.
    pub words: String,
}

impl Situation {
    /// Returns the texts of these screens.
    #[must_use]
    pub fn t(&self) -> &InterviewTexts {
        &self.texts.interview
    }

    /// Returns the styles.
    #[must_use]
    pub const fn theme(&self) -> Theme {
        Theme::new(self.look)
    }

    /// Returns the language of the screen.
    #[must_use]
    pub fn language(&self) -> Language {
        self.texts.language()
    }

    /// Returns a text of the survey in this language, earlier answers filled in.
    #[must_use]
    pub fn says(&self, text: &Localized) -> String {
        let text = text.get(self.language());
        match &self.interview {
            Some(interview) => interview.fill(text, &self.interviewer),
            None => text.to_owned(),
        }
    }

    /// Returns a text in the quotation marks of what is read aloud.
    #[must_use]
    pub fn aloud(&self, text: &str) -> String {
        fill(&self.t().aloud, &[("text", text.trim())])
    }

    /// Returns a text for the interviewer, marked as such.
    #[must_use]
    pub fn aside(&self, text: &str) -> String {
        fill(&self.t().aside, &[("text", text.trim())])
    }

    /// Returns what to say when Enter is pressed on a row that was moved to and not chosen.
    #[must_use]
    pub fn row_not_chosen(&self) -> String {
        let t = self.t();
        let (space, enter) = (&t.key.space, &t.key.enter);
        fill(&t.row_not_chosen, &[("space", space), ("enter", enter)])
    }

    /// The same where nothing is chosen yet and Enter does not go on.
    #[must_use]
    pub fn choose_row(&self) -> String {
        let t = self.t();
        fill(&t.choose_row, &[("space", &t.key.space)])
    }

    /// Returns the ways not to answer this question.
    #[must_use]
    pub fn ways(&self, question: &Question) -> Vec<Way> {
        let letters = &self.texts.words;
        Missing::CHOSEN
            .into_iter()
            .filter(|kind| question.offers(*kind))
            .map(|kind| Way {
                kind,
                letter: match kind {
                    Missing::WontSay => letters.key_wont_say.clone(),
                    Missing::NotApplicable => letters.key_not_applicable.clone(),
                    Missing::DontKnow | Missing::NotAsked | Missing::Skipped => letters.key_dont_know.clone(),
                },
                words: self.missing_words(kind).to_lowercase(),
            })
            .collect()
    }

    /// Returns the words of a reason for no answer.
    #[must_use]
    pub fn missing_words(&self, kind: Missing) -> String {
        let own = self
            .interview
            .as_ref()
            .and_then(|interview| interview.survey().parts().missing_wording.get(&kind));
        if let Some(own) = own {
            return own.get(self.language()).to_owned();
        }
        self.texts.words.missing(kind).to_owned()
    }

    /// Returns what stands at an item in words; what the other person answered unseen stays so.
    #[must_use]
    pub fn response_words(&self, item: &ItemKey) -> Option<String> {
        let interview = self.interview.as_ref()?;
        let response = interview.response(item)?;
        if interview.is_masked(item) {
            return Some(self.t().hidden_answer.clone());
        }
        Some(match response {
            Response::Missing(kind) => self.missing_words(*kind).to_lowercase(),
            Response::Given(answer) => {
                let known = interview.survey().item(item)?;
                let words = answer_words(&known, answer, self.language());
                match answer {
                    Answer::Number { about: true, .. } => fill(&self.t().about, &[("number", &words)]),
                    _ => words,
                }
            }
        })
    }

    /// Returns the same as it is read aloud: a number with its unit, a month by its name.
    #[must_use]
    pub fn spoken_words(&self, item: &ItemKey) -> Option<String> {
        let words = self.response_words(item)?;
        let interview = self.interview.as_ref()?;
        let Some(Response::Given(answer)) = interview.response(item).filter(|_| !interview.is_masked(item))
        else {
            return Some(words);
        };
        let known = interview.survey().item(item)?;
        Some(match (answer, &known.question.kind) {
            (Answer::Number { .. }, QuestionKind::Number { unit: Some(unit), .. }) => {
                format!("{words} {}", unit.get(self.language()))
            }
            (
                Answer::Date {
                    year,
                    month: Some(month),
                    day: None,
                },
                _,
            ) => {
                let place = usize::try_from(*month)
                    .ok()
                    .and_then(|month| month.checked_sub(1));
                match place.and_then(|place| self.t().months.get(place)) {
                    Some(name) => format!("{name} {year}"),
                    None => words,
                }
            }
            _ => words,
        })
    }

    /// Returns whether the other person is here: nothing is read aloud to somebody who was interviewed before.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        self.entered.is_live()
    }

    /// Returns whether a group is interviewed.
    #[must_use]
    pub fn is_group(&self) -> bool {
        let mode = self.interview.as_ref().map(Interview::mode);
        matches!(mode, Some(Mode::Group { .. }))
    }

    /// Returns whether what is looked at is made up: at the coordinator's, the evaluation that is open there. One that
    /// a passphrase opens is not.
    fn is_made_up(&self) -> bool {
        match (&self.coordinator.opened, self.coordinator.door) {
            (Some(opened), _) if self.coordinator.is_in => self.desk.made_up && opened.evaluation.made_up,
            (None, Some(Door::Passphrase)) if self.coordinator.is_in => false,
            // There is one, and nothing of it is open.
            (_, Some(Door::OtherKeys)) => false,
            _ => self.desk.made_up,
        }
    }

    /// Returns what stands in brackets in row 1, on every screen: practice, made up, entered afterwards.
    #[must_use]
    pub fn marks(&self) -> Vec<&str> {
        if self.preview.is_some() {
            return vec![self.texts.preview.mark.as_str()];
        }
        let mut marks = Vec::new();
        if self.practice {
            marks.push(self.texts.words.practice.as_str());
        }
        // Practice is made up whatever the evaluation is.
        if self.is_made_up() && !self.founding && !self.practice {
            marks.push(self.texts.words.made_up.as_str());
        }
        match self.interview.as_ref().map(Interview::entered) {
            Some(Entered::FromNotes) => marks.push(&self.t().afterwards.from_notes),
            Some(Entered::FromPaper) => marks.push(&self.t().afterwards.from_paper),
            Some(Entered::Live) | None => {}
        }
        marks
    }

    /// Returns why something could not be kept, as a sentence.
    #[must_use]
    pub fn trouble(&self, trouble: Trouble) -> &str {
        let t = &self.t().trouble;
        match trouble {
            Trouble::DiskFull => &t.disk_full,
            Trouble::ReadOnly => &t.read_only,
            Trouble::Gone => &t.gone,
            Trouble::Other => &t.other,
        }
    }

    /// Returns what is worked on here: the evaluation, or that there is none.
    #[must_use]
    pub fn desk_title(&self) -> &str {
        if self.coordinator.door == Some(Door::OtherKeys) {
            return &self.texts.coordinator.upkeep.words_title;
        }
        let title = self.desk.title.as_ref();
        title.map_or(&self.t().start.no_evaluation, |title| title.get(self.language()))
    }

    /// Returns why an interview cannot be opened, and what to do.
    #[must_use]
    pub fn cannot(&self, why: CannotStart) -> &str {
        let t = &self.t().cannot;
        match why {
            CannotStart::NoEvaluation => &t.no_evaluation,
            CannotStart::KeysNotProved => &t.keys_not_proved,
            CannotStart::Closed => &self.texts.life.is_closed,
            CannotStart::DeletionDue => &t.deletion_due,
            CannotStart::NoSigningKey => &t.no_signing_key,
            CannotStart::WrongSecret if self.desk.draft_secret == DraftSecret::LaptopCode => {
                &self.texts.handover.screen.wrong_code
            }
            CannotStart::WrongSecret => &t.wrong_secret,
            CannotStart::OtherKey => &t.other_key,
            CannotStart::OpenElsewhere => &t.open_elsewhere,
            CannotStart::Damaged => &t.damaged,
            CannotStart::Newer => &t.newer,
            CannotStart::SurveyGone => &t.survey_gone,
            CannotStart::SurveyMistaken => &t.survey_mistaken,
            CannotStart::Disk(trouble) => self.trouble(trouble),
        }
    }

    /// Returns why nothing was handed over or removed, and what to do.
    #[must_use]
    pub fn cannot_hand_over(&self, why: CannotHandOver) -> &str {
        let t = &self.texts.handover.screen;
        match why {
            CannotHandOver::Nothing => &t.nothing,
            CannotHandOver::NoFolder => &t.no_folder,
            CannotHandOver::NotTheSame => &t.not_the_same,
            CannotHandOver::Disk(trouble) => self.trouble(trouble),
        }
    }

    /// Returns "Lagret 14.02" or "Lagrer ...", when there is something to say.
    #[must_use]
    pub fn saved_words(&self) -> Option<String> {
        // What was saved before says nothing while the last of it is not.
        match self.saved {
            _ if self.practice => None,
            Saved::Failed(_) => None,
            Saved::Saving => Some(self.t().saving.clone()),
            Saved::Nothing | Saved::Safe => {
                let at = self.saved_at?;
                Some(fill(&self.t().saved, &[("time", &time(at, self.language()))]))
            }
        }
    }
}
