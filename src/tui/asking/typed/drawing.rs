//! A typed answer on the page: the field, what can be written in it, and the buttons below.

use crate::domain::answer::{Answer, spoken};
use crate::domain::interview::wording::number_words;
use crate::domain::survey::question::QuestionKind;
use crate::texts::fill;
use crate::tui::asking::drawing::flush;
use crate::tui::asking::{Asking, Put, Zone};
use crate::tui::field::Field;
use crate::tui::page::{Gap, Page};
use crate::tui::prompt::input_line;
use crate::tui::situation::Situation;
use crate::tui::theme::Tone;
use crate::tui::wrap::columns16;

use super::{Button, buttons, date_words};

pub(in crate::tui::asking) fn page(
    asking: &Asking,
    put: &Put<'_>,
    s: &Situation,
    page: &mut Page,
    height: usize,
) {
    let Some(field) = &asking.field else {
        return;
    };
    let in_field = asking.zone == Zone::Field;
    match &put.question.kind {
        QuestionKind::Text { long: true } => {
            page.field(5);
            page.text(&length(field, s), Tone::Aside, 1);
            if !asking.unseen.is_answering() && asking.notice(s).is_none() {
                asking.warning.line(s, page, height >= ROOMY);
            }
        }
        kind => {
            page.gap(Gap::Part);
            let (size, unit) = match kind {
                QuestionKind::Number { unit, .. } => (10, unit.as_ref().map(|unit| s.says(unit))),
                QuestionKind::Date { .. } => (22, None),
                _ => (56, None),
            };
            input_line(page, "", field, size, in_field, false);
            if let Some(unit) = unit {
                page.append(&format!(" {unit}"));
            }
            page.gap(Gap::Around);
            if let Some(about) = accepted(kind, s) {
                page.text(&about, Tone::Plain, 2);
            }
            if let Some(understood) = understood(put, field.text().as_str(), s) {
                page.text(&understood, Tone::Chosen, 2);
            }
            if !asking.unseen.is_answering() {
                asking.warning.line(s, page, false);
            }
        }
    }
    if let Some(error) = &asking.error {
        page.hanging("! ", error, Tone::Notice, 1);
    }
    page.gap(Gap::Part);
    buttons_line(asking, &buttons(asking, put, s), page);
}

/// From so many lines an empty one is no loss.
pub(in crate::tui::asking) const ROOMY: usize = 16;
/// From so many bytes a text is called long, kindly.
const LONG: usize = 4 * 1024;
/// With less room than this it is said how much is left.
const LITTLE_ROOM: usize = 2 * 1024;

/// With less room than this some letters do not fit.
const NO_ROOM: usize = 4;

/// How long the text is, softly: nobody is stopped before the end.
fn length(field: &Field, s: &Situation) -> String {
    let t = s.t();
    let count = |count: usize, words: &str| fill(words, &[("count", &count.to_string())]);
    let letters = field.letters();
    let one = u64::try_from(letters).unwrap_or(u64::MAX);
    let says = crate::texts::number::plural(one, &t.letters_one, &t.letters_more);
    let after = if field.room() < NO_ROOM {
        t.writing.full.clone()
    } else if field.room() < LITTLE_ROOM {
        count(field.room(), &t.writing.nearly_full)
    } else if field.shown().len() > LONG {
        t.writing.long.clone()
    } else {
        t.no_names.clone()
    };
    format!("{}   {after}", count(letters, says))
}

/// What can be written, told before.
fn accepted(kind: &QuestionKind, s: &Situation) -> Option<String> {
    let t = &s.t().number;
    match kind {
        QuestionKind::Number {
            min, max, decimals, ..
        } => {
            let words = match (min, max, *decimals > 0) {
                (Some(_), Some(_), false) => &t.whole_between,
                (Some(_), Some(_), true) => &t.between,
                (_, _, false) => &t.whole,
                (_, _, true) => &t.any,
            };
            let say = |limit: &Option<crate::domain::number::Number>| {
                limit.map_or_else(String::new, |limit| number_words(limit, s.language()))
            };
            Some(fill(words, &[("min", &say(min)), ("max", &say(max))]))
        }
        QuestionKind::Date { day: true, .. } => Some(s.t().date_with_day.clone()),
        QuestionKind::Date { .. } => Some(s.t().date_about.clone()),
        _ => None,
    }
}

/// What the program takes a time to be, while it is written.
fn understood(put: &Put<'_>, text: &str, s: &Situation) -> Option<String> {
    if !matches!(put.question.kind, QuestionKind::Date { .. }) {
        return None;
    }
    let Answer::Date { year, month, day } = spoken::date(text, &s.t().months, s.today.year())? else {
        return None;
    };
    let words = date_words(year, month, day, s);
    (words != text).then(|| format!("= {words}"))
}

fn buttons_line(asking: &Asking, buttons: &[Button], page: &mut Page) {
    let mut spans = Vec::new();
    let mut targets = Vec::new();
    let mut cursor = None;
    let mut at = 0_u16;
    for (place, button) in buttons.iter().enumerate() {
        let mark = if button.chosen { "(x) " } else { "" };
        let words = format!("[{mark}{}]", button.words);
        let wide = columns16(&words) + 3;
        if at > 0 && usize::from(at + wide) > page.width() {
            flush(page, &mut spans, &mut targets, &mut cursor);
            at = 0;
        }
        let focused = asking.zone == Zone::Button(place);
        spans.push(page.span(if focused { " > " } else { "   " }, Tone::Plain));
        spans.push(page.span(&words, if focused { Tone::Focus } else { Tone::Plain }));
        if focused {
            cursor = Some(at + 1);
        }
        targets.push((at, at + wide, button.command.clone()));
        at += wide;
    }
    flush(page, &mut spans, &mut targets, &mut cursor);
}
