//! What may be shown: the profile, single limits, and one breakdown per question.

use std::collections::BTreeMap;

use toml::de::DeValue;

use crate::definition::code::Code;
use crate::definition::evaluation::places::ReadSite;
use crate::definition::evaluation::{AskedAbout, clean};
use crate::definition::fields::{Fields, Reader};
use crate::definition::place::{At, Span};
use crate::definition::problem::{Argument, Role};
use crate::definition::survey::limit_value;
use crate::definition::value::{self, Value};
use crate::domain::evaluation::{DisclosureChoice, ProfileName};
use crate::domain::id::Id;
use crate::domain::limits::Settings;
use crate::domain::survey::report_plan::{Limit, Tightening};

const PROFILES: &[(&str, ProfileName)] = &[
    (ProfileName::Standard.code(), ProfileName::Standard),
    (ProfileName::Strict.code(), ProfileName::Strict),
    (ProfileName::SmallSample.code(), ProfileName::SmallSample),
];

/// Reads `[disclosure]`; without it, the standard profile.
pub(crate) fn choice(
    root: &Fields<'_>,
    sites: &[ReadSite],
    asked: Option<&AskedAbout>,
    reader: &mut Reader<'_>,
) -> Option<DisclosureChoice> {
    if !root.has("disclosure") {
        return Some(DisclosureChoice {
            profile: ProfileName::Standard,
            reason: None,
            tightening: Tightening::default(),
            breakdowns: BTreeMap::new(),
        });
    }
    let mut keys = vec!["profile", "reason", "breakdowns"];
    keys.extend(Limit::ALL.map(Limit::key));
    let fields = root.get("disclosure", reader, |value, reader| {
        Fields::open(value, &keys, reader)
    })?;
    let profile = match fields.has("profile") {
        true => fields.get("profile", reader, value::word(PROFILES)),
        false => Some(At::new(ProfileName::Standard, fields.span)),
    };
    let reason = fields.get("reason", reader, clean);
    if let Some(profile) = profile
        .as_ref()
        .filter(|profile| profile.value == ProfileName::SmallSample)
        && !fields.has("reason")
    {
        reader
            .findings
            .add(Code::ProfileNeedsReason, profile.span)
            .name(profile.value.code());
    }
    let usual = Settings::usual(
        profile
            .as_ref()
            .map_or(ProfileName::SmallSample, |profile| profile.value),
    );
    let limits: BTreeMap<Limit, u16> = Limit::ALL
        .into_iter()
        .filter_map(|limit| {
            let least = usual.limit(limit);
            let value = fields.get(limit.key(), reader, limit_value(least))?;
            Some((limit, value.value))
        })
        .collect();
    let breakdowns = fields.get("breakdowns", reader, breakdowns).unwrap_or_default();
    let profile = profile?.value;
    let least = limits
        .get(&Limit::MinGroup)
        .copied()
        .unwrap_or(0)
        .max(usual.limit(Limit::MinGroup));
    advise(&breakdowns, sites, least, reader);
    if let Some(asked) = asked {
        advise_of_unknown(&breakdowns, asked, reader);
    }
    Some(DisclosureChoice {
        profile,
        reason,
        tightening: Tightening { limits },
        breakdowns: breakdowns
            .into_iter()
            .map(|breakdown| (breakdown.question, breakdown.by.value))
            .collect(),
    })
}

/// What a question is split by.
struct Breakdown {
    question: String,
    /// Where the question is named.
    span: Span,
    by: At<Id>,
}

/// Reads `{ "*" = "site", bup01 = "aldersgruppe" }`: at most one per question.
fn breakdowns(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<Vec<Breakdown>> {
    let fields = Fields::free(value, reader)?;
    let mut breakdowns = Vec::new();
    for field in fields.in_file_order() {
        if field.key != "*" && Id::new(field.key).is_err() {
            value::bad_id::<()>(field.key, field.key_span, '_', reader);
            continue;
        }
        if let DeValue::Array(list) = field.value.get_ref()
            && list.len() != 1
        {
            let problem = reader.findings.add(Code::TwoBreakdowns, value::span(field.value));
            problem.name(field.key).with(Argument::Count(list.len() as u64));
            continue;
        }
        let by = match field.value.get_ref() {
            DeValue::Array(list) => list.iter().next().and_then(|only| value::id(only, reader)),
            _ => value::id(field.value, reader),
        };
        breakdowns.extend(by.map(|by| Breakdown {
            question: field.key.to_owned(),
            span: field.key_span,
            by,
        }));
    }
    Some(breakdowns)
}

/// A site with fewer planned interviews than a group needs will be hidden.
fn advise(breakdowns: &[Breakdown], sites: &[ReadSite], least: u16, reader: &mut Reader<'_>) {
    let by_site = breakdowns.iter().find(|own| own.by.value.as_str() == "site");
    let small = sites
        .iter()
        .filter_map(|site| site.planned.as_ref())
        .find(|planned| planned.value < i64::from(least));
    if let (Some(Breakdown { by, .. }), Some(planned)) = (by_site, small) {
        let place: Span = by.span;
        reader
            .findings
            .add(Code::BreakdownHidden, place)
            .name(&by.value)
            .with(Argument::Count(u64::try_from(planned.value).unwrap_or(0)))
            .with(Argument::Limit(least.to_string()))
            .related(planned.span, Role::DefinedHere);
    }
}

/// What no survey has is passed over when results are shown, and cannot be added afterwards: it is better said before.
fn advise_of_unknown(breakdowns: &[Breakdown], asked: &AskedAbout, reader: &mut Reader<'_>) {
    for Breakdown { question, span, by } in breakdowns {
        if question != "*" && !asked.items.contains(question) {
            reader
                .findings
                .add(Code::UnknownSplitQuestion, *span)
                .name(question);
        }
        let is_known = by.value.as_str() == "site" || asked.backgrounds.contains(by.value.as_str());
        if !is_known {
            reader
                .findings
                .add(Code::UnknownSplitBackground, by.span)
                .name(&by.value);
        }
    }
}
