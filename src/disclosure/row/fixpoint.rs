//! The policy's rule, carried to its end: no class of any form leaves a fact open.
//!
//! Source: `disclosure.md`, "Policies". Every world starts in the finest form. A class that leaves a fact open to
//! somebody goes to the next form; from the second round on it first takes in finer classes of the same value that
//! hold a world in which the fact is safe, the smallest first. Forms only rise, so it ends; the last form prints
//! nothing, and with everything taken in it is all worlds, which leave nothing open.

use std::ops::Range;

use super::board::{Board, Needs};
use super::shape::Shape;
use super::symmetry::looks;

/// Raises the forms of a board until every class is closed.
pub(super) fn close(board: &mut Board, shape: &Shape) {
    let last = board.form_count() - 1;
    let (_, printed) = shape.cells();
    let mut round = 0;
    loop {
        round += 1;
        let mut changed = false;
        for form in 0..=last {
            let classes: Vec<Range<usize>> = board.classes(form, 0..board.len()).collect();
            for class in classes {
                let needs = board.open_facts(&class, small(form));
                if needs.iter().all(|&need| need == 0) {
                    continue;
                }
                // Sending down first keeps what is taken in later small: most open classes meet worlds in the
                // next form that close them.
                let took = if form == last || round > last + 1 {
                    let met = take_in(board, shape, &printed, form, &class, needs);
                    if met.all || form == last {
                        met.any
                    } else {
                        board.send(&class, small(form), small(form + 1));
                        true
                    }
                } else {
                    board.send(&class, small(form), small(form + 1));
                    true
                };
                changed |= took;
            }
        }
        if !changed {
            return;
        }
    }
}

struct Met {
    any: bool,
    all: bool,
}

/// A finer class with the same value in the coarser form.
struct Candidate {
    size: usize,
    form: u8,
    look: Vec<u32>,
    run: Range<usize>,
}

/// Takes finer classes into an open class, smallest first, until its needs are met. Classes that are each other's
/// relabelling are taken together, so that no option or direction is preferred.
fn take_in(
    board: &mut Board,
    shape: &Shape,
    printed: &[usize],
    form: usize,
    class: &Range<usize>,
    mut needs: Needs,
) -> Met {
    let mut candidates = Vec::new();
    for finer in 0..form {
        let cells = printed.get(finer).copied().unwrap_or_default();
        for run in board.classes(finer, class.clone()) {
            let size = board.size(&run, small(finer));
            if size > 0 {
                let look = looks(shape, &board.digits(run.start, cells));
                candidates.push(Candidate {
                    size,
                    form: small(finer),
                    look,
                    run,
                });
            }
        }
    }
    let order = |c: &Candidate| (c.size, c.form);
    candidates.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.look.cmp(&b.look)));
    let mut any = false;
    for alike in candidates.chunk_by(|a, b| order(a) == order(b) && a.look == b.look) {
        let mut useful = false;
        for candidate in alike {
            useful |= board.meet(&mut needs, &candidate.run, candidate.form);
        }
        if useful {
            any = true;
            for candidate in alike {
                board.send(&candidate.run, candidate.form, small(form));
            }
        }
        if needs.iter().all(|&need| need == 0) {
            return Met { any, all: true };
        }
    }
    Met { any, all: false }
}

/// Forms are few: a shape has at most as many tiers as levels.
fn small(form: usize) -> u8 {
    u8::try_from(form).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::{close, small};
    use crate::disclosure::row::board::Board;
    use crate::disclosure::row::code::Coding;
    use crate::disclosure::row::fact::RowCoding;
    use crate::disclosure::row::shape::{LevelSet, Shape};
    use crate::disclosure::row::worlds::Worlds;

    /// The facts of `policy_prototype.py`: the levels, the three bands, and of the cut into two the upper band only.
    /// Here, unlike with all bands, classes have to take in finer ones.
    fn prototype(people: u32, threshold: u32) -> (Board, Shape) {
        let shape = Shape::ordered(
            5,
            Some(&[vec![0, 1], vec![2], vec![3, 4]]),
            Some(&[vec![0, 1, 2], vec![3, 4]]),
        );
        let (cells, _) = shape.cells();
        let lower = cells
            .iter()
            .position(|cell| *cell == LevelSet::of(&[0, 1, 2]))
            .unwrap();
        let worlds = Worlds::new(people, 5).unwrap();
        let mut board = Board::new(
            &RowCoding::alone(Coding::new(people, threshold).unwrap()),
            &shape,
            &worlds,
        )
        .unwrap();
        board.forget(lower);
        (board, shape)
    }

    fn open_classes(board: &Board) -> usize {
        let forms = 0..board.form_count();
        forms
            .flat_map(|form| {
                board
                    .classes(form, 0..board.len())
                    .map(move |class| (form, class))
            })
            .filter(|(form, class)| {
                board
                    .open_facts(class, small(*form))
                    .iter()
                    .any(|&open| open != 0)
            })
            .count()
    }

    #[test]
    fn every_class_is_closed_and_some_had_to_take_in_finer_ones() {
        let (mut board, shape) = prototype(12, 3);
        close(&mut board, &shape);
        assert_eq!(open_classes(&board), 0);

        let (mut board, _) = prototype(12, 3);
        for form in 0..board.form_count() - 1 {
            for class in board.classes(form, 0..board.len()).collect::<Vec<_>>() {
                if board
                    .open_facts(&class, small(form))
                    .iter()
                    .any(|&open| open != 0)
                {
                    board.send(&class, small(form), small(form + 1));
                }
            }
        }
        assert!(
            open_classes(&board) > 0,
            "sending down alone leaves the last form open"
        );
    }

    /// Worlds per form as `policy_prototype.py` has them; at 29 people it hides one world more, for it takes ties in
    /// the order they are numbered.
    #[test]
    fn the_prototypes_policy_is_met() {
        let counts = |people, threshold| {
            let (mut board, shape) = prototype(people, threshold);
            close(&mut board, &shape);
            let forms = board.into_forms();
            [0, 1, 2, 3].map(|form| forms.iter().filter(|&&of| of == form).count())
        };
        assert_eq!(counts(9, 3), [456, 210, 35, 14]);
        assert_eq!(counts(12, 3), [758, 578, 376, 108]);
        assert_eq!(counts(20, 5), [3191, 3340, 3262, 833]);
        assert_eq!(counts(29, 5), [9257, 14254, 14416, 2993]);
    }
}
