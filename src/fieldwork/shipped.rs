//! The surveys that come with the program.

/// A survey file built into the program.
#[derive(Clone, Copy, Debug)]
pub struct Shipped {
    /// Its name, as in the file.
    pub id: &'static str,
    /// The file's bytes.
    pub bytes: &'static [u8],
}

/// Every survey that comes with the program; the first is the one for practice.
pub const SHIPPED: [Shipped; 7] = [
    shipped(
        "min-stemme-bup",
        include_bytes!("../../surveys/min-stemme-bup.toml"),
    ),
    shipped("kommune-ung", include_bytes!("../../surveys/kommune-ung.toml")),
    shipped(
        "hva-er-viktig",
        include_bytes!("../../surveys/hva-er-viktig.toml"),
    ),
    shipped("fire-pilarer", include_bytes!("../../surveys/fire-pilarer.toml")),
    shipped("parorende", include_bytes!("../../surveys/parorende.toml")),
    shipped(
        "laeringsnettverk",
        include_bytes!("../../surveys/laeringsnettverk.toml"),
    ),
    shipped(
        "gruppeintervju",
        include_bytes!("../../surveys/gruppeintervju.toml"),
    ),
];

/// Returns the survey with this name.
#[must_use]
pub fn find(id: &str) -> Option<Shipped> {
    SHIPPED.into_iter().find(|shipped| shipped.id == id)
}

const fn shipped(id: &'static str, bytes: &'static [u8]) -> Shipped {
    Shipped { id, bytes }
}

#[cfg(test)]
mod tests {
    use super::SHIPPED;
    use crate::definition;

    #[test]
    fn every_shipped_survey_is_right_and_has_its_own_name() {
        for shipped in SHIPPED {
            let outcome = definition::survey::read(shipped.bytes);
            let survey = outcome
                .value
                .unwrap_or_else(|| panic!("{}: {:?}", shipped.id, outcome.problems));
            assert_eq!(survey.id().as_str(), shipped.id);
        }
    }
}
