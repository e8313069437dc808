//! Before the questions: information, age band, guardian, consent.

use crate::domain::evaluation::AgeBand;
use crate::domain::interview::Action;
use crate::domain::record::Mode;
use crate::texts::{Texts, fill};

use super::asking::{parts, read_aloud};
use super::conversation::{Conversation, Ending, Flow, Heard};
use super::vocabulary::Word;

impl Conversation<'_> {
    /// What is read out before consent, and what is said to the interviewer.
    fn information_lines(&self) -> Vec<String> {
        let interview = self.session.interview();
        let language = interview.language();
        let consent = &interview.survey().parts().consent;
        let live = interview.entered().is_live();
        let words = &self.texts.linear;
        let said = if live {
            &words.read_aloud
        } else {
            &words.afterwards.was_read
        };
        let mut lines = parts(interview, consent.read_aloud.get(language), said, &self.texts);
        if let Some(note) = consent.interviewer_note.as_ref().filter(|_| live) {
            let note = interview.fill(note.get(language), &self.texts.linear.your_name);
            lines.push(fill(&self.texts.linear.to_you, &[("text", &note)]));
        }
        lines
    }

    pub(super) fn information(&mut self) -> Flow {
        let mut lines = self.information_lines();
        let words = &self.texts.linear;
        lines.push(
            if self.is_live() {
                &words.information_on
            } else {
                &words.afterwards.information_on
            }
            .clone(),
        );
        self.say_all(&lines);
        loop {
            match self.hear() {
                Heard::End => return Flow::End(self.input_ended()),
                Heard::Line(line) if line.trim().is_empty() => {
                    self.take(Action::Next);
                    return Flow::On;
                }
                Heard::Line(_) => {
                    let said = self.texts.linear.press_enter.clone();
                    self.say(&said);
                }
                Heard::Word(word) => match self.common(word) {
                    Flow::Again => {}
                    flow => return flow,
                },
            }
        }
    }

    pub(super) fn age_band(&mut self) -> Flow {
        let bands = self.session.interview().opening().age_bands.clone();
        let live = self.session.interview().entered().is_live();
        let words = &self.texts.linear;
        let ask = if live {
            &words.age_ask
        } else {
            &words.afterwards.age
        };
        let mut lines = vec![ask.clone()];
        lines.extend(
            (1..)
                .zip(&bands)
                .map(|(place, band): (usize, _)| format!("{place}. {}", band_words(band, &self.texts))),
        );
        lines.push(self.texts.linear.age_how.clone());
        self.say_all(&lines);
        self.kim_says_before(|own, step| match step {
            Action::AgeBand(code) => bands
                .iter()
                .find(|band| band.code == *code)
                .map(|band| band_words(band, &own.texts)),
            _ => None,
        });
        loop {
            match self.hear() {
                Heard::End => return Flow::End(self.input_ended()),
                Heard::Line(line) => {
                    let place = line.trim().trim_end_matches('.').parse::<usize>().ok();
                    let band = place.and_then(|place| bands.get(place.checked_sub(1)?));
                    if let Some(band) = band {
                        let said = fill(
                            &self.texts.linear.answer_is,
                            &[("words", &band_words(band, &self.texts))],
                        );
                        if self.take(Action::AgeBand(band.code.clone())) {
                            self.say(&said);
                            return Flow::On;
                        }
                    }
                    let said = self.texts.linear.age_how.clone();
                    self.say(&said);
                }
                Heard::Word(word) => match self.common(word) {
                    Flow::Again => {}
                    flow => return flow,
                },
            }
        }
    }

    pub(super) fn guardian(&mut self) -> Flow {
        let live = self.session.interview().entered().is_live();
        let words = &self.texts.linear;
        let ask = if live {
            &words.guardian
        } else {
            &words.afterwards.guardian
        };
        let lines = [ask.clone(), words.yes_or_no.clone()];
        self.say_all(&lines);
        match self.agreed() {
            Ok(exists) => {
                self.take(Action::Guardian(exists));
                Flow::On
            }
            Err(flow) => flow,
        }
    }

    pub(super) fn point(&mut self, place: usize) -> Flow {
        let interview = self.session.interview();
        let language = interview.language();
        let Some(point) = interview.survey().parts().consent.points.get(place) else {
            return Flow::End(self.input_ended());
        };
        let id = point.id.clone();
        let mut lines = read_aloud(interview, point.text.get(language), &self.texts);
        let live = interview.entered().is_live();
        if !live {
            lines.push(self.texts.linear.afterwards.consent.clone());
        }
        let words = &self.texts.linear;
        let how = if live {
            &words.yes_no_more
        } else {
            &words.yes_or_no
        };
        lines.push(how.clone());
        self.say_all(&lines);
        self.kim_says_before(|own, step| match step {
            Action::Consent { given: true, .. } => Some(own.texts.words.yes.clone()),
            Action::Consent { given: false, .. } => Some(own.texts.words.no.clone()),
            _ => None,
        });
        let agreed = if live {
            self.agreed_or_more()
        } else {
            self.agreed()
        };
        match agreed {
            Ok(given) => {
                let before = self.session.interview().has_consent();
                self.take(Action::Consent { point: id, given });
                if !before && self.session.interview().has_consent() {
                    let words = &self.texts.linear;
                    let said = if self.practice {
                        words.begins_practice.clone()
                    } else if !live {
                        words.afterwards.begins.clone()
                    } else {
                        words.begins.clone()
                    };
                    if let Some(ending) = self.confirm_saved(&said) {
                        return Flow::End(ending);
                    }
                }
                Flow::On
            }
            Err(flow) => flow,
        }
    }

    /// As [`Self::agreed`], and reads the information out again as often as the other person wants to know more.
    fn agreed_or_more(&mut self) -> Result<bool, Flow> {
        loop {
            let line = match self.hear() {
                Heard::End => return Err(Flow::End(self.input_ended())),
                Heard::Line(line) => line,
                Heard::Word(word) => match self.common(word) {
                    Flow::Again => continue,
                    flow => return Err(flow),
                },
            };
            match (self.vocabulary.word(&line), line.trim()) {
                (Some(Word::Yes), _) | (_, "1") => return Ok(true),
                (Some(Word::No), _) | (_, "2") => return Ok(false),
                (Some(Word::More), _) | (_, "3") => {
                    let lines = self.information_lines();
                    self.say_all(&lines);
                    // The point itself is put again after it.
                    return Err(Flow::On);
                }
                _ => {
                    let said = self.texts.linear.yes_no_more.clone();
                    self.say(&said);
                }
            }
        }
    }

    /// Asks for yes or no; words that belong to every prompt are followed.
    fn agreed(&mut self) -> Result<bool, Flow> {
        loop {
            match self.yes_or_no() {
                Ok(answer) => return Ok(answer),
                Err(None) => return Err(Flow::End(self.input_ended())),
                Err(Some(word)) => match self.common(word) {
                    Flow::Again => {}
                    flow => return Err(flow),
                },
            }
        }
    }

    pub(super) fn declined(&mut self) -> Ending {
        let words = &self.texts.linear;
        let interview = self.session.interview();
        let group = matches!(interview.mode(), Mode::Group { .. });
        if interview.lacks_guardian() {
            let t = &self.texts.interview.no_guardian;
            let aloud = if group { &t.aloud_group } else { &t.aloud };
            let mut lines = vec![format!("{}.", t.title), t.kept.clone()];
            if interview.entered().is_live() {
                lines.extend(read_aloud(interview, aloud, &self.texts));
            }
            self.say_all(&lines);
            return Ending::Declined;
        }
        let said = match (self.practice, interview.entered().is_live(), group) {
            (true, ..) => &words.declined_practice,
            (_, true, false) => &words.declined,
            (_, true, true) => &words.declined_group,
            (_, false, false) => &words.afterwards.declined,
            (_, false, true) => &words.afterwards.declined_group,
        }
        .clone();
        self.say_all(&said);
        Ending::Declined
    }
}

fn band_words(band: &AgeBand, texts: &Texts) -> String {
    let words = &texts.words;
    match (band.from, band.below) {
        (Some(from), Some(below)) => fill(
            &words.age_band_between,
            &[
                ("from", &from.to_string()),
                ("to", &below.saturating_sub(1).to_string()),
            ],
        ),
        (None, Some(below)) => fill(&words.age_band_under, &[("age", &below.to_string())]),
        (Some(from), None) => fill(&words.age_band_from, &[("age", &from.to_string())]),
        (None, None) => band.code.to_string(),
    }
}
