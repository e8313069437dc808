//! Groups that are too small are put together with a neighbour, by their sizes in the roster.

/// Returns the groups after merging, as runs of places of levels in the declared order; `None` when fewer than two
/// groups of `least` people come of it. Levels of nobody are in no group.
///
/// By sizes in the roster only: how many answered, or what, plays no part. The smallest group goes together with the
/// smaller of its neighbours until every group is large enough.
#[must_use]
pub fn merged(sizes: &[u32], least: u32) -> Option<Vec<Vec<usize>>> {
    let mut groups: Vec<(u32, Vec<usize>)> = sizes
        .iter()
        .enumerate()
        .filter(|(_, size)| **size > 0)
        .map(|(place, size)| (*size, vec![place]))
        .collect();
    while groups.len() > 1 {
        let (place, size) = groups
            .iter()
            .enumerate()
            .map(|(place, (size, _))| (place, *size))
            .min_by_key(|(_, size)| *size)?;
        if size >= least {
            return Some(groups.into_iter().map(|(_, places)| places).collect());
        }
        let size_at = |place: usize| groups.get(place).map(|(size, _)| *size);
        let before = place.checked_sub(1).and_then(size_at);
        let first = match (before, size_at(place + 1)) {
            (Some(before), Some(after)) if before <= after => place - 1,
            (_, Some(_)) => place,
            _ => place.checked_sub(1)?,
        };
        let (more, places) = groups.remove(first + 1);
        if let Some((size, own)) = groups.get_mut(first) {
            *size = size.saturating_add(more);
            own.extend(places);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::merged;

    #[test]
    fn small_groups_go_together_with_their_smaller_neighbour() {
        assert_eq!(merged(&[15, 14], 12), Some(vec![vec![0], vec![1]]));
        assert_eq!(
            merged(&[15, 4, 9, 14], 12),
            Some(vec![vec![0], vec![1, 2], vec![3]])
        );
        assert_eq!(merged(&[3, 15, 14], 12), Some(vec![vec![0, 1], vec![2]]));
        assert_eq!(merged(&[15, 0, 14, 1], 12), Some(vec![vec![0], vec![2, 3]]));
    }

    #[test]
    fn fewer_than_two_large_groups_are_none() {
        assert_eq!(merged(&[15, 8], 12), None);
        assert_eq!(merged(&[29], 12), None);
        assert_eq!(merged(&[], 12), None);
        assert_eq!(merged(&[5, 5, 5], 12), None);
    }
}
