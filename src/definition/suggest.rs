//! Which of the names that could stand somewhere was probably meant.

/// How many names are compared in one file, so that thousands of wrong names among thousands of ids stay quick.
const MOST_COMPARISONS: usize = 300_000;
/// Names longer than an id can be are not compared.
const LONGEST: usize = 64;

/// Words people write for ours: the Norwegian word for an English key, or another program's word for a type.
const SYNONYMS: &[(&str, &str)] = &[
    ("antall", "count"),
    ("avkrysning", "many"),
    ("beskrivelse", "purpose"),
    ("bilder", "faces"),
    ("boolean", "one"),
    ("checkbox", "many"),
    ("choices", "options"),
    ("comment", "text"),
    ("condition", "show_if"),
    ("dato", "date"),
    ("desimaler", "decimals"),
    ("dimensjon", "dimension"),
    ("dropdown", "one"),
    ("enhet", "unit"),
    ("enkeltvalg", "one"),
    ("essay", "text"),
    ("fjes", "faces"),
    ("flervalg", "many"),
    ("float", "number"),
    ("formaal", "purpose"),
    ("free_text", "text"),
    ("freetext", "text"),
    ("fritekst", "text"),
    ("følsom", "sensitive"),
    ("gjennomsnitt", "mean"),
    ("grid", "matrix"),
    ("gruppe", "group"),
    ("hint", "help"),
    ("hjelp", "help"),
    ("informasjon", "info"),
    ("integer", "number"),
    ("ja_nei", "one"),
    ("kode", "code"),
    ("kodebok", "codebook"),
    ("label", "text"),
    ("lang", "long"),
    ("likert", "scale"),
    ("maksimum", "max"),
    ("matrise", "matrix"),
    ("minimum", "min"),
    ("month", "date"),
    ("multi", "many"),
    ("multiple", "many"),
    ("multiple_choice", "many"),
    ("måned", "date"),
    ("navn", "title"),
    ("nivå", "level"),
    ("notat", "interviewer_note"),
    ("note", "text"),
    ("open", "text"),
    ("open_ended", "text"),
    ("open_text", "text"),
    ("oppfølging", "probes"),
    ("ordering", "rank"),
    ("paakrevd", "required"),
    ("percent", "number"),
    ("påkrevd", "required"),
    ("question", "q"),
    ("rader", "rows"),
    ("radio", "one"),
    ("rangering", "rank"),
    ("ranking", "rank"),
    ("rating", "scale"),
    ("rekkefølge", "order"),
    ("rekkjefølgje", "order"),
    ("relevant", "show_if"),
    ("seksjon", "section"),
    ("select_multiple", "many"),
    ("select_one", "one"),
    ("sensitiv", "sensitive"),
    ("single", "one"),
    ("single_choice", "one"),
    ("skala", "scale"),
    ("skjult_hvis", "show_if"),
    ("slider", "scale"),
    ("sort", "rank"),
    ("språk", "languages"),
    ("spørsmål", "q"),
    ("string", "text"),
    ("svar", "options"),
    ("svaralternativ", "options"),
    ("tal", "number"),
    ("tall", "number"),
    ("tekst", "text"),
    ("tekstfelt", "text"),
    ("textarea", "text"),
    ("tittel", "title"),
    ("utval", "options"),
    ("valg", "options"),
    ("verdi", "value"),
    ("versjon", "version"),
    ("vis_hvis", "show_if"),
    ("vis_viss", "show_if"),
    ("year", "date"),
    ("yes_no", "one"),
    ("åpen", "text"),
    ("åpent", "text"),
];

/// Finds what was meant, within a budget for the whole file.
#[derive(Default)]
pub(crate) struct Suggester {
    comparisons: usize,
}

impl Suggester {
    /// Returns the name that was probably meant, if one is near enough.
    pub(crate) fn nearest<'n>(&mut self, name: &str, allowed: &[&'n str]) -> Option<&'n str> {
        let length = name.chars().count();
        if length > LONGEST {
            return None;
        }
        let lower = name.to_lowercase();
        let same = |wanted: &str| allowed.iter().copied().find(|candidate| *candidate == wanted);
        if let Some(exact) = same(&lower) {
            return Some(exact);
        }
        let synonym = SYNONYMS.iter().find(|(word, _)| *word == lower);
        if let Some(ours) = synonym.and_then(|(_, ours)| same(ours)) {
            return Some(ours);
        }
        let mut best: Option<(usize, &str)> = None;
        for &candidate in allowed {
            if self.comparisons >= MOST_COMPARISONS {
                break;
            }
            if candidate.len().abs_diff(name.len()) > 4 {
                continue;
            }
            self.comparisons += 1;
            let distance = strsim::osa_distance(&lower, candidate);
            let near = (distance < length && distance * 3 <= length + 2)
                || (length >= 3 && candidate.starts_with(&lower));
            if near && best.is_none_or(|(least, _)| distance < least) {
                best = Some((distance, candidate));
            }
        }
        best.map(|(_, candidate)| candidate)
    }
}

#[cfg(test)]
mod tests {
    use super::Suggester;

    fn meant<'n>(name: &str, allowed: &[&'n str]) -> Option<&'n str> {
        Suggester::default().nearest(name, allowed)
    }

    #[test]
    fn the_nearest_name_is_meant_if_it_is_near() {
        assert_eq!(meant("maks", &["id", "type", "max"]), Some("max"));
        assert_eq!(meant("bupp", &["bup", "skole"]), Some("bup"));
        assert_eq!(meant("enig4", &["enig5", "grad5"]), Some("enig5"));
        assert_eq!(meant("Type", &["id", "type"]), Some("type"));
        assert_eq!(meant("hva_som_helst", &["id", "type", "max"]), None);
        assert_eq!(meant("a", &["id", "q"]), None);
    }

    #[test]
    fn the_norwegian_word_for_an_english_one_is_understood() {
        assert_eq!(meant("valg", &["id", "options"]), Some("options"));
        assert_eq!(meant("multi", &["one", "many"]), Some("many"));
        assert_eq!(meant("valg", &["id", "text"]), None);
        // Another program's word, though it looks more like another of ours.
        assert_eq!(meant("open", &["one", "many", "text"]), Some("text"));
    }
}
