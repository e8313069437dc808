//! Which column holds what, and which words its cells may hold.

use std::collections::BTreeMap;

use crate::domain::category::{Category, place_of_code};
use crate::domain::coding::{CodedItem, Coding, Counted, Said};
use crate::domain::id::Id;
use crate::domain::item::ItemKey;
use crate::domain::missing::Missing;
use crate::domain::survey::question::QuestionKind;

use super::cell::{MISSING_CODES, is_number_or_date, missing_code};
use super::words::{Gathering, Words, folded};
use super::{InColumn, Reading};

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
    /// Columns named for a question that only groups are asked.
    pub(super) for_groups: Vec<String>,
    /// Items no column holds.
    pub(super) absent: Vec<ItemKey>,
    /// A column that stands twice, or holds what another one holds too.
    pub(super) twice: Option<String>,
    /// A column words were said for and that is not there.
    pub(super) nowhere: Option<String>,
    /// A column, and a word for no answer that is an answer there.
    pub(super) is_answer: Option<(String, String)>,
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
        for_groups: Vec::new(),
        absent: Vec::new(),
        twice: None,
        nowhere: None,
        is_answer: None,
    };
    let mut taken: Vec<Target> = Vec::new();
    for name in names {
        let target = known.target(name, coding);
        if target == Target::Nothing && known.is_for_groups(name) {
            found.for_groups.push(name.clone());
        } else if target == Target::Nothing {
            found.unused.push(name.clone());
        } else if taken.contains(&target) && found.twice.is_none() {
            found.twice = Some(name.clone());
        }
        let is_own =
            |said: &&InColumn| target != Target::Nothing && known.target(&said.column, coding) == target;
        let own: Vec<&InColumn> = reading.in_column.iter().filter(is_own).collect();
        if let Some(word) = ambiguous(&target, coding, reading, &own) {
            found.is_answer = found.is_answer.or_else(|| Some((name.clone(), word.to_owned())));
        }
        taken.push(target.clone());
        found.all.push(column(target, coding, (reading, &own), looked_at));
    }
    let in_file = |said: &&InColumn| taken.contains(&known.target(&said.column, coding));
    let nowhere = |said: &&InColumn| known.target(&said.column, coding) == Target::Nothing || !in_file(said);
    let nowhere = reading.in_column.iter().find(nowhere);
    found.nowhere = nowhere.map(|said| said.column.clone());
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
    /// Ids of questions that only groups are asked.
    for_groups: Vec<String>,
}

impl Known {
    fn of(coding: &Coding<'_>) -> Self {
        let mut names: BTreeMap<String, Target> = BTreeMap::new();
        let mut texts: BTreeMap<String, Vec<Target>> = BTreeMap::new();
        let mut for_groups = Vec::new();
        let group_mode = coding.survey().parts().group_mode.as_ref();
        let groups_only = |id: &Id| group_mode.is_some_and(|group| group.only.contains(id));
        for (number, item) in coding.items().iter().enumerate() {
            // Rows are persons.
            if groups_only(&item.item.question.id) {
                for_groups.push(item.item.question.id.to_string());
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
                let known = texts.entry(folded(text.as_str())).or_default();
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
        Self { names, for_groups }
    }

    fn is_for_groups(&self, name: &str) -> bool {
        let plain = folded(name);
        let question = plain.split(['.', '/', ':']).next().unwrap_or_default();
        self.for_groups.iter().any(|id| id == question)
    }

    fn target(&self, name: &str, coding: &Coding<'_>) -> Target {
        let plain = folded(name);
        let found = self.names.get(name).or_else(|| self.names.get(&plain));
        found
            .cloned()
            .or_else(|| renamed(&plain, coding))
            .unwrap_or(Target::Nothing)
    }
}

/// Returns the first item a file of persons can hold.
pub(super) fn example(coding: &Coding<'_>) -> Option<ItemKey> {
    let known = Known::of(coding);
    let mut items = coding.items().iter();
    let held = items.find(|item| known.names.contains_key(&item.key.to_string()))?;
    Some(held.key.clone())
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

/// Finds a word for no answer that is a number or a date the question takes, and of which nobody said what it means
/// there.
fn ambiguous<'r>(
    target: &Target,
    coding: &Coding<'_>,
    reading: &'r Reading,
    own: &[&InColumn],
) -> Option<&'r str> {
    let Target::Typed(number) = target else {
        return None;
    };
    let item = coding.items().get(*number)?;
    let open = open(item);
    let words = reading.missing.iter().filter(|(_, kind)| open.contains(kind));
    let words = words.map(|(word, _)| word.as_str());
    let mut words = words.filter(|word| !own.iter().any(|said| said.word == *word));
    words.find(|word| is_number_or_date(item, word))
}

fn column(
    target: Target,
    coding: &Coding<'_>,
    (reading, own): (&Reading, &[&InColumn]),
    looked_at: &LookedAt,
) -> Column {
    let item = match target {
        Target::Words(number) | Target::Typed(number) | Target::Option(number, _) => {
            coding.items().get(number)
        }
        Target::Nothing | Target::Background(_) => None,
    };
    let unread = || Gathering::default().words(0);
    let (target, place, words) = match (&target, item) {
        (Target::Words(_), Some(item)) => (target, item.place(), answers(item, reading, own)),
        (Target::Typed(_), Some(item)) => (target, usize::MAX, typed(item, reading, own)),
        (Target::Option(..), Some(item)) => (target, usize::MAX, yes_or_no(item, reading, own)),
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
fn answers(item: &CodedItem<'_>, reading: &Reading, own: &[&InColumn]) -> Words {
    let mut gathering = Gathering::default();
    let code = |kind| item.code(Said::Missing(kind));
    said_here(own, &mut gathering, code);
    options(item, reading, &mut gathering, |category| {
        item.code(Said::Category(category))
    });
    missing(item, (reading, own), &mut gathering, code);
    gathering.words(item.code(Said::Missing(Missing::Skipped)))
}

/// The words a typed cell may hold: options by their places, and kinds of missing.
fn typed(item: &CodedItem<'_>, reading: &Reading, own: &[&InColumn]) -> Words {
    let mut gathering = Gathering::default();
    said_here(own, &mut gathering, missing_code);
    options(item, reading, &mut gathering, |category| {
        u16::try_from(category).unwrap_or(MISSING_CODES)
    });
    missing(item, (reading, own), &mut gathering, missing_code);
    gathering.words(missing_code(Missing::Skipped))
}

/// The words of a column for one option.
fn yes_or_no(item: &CodedItem<'_>, reading: &Reading, own: &[&InColumn]) -> Words {
    let mut gathering = Gathering::default();
    said_here(own, &mut gathering, missing_code);
    let (no, yes) = (["0", "false", "no", "nei"], ["1", "true", "yes", "ja", "x"]);
    for (words, code) in [(no.as_slice(), 0), (yes.as_slice(), 1)] {
        for word in words {
            gathering.add(word, code);
        }
    }
    missing(item, (reading, own), &mut gathering, missing_code);
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

/// Adds the words said for this column alone; they go before what they would mean otherwise.
fn said_here(own: &[&InColumn], gathering: &mut Gathering, code_of: impl Fn(Missing) -> u16) {
    for said in own {
        if let Some(kind) = said.kind {
            gathering.add(&said.word, code_of(kind));
        }
    }
}

/// Returns the kinds of missing an item can have.
fn open(item: &CodedItem<'_>) -> Vec<Missing> {
    let question = item.item.question;
    let chosen = Missing::CHOSEN.into_iter().filter(|kind| question.offers(*kind));
    [Missing::NotAsked, Missing::Skipped]
        .into_iter()
        .chain(chosen)
        .collect()
}

fn missing(
    item: &CodedItem<'_>,
    (reading, own): (&Reading, &[&InColumn]),
    gathering: &mut Gathering,
    code_of: impl Fn(Missing) -> u16,
) {
    let open = open(item);
    for kind in &open {
        gathering.add(kind.code(), code_of(*kind));
    }
    let words = reading.missing.iter().filter(|(_, kind)| open.contains(kind));
    for (word, kind) in words.filter(|(word, _)| !own.iter().any(|said| said.word == *word)) {
        gathering.add(word, code_of(*kind));
    }
    gathering.add("NA", code_of(Missing::Skipped));
}
