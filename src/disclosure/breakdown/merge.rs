//! Groups that are too small are put together, by their sizes in the roster: as the survey declares, or with a neighbour
//! where it declares nothing.

/// Returns the groups after merging, as runs of places of levels in the declared order; `None` when fewer than two
/// groups of `least` people come of it. Levels of nobody are in no group.
///
/// By sizes in the roster only: how many answered, or what, plays no part. The smallest group goes together with the
/// smaller of its neighbours until every group is large enough. Where the survey declares which levels may go together,
/// only those do, in the order in which they are declared, and those of no level with nobody.
#[must_use]
pub fn merged(sizes: &[u32], least: u32, declared: &[Vec<usize>]) -> Option<Vec<Vec<usize>>> {
    let mut groups: Vec<(u32, Vec<usize>)> = sizes
        .iter()
        .enumerate()
        .filter(|(_, size)| **size > 0)
        .map(|(place, size)| (*size, vec![place]))
        .collect();
    if !declared.is_empty() {
        return as_declared(groups, least, declared);
    }
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

/// Puts groups together along the first declared set that helps one that is too small, until all are large enough.
fn as_declared(
    mut groups: Vec<(u32, Vec<usize>)>,
    least: u32,
    declared: &[Vec<usize>],
) -> Option<Vec<Vec<usize>>> {
    while groups.len() > 1 {
        if groups.iter().all(|(size, _)| *size >= least) {
            return Some(groups.into_iter().map(|(_, places)| places).collect());
        }
        let own = |set: &&Vec<usize>| {
            let is_of = |places: &[usize]| places.iter().any(|place| set.contains(place));
            let inside = || groups.iter().filter(|(_, places)| is_of(places));
            // Nobody comes along who is not in the set.
            inside().count() > 1
                && inside().any(|(size, _)| *size < least)
                && inside().all(|(_, places)| places.iter().all(|place| set.contains(place)))
        };
        let set = declared.iter().find(own)?;
        let (inside, outside): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|(_, places)| places.iter().any(|place| set.contains(place)));
        let size = inside.iter().map(|(size, _)| *size).sum();
        let mut places: Vec<usize> = inside.into_iter().flat_map(|(_, places)| places).collect();
        places.sort_unstable();
        groups = outside;
        groups.push((size, places));
        groups.sort_by(|one, other| one.1.cmp(&other.1));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::merged;

    #[test]
    fn small_groups_go_together_with_their_smaller_neighbour() {
        assert_eq!(merged(&[15, 14], 12, &[]), Some(vec![vec![0], vec![1]]));
        assert_eq!(
            merged(&[15, 4, 9, 14], 12, &[]),
            Some(vec![vec![0], vec![1, 2], vec![3]])
        );
        assert_eq!(merged(&[3, 15, 14], 12, &[]), Some(vec![vec![0, 1], vec![2]]));
        assert_eq!(merged(&[15, 0, 14, 1], 12, &[]), Some(vec![vec![0], vec![2, 3]]));
    }

    #[test]
    fn declared_levels_go_together_and_no_others() {
        let girls_and_others = [vec![0, 2]];
        assert_eq!(
            merged(&[14, 13, 7], 12, &girls_and_others),
            Some(vec![vec![0, 2], vec![1]])
        );
        assert_eq!(merged(&[14, 7, 13], 12, &girls_and_others), None);
        // Those who did not say are in no declared group.
        assert_eq!(merged(&[14, 13, 7, 4], 12, &girls_and_others), None);
        let step_by_step = [vec![0, 1], vec![2, 3], vec![2, 3, 4]];
        assert_eq!(
            merged(&[20, 13, 5, 4, 9], 12, &step_by_step),
            Some(vec![vec![0], vec![1], vec![2, 3, 4]])
        );
        assert_eq!(
            merged(&[20, 3, 8, 4, 12], 12, &step_by_step),
            Some(vec![vec![0, 1], vec![2, 3], vec![4]])
        );
    }

    #[test]
    fn fewer_than_two_large_groups_are_none() {
        assert_eq!(merged(&[15, 8], 12, &[]), None);
        assert_eq!(merged(&[29], 12, &[]), None);
        assert_eq!(merged(&[], 12, &[]), None);
        assert_eq!(merged(&[5, 5, 5], 12, &[]), None);
    }
}
