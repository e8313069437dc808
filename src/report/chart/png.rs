//! A picture as PNG, drawn from the same boxes, lines, dots and words as the SVG, with the font in the program.

use miniz_oxide::deflate::compress_to_vec_zlib;
use tiny_skia::{FillRule, LineCap, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, StrokeDash, Transform};
use ttf_parser::OutlineBuilder;

use super::font::Font;
use super::palette::Ink;
use super::scene::{Anchor, Pen, Point, Scene, Shape};

const UP: u8 = 2;
const RGB: u8 = 2;
const COMPRESSION: u8 = 8;

/// A picture that could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("png: {0}")]
pub struct PngError(String);

/// Returns the picture, `scale` pixels for each of the drawing's.
pub(super) fn drawn(scene: &Scene, scale: u8) -> Result<Vec<u8>, PngError> {
    let side = |tenths: i32| u32::try_from(tenths * i32::from(scale) / 10).unwrap_or(0);
    let (width, height) = (side(scene.width), side(scene.height));
    let mut canvas = Canvas {
        pixmap: Pixmap::new(width, height).ok_or_else(|| PngError(format!("{width} x {height}")))?,
        font: Font::new(),
        transform: Transform::from_scale(f32::from(scale) / 10.0, f32::from(scale) / 10.0),
    };
    canvas.pixmap.fill(tiny_skia::Color::WHITE);
    for shape in &scene.shapes {
        canvas.draw(shape);
    }
    Ok(encoded(&canvas.pixmap))
}

/// The picture as a file: eight bits of red, green and blue a pixel, each row as its difference from the one above,
/// which suits flat colours (PNG specification, third edition, 9.2 "Up").
fn encoded(pixmap: &Pixmap) -> Vec<u8> {
    let row_length = usize::try_from(pixmap.width()).unwrap_or(0);
    let mut above = vec![[0_u8; 3]; row_length];
    let mut rows = Vec::new();
    for row in pixmap.pixels().chunks(row_length.max(1)) {
        rows.push(UP);
        for (pixel, above) in row.iter().zip(&mut above) {
            let here = [pixel.red(), pixel.green(), pixel.blue()];
            rows.extend(
                here.iter()
                    .zip(*above)
                    .map(|(here, above)| here.wrapping_sub(above)),
            );
            *above = here;
        }
    }
    let mut header = Vec::new();
    header.extend(pixmap.width().to_be_bytes());
    header.extend(pixmap.height().to_be_bytes());
    header.extend([8, RGB, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(*b"IHDR", &header, &mut file);
    chunk(*b"IDAT", &compress_to_vec_zlib(&rows, COMPRESSION), &mut file);
    chunk(*b"IEND", &[], &mut file);
    file
}

fn chunk(name: [u8; 4], content: &[u8], file: &mut Vec<u8>) {
    file.extend(u32::try_from(content.len()).unwrap_or(0).to_be_bytes());
    let mut check = crc32fast::Hasher::new();
    check.update(&name);
    check.update(content);
    file.extend(name);
    file.extend(content);
    file.extend(check.finalize().to_be_bytes());
}

struct Canvas {
    pixmap: Pixmap,
    font: Font,
    transform: Transform,
}

impl Canvas {
    fn draw(&mut self, shape: &Shape) {
        match shape {
            Shape::Rectangle { area, fill, edge } => {
                let rectangle = Rect::from_xywh(
                    length(area.x),
                    length(area.y),
                    length(area.width),
                    length(area.height),
                );
                let path = rectangle.map(PathBuilder::from_rect);
                self.fill_and_edge(path.as_ref(), *fill, *edge);
            }
            Shape::Lines { pieces, pen } => {
                let mut path = PathBuilder::new();
                for (from, to) in pieces {
                    path.move_to(length(from.x), length(from.y));
                    path.line_to(length(to.x), length(to.y));
                }
                self.fill_and_edge(path.finish().as_ref(), None, Some(*pen));
            }
            Shape::Dot {
                centre,
                radius,
                fill,
                edge,
            } => {
                let path = PathBuilder::from_circle(length(centre.x), length(centre.y), length(*radius));
                self.fill_and_edge(path.as_ref(), Some(*fill), Some(*edge));
            }
            Shape::Words {
                at,
                anchor,
                size,
                ink,
                words,
            } => {
                let width = self.font.width(words, *size);
                let x = match anchor {
                    Anchor::Start => at.x,
                    Anchor::Middle => at.x - width / 2,
                    Anchor::End => at.x - width,
                };
                let path = self.letters(Point { x, y: at.y }, *size, words);
                self.fill_and_edge(path.as_ref(), Some(*ink), None);
            }
        }
    }

    fn letters(&self, at: Point, size: i32, words: &str) -> Option<Path> {
        let mut outline = Outline {
            path: PathBuilder::new(),
            x: length(at.x),
            y: length(at.y),
            scale: length(size) / f32::from(self.font.units()),
        };
        let mut x = at.x;
        for letter in words.chars() {
            outline.x = length(x);
            self.font.outline(letter, &mut outline);
            x += self.font.advance(letter, size);
        }
        outline.path.finish()
    }

    fn fill_and_edge(&mut self, path: Option<&Path>, fill: Option<Ink>, edge: Option<Pen>) {
        let Some(path) = path else { return };
        if let Some(fill) = fill {
            self.pixmap
                .fill_path(path, &paint(fill), FillRule::Winding, self.transform, None);
        }
        if let Some(edge) = edge {
            let stroke = Stroke {
                width: length(edge.width),
                line_cap: LineCap::Butt,
                dash: edge
                    .dashed
                    .then(|| StrokeDash::new(vec![30.0, 20.0], 0.0))
                    .flatten(),
                ..Stroke::default()
            };
            self.pixmap
                .stroke_path(path, &paint(edge.ink), &stroke, self.transform, None);
        }
    }
}

fn paint(ink: Ink) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(ink.0, ink.1, ink.2, u8::MAX);
    paint
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a picture is far smaller than the whole numbers a float holds"
)]
const fn length(tenths: i32) -> f32 {
    tenths as f32
}

/// Letters of the font, whose y grows upwards, put on the picture.
struct Outline {
    path: PathBuilder,
    x: f32,
    y: f32,
    scale: f32,
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path
            .move_to(self.x + x * self.scale, self.y - y * self.scale);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path
            .line_to(self.x + x * self.scale, self.y - y * self.scale);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.path.quad_to(
            self.x + x1 * self.scale,
            self.y - y1 * self.scale,
            self.x + x * self.scale,
            self.y - y * self.scale,
        );
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.path.cubic_to(
            self.x + x1 * self.scale,
            self.y - y1 * self.scale,
            self.x + x2 * self.scale,
            self.y - y2 * self.scale,
            self.x + x * self.scale,
            self.y - y * self.scale,
        );
    }

    fn close(&mut self) {
        self.path.close();
    }
}
