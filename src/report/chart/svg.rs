//! A picture as SVG: stands in a page or in a file of its own.

use std::fmt::{self, Display, Write as _};

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

/// Returns the picture. `name` is its name on the page it stands on; `language` a language code.
pub(super) fn written(scene: &Scene, name: &str, language: &str, title: &str, description: &str) -> String {
    let mut xml = Xml::piece();
    let (width, height) = (Pixels(scene.width), Pixels(scene.height));
    xml.open(
        "svg",
        &[
            ("xmlns", &"http://www.w3.org/2000/svg"),
            ("role", &"img"),
            ("lang", &language),
            ("aria-labelledby", &format_args!("{name}-title {name}-desc")),
            ("width", &width),
            ("height", &height),
            ("viewBox", &format_args!("0 0 {width} {height}")),
            ("font-family", &FONTS),
        ],
    );
    xml.leaf("title", &[("id", &format_args!("{name}-title"))], title);
    xml.leaf("desc", &[("id", &format_args!("{name}-desc"))], description);
    for shape in &scene.shapes {
        xml.line();
        draw(shape, &mut xml);
    }
    xml.line();
    let mut written = xml.finish();
    written.push('\n');
    written
}

fn draw(shape: &Shape, xml: &mut Xml) {
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
            xml.leaf(
                "text",
                &[
                    ("x", &Pixels(at.x)),
                    ("y", &Pixels(at.y)),
                    ("text-anchor", &anchor),
                    ("font-size", &Pixels(*size)),
                    ("fill", &ink.hex()),
                ],
                words,
            );
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
