//! Which question is split by what, from names: what the evaluation declares, and what somebody asks for.

use std::collections::BTreeMap;

use crate::domain::coding::Roster;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::survey::question::QuestionKind;
use crate::domain::survey::{Item, Survey};
use crate::stats::collect::By;

use super::breakdown::{Breakdowns, Declared};

/// Stands for every question that has no breakdown of its own.
const ALL_OTHERS: &str = "*";
/// The background that says where somebody was interviewed.
const SITE: &str = "site";

/// What questions are split by.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Backgrounds that are planning data, with their levels.
    pub rosters: Vec<Roster>,
    /// What is counted by, in the order of the splits.
    pub by: Vec<By>,
    /// Which question is split by which of them.
    pub breakdowns: Breakdowns,
}

/// Why a breakdown cannot be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoChoice {
    /// There is no such background; these there are.
    Unknown(Vec<Id>),
    /// Every question is split by something else already; the first of them, and by what.
    Second {
        /// The question.
        item: ItemKey,
        /// What it is split by.
        first: Id,
    },
}

/// Returns what the questions of a survey are split by: what the evaluation declares, by item, question or `*`, and
/// `wanted` for those it declares nothing for. `sites` are its sites in their order.
///
/// # Errors
/// [`NoChoice`] for what is wanted; what the evaluation declares and is not there is passed over.
pub fn choice(
    declared: &BTreeMap<String, Id>,
    sites: &[String],
    survey: &Survey,
    wanted: Option<&Id>,
) -> Result<Choice, NoChoice> {
    let known = backgrounds(sites, survey);
    if let Some(wanted) = wanted
        && !known.iter().any(|(declared, _)| declared.by == *wanted)
    {
        return Err(NoChoice::Unknown(
            known.into_iter().map(|(declared, _)| declared.by).collect(),
        ));
    }
    let mut of: BTreeMap<ItemKey, Id> = BTreeMap::new();
    let mut refused = None;
    for item in survey.items().filter(|item| item.question.report) {
        let key = item.key();
        let names = [
            key.to_string(),
            key.question_id().to_string(),
            ALL_OTHERS.to_owned(),
        ];
        let own = names.iter().find_map(|name| declared.get(name));
        // A question is not split by itself.
        let own = own.filter(|by| by.as_str() != key.question_id().as_str());
        match (own, wanted) {
            (Some(own), Some(wanted)) if own != wanted => {
                refused = refused.or(Some(NoChoice::Second {
                    item: key.clone(),
                    first: own.clone(),
                }));
                of.insert(key, own.clone());
            }
            (Some(by), _) | (None, Some(by)) if by.as_str() != key.question_id().as_str() => {
                of.insert(key, by.clone());
            }
            _ => {}
        }
    }
    if let Some(refused) = refused
        && !of.values().any(|by| Some(by) == wanted)
    {
        return Err(refused);
    }
    let used: Vec<(Declared, By)> = known
        .into_iter()
        .filter(|(declared, _)| of.values().any(|by| *by == declared.by))
        .collect();
    let rosters = used
        .iter()
        .filter(|(_, by)| matches!(by, By::Roster(_)))
        .map(|(declared, _)| Roster {
            name: declared.by.clone(),
            levels: declared.levels.clone(),
        });
    let rosters = rosters.collect();
    let by = used.iter().map(|(_, by)| by.clone()).collect();
    let splits: Vec<Declared> = used.into_iter().map(|(declared, _)| declared).collect();
    let place = |by: &Id| splits.iter().position(|declared| declared.by == *by);
    let of: Vec<(ItemKey, usize)> = of
        .into_iter()
        .filter_map(|(item, by)| Some((item, place(&by)?)))
        .collect();
    let mut breakdowns = Breakdowns::new(splits);
    for (item, split) in of {
        // Every question is declared once, so none is refused here.
        let _ = breakdowns.declare(item, split);
    }
    Ok(Choice {
        rosters,
        by,
        breakdowns,
    })
}

/// Returns every background a survey's answers can be split by.
#[must_use]
pub fn known(sites: &[String], survey: &Survey) -> Vec<Id> {
    let known = backgrounds(sites, survey).into_iter();
    known.map(|(declared, _)| declared.by).collect()
}

/// Returns what an evaluation declares to split by and is no background of the survey: it is passed over.
#[must_use]
pub fn passed_over(declared: &BTreeMap<String, Id>, sites: &[String], survey: &Survey) -> Vec<Id> {
    let known = known(sites, survey);
    let is_here = |item: &String| {
        item == ALL_OTHERS
            || survey.items().any(|own| {
                let key = own.key();
                key.to_string() == *item || key.question_id().as_str() == item.as_str()
            })
    };
    let unknown = declared
        .iter()
        .filter(|(item, by)| is_here(item) && by.as_str() != SITE && !known.contains(by))
        .map(|(_, by)| by.clone());
    unknown
        .collect::<std::collections::BTreeSet<Id>>()
        .into_iter()
        .collect()
}

/// Returns what an evaluation declares a split for and is no question of any of these surveys.
#[must_use]
pub fn items_passed_over<'s>(
    declared: &BTreeMap<String, Id>,
    surveys: impl IntoIterator<Item = &'s Survey>,
) -> Vec<String> {
    let mut unknown: Vec<String> = declared
        .keys()
        .filter(|item| *item != ALL_OTHERS)
        .cloned()
        .collect();
    for survey in surveys {
        unknown.retain(|item| {
            !survey.items().any(|own| {
                let key = own.key();
                key.to_string() == *item || key.question_id().as_str() == item.as_str()
            })
        });
    }
    unknown
}

/// Every background answers can be split by: the site, and questions with one answer out of a few that the survey declares
/// as a background. Any other question would be two answers crossed; so would one of the sensitive ones.
fn backgrounds(sites: &[String], survey: &Survey) -> Vec<(Declared, By)> {
    let mut known = Vec::new();
    if let Ok(site) = Id::new(SITE)
        && sites.len() > 1
    {
        let declared = Declared {
            by: site.clone(),
            levels: sites.to_vec(),
            known: true,
            merge: Vec::new(),
        };
        known.push((declared, By::Roster(site)));
    }
    let is_background = |item: &Item<'_>| item.question.background && !item.question.sensitive;
    for item in survey.items().filter(is_background) {
        if let QuestionKind::One(choices) = &item.question.kind {
            let place = |code: &Id| choices.options.iter().position(|option| option.code == *code);
            let merge = item.question.merge.iter();
            let declared = Declared {
                by: item.question.id.clone(),
                levels: choices
                    .options
                    .iter()
                    .map(|option| option.code.to_string())
                    .collect(),
                known: false,
                merge: merge
                    .map(|levels| levels.iter().filter_map(place).collect())
                    .collect(),
            };
            known.push((declared, By::Item(item.key())));
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::{Choice, NoChoice, choice};
    use crate::stats::made_up::{id, key, on_five, one_of, survey};

    fn chosen(declared: &[(&str, &str)], wanted: Option<&str>) -> Result<Vec<Option<String>>, NoChoice> {
        let mut age = one_of("alder", "ab");
        age.background = true;
        let survey = survey("1", vec![age, one_of("svar", "ab"), on_five("q"), on_five("r")]);
        let wanted = wanted.map(id);
        let declared = declared
            .iter()
            .map(|(item, by)| ((*item).to_owned(), id(by)))
            .collect();
        let sites = ["nord".to_owned(), "sor".to_owned()];
        let Choice { breakdowns, .. } = choice(&declared, &sites, &survey, wanted.as_ref())?;
        let by = |item| {
            breakdowns
                .of(&key(item))
                .map(|(_, declared)| declared.by.to_string())
        };
        Ok(["alder", "q", "r"].map(by).into())
    }

    #[test]
    fn every_question_has_its_own_breakdown_or_that_of_all_others_and_none_by_itself() {
        let none = || None::<String>;
        let some = |by: &str| Some(by.to_owned());
        assert_eq!(chosen(&[], None), Ok(vec![none(), none(), none()]));
        assert_eq!(
            chosen(&[("*", "site"), ("q", "alder")], None),
            Ok(vec![some("site"), some("alder"), some("site")])
        );
        assert_eq!(
            chosen(&[("*", "alder")], None),
            Ok(vec![none(), some("alder"), some("alder")])
        );
        assert_eq!(chosen(&[], Some("site")), Ok(vec![some("site"); 3]));
    }

    #[test]
    fn what_is_declared_and_is_no_background_is_named() {
        let survey = survey("1", vec![one_of("svar", "ab"), on_five("q")]);
        let declared = [("*", "svar"), ("q", "site"), ("r", "borte")]
            .map(|(item, by)| (item.to_owned(), id(by)))
            .into();
        let sites = ["nord".to_owned(), "sor".to_owned()];
        assert_eq!(super::passed_over(&declared, &sites, &survey), [id("svar")]);
        assert_eq!(super::items_passed_over(&declared, [&survey]), ["r".to_owned()]);
    }

    #[test]
    fn a_second_breakdown_is_refused_and_named() {
        let refused = chosen(&[("*", "alder")], Some("site"));
        assert_eq!(
            refused,
            Ok(vec![
                Some("site".to_owned()),
                Some("alder".to_owned()),
                Some("alder".to_owned())
            ])
        );
        let all = chosen(&[("*", "site")], Some("alder"));
        assert_eq!(
            all,
            Err(NoChoice::Second {
                item: key("alder"),
                first: id("site")
            })
        );
    }

    #[test]
    fn what_is_no_background_is_refused_with_those_there_are() {
        assert_eq!(
            chosen(&[], Some("q")),
            Err(NoChoice::Unknown(vec![id("site"), id("alder")]))
        );
        // Two answers crossed.
        assert_eq!(
            chosen(&[], Some("svar")),
            Err(NoChoice::Unknown(vec![id("site"), id("alder")]))
        );
    }
}
