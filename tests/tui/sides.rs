//! What was shown, a site beside the network, and two surveys about the same, on the example.

use crate::coordinator_office::looks;

#[test]
fn everything_that_was_shown_is_listed_and_wants_a_reason_to_be_called_wrong() {
    looks(
        "shown",
        &[
            ("release", "RELEASE"),
            ("what was shown", "STATES"),
            ("second", "Down"),
            ("why", "WRONG"),
            ("without a reason", "Enter"),
            ("left again", "Esc"),
        ],
    );
}

#[test]
fn a_site_stands_beside_the_network_and_two_surveys_below_each_other() {
    looks(
        "sides",
        &[
            ("network", "ROUNDS Tab"),
            ("next question", "Down Down"),
            ("other site", "Right"),
            ("perspectives", "Tab"),
            ("next area", "Down"),
            ("further down", "PgDn"),
        ],
    );
}
