//! A condition on what somebody answers alone: what is asked next tells the interviewer the answer.

use super::questions;
use crate::definition::code::Code;
use crate::definition::expression::parse::parse;
use crate::definition::expression::tree::{Node, NodeKind};
use crate::definition::fields::Reader;
use crate::definition::place::Span;
use crate::definition::problem::Role;
use crate::definition::survey::raw::{RawCondition, RawSurvey};

pub(super) fn advise(raw: &RawSurvey, reader: &mut Reader<'_>) {
    let alone: Vec<(&str, Span)> = questions(raw)
        .filter(|question| question.self_answer)
        .filter_map(|question| Some((question.id.as_ref()?.value.as_str(), question.key("self_answer"))))
        .collect();
    if alone.is_empty() {
        return;
    }
    for section in &raw.sections {
        look(section.show_if.as_ref(), &alone, reader);
        for question in &section.questions {
            look(question.show_if.as_ref(), &alone, reader);
            let own = question.id.as_ref().map(|id| id.value.as_str());
            let others: Vec<(&str, Span)> =
                alone.iter().copied().filter(|(id, _)| Some(*id) != own).collect();
            // A check that speaks up tells too; about its own answer it speaks to the one who gave it.
            for check in &question.checks {
                look(check.that.as_ref(), &others, reader);
            }
        }
    }
}

fn look(condition: Option<&RawCondition>, alone: &[(&str, Span)], reader: &mut Reader<'_>) {
    let Some(condition) = condition else {
        return;
    };
    let Ok(parsed) = parse(&condition.value) else {
        return;
    };
    if let Some((id, defined)) = alone.iter().find(|(id, _)| names(&parsed, id)) {
        reader
            .findings
            .add(Code::RoutingTells, condition.span)
            .name(id)
            .related(*defined, Role::DefinedHere);
    }
}

/// Returns whether a condition looks at a question.
pub(super) fn names(node: &Node, question: &str) -> bool {
    match &node.kind {
        NodeKind::Name(parts) => parts.first().is_some_and(|first| first == question),
        NodeKind::Here | NodeKind::Word(_) | NodeKind::Digits(_) => false,
        NodeKind::Not(part) | NodeKind::Negate(part) => names(part, question),
        NodeKind::And(a, b)
        | NodeKind::Or(a, b)
        | NodeKind::Compare(_, a, b)
        | NodeKind::Calculate(_, a, b)
        | NodeKind::Has(a, b) => names(a, question) || names(b, question),
        NodeKind::In(part, _) => names(part, question),
        NodeKind::Call(_, _, values) => values.iter().any(|value| names(value, question)),
    }
}

#[cfg(test)]
mod tests {
    use crate::definition::code::Code;
    use crate::definition::survey;

    /// A survey whose first question is answered alone, and where more stands further down.
    fn told(more: &str) -> Vec<Code> {
        let text = format!(
            "format = 1\nid = \"x\"\nversion = \"1\"\nlanguages = [\"nb\"]\ntitle = \"X\"\n[consent]\n\
             read_aloud = \"Hei.\"\npoints = [{{ id = \"deltar\", text = \"Vil du?\", required = true }}]\n\
             [[section]]\nid = \"s\"\ntitle = \"S\"\n\
             [[section.q]]\nid = \"alene\"\ntype = \"number\"\nself_answer = true\ntext = \"Hvor mange?\"\n\
             check = [{{ level = \"ask\", that = \". < 5\", text = \"Er det riktig?\" }}]\n\
             bands = [[0, 4], [5, 100]]\nmin = 0\nmax = 100\n\
             [[section.q]]\nid = \"felles\"\ntype = \"number\"\ntext = \"Hvor mange?\"\nmin = 0\nmax = 100\n\
             bands = [[0, 4], [5, 100]]\n{more}"
        );
        let outcome = survey::read(text.as_bytes());
        assert!(outcome.value.is_some(), "{:?}", outcome.problems);
        let codes = outcome.problems.iter().map(|problem| problem.code);
        codes.filter(|code| *code == Code::RoutingTells).collect()
    }

    #[test]
    fn what_is_asked_next_must_not_hang_on_what_was_answered_alone() {
        let question = |condition: &str| {
            told(&format!(
                "[[section.q]]\nid = \"neste\"\ntype = \"info\"\ntext = \"T\"\nshow_if = \"{condition}\"\n"
            ))
        };
        for tells in ["alene > 3", "not (felles > 1 and answered(alene))"] {
            assert_eq!(question(tells), [Code::RoutingTells], "{tells}");
        }
        assert_eq!(question("felles > 3"), []);
        let section = "[[section]]\nid = \"t\"\ntitle = \"T\"\nshow_if = \"alene > 3\"\n\
                       [[section.q]]\nid = \"neste\"\ntype = \"info\"\ntext = \"T\"\n";
        assert_eq!(told(section), [Code::RoutingTells]);
    }

    #[test]
    fn a_check_of_another_question_tells_and_one_of_its_own_does_not() {
        assert_eq!(told(""), []);
        let check = "check = [{ level = \"ask\", that = \". >= alene\", text = \"Er det riktig?\" }]\n";
        assert_eq!(told(check), [Code::RoutingTells]);
    }
}
