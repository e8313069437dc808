//! A chart as a picture: one drawing, as SVG for pages and as PNG for papers and slides.

use crate::texts::Texts;

use super::png::{self, PngError};
use super::scene::Scene;
use super::sheet::{NARROW, Sheet};
use super::{Chart, Kind, Side, diverging, dots, panels, run, svg};

/// Where a picture stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// In a document, which says above it what it shows.
    InDocument,
    /// In a document on the screen of a phone: only charts that [`Picture::has_narrow`] are another drawing there.
    Narrow,
    /// In a file of its own, for slides: says itself what it shows.
    OnItsOwn,
}

/// A drawn chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture<'c> {
    chart: &'c Chart,
    scene: Scene,
}

/// Pixels of a PNG for each of the drawing's: 300 to an inch at 16 cm.
const SCALE: u8 = 3;
/// Room for letters that reach over their own edge.
const EDGE: i32 = 10;
/// Room around a picture that stands alone.
const MARGIN: i32 = 240;

impl<'c> Picture<'c> {
    /// Draws a chart. `texts` are the words in the chart's language.
    #[must_use]
    pub fn of(chart: &'c Chart, texts: &Texts, framing: Framing) -> Self {
        let mut sheet = Sheet::new(chart, texts);
        if framing == Framing::Narrow && Self::has_narrow(chart) {
            sheet.wide = NARROW;
        }
        if framing == Framing::OnItsOwn {
            sheet.heading(&chart.alt, &chart.title);
        }
        let has_sides = chart
            .categories
            .iter()
            .any(|category| !matches!(category.side, Side::Plain | Side::Beside));
        match chart.kind {
            Kind::Diverging if has_sides => diverging::draw(chart, &mut sheet),
            Kind::Diverging | Kind::SmallMultiples => panels::draw(chart, &mut sheet),
            Kind::Bars => panels::draw_bars(chart, &mut sheet),
            Kind::Dots | Kind::Indices | Kind::Gap => dots::draw(chart, &mut sheet),
            Kind::Run => run::draw(chart, &mut sheet),
        }
        let mut scene = sheet.finish();
        match framing {
            Framing::OnItsOwn => scene.inset(MARGIN),
            Framing::InDocument | Framing::Narrow => scene.indent(EDGE),
        }
        Self { chart, scene }
    }

    /// Whether a chart can be drawn for the screen of a phone: with its labels above its dots.
    #[must_use]
    pub const fn has_narrow(chart: &Chart) -> bool {
        matches!(chart.kind, Kind::Dots | Kind::Indices | Kind::Gap)
    }

    /// Returns it as SVG. `name` is unlike the name of every other picture on the page: `chart-3`.
    #[must_use]
    pub fn svg(&self, name: &str) -> String {
        let chart = self.chart;
        svg::written(&self.scene, name, chart.language, &chart.title, &chart.alt)
    }

    /// Returns it as PNG.
    ///
    /// # Errors
    /// [`PngError`] where the drawing is larger than a picture can be.
    pub fn png(&self) -> Result<Vec<u8>, PngError> {
        png::drawn(&self.scene, SCALE)
    }

    /// How wide and how high the drawing is, in tenths of a pixel of 1/96 inch.
    #[must_use]
    pub const fn size(&self) -> (i32, i32) {
        (self.scene.width, self.scene.height)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use proptest::prelude::{ProptestConfig, any, proptest};

    use super::{EDGE, Framing, Picture};
    use crate::domain::language::Language;
    use crate::report::chart::scene::Shape;
    use crate::report::chart::sheet::WIDTH;
    use crate::report::chart::{Chart, Value, gallery};
    use crate::texts::Texts;

    fn texts() -> Texts {
        Texts::load(Language::Bokmal).unwrap()
    }

    fn words_of(chart: &Chart) -> Vec<String> {
        let picture = Picture::of(chart, &texts(), Framing::InDocument);
        let words = picture.scene.shapes.iter().filter_map(|shape| match shape {
            Shape::Words { words, .. } => Some(words.clone()),
            _ => None,
        });
        words.collect()
    }

    /// They lie in `target/charts` afterwards, to be looked at.
    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "pictures to look at, not the program's files"
    )]
    fn every_kind_of_chart_is_a_picture() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/charts");
        fs::create_dir_all(&folder).unwrap();
        for (name, chart) in gallery::all() {
            let picture = Picture::of(&chart, &texts(), Framing::OnItsOwn);
            let png = picture.png().unwrap();
            assert!(png.len() < 200_000, "{name} takes {}", png.len());
            fs::write(folder.join(format!("{name}.png")), &png).unwrap();
            fs::write(folder.join(format!("{name}.svg")), picture.svg(name)).unwrap();
        }
    }

    #[test]
    fn the_same_chart_gives_the_same_picture() {
        let drawn = || {
            Picture::of(&gallery::single(), &texts(), Framing::InDocument)
                .png()
                .unwrap()
        };
        assert_eq!(drawn(), drawn());
    }

    #[test]
    fn words_of_another_language_than_the_picture_say_so() {
        let mut chart = gallery::single();
        assert!(
            !Picture::of(&chart, &texts(), Framing::InDocument)
                .svg("a")
                .contains("lang=\"en\"")
        );
        chart.title = "They did not ask what I wanted.".to_owned();
        let svg = Picture::of(&chart, &texts(), Framing::OnItsOwn).svg("a");
        assert!(svg.contains("<title id=\"a-title\" lang=\"en\">"));
    }

    #[test]
    fn charts_as_svg() {
        let mut written = String::new();
        for (name, chart) in gallery::all() {
            written.push_str(&Picture::of(&chart, &texts(), Framing::InDocument).svg(name));
        }
        insta::assert_snapshot!(written);
    }

    #[test]
    fn every_number_of_the_table_stands_in_the_chart() {
        for expected in ["≤5", "≤5: 5 eller færre", "[skjult]", "9"] {
            assert!(
                words_of(&gallery::diverging()).contains(&expected.to_owned()),
                "{expected}"
            );
        }
        for expected in ["12", "18 eller flere", "[skjult]", "0"] {
            assert!(
                words_of(&gallery::bars()).contains(&expected.to_owned()),
                "{expected}"
            );
        }
        assert!(words_of(&gallery::dots()).contains(&"74,0\u{a0}% (53–88)".to_owned()));
    }

    #[test]
    fn a_number_of_people_has_no_interval_in_per_cent_beside_it() {
        let mut dots = gallery::dots();
        dots.percent = false;
        let words = words_of(&dots);
        assert!(words.contains(&"74".to_owned()), "{words:?}");
        assert!(!words.iter().any(|word| word.contains("(53")), "{words:?}");
        // Of indices, both are so many of a hundred.
        assert!(words_of(&gallery::indices()).contains(&"61 (55–67)".to_owned()));
    }

    #[test]
    fn beside_a_count_told_by_its_bounds_all_are_told_in_people() {
        let mut chart = gallery::single();
        assert!(words_of(&chart).contains(&"35\u{a0}%".to_owned()));
        chart.rows[0].values[0] = Value::Coded {
            low: 0,
            high: 5,
            of: 23,
        };
        let words = words_of(&chart);
        assert!(words.contains(&"5 eller færre".to_owned()) && words.contains(&"8".to_owned()));
        assert!(!words.iter().any(|word| word.contains('%')), "{words:?}");
    }

    #[test]
    fn each_part_of_a_bar_has_one_number() {
        let counted = |words: &[String], wanted: &str| words.iter().filter(|word| *word == wanted).count();
        let words = words_of(&gallery::bars());
        assert_eq!(counted(&words, "18 eller flere"), 1);
        let mut chart = gallery::single();
        chart.rows[0].values = vec![
            Value::Coded {
                low: 0,
                high: 5,
                of: 23,
            },
            Value::None,
            Value::Coded {
                low: 0,
                high: 5,
                of: 23,
            },
            Value::Coded {
                low: 18,
                high: 23,
                of: 23,
            },
            Value::None,
            Value::None,
        ];
        let words = words_of(&chart);
        assert_eq!(counted(&words, "18 eller flere"), 1, "{words:?}");
        // To the left, and in a column of its own.
        assert_eq!(counted(&words, "5 eller færre"), 2, "{words:?}");
        assert!(!words.iter().any(|word| word.contains(['≤', '≥'])), "{words:?}");
    }

    #[test]
    fn nothing_stands_outside_the_picture() {
        for (name, chart) in gallery::all() {
            let picture = Picture::of(&chart, &texts(), Framing::InDocument);
            let (width, height) = picture.size();
            assert_eq!(width, WIDTH + 2 * EDGE);
            for shape in &picture.scene.shapes {
                let (x, y, right, bottom) = match shape {
                    Shape::Rectangle { area, .. } => (area.x, area.y, area.x + area.width, area.bottom()),
                    Shape::Dot { centre, radius, .. } => (
                        centre.x - radius,
                        centre.y - radius,
                        centre.x + radius,
                        centre.y + radius,
                    ),
                    Shape::Lines { .. } | Shape::Words { .. } => continue,
                };
                assert!(
                    x >= 0 && y >= 0 && right <= width && bottom <= height,
                    "{name}: {shape:?}"
                );
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_words_and_counts_can_be_drawn(text in any::<String>(), count in any::<u32>(), of in any::<u32>()) {
            for (_, mut chart) in gallery::all() {
                chart.title.clone_from(&text);
                for row in &mut chart.rows {
                    row.label.clone_from(&text);
                    for value in &mut row.values {
                        if let Value::Exact { .. } = value {
                            *value = Value::Exact { count, of, interval: Some((count.cast_signed(), of.cast_signed())) };
                        }
                    }
                }
                for category in &mut chart.categories {
                    category.label.clone_from(&text);
                }
                let picture = Picture::of(&chart, &texts(), Framing::OnItsOwn);
                let svg = picture.svg("a");
                assert!(!svg.contains(|c: char| c.is_control() && c != '\n'));
                assert!(picture.size().1 < 100_000);
            }
        }
    }
}
