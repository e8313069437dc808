//! What was typed into one field, read: names, days, ages, contacts, surveys.

use jiff::civil::Date;

use crate::domain::evaluation::ProfileName;
use crate::domain::id::Slug;
use crate::domain::limits::Settings;

use super::here::{Found, Here, Named, PlannedSite};
use super::unfit::Unfit;

/// More interviews than this nobody plans.
const MOST_PLANNED: u32 = 1_000_000;

/// Reads `nord=Poliklinikk Nord`, `nord` or `Poliklinikk Nord`. `None` where the name is none.
#[must_use]
pub fn named(text: &str) -> Option<Named> {
    match text.split_once('=') {
        Some((id, title)) => Some(Named {
            id: Slug::new(id.trim()).ok()?,
            title: title.trim().to_owned(),
        }),
        None => Some(Named {
            id: slug_of(text),
            title: text.trim().to_owned(),
        }),
    }
}

/// Reads sites, each perhaps with how many interviews are planned there: `Poliklinikk Nord: 12`.
pub(super) fn sites(text: &str) -> Result<Vec<PlannedSite>, Unfit> {
    let mut sites: Vec<PlannedSite> = Vec::new();
    for part in parts(text) {
        let said = part
            .rsplit_once(':')
            .map(|(site, count)| (site.trim(), count.trim()));
        let said = said.filter(|(site, count)| {
            !site.is_empty() && !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit())
        });
        let (site, planned) = match said {
            Some((site, count)) => (site, planned(count)?),
            None => (part, None),
        };
        let site = named(site).ok_or(Unfit::NotAnId)?;
        if sites.iter().any(|known| known.site.id == site.id) {
            // What stands there twice: the title, or the name it was given beside it.
            let is_made_of_title = slug_of(&site.title) == site.id;
            let twice = if is_made_of_title {
                site.title
            } else {
                site.id.to_string()
            };
            return Err(Unfit::Twice(twice));
        }
        sites.push(PlannedSite { site, planned });
    }
    Ok(sites)
}

/// Reads how many interviews are planned; nothing where nothing is said.
pub(super) fn planned(text: &str) -> Result<Option<u32>, Unfit> {
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<u32>() {
        Ok(count) if (1..=MOST_PLANNED).contains(&count) => Ok(Some(count)),
        _ => Err(Unfit::NotACount),
    }
}

/// Reads one name with a number; nothing where nothing is said.
pub(super) fn contact(text: &str) -> Result<Option<(String, String)>, Unfit> {
    let mut read = contacts(text)?.into_iter();
    match (read.next(), read.next()) {
        (one, None) => Ok(one),
        _ => Err(Unfit::NotAContact(text.to_owned())),
    }
}

/// Reads names with numbers: `Legevakta: 116 117`, with or without the colon.
pub(super) fn contacts(text: &str) -> Result<Vec<(String, String)>, Unfit> {
    parts(text)
        .map(|part| {
            let number = part
                .char_indices()
                .rev()
                .take_while(|(_, c)| c.is_ascii_digit() || matches!(c, ' ' | '+' | '(' | ')'))
                .filter(|(_, c)| *c != ' ')
                .last()
                .map(|(at, _)| at);
            let (name, phone) = part
                .split_at_checked(number.unwrap_or(part.len()))
                .unwrap_or((part, ""));
            let name = name.trim_end_matches([' ', ':', '=', '-', '–']).trim();
            let digits = phone.chars().filter(char::is_ascii_digit).count();
            if name.is_empty() || digits < 3 {
                return Err(Unfit::NotAContact(part.to_owned()));
            }
            Ok((name.to_owned(), phone.trim().to_owned()))
        })
        .collect()
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// Makes a name of a title: `Poliklinikk Sør` becomes `poliklinikk-sor`.
#[must_use]
pub fn slug_of(title: &str) -> Slug {
    let mut name = String::new();
    for c in title.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => name.push(c),
            'æ' => name.push_str("ae"),
            'ø' | 'ö' => name.push('o'),
            'å' | 'ä' => name.push('a'),
            'é' | 'è' => name.push('e'),
            _ if name.ends_with('-') || name.is_empty() => {}
            _ => name.push('-'),
        }
    }
    let name: String = name.chars().take(40).collect();
    let fallback = || Slug::new("r");
    match Slug::new(name.trim_end_matches('-')).or_else(|_| fallback()) {
        Ok(slug) => slug,
        // "r" is a name.
        Err(_) => slug_of("r"),
    }
}

/// Reads a day: `2026-12-15`, `15.12.2026` or `15.12.`, the next one there is.
#[must_use]
pub fn day(text: &str, today: Date) -> Option<Date> {
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let mut numbers = text.split(['.', '/', ' ']).filter(|part| !part.is_empty());
    let (day, month) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    let year: Option<i16> = match numbers.next() {
        Some(year) if year.len() == 4 => Some(year.parse().ok()?),
        Some(_) => return None,
        None => None,
    };
    if numbers.next().is_some() {
        return None;
    }
    match year {
        Some(year) => Date::new(year, month, day).ok(),
        None => (0..2).find_map(|later| {
            let day = Date::new(today.year() + later, month, day).ok()?;
            (day >= today).then_some(day)
        }),
    }
}

pub(super) fn age(text: &str) -> Result<Option<u8>, Unfit> {
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<u8>() {
        Ok(age) if (1..=99).contains(&age) => Ok(Some(age)),
        _ => Err(Unfit::NotAnAge),
    }
}

/// Reads numbers of the list of shipped surveys, their names, or files.
pub(super) fn surveys(text: &str, here: &Here<'_>) -> Result<Vec<Found>, Unfit> {
    let mut found: Vec<Found> = Vec::new();
    for part in parts(if text.is_empty() { "1" } else { text }) {
        let survey = (here.find)(part)?;
        if found.iter().all(|known| known.survey.id() != survey.survey.id()) {
            found.push(survey);
        }
    }
    Ok(found)
}

/// Checks that no survey asks for limits looser than a profile's.
///
/// # Errors
/// [`Unfit::SurveyLoosens`].
pub(super) fn fit(surveys: &[Found], profile: ProfileName) -> Result<(), Unfit> {
    let usual = Settings::usual(profile);
    let loose = |found: &&Found| !usual.loosened_by(&found.survey.parts().tightening).is_empty();
    match surveys.iter().find(loose) {
        Some(found) => Err(Unfit::SurveyLoosens(found.named.clone())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::{day, named, slug_of};

    const TODAY: Date = date(2026, 11, 22);

    #[test]
    fn a_title_becomes_a_name() {
        assert_eq!(slug_of("Poliklinikk Sør").as_str(), "poliklinikk-sor");
        assert_eq!(slug_of("Høsten 2026").as_str(), "hosten-2026");
        assert_eq!(slug_of("!!!").as_str(), "r");
    }

    #[test]
    fn a_name_may_come_with_its_title() {
        let site = named("nord = Poliklinikk Nord").unwrap();
        assert_eq!(
            (site.id.as_str(), site.title.as_str()),
            ("nord", "Poliklinikk Nord")
        );
        assert_eq!(site.written(), "nord=Poliklinikk Nord");
        assert!(named("Nord=x").is_none());
        let site = named("Nord").unwrap();
        assert_eq!((site.id.as_str(), site.written().as_str()), ("nord", "Nord"));
    }

    #[test]
    fn a_day_is_taken_as_people_write_it() {
        for written in ["2026-12-15", "15.12.2026", "15.12.", "15/12", "15. 12. 2026"] {
            assert_eq!(day(written, TODAY), Some(date(2026, 12, 15)), "{written}");
        }
        assert_eq!(
            day("1.3.", TODAY),
            Some(date(2027, 3, 1)),
            "the next first of March"
        );
        for written in ["", "snart", "31.2.2027", "15.12.26", "1.2.3.2027"] {
            assert_eq!(day(written, TODAY), None, "{written}");
        }
    }
}
