//! What is defined and never used: probably a name written in two ways.

use super::scale::BUILT_IN;
use super::{Check, Sort};
use crate::definition::code::Code;
use crate::definition::survey::raw::RawSurvey;

impl Check<'_, '_> {
    pub(super) fn name_unused(&mut self, raw: &RawSurvey) {
        let scales = raw.scales.iter().map(|(name, _)| (Sort::Scale, name));
        let dimensions = raw.dimensions.iter().map(|(name, _)| (Sort::Dimension, name));
        let codebooks = raw
            .codebooks
            .iter()
            .filter_map(|codebook| Some((Sort::Codebook, codebook.id.as_ref()?)));
        for (sort, name) in scales.chain(dimensions).chain(codebooks) {
            if !self.used.contains(&(sort, name.value.clone())) && name.value.as_str() != BUILT_IN {
                self.reader
                    .findings
                    .add(Code::Unused, name.span)
                    .name(&name.value);
            }
        }
    }
}
