//! E-mail addresses and user names: what stands around an at sign.

use super::{Found, Kind};

pub(super) fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut end_of_last = 0;
    for (at, _) in text.match_indices('@') {
        if at < end_of_last {
            continue;
        }
        let before = text.get(end_of_last..at).unwrap_or_default();
        let after = text.get(at + 1..).unwrap_or_default();
        let local = before.len() - before.trim_end_matches(is_local).len();
        let host = after
            .find(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '_'))
            .unwrap_or(after.len());
        let host = after.get(..host).unwrap_or_default().trim_end_matches(['.', '-']);
        let dotted = host
            .rsplit_once('.')
            .is_some_and(|(name, end)| !name.is_empty() && end.chars().count() >= 2);
        let (kind, start) = if local > 0 && dotted {
            (Kind::Email, at - local)
        } else if local == 0 && host.chars().count() >= 3 {
            (Kind::Account, at)
        } else {
            continue;
        };
        end_of_last = at + 1 + host.len();
        found.push(Found {
            kind,
            place: start..end_of_last,
        });
    }
    found
}

fn is_local(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+')
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::domain::identifier::Kind;

    #[test]
    fn addresses_and_user_names_and_no_lone_at_sign() {
        let text = "Skriv til ola.n@skole.example.no, eller @kari05. Møt meg @ kl 3, a@b.";
        let found: Vec<(Kind, &str)> = find(text)
            .into_iter()
            .map(|found| (found.kind, text.get(found.place).unwrap()))
            .collect();
        assert_eq!(
            found,
            [
                (Kind::Email, "ola.n@skole.example.no"),
                (Kind::Account, "@kari05")
            ]
        );
    }
}
