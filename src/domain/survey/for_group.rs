//! The survey as a group is asked it.

use crate::domain::id::Id;
use crate::domain::survey::Survey;
use crate::domain::survey::question::{
    ChoiceOption, Choices, Order, Question, QuestionKind, option_of_level,
};

impl Survey {
    /// Returns the survey as a group is asked it: hands are counted for each option of what one person alone would choose
    /// from. What is no choice stays as it is. It is the same version of the same survey.
    #[must_use]
    pub fn for_group(&self) -> Self {
        let mut asked = self.clone();
        let group = self.parts.group_mode.as_ref();
        let is_asked =
            |id: &Id| group.is_some_and(|group| group.only.contains(id) || group.questions.contains(id));
        let sections = asked.parts.sections.iter_mut();
        for question in sections.flat_map(|section| &mut section.questions) {
            if is_asked(&question.id)
                && let Some(choices) = self.hands(question)
            {
                question.kind = QuestionKind::Count(choices);
                // What must hold of one person's answer says nothing of hands.
                question.checks.clear();
            }
        }
        asked
    }

    /// What hands are raised for, where one person would choose.
    fn hands(&self, question: &Question) -> Option<Choices> {
        let choices = match &question.kind {
            QuestionKind::One(choices) | QuestionKind::Many { choices, .. } => choices.clone(),
            QuestionKind::Scale { scale, .. } => Choices {
                options: self.scale(scale)?.levels.iter().map(option_of_level).collect(),
                scale: Some(scale.clone()),
                order: Order::Fixed,
                groups: Vec::new(),
            },
            _ => return None,
        };
        // Of what one person chooses one of, everybody raises a hand once.
        let once = !matches!(question.kind, QuestionKind::Many { .. });
        let options = choices.options.into_iter();
        let without_words = options.map(|option| ChoiceOption {
            specify: false,
            exclusive: option.exclusive || once,
            ..option
        });
        Some(Choices {
            options: without_words.collect(),
            ..choices
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::QuestionKind;
    use crate::domain::survey::Survey;
    use crate::domain::survey::consent::GroupMode;
    use crate::domain::survey::sample::{choices, id, question, survey};

    fn kinds(of: &Survey) -> BTreeMap<String, Vec<String>> {
        let codes = |kind: &QuestionKind| match kind {
            QuestionKind::Count(choices) => {
                assert!(choices.options.iter().all(|option| !option.specify));
                let codes = choices.options.iter().map(|option| option.code.to_string());
                codes.collect()
            }
            _ => Vec::new(),
        };
        of.questions()
            .map(|question| (question.id.to_string(), codes(&question.kind)))
            .collect()
    }

    #[test]
    fn a_group_raises_hands_for_what_one_person_would_choose() {
        let several = QuestionKind::Many {
            choices: choices(&["skole", "annet"]),
            min: None,
            max: Some(1),
        };
        let scale = QuestionKind::Scale {
            scale: id("grad5"),
            faces: true,
        };
        let mut parts = survey().parts().clone();
        parts.sections[0].questions = vec![
            question("en", QuestionKind::One(choices(&["ja", "nei"]))),
            question("flere", several),
            question("grad", scale),
            question("ord", QuestionKind::Text { long: true }),
            question("alene", QuestionKind::One(choices(&["ja", "nei"]))),
        ];
        parts.group_mode = Some(GroupMode {
            questions: ["en", "flere", "grad"].map(id).to_vec(),
            only: vec![id("ord")],
            min_people: 3,
        });
        let one = Survey::new(parts).unwrap();
        let found = kinds(&one.for_group());
        assert_eq!(found["en"], ["ja", "nei"]);
        assert_eq!(found["flere"], ["skole", "annet"]);
        let asked = one.for_group();
        let once = |name: &str| match &asked.question(&id(name)).unwrap().kind {
            QuestionKind::Count(choices) => choices.options.iter().all(|option| option.exclusive),
            _ => false,
        };
        assert!(once("en") && once("grad") && !once("flere"));
        assert_eq!(found["grad"], ["ikke", "liten", "noen", "stor", "svaert"]);
        assert!(found["ord"].is_empty() && found["alene"].is_empty());
        assert!(
            kinds(&one).values().all(Vec::is_empty),
            "one person chooses as before"
        );
    }
}
