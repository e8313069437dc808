//! The check of a question with several answers.

use crate::disclosure::many::{MOST_OPTIONS, Tie};
use crate::disclosure::row::code::Code;

/// Counts that print alike: a run of neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Span {
    low: i64,
    high: i64,
}

impl Span {
    fn within(self, other: Self) -> Self {
        Self {
            low: self.low.max(other.low),
            high: self.high.min(other.high),
        }
    }

    const fn is_empty(self) -> bool {
        self.low > self.high
    }
}

/// Whose knowledge is tried: somebody outside, somebody with the exclusive option, or somebody with a set of plain
/// options, given as how many of each kind of option alike in print.
enum Reader<'a> {
    Outsider,
    Exclusive,
    Plain {
        own_of_kind: &'a [usize],
        own_fact: bool,
    },
}

/// Returns how many facts readers of a printed question could conclude, or `None` when that cannot be looked at.
///
/// `code` is the printing function of one option's count, as a black box; `plain` and `exclusive` are the counts of
/// the options. A fact is that an option's count lies outside k to n - k. Possible counts are those of the tie: every
/// plain count at most y, their sum between min y and max y, where y people chose plain options.
pub fn open_facts(
    people: u32,
    threshold: u32,
    tie: Tie,
    plain: &[u32],
    exclusive: &[u32],
    code: impl Fn(u32) -> Code,
) -> Option<usize> {
    if plain.len() > MOST_OPTIONS || exclusive.len() > 1 || plain.len() != tie.plain {
        return None;
    }
    let span = |count: &u32| span_of(people, *count, &code);
    let mut spans = plain.iter().map(span).collect::<Option<Vec<Span>>>()?;
    spans.sort_unstable();
    // Options printed alike are alike to every reader, so it is enough to count them.
    let kinds: Vec<(Span, usize)> = spans
        .chunk_by(|a, b| a == b)
        .filter_map(|alike| Some((*alike.first()?, alike.len())))
        .collect();
    let alone = match exclusive.first() {
        Some(count) => span_of(people, *count, &code)?,
        None => Span { low: 0, high: 0 },
    };
    let printed = Printed {
        people: i64::from(people),
        threshold: i64::from(threshold),
        tie,
        kinds,
        alone,
    };
    let mut open = 0;
    for fact in (0..printed.kinds.len())
        .map(Some)
        .chain(exclusive.first().map(|_| None))
    {
        open += printed.open_for(fact, &Reader::Outsider);
        if !exclusive.is_empty() {
            open += printed.open_for(fact, &Reader::Exclusive);
        }
        printed.each_own_answer(fact, &mut |reader| open += printed.open_for(fact, reader));
    }
    Some(open)
}

fn span_of(people: u32, count: u32, code: &impl Fn(u32) -> Code) -> Option<Span> {
    let shown = code(count);
    let alike: Vec<u32> = (0..=people).filter(|&other| code(other) == shown).collect();
    let (first, last) = (*alike.first()?, *alike.last()?);
    ((last - first) as usize + 1 == alike.len()).then_some(Span {
        low: i64::from(first),
        high: i64::from(last),
    })
}

struct Printed {
    people: i64,
    threshold: i64,
    tie: Tie,
    /// Different spans of plain options, and how many options print so.
    kinds: Vec<(Span, usize)>,
    /// The span of the exclusive option; 0 to 0 without one.
    alone: Span,
}

impl Printed {
    /// 1 when the reader can be sure that the fact's count is unsafe, and it can be.
    fn open_for(&self, fact: Option<usize>, reader: &Reader<'_>) -> usize {
        let (k, n) = (self.threshold, self.people);
        let few = self.possible(fact, Span { low: 0, high: k - 1 }, reader);
        let all_but_few = || {
            self.possible(
                fact,
                Span {
                    low: n - k + 1,
                    high: n,
                },
                reader,
            )
        };
        usize::from((few || all_but_few()) && !self.possible(fact, Span { low: k, high: n - k }, reader))
    }

    /// Returns whether the fact's option can have a count in `wanted`, given what is printed and the reader's answer.
    fn possible(&self, fact: Option<usize>, wanted: Span, reader: &Reader<'_>) -> bool {
        let mut alone = if fact.is_none() {
            self.alone.within(wanted)
        } else {
            self.alone
        };
        if matches!(reader, Reader::Exclusive) {
            alone.low = alone.low.max(1);
        }
        (alone.low..=alone.high)
            .any(|exclusive| self.possible_with(self.people - exclusive, fact, wanted, reader))
    }

    fn possible_with(
        &self,
        plain_people: i64,
        fact: Option<usize>,
        wanted: Span,
        reader: &Reader<'_>,
    ) -> bool {
        let others = match reader {
            Reader::Plain { .. } => plain_people - 1,
            Reader::Outsider | Reader::Exclusive => plain_people,
        };
        if others < 0 {
            return false;
        }
        // Counts without the reader's own answer: each option's span, and their sum.
        let mut sum = Span { low: 0, high: 0 };
        let mut add = |span: Span, own: bool, options: usize| {
            let own = i64::from(own);
            let rest = Span {
                low: (span.low - own).max(0),
                high: (span.high - own).min(others),
            };
            let options = i64::try_from(options).unwrap_or(i64::MAX);
            sum = Span {
                low: sum.low + rest.low * options,
                high: sum.high + rest.high * options,
            };
            options == 0 || !rest.is_empty()
        };
        let mut fits = true;
        for (kind, &(span, options)) in self.kinds.iter().enumerate() {
            let (mut own, mut not_own) = match reader {
                Reader::Plain { own_of_kind, .. } => {
                    let own = own_of_kind.get(kind).copied().unwrap_or(0);
                    (own, options - own.min(options))
                }
                Reader::Outsider | Reader::Exclusive => (0, options),
            };
            if fact == Some(kind) {
                let fact_own = matches!(reader, Reader::Plain { own_fact: true, .. });
                let group = if fact_own { &mut own } else { &mut not_own };
                *group = group.saturating_sub(1);
                fits &= add(span.within(wanted), fact_own, 1);
            }
            fits &= add(span, true, own) && add(span, false, not_own);
        }
        let times = |choices: usize| others.saturating_mul(i64::try_from(choices).unwrap_or(i64::MAX));
        fits && sum.low <= times(self.tie.max) && sum.high >= times(self.tie.min)
    }

    /// Calls `see` for every own answer of plain options, as far as it differs in print.
    fn each_own_answer(&self, fact: Option<usize>, see: &mut dyn FnMut(&Reader<'_>)) {
        let mut own_of_kind = vec![0; self.kinds.len()];
        loop {
            let chosen: usize = own_of_kind.iter().sum();
            if (self.tie.min..=self.tie.max).contains(&chosen) {
                let of_fact = fact.and_then(|kind| Some((*own_of_kind.get(kind)?, self.kinds.get(kind)?.1)));
                let may_own = of_fact.is_some_and(|(own, _)| own > 0);
                let may_lack = of_fact.is_none_or(|(own, options)| own < options);
                for own_fact in [may_own.then_some(true), may_lack.then_some(false)]
                    .into_iter()
                    .flatten()
                {
                    see(&Reader::Plain {
                        own_of_kind: &own_of_kind,
                        own_fact,
                    });
                }
            }
            let Some(next) = own_of_kind
                .iter()
                .zip(&self.kinds)
                .position(|(own, (_, options))| own < options)
            else {
                return;
            };
            for (place, own) in own_of_kind.iter_mut().enumerate().take(next + 1) {
                *own = if place == next { *own + 1 } else { 0 };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

    use super::open_facts;
    use crate::disclosure::many::{ManyRule, Tie};
    use crate::disclosure::row::code::Coding;

    fn tie(plain: usize, exclusive: usize) -> Tie {
        Tie {
            plain,
            exclusive,
            min: 1,
            max: plain,
        }
    }

    #[test]
    fn a_question_printed_by_its_rule_is_closed() {
        let rule = ManyRule::decide(29, 5, tie(7, 1)).unwrap();
        for (plain, alone) in [
            ([27, 3, 9, 0, 1, 14, 6], 1),
            ([1, 0, 2, 1, 0, 0, 0], 26),
            ([23; 7], 2),
        ] {
            assert_eq!(
                open_facts(29, 5, rule.tie(), &plain, &[alone], |count| rule.code(count)),
                Some(0)
            );
        }
    }

    #[test]
    fn the_usual_code_beside_an_exclusive_option_tells_who_did_not_choose_the_common_one() {
        let coding = Coding::new(29, 5).unwrap();
        let open = open_facts(29, 5, tie(3, 1), &[26, 3, 2], &[1], |count| coding.code(count));
        assert!(open.unwrap() > 0);
    }

    #[test]
    fn two_options_give_each_other_away_to_who_chose_both() {
        let coding = Coding::new(29, 5).unwrap();
        let open = open_facts(29, 5, tie(2, 0), &[27, 4], &[], |count| coding.code(count));
        assert!(open.unwrap() > 0);
    }

    #[test]
    fn at_most_three_answers_can_give_a_count_away() {
        let coding = Coding::new(29, 5).unwrap();
        let at_most_two = Tie { max: 2, ..tie(4, 0) };
        let open = open_facts(29, 5, at_most_two, &[22, 20, 14, 2], &[], |count| {
            coding.code(count)
        });
        assert!(open.unwrap() > 0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        /// People with any answers: sets of options as bits, 0 for the exclusive option.
        #[test]
        fn whatever_people_answer_the_rule_leaves_nothing_open(
            answers in proptest::collection::vec(0_u32..1 << 9, 13..61),
            options in 3_usize..10,
            with_exclusive in proptest::bool::ANY,
            threshold in 3_u32..7,
        ) {
            let answers: Vec<u32> = answers
                .into_iter()
                .map(|answer| answer & ((1 << options) - 1))
                .map(|answer| if answer == 0 && !with_exclusive { 1 } else { answer })
                .collect();
            let people = u32::try_from(answers.len()).unwrap();
            let rule = ManyRule::decide(people, threshold, tie(options, usize::from(with_exclusive)));
            if let Some(rule) = rule {
                let count = |wanted: &dyn Fn(u32) -> bool| {
                    u32::try_from(answers.iter().filter(|answer| wanted(**answer)).count()).unwrap()
                };
                let plain: Vec<u32> = (0..options).map(|o| count(&|answer| answer >> o & 1 == 1)).collect();
                let alone: Vec<u32> = with_exclusive.then(|| count(&|answer| answer == 0)).into_iter().collect();
                let open = open_facts(people, threshold, rule.tie(), &plain, &alone, |c| rule.code(c));
                prop_assert_eq!(open, Some(0), "{:?} {:?}", plain, alone);
            }
        }
    }
}
