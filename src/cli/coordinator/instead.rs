//! What commands say names commands; on the screens the same is a row or a key, and that is said in its place.

use crate::texts::{Texts, fill};

/// Says what is done on the screens in the place of each command that has nothing behind it. `compares_words`: new keys are
/// accepted on the start screen here, with the words that stand for them.
pub(super) fn on_screens(said: &str, compares_words: bool, texts: &Texts) -> String {
    let (words, letters) = (&texts.coordinator.upkeep, &texts.coordinator.letter);
    let places = [
        ("keys forget-old", &words.forget_old, &letters.upkeep),
        ("keys install", &words.install, &letters.upkeep),
        ("keys rotate", &words.new_key, &letters.upkeep),
        ("keys reseal", &words.reseal, &letters.upkeep),
        ("keys add", &words.add_coordinator, &letters.upkeep),
        ("keys remove", &words.coordinators_heading, &letters.upkeep),
        ("keys revoke", &words.laptops_heading, &letters.laptops),
        ("renew", &words.renew, &letters.laptops),
        ("verify", &words.verify, &letters.upkeep),
        ("rescue", &words.rescue, &letters.upkeep),
        ("confirm", &words.confirm, &letters.upkeep),
        ("close", &words.close, &letters.upkeep),
        ("collect", &texts.coordinator.collect.title, &letters.collect),
        ("release", &texts.coordinator.release.title, &letters.release),
        ("report", &texts.coordinator.report.title, &letters.report),
    ];
    let words_here = compares_words.then(|| format!("«{}»", words.words_title));
    let said = match words_here {
        Some(here) => replaced(said, "stemme confirm", &here),
        None => said.to_owned(),
    };
    places.into_iter().fold(said, |said, (command, what, key)| {
        let instead = fill(&words.instead, &[("what", what), ("key", key)]);
        replaced(&said, &format!("stemme {command}"), &instead)
    })
}

/// The text with other words for a command, where nothing is typed behind it.
fn replaced(text: &str, command: &str, by: &str) -> String {
    let mut parts = text.split(command);
    let mut made = parts.next().unwrap_or_default().to_owned();
    for rest in parts {
        let mut next = rest.chars();
        let is_more = match next.next() {
            Some(' ') => next.next().is_some_and(|c| c == '-' || c.is_uppercase()),
            Some(c) => c.is_alphanumeric() || c == '-',
            None => false,
        };
        made.push_str(if is_more { command } else { by });
        made.push_str(rest);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::on_screens;
    use crate::domain::language::Language;
    use crate::texts::Texts;

    #[test]
    fn a_command_alone_is_said_as_it_stands_on_the_screens_and_one_with_more_stays() {
        let texts = Texts::load(Language::Bokmal).unwrap();
        assert_eq!(
            on_screens(
                "Forny pakkene: stemme renew. Så stemme keys add, til slutt stemme keys forget-old.",
                false,
                &texts
            ),
            "Forny pakkene: «Forny pakkene» (P). Så «Gi en koordinator til en egen nøkkel» (T), til slutt «Kast gamle \
             nøkler» (T)."
        );
        for kept in [
            "stemme release --merge MAPPE",
            "stemme renewed",
            "stemme collect MAPPE",
            "stemme preview a.toml",
        ] {
            assert_eq!(on_screens(kept, false, &texts), kept);
        }
    }
}
