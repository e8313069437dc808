//! From which age who consents, and what was settled about the legal frame: settings with a written reason.

use crate::definition::code::Code;
use crate::definition::evaluation::clean;
use crate::definition::fields::{Fields, Reader};
use crate::definition::place::At;
use crate::definition::problem::{Argument, Role};
use crate::definition::value::{self, Value};
use crate::domain::evaluation::{ConsentPolicy, LegalFrame};

const POLICY: &[&str] = &["self_from", "guardian_below", "reason"];
const FRAME: &[&str] = &["assessment", "controller", "settled"];
/// Ages that can be a limit.
const YOUNGEST: i64 = 5;
const OLDEST: i64 = 25;

/// Reads `[consent_policy]`.
pub(crate) fn policy(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<ConsentPolicy> {
    let fields = Fields::open(value, POLICY, reader)?;
    let self_from = fields.get("self_from", reader, value::whole(YOUNGEST, OLDEST));
    let guardian_below = fields.get("guardian_below", reader, value::whole(YOUNGEST, OLDEST));
    let reason = fields.get("reason", reader, clean);
    if let (Some(alone), Some(guardian)) = (&self_from, &guardian_below)
        && guardian.value < alone.value
    {
        reader
            .findings
            .add(Code::NobodyConsents, guardian.span)
            .name(guardian.value)
            .with(Argument::Other(alone.value.to_string()))
            .related(alone.span, Role::DefinedHere);
    }
    if let Some(limit) = self_from.as_ref().or(guardian_below.as_ref())
        && !fields.has("reason")
    {
        reader.findings.add(Code::PolicyNeedsReason, limit.span);
    }
    let age = |limit: Option<At<i64>>| limit.and_then(|limit| u8::try_from(limit.value).ok());
    Some(ConsentPolicy {
        self_from: age(self_from),
        guardian_below: age(guardian_below),
        reason,
    })
}

/// Reads `[legal_frame]`.
pub(crate) fn legal_frame(value: &Value<'_>, reader: &mut Reader<'_>) -> Option<LegalFrame> {
    let fields = Fields::open(value, FRAME, reader)?;
    Some(LegalFrame {
        assessment: fields.get("assessment", reader, clean),
        controller: fields.get("controller", reader, clean),
        settled: fields.get("settled", reader, value::date).map(|day| day.value),
    })
}
