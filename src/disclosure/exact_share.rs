//! The exact interval of a printed share: no more than anybody could work out from the count and n.

use crate::stats::confidence::Confidence;
use crate::stats::share::clopper_pearson;

/// Returns the 95 % interval of Clopper and Pearson of so many of so many; `None` of nobody.
#[must_use]
pub fn exact_share(count: u32, n: u32) -> Option<(f64, f64)> {
    let share = clopper_pearson(u64::from(count), u64::from(n), Confidence::default());
    share.ok().map(|share| (share.low, share.high))
}

#[cfg(test)]
mod tests {
    use super::exact_share;

    #[test]
    fn nobody_of_ten_has_the_interval_of_the_page_and_none_of_nobody() {
        let (low, high) = exact_share(0, 10).unwrap();
        assert!(low.abs() < 1e-12 && (high - 0.3085).abs() < 1e-4);
        assert_eq!(exact_share(0, 0), None);
    }
}
