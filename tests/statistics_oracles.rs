//! Every reference value for statistics: computed to the accuracy stated, or listed with the reason why not.

#[path = "statistics/oracles.rs"]
mod oracles;

use std::path::Path;

#[test]
fn every_reference_value_is_computed_or_listed_with_a_reason() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/statistics");
    let outcome = oracles::check_folder(&folder).unwrap();
    assert!(outcome.values > 500, "{}", outcome.closing());
    assert!(outcome.off.is_empty(), "{}", outcome.off.join("\n"));
    for (set, name) in &outcome.not_computed {
        assert!(
            oracles::NOT_COMPUTED.iter().any(|(known, _)| known == name),
            "{set}: {name} is neither computed nor listed"
        );
    }
}
