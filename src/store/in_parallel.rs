//! The same work on many things, on all cores, with the results taken one by one.
//!
//! Only a few groups of results wait at any time, so that ten thousand envelopes take no more memory than ten: what is kept,
//! the taker decides.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;

/// Fewer things than this are not worth a thread.
const FEW: usize = 16;
/// The most results that are handed over together: to wake the taker for each costs as much as some of the work.
const TOGETHER: usize = 64;
/// The fewest turns of each thread, so that all of them end at about the same time.
const TURNS: usize = 4;

/// Does `work` on the numbers below `count`, and hands each result to `take`, in no particular order. Stops at the
/// first error of `take`.
///
/// # Errors
/// What `take` said.
pub(crate) fn in_parallel<T: Send, E>(
    count: usize,
    work: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(count);
    if threads < 2 || count < FEW {
        return (0..count).try_for_each(|number| take(work(number)));
    }
    let together = (count / (threads * TURNS)).clamp(1, TOGETHER);
    let next = AtomicUsize::new(0);
    // A group may wait for the taker while its thread works on the next.
    let (done, results) = sync_channel::<Vec<T>>(threads);
    thread::scope(|scope| {
        for _ in 0..threads {
            let (done, next, work) = (done.clone(), &next, &work);
            scope.spawn(move || {
                loop {
                    let first = next.fetch_add(together, Ordering::Relaxed);
                    let numbers = first..count.min(first.saturating_add(together));
                    if numbers.is_empty() || done.send(numbers.map(work).collect()).is_err() {
                        return;
                    }
                }
            });
        }
        drop(done);
        // Moved in, so that an error closes the channel and the threads stop.
        results.into_iter().flatten().try_for_each(&mut take)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::in_parallel;

    #[test]
    fn everything_is_done_once() {
        for count in [0, 1, 15, 16, 1000] {
            let mut taken = Vec::new();
            let done: Result<(), ()> = in_parallel(
                count,
                |number| number,
                |number| {
                    taken.push(number);
                    Ok(())
                },
            );
            assert_eq!(done, Ok(()));
            taken.sort_unstable();
            assert_eq!(taken, (0..count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_error_ends_the_work() {
        let begun = AtomicUsize::new(0);
        let work = |number| {
            begun.fetch_add(1, Ordering::Relaxed);
            number
        };
        let ended = in_parallel(
            100_000,
            work,
            |number| if number > 50 { Err("no") } else { Ok(()) },
        );
        assert_eq!(ended, Err("no"));
        assert!(begun.load(Ordering::Relaxed) < 100_000);
    }
}
