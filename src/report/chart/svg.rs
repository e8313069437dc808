//! A picture as SVG: stands in a page or in a file of its own.

use std::fmt::{self, Display, Write as _};

use crate::domain::language::Language;
use crate::report::speech::foreign;
use crate::report::xml::Xml;

use super::palette::Ink;
use super::scene::{Anchor, Pen, Scene, Shape};

/// The picture's own font first, then what machines have.
const FONTS: &str = "'Open Sans', 'Segoe UI', 'Noto Sans', Arial, sans-serif";

/// Tenths of a pixel as pixels: `12.5`.
struct Pixels(i32);

impl Display for Pixels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let tenths = self.0.unsigned_abs();
        if tenths.is_multiple_of(10) {
            write!(f, "{sign}{}", tenths / 10)
        } else {
            write!(f, "{sign}{}.{}", tenths / 10, tenths % 10)
        }
    }
}

/// Returns the picture. `name` is its name on the page it stands on. Words clearly of another language than the picture's say
/// so.
pub(super) fn written(
    scene: &Scene,
    name: &str,
    language: Language,
    title: &str,
    description: &str,
) -> String {
    let mut xml = Xml::piece();
    let (width, height) = (Pixels(scene.width), Pixels(scene.height));
    xml.open(
        "svg",
        &[
            ("xmlns", &"http://www.w3.org/2000/svg"),
            ("role", &"img"),
            ("lang", &language.code()),
            ("aria-labelledby", &format_args!("{name}-title {name}-desc")),
            ("width", &width),
            ("height", &height),
            ("viewBox", &format_args!("0 0 {width} {height}")),
            ("font-family", &FONTS),
        ],
    );
    let ids = ["title", "desc"].map(|part| format!("{name}-{part}"));
    for ((part, id), words) in ["title", "desc"].into_iter().zip(&ids).zip([title, description]) {
        spoken(part, &[("id", id)], words, language, &mut xml);
    }
    for shape in &scene.shapes {
        xml.line();
        draw(shape, language, &mut xml);
    }
    xml.line();
    let mut written = xml.finish();
    written.push('\n');
    written
}

/// Words, marked where they are clearly of another language than the picture.
fn spoken(
    name: &'static str,
    attributes: &[(&str, &dyn Display)],
    words: &str,
    own: Language,
    xml: &mut Xml,
) {
    let other = foreign(words, own).map(Language::code);
    let mut attributes = attributes.to_vec();
    if let Some(other) = &other {
        attributes.push(("lang", other));
    }
    xml.leaf(name, &attributes, words);
}

fn draw(shape: &Shape, language: Language, xml: &mut Xml) {
    match shape {
        Shape::Rectangle { area, fill, edge } => {
            let fill = fill.map_or_else(|| "none".to_owned(), Ink::hex);
            let (x, y, width, height) = (
                Pixels(area.x),
                Pixels(area.y),
                Pixels(area.width),
                Pixels(area.height),
            );
            let mut attributes: Vec<(&str, &dyn Display)> = vec![
                ("x", &x),
                ("y", &y),
                ("width", &width),
                ("height", &height),
                ("fill", &fill),
            ];
            let edge = edge.map(stroke);
            if let Some(edge) = &edge {
                attributes.extend(edge.iter().map(|(key, value)| (*key, value as &dyn Display)));
            }
            xml.empty("rect", &attributes);
        }
        Shape::Lines { pieces, pen } => {
            let mut path = String::new();
            for (from, to) in pieces {
                // Writing to a text in memory does not fail.
                let _ = write!(
                    path,
                    "M{} {}L{} {}",
                    Pixels(from.x),
                    Pixels(from.y),
                    Pixels(to.x),
                    Pixels(to.y)
                );
            }
            let pen = stroke(*pen);
            let mut attributes: Vec<(&str, &dyn Display)> = vec![("d", &path), ("fill", &"none")];
            attributes.extend(pen.iter().map(|(key, value)| (*key, value as &dyn Display)));
            xml.empty("path", &attributes);
        }
        Shape::Dot {
            centre,
            radius,
            fill,
            edge,
        } => {
            let (x, y, radius, fill) = (Pixels(centre.x), Pixels(centre.y), Pixels(*radius), fill.hex());
            let edge = stroke(*edge);
            let mut attributes: Vec<(&str, &dyn Display)> =
                vec![("cx", &x), ("cy", &y), ("r", &radius), ("fill", &fill)];
            attributes.extend(edge.iter().map(|(key, value)| (*key, value as &dyn Display)));
            xml.empty("circle", &attributes);
        }
        Shape::Words {
            at,
            anchor,
            size,
            ink,
            words,
        } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            let (x, y, size, ink) = (Pixels(at.x), Pixels(at.y), Pixels(*size), ink.hex());
            let attributes: [(&str, &dyn Display); 5] = [
                ("x", &x),
                ("y", &y),
                ("text-anchor", &anchor),
                ("font-size", &size),
                ("fill", &ink),
            ];
            spoken("text", &attributes, words, language, xml);
        }
    }
}

fn stroke(pen: Pen) -> Vec<(&'static str, String)> {
    let mut attributes = vec![
        ("stroke", pen.ink.hex()),
        ("stroke-width", Pixels(pen.width).to_string()),
    ];
    if pen.dashed {
        attributes.push(("stroke-dasharray", "3 2".to_owned()));
    }
    attributes
}
