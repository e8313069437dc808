//! Every setting there is: its name, its value now and the value after it. The screen and the talk line by line show
//! the same.

use crate::domain::language::Language;
use crate::store::preferences::{Contrast, Preference, Preferences, Role, Spacing};
use crate::texts::Texts;

use super::look::Look;

/// What somebody can be, in the order it is offered.
pub const ROLES: [Role; 3] = [Role::Interviewer, Role::Coordinator, Role::Visitor];

/// One setting.
#[derive(Clone, Debug)]
pub struct Setting {
    /// What it is called.
    pub name: String,
    /// What holds now, in words.
    pub value: String,
    /// What a change makes of it; `None` where the evaluation decides.
    pub next: Option<Preference>,
}

/// Returns every setting in the order it is shown. `decided` is what the evaluation decides for everybody.
#[must_use]
pub fn all(texts: &Texts, look: Look, preferences: &Preferences, decided: &Preferences) -> Vec<Setting> {
    let t = &texts.settings;
    let yes = |on: bool| if on { t.on.clone() } else { t.off.clone() };
    let row = |name: &str, value: &str, next: Preference| Setting {
        name: name.to_owned(),
        value: value.to_owned(),
        next: Some(next),
    };
    let switch = |name: &str, on: bool, next: fn(bool) -> Preference| row(name, &yes(on), next(!on));
    let shared = |setting: Setting, decided: Option<bool>| match decided {
        Some(_) => Setting {
            value: format!("{} {}", setting.value, t.decided_aside),
            next: None,
            ..setting
        },
        None => setting,
    };
    let role = preferences.role.unwrap_or_default();
    let linear = preferences.linear.unwrap_or(false);
    let glyphs = if look.ascii {
        &t.glyphs_ascii
    } else {
        &t.glyphs_unicode
    };
    let contrast = match look.contrast {
        Contrast::Usual => &t.contrast_usual,
        Contrast::High => &t.contrast_high,
    };
    let line_by_line = if linear { &t.linear_next } else { &t.off };
    vec![
        row(
            &t.language,
            texts.language().own_name(),
            Preference::Language(after(&Language::ALL, texts.language())),
        ),
        row(
            &t.spacing,
            spacing_words(texts, look.spacing),
            Preference::Spacing(after(
                &[Spacing::Tight, Spacing::Normal, Spacing::Airy],
                look.spacing,
            )),
        ),
        row(
            &t.contrast,
            contrast,
            Preference::Contrast(after(&[Contrast::Usual, Contrast::High], look.contrast)),
        ),
        switch(&t.colours, look.colour, Preference::Colours),
        row(&t.glyphs, glyphs, Preference::Ascii(!look.ascii)),
        switch(&t.mouse, look.mouse, Preference::Mouse),
        switch(&t.auto_next, look.auto_next, Preference::AutoNext),
        shared(
            switch(&t.show_choice, look.show_choice, Preference::ShowChoice),
            decided.show_choice,
        ),
        shared(
            switch(&t.hide_unfocused, look.hide_unfocused, Preference::HideUnfocused),
            decided.hide_unfocused,
        ),
        row(&t.linear, line_by_line, Preference::Linear(!linear)),
        row(
            &t.role,
            role_words(texts, role),
            Preference::Role(after(&ROLES, role)),
        ),
    ]
}

/// Returns what somebody is, in words.
#[must_use]
pub fn role_words(texts: &Texts, role: Role) -> &str {
    let t = &texts.settings;
    match role {
        Role::Interviewer => &t.role_interviewer,
        Role::Coordinator => &t.role_coordinator,
        Role::Visitor => &t.role_visitor,
    }
}

fn spacing_words(texts: &Texts, spacing: Spacing) -> &str {
    let t = &texts.settings;
    match spacing {
        Spacing::Tight => &t.spacing_tight,
        Spacing::Normal => &t.spacing_normal,
        Spacing::Airy => &t.spacing_airy,
    }
}

/// Returns the value after this one, round and round.
fn after<T: Copy + PartialEq>(values: &[T], now: T) -> T {
    let place = values.iter().position(|value| *value == now).unwrap_or(0);
    values
        .get(place + 1)
        .or_else(|| values.first())
        .copied()
        .unwrap_or(now)
}
