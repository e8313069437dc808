//! What can be shown, said before anything is written: from how many they are, and from nothing else.

use std::collections::BTreeMap;

use crate::disclosure::breakdown::Breakdowns;
use crate::disclosure::forecast::{Outlook, Plan, Written, groups, is_sensitive, outlook};
use crate::disclosure::hands::would_tell;
use crate::disclosure::policies::Policies;
use crate::disclosure::profile::Settings as Limits;
use crate::disclosure::row::shape::Grain;
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::record::Gathered;
use crate::domain::survey::question::QuestionKind;
use crate::domain::survey::{Item, Survey};
use crate::texts::fill;
use crate::texts::number::whole;

use super::super::settings::Settings;
use super::super::showing::{Interviewed, KnownGroups};
use super::super::surroundings::Surroundings;
use super::titles::{split_title, titles};

/// Says it, of so many people and as which part.
pub(super) fn say(
    policies: &mut Policies,
    survey: &Survey,
    (people, part, held): (usize, usize, Gathered),
    (limits, splits, breakdowns): (&Limits, &[KnownGroups], &Breakdowns),
    asked: &BTreeMap<ItemKey, u32>,
    settings: &Settings,
    surroundings: &mut Surroundings,
) {
    let (words, shared) = (&settings.texts.release, &settings.texts.results);
    let number = |count: u64| whole(count, settings.language());
    let count = u64::try_from(people).unwrap_or(u64::MAX);
    let (n, title) = (number(count), survey.parts().title.get(settings.language()));
    let note = |surroundings: &mut Surroundings, text: &str, values: &[(&str, &str)]| {
        surroundings.output.note(&fill(text, values));
    };
    note(surroundings, &words.preview, &[("survey", title), ("n", &n)]);
    if part > 1 {
        let part = number(u64::try_from(part).unwrap_or(u64::MAX));
        note(surroundings, &words.preview_since, &[("part", &part)]);
    } else {
        note(surroundings, &words.preview_first, &[]);
    }
    note(surroundings, &words.preview_how, &[]);
    let people = u32::try_from(people).unwrap_or(u32::MAX);
    if let Some(written) = Written::of(people, u32::from(limits.threshold(false))) {
        let bound = |text: &str, bound: u32| fill(text, &[("bound", &number(u64::from(bound)))]);
        let (least, most) = (
            bound(&shared.at_most, written.most),
            bound(&shared.at_least, written.least),
        );
        let (low, high) = written.in_full().unwrap_or_default();
        let (low, high) = (number(u64::from(low)), number(u64::from(high)));
        let text = match written.in_full() {
            Some(_) => &words.exact,
            None => &words.no_exact,
        };
        let values = [
            ("low", low.as_str()),
            ("high", high.as_str()),
            ("least", least.as_str()),
            ("most", most.as_str()),
        ];
        note(surroundings, text, &values);
    }
    let sizes: BTreeMap<String, Vec<u32>> = splits
        .iter()
        .map(|known| (known.by.clone(), known.sizes.clone()))
        .collect();
    let plan = Plan {
        settings: limits,
        breakdowns,
        sizes: &sizes,
        asked,
    };
    let reported = || survey.items().filter(|item| item.question.report);
    let is_there = |sensitive: bool, split: bool| {
        reported().any(|item| is_sensitive(&item) == sensitive && plan.is_split(&item) == split)
    };
    let threshold = |sensitive| u32::from(limits.threshold(sensitive));
    let narrower = [
        (
            is_there(true, false),
            Written::of(people, threshold(true)),
            (&words.sensitive, &words.sensitive_none),
        ),
        (
            is_there(false, true),
            Written::beside_groups(people, threshold(false)),
            (&words.split_exact, &words.split_none),
        ),
        (
            is_there(true, true),
            Written::beside_groups(people, threshold(true)),
            (&words.sensitive_split, &words.sensitive_split_none),
        ),
    ];
    for (_, written, (some, none)) in narrower.into_iter().filter(|(is_there, ..)| *is_there) {
        match written.and_then(Written::in_full) {
            Some((low, high)) => {
                // Beside groups the lower code begins one later, on the two sides of the cut only.
                let single = number(u64::from(low.saturating_sub(1)));
                let (low, high) = (number(u64::from(low)), number(u64::from(high)));
                note(
                    surroundings,
                    some,
                    &[("low", &low), ("high", &high), ("single", &single)],
                );
            }
            None => note(surroundings, none, &[]),
        }
    }
    // Groups stand with what is shown first.
    let told = if part > 1 {
        Vec::new()
    } else {
        would_tell(survey, limits, held.groups, held.people)
    };
    let mut by_outlook: BTreeMap<Outlook, Vec<ItemKey>> = BTreeMap::new();
    for (item, outlook) in outlook(policies, survey, people, &plan) {
        if outlook != Outlook::Never || !told.contains(&item) {
            by_outlook.entry(outlook).or_default().push(item);
        }
    }
    for (outlook, items) in by_outlook {
        let text = match outlook {
            Outlook::Counts(Grain::Levels) => &words.levels,
            Outlook::Counts(Grain::Groups) => &words.groups,
            Outlook::Counts(Grain::ThreeBands) => &words.bands,
            Outlook::Counts(Grain::TwoBands) => &words.two_bands,
            Outlook::Several => &words.several,
            Outlook::Words => &words.words,
            Outlook::Routed => &words.routed,
            Outlook::Never => &words.never,
        };
        let items = titles(&items, survey, &settings.texts);
        note(surroundings, text, &[("items", &items)]);
    }
    if !told.is_empty() {
        let (groups, people) = (number(u64::from(held.groups)), number(u64::from(held.people)));
        let items = titles(&told, survey, &settings.texts);
        let values = [
            ("groups", groups.as_str()),
            ("people", people.as_str()),
            ("items", items.as_str()),
        ];
        note(surroundings, &words.hands, &values);
    }
    for KnownGroups { by, levels, sizes } in splits {
        let title = Id::new(by).ok();
        let title = title.map(|by| split_title(&by, [survey], &settings.texts));
        let by = title.as_ref().unwrap_or(by);
        match groups(sizes, limits) {
            Ok(groups) => {
                let of = |(places, people): &(Vec<usize>, u32)| {
                    let names: Vec<&str> = places
                        .iter()
                        .filter_map(|place| Some(levels.get(*place)?.as_str()))
                        .collect();
                    let people = number(u64::from(*people));
                    fill(&words.by_group, &[("levels", &names.join(" + ")), ("n", &people)])
                };
                let groups: Vec<String> = groups.iter().map(of).collect();
                note(
                    surroundings,
                    &words.by_groups,
                    &[("by", by), ("groups", &groups.join(", "))],
                );
            }
            Err(least) => {
                let least = number(u64::from(least));
                note(
                    surroundings,
                    &words.by_too_small,
                    &[("by", by), ("least", &least)],
                );
            }
        }
    }
}

/// Says that so few can be told of in words alone.
pub(super) fn say_words(
    interviewed: &Interviewed<'_>,
    needed: u16,
    settings: &Settings,
    surroundings: &mut Surroundings,
) {
    let words = &settings.texts.release;
    let title = interviewed.survey().parts().title.get(settings.language());
    let least = whole(u64::from(needed), settings.language());
    let values = [("survey", title), ("least", least.as_str())];
    for text in [&words.preview_words, &words.preview_words_how] {
        surroundings.output.note(&fill(text, &values));
    }
}

/// Says it of groups that were interviewed together, where nobody was interviewed alone.
pub(super) fn say_groups(
    survey: &Survey,
    gathered: Gathered,
    limits: &Limits,
    settings: &Settings,
    surroundings: &mut Surroundings,
) {
    let words = &settings.texts.release;
    let number = |count: u32| whole(u64::from(count), settings.language());
    let told = would_tell(survey, limits, gathered.groups, gathered.people);
    let reported = survey.items().filter(|item| item.question.report);
    let (open, closed): (Vec<_>, Vec<_>) =
        reported.partition(|item| matches!(item.question.kind, QuestionKind::Text { .. }));
    let keys = |items: Vec<Item<'_>>| items.iter().map(Item::key).collect::<Vec<ItemKey>>();
    let (open, mut closed) = (keys(open), keys(closed));
    closed.retain(|item| !told.contains(item));
    let names = |items: &[ItemKey]| {
        let names: Vec<String> = items.iter().map(ToString::to_string).collect();
        names.join(", ")
    };
    let (groups, people) = (number(gathered.groups), number(gathered.people));
    let mut note = |text: &str, items: &str| {
        let values = [
            ("survey", survey.parts().title.get(settings.language())),
            ("groups", groups.as_str()),
            ("people", people.as_str()),
            ("items", items),
        ];
        surroundings.output.note(&fill(text, &values));
    };
    note(&words.preview_groups, "");
    note(&words.preview_first, "");
    note(&words.preview_groups_how, "");
    for (text, items) in [
        (&words.hands, &told),
        (&words.groups_themes, &open),
        (&words.groups_never, &closed),
    ] {
        if !items.is_empty() {
            note(text, &names(items));
        }
    }
}
