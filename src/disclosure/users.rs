//! What follows from printed counts where it is known how many use the service: no more than anybody could work out.

use crate::stats::census::{Known, Users};
use crate::stats::confidence::Confidence;

/// Returns which part of so many users was interviewed; `None` where more were interviewed than there are users.
#[must_use]
pub fn response_rate(interviews: u32, users: u32) -> Option<f64> {
    let rate = Users::new(users).response_rate(u64::from(interviews));
    rate.ok().filter(|_| users > 0)
}

/// Returns the 95 % interval of a printed share as if those who answered had been drawn at random from the users; the share
/// itself twice where all users answered.
#[must_use]
pub fn share_of_users(count: u32, n: u32, users: u32) -> Option<(f64, f64)> {
    let share = Users::new(users).share(u64::from(count), u64::from(n), Confidence::default());
    match share.ok()? {
        Known::Everybody(share) => Some((share, share)),
        Known::Estimated(share) => Some((share.low, share.high)),
    }
}

#[cfg(test)]
mod tests {
    use super::{response_rate, share_of_users};

    #[test]
    fn thirty_of_forty_five_are_two_thirds_and_leave_less_to_doubt() {
        assert!((response_rate(30, 45).unwrap() - 2.0 / 3.0).abs() < 1e-12);
        let (low, high) = share_of_users(18, 30, 45).unwrap();
        assert!((low - 0.4955).abs() < 1e-4 && (high - 0.6961).abs() < 1e-4);
        assert_eq!(share_of_users(18, 30, 30), Some((0.6, 0.6)));
        assert_eq!((response_rate(30, 29), response_rate(0, 0)), (None, None));
        assert_eq!(share_of_users(18, 30, 29), None);
    }
}
