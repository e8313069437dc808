//! Which column holds what, and which words its cells may hold.

use std::collections::BTreeMap;

use crate::domain::category::{Category, place_of_code};
use crate::domain::coding::{CodedItem, Coding, Counted, Said};
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;
use crate::domain::survey::question::QuestionKind;

use super::Reading;
use super::cell::{MISSING_CODES, missing_code};
use super::words::{Gathering, Words};

/// Backgrounds a condition may look at that are no questions.
pub(super) const BACKGROUNDS: [&str; 3] = ["site", "round", "age_band"];

/// A column of the file.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) target: Target,
    /// The place a word's code goes to, where the words are all there is to a cell.
    pub(super) place: usize,
    pub(super) words: Words,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Nothing of the survey.
    Nothing,
    /// The answer to an item, each a word.
    Words(usize),
    /// The answer to an item that takes more than a look-up.
    Typed(usize),
    /// Whether an option of an item was chosen.
    Option(usize, usize),
    /// A background that is no question.
    Background(Id),
}

/// What the heading comes to.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) all: Vec<Column>,
    /// Columns nothing is read from.
    pub(super) unused: Vec<String>,
    /// Items no column holds.
    pub(super) absent: Vec<ItemKey>,
    /// A column that stands twice, or holds what another one holds too.
    pub(super) twice: Option<String>,
}

/// Returns the columns of a heading. `read` are the items and backgrounds that conditions look at.
pub(super) fn columns(
    names: &[String],
    coding: &Coding<'_>,
    reading: &Reading,
    looked_at: &LookedAt,
) -> Columns {
    let known = Known::of(coding);
    let mut found = Columns {
        all: Vec::new(),
        unused: Vec::new(),
        absent: Vec::new(),
        twice: None,
    };
    let mut taken: Vec<Target> = Vec::new();
    for name in names {
        let target = known.target(name, coding);
        if target == Target::Nothing {
            found.unused.push(name.clone());
        } else if taken.contains(&target) && found.twice.is_none() {
            found.twice = Some(name.clone());
        }
        taken.push(target.clone());
        found.all.push(column(target, coding, reading, looked_at));
    }
    let is_held = |number: usize| {
        taken.iter().any(|target| match target {
            Target::Words(item) | Target::Typed(item) | Target::Option(item, _) => *item == number,
            Target::Nothing | Target::Background(_) => false,
        })
    };
    let absent = coding.items().iter().enumerate();
    let absent = absent.filter(|(number, item)| item.counted != Counted::Hands && !is_held(*number));
    found.absent = absent.map(|(_, item)| item.key.clone()).collect();
    if found.twice.is_none() {
        // One column with all options and one per option would say the same twice, or not the same.
        found.twice = names.iter().zip(&taken).find_map(|(name, target)| match target {
            Target::Option(item, _) if taken.contains(&Target::Typed(*item)) => Some(name.clone()),
            _ => None,
        });
    }
    found
}

/// What conditions look at.
#[derive(Debug, Default)]
pub(super) struct LookedAt {
    pub(super) items: Vec<ItemKey>,
    pub(super) backgrounds: Vec<Id>,
}

/// Names a column may have.
struct Known {
    names: BTreeMap<String, Target>,
}

impl Known {
    fn of(coding: &Coding<'_>) -> Self {
        let mut names: BTreeMap<String, Target> = BTreeMap::new();
        let mut texts: BTreeMap<String, Vec<Target>> = BTreeMap::new();
        let group_mode = coding.survey().parts().group_mode.as_ref();
        let groups_only = |id: &Id| group_mode.is_some_and(|group| group.only.contains(id));
        for (number, item) in coding.items().iter().enumerate() {
            // Rows are persons.
            if groups_only(&item.item.question.id) {
                continue;
            }
            let target = match (item.counted, &item.item.question.kind) {
                (Counted::Hands, _) => continue,
                (Counted::One, QuestionKind::Number { .. } | QuestionKind::Date { .. })
                | (Counted::Answered | Counted::Several | Counted::FirstChoice, _) => Target::Typed(number),
                (Counted::One, _) => Target::Words(number),
            };
            let key = item.key.to_string();
            if item.counted == Counted::Several {
                for (option, category) in item.categories.iter().enumerate() {
                    let Category::Code(code) = category else { continue };
                    for between in [".", "/", "___", ":"] {
                        names.insert(format!("{key}{between}{code}"), Target::Option(number, option));
                    }
                }
            }
            names.insert(key.replace('.', "/"), target.clone());
            names.insert(key, target.clone());
            let text = item.item.row.map_or(&item.item.question.text, |row| &row.text);
            for (_, text) in text.iter() {
                let known = texts.entry(text.as_str().trim().to_lowercase()).or_default();
                if !known.contains(&target) {
                    known.push(target.clone());
                }
            }
        }
        for (text, targets) in texts {
            // The words of a question name its column where they name no other one.
            if let [target] = targets.as_slice() {
                names.entry(text).or_insert_with(|| target.clone());
            }
        }
        for name in BACKGROUNDS {
            if let Ok(id) = Id::new(name) {
                names.entry(name.to_owned()).or_insert(Target::Background(id));
            }
        }
        Self { names }
    }

    fn target(&self, name: &str, coding: &Coding<'_>) -> Target {
        let plain = name.trim().to_lowercase();
        let found = self.names.get(name).or_else(|| self.names.get(&plain));
        found
            .cloned()
            .or_else(|| renamed(&plain, coding))
            .unwrap_or(Target::Nothing)
    }
}

/// Finds a column named for an older code of an option.
fn renamed(name: &str, coding: &Coding<'_>) -> Option<Target> {
    let mut items = coding.items().iter().enumerate();
    items.find_map(|(number, item)| {
        if item.counted != Counted::Several {
            return None;
        }
        let rest = name.strip_prefix(&item.key.to_string())?;
        let between = [".", "/", "___", ":"];
        let code = between.iter().find_map(|between| rest.strip_prefix(between))?;
        let option = place_of_code(&Id::new(code).ok()?, &item.item, &item.categories)?;
        Some(Target::Option(number, option))
    })
}

fn column(target: Target, coding: &Coding<'_>, reading: &Reading, looked_at: &LookedAt) -> Column {
    let item = match target {
        Target::Words(number) | Target::Typed(number) | Target::Option(number, _) => {
            coding.items().get(number)
        }
        Target::Nothing | Target::Background(_) => None,
    };
    let unread = || Gathering::default().words(0);
    let (target, place, words) = match (&target, item) {
        (Target::Words(_), Some(item)) => (target, item.place(), answers(item, reading)),
        (Target::Typed(_), Some(item)) => (target, usize::MAX, typed(item, reading)),
        (Target::Option(..), Some(item)) => (target, usize::MAX, yes_or_no(item, reading)),
        (Target::Background(name), _) => {
            let counted = coding.rosters().iter().any(|roster| roster.name == *name);
            if counted || looked_at.backgrounds.contains(name) {
                (target, usize::MAX, unread())
            } else {
                (Target::Nothing, usize::MAX, unread())
            }
        }
        _ => (Target::Nothing, usize::MAX, unread()),
    };
    Column { target, place, words }
}

/// The words of an item, each with the code of its place.
fn answers(item: &CodedItem<'_>, reading: &Reading) -> Words {
    let mut gathering = Gathering::default();
    options(item, reading, &mut gathering, |category| {
        item.code(Said::Category(category))
    });
    missing(item, reading, &mut gathering, |kind| {
        item.code(Said::Missing(kind))
    });
    gathering.words(item.code(Said::Missing(Missing::Skipped)))
}

/// The words a typed cell may hold: options by their places, and kinds of missing.
fn typed(item: &CodedItem<'_>, reading: &Reading) -> Words {
    let mut gathering = Gathering::default();
    options(item, reading, &mut gathering, |category| {
        u16::try_from(category).unwrap_or(MISSING_CODES)
    });
    missing(item, reading, &mut gathering, missing_code);
    gathering.words(missing_code(Missing::Skipped))
}

/// The words of a column for one option.
fn yes_or_no(item: &CodedItem<'_>, reading: &Reading) -> Words {
    let mut gathering = Gathering::default();
    let (no, yes) = (["0", "false", "no", "nei"], ["1", "true", "yes", "ja", "x"]);
    for (words, code) in [(no.as_slice(), 0), (yes.as_slice(), 1)] {
        for word in words {
            gathering.add(word, code);
        }
    }
    missing(item, reading, &mut gathering, missing_code);
    gathering.words(missing_code(Missing::Skipped))
}

fn options(
    item: &CodedItem<'_>,
    reading: &Reading,
    gathering: &mut Gathering,
    code_of: impl Fn(usize) -> u16,
) {
    let coded = |code: &Id| place_of_code(code, &item.item, &item.categories).map(&code_of);
    let choices = item.item.question.kind.choices();
    let own = choices.filter(|_| item.item.scale.is_none());
    let options = own.map_or(&[][..], |choices| &choices.options);
    let levels = item.item.scale.map_or(&[][..], |scale| &scale.levels);
    if reading.cells.codes() {
        let level_codes = levels.iter().map(|level| &level.code);
        let codes = options.iter().map(|option| &option.code).chain(level_codes);
        let older = options.iter().flat_map(|option| &option.was);
        for code in codes.chain(older) {
            if let Some(meaning) = coded(code) {
                gathering.add(code.as_str(), meaning);
            }
        }
    }
    if reading.cells.labels() {
        let level_texts = levels.iter().map(|level| (&level.code, &level.text));
        let texts = options.iter().map(|option| (&option.code, &option.text));
        for (code, text) in texts.chain(level_texts) {
            if let Some(meaning) = coded(code) {
                text.iter()
                    .for_each(|(_, text)| gathering.add(text.as_str(), meaning));
            }
        }
    }
    if reading.cells.values() {
        for level in levels {
            if let Some(meaning) = coded(&level.code) {
                let value = level.value.to_string();
                gathering.add(&value, meaning);
                gathering.add(&value.replace('.', ","), meaning);
            }
        }
    }
}

fn missing(
    item: &CodedItem<'_>,
    reading: &Reading,
    gathering: &mut Gathering,
    code_of: impl Fn(Missing) -> u16,
) {
    let question = item.item.question;
    let chosen = Missing::CHOSEN.into_iter().filter(|kind| question.offers(*kind));
    let open: Vec<Missing> = [Missing::NotAsked, Missing::Skipped]
        .into_iter()
        .chain(chosen)
        .collect();
    for kind in &open {
        gathering.add(kind.code(), code_of(*kind));
    }
    for (word, kind) in reading.missing.iter().filter(|(_, kind)| open.contains(kind)) {
        gathering.add(word, code_of(*kind));
    }
    gathering.add("NA", code_of(Missing::Skipped));
}
