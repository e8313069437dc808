//! The surveys that come with the program, as the build packed them.

use miniz_oxide::inflate::decompress_to_vec;

/// A survey file built into the program.
#[derive(Clone, Copy, Debug)]
pub struct Shipped {
    /// Its name, as in the file.
    pub id: &'static str,
    packed: &'static [u8],
}

impl Shipped {
    /// Returns the file's bytes.
    #[must_use]
    pub fn bytes(self) -> Vec<u8> {
        decompress_to_vec(self.packed).unwrap_or_default()
    }
}

macro_rules! shipped {
    ($id:literal) => {
        Shipped {
            id: $id,
            packed: include_bytes!(concat!(env!("OUT_DIR"), "/", $id, ".deflate")),
        }
    };
}

/// Every survey that comes with the program; the first is the one for practice.
pub const SHIPPED: [Shipped; 7] = [
    shipped!("min-stemme-bup"),
    shipped!("kommune-ung"),
    shipped!("hva-er-viktig"),
    shipped!("fire-pilarer"),
    shipped!("parorende"),
    shipped!("laeringsnettverk"),
    shipped!("gruppeintervju"),
];

/// Returns the survey with this name.
#[must_use]
pub fn find(id: &str) -> Option<Shipped> {
    SHIPPED.into_iter().find(|shipped| shipped.id == id)
}

#[cfg(test)]
mod tests {
    use super::SHIPPED;
    use crate::definition;

    #[test]
    fn every_shipped_survey_is_right_and_has_its_own_name() {
        for shipped in SHIPPED {
            let outcome = definition::survey::read(&shipped.bytes());
            let survey = outcome
                .value
                .unwrap_or_else(|| panic!("{}: {:?}", shipped.id, outcome.problems));
            assert_eq!(survey.id().as_str(), shipped.id);
        }
    }
}
