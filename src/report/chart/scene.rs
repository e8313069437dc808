//! What is drawn, as boxes, lines, dots and words: the same for every kind of picture file.
//!
//! All lengths are tenths of a pixel, so that no rounding depends on a machine. Hatching is lines, not a pattern by
//! name: several charts on one page never share a name.

use super::palette::Ink;

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scene {
    /// How wide.
    pub(super) width: i32,
    /// How high.
    pub(super) height: i32,
    /// What is on it, first ones below.
    pub(super) shapes: Vec<Shape>,
}

/// A place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    /// From the left.
    pub(super) x: i32,
    /// From above.
    pub(super) y: i32,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    /// Left edge.
    pub(super) x: i32,
    /// Upper edge.
    pub(super) y: i32,
    /// How wide.
    pub(super) width: i32,
    /// How high.
    pub(super) height: i32,
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pen {
    /// Its colour.
    pub(super) ink: Ink,
    /// How wide.
    pub(super) width: i32,
    /// Whether it is broken.
    pub(super) dashed: bool,
}

/// Where words stand from their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// They begin there.
    Start,
    /// They are centred there.
    Middle,
    /// They end there.
    End,
}

/// Something on the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A rectangle.
    Rectangle {
        /// Where.
        area: Area,
        /// What it is filled with.
        fill: Option<Ink>,
        /// Its edge.
        edge: Option<Pen>,
    },
    /// Lines.
    Lines {
        /// From where to where.
        pieces: Vec<(Point, Point)>,
        /// How they look.
        pen: Pen,
    },
    /// A circle.
    Dot {
        /// Its middle.
        centre: Point,
        /// From the middle to the edge.
        radius: i32,
        /// What it is filled with.
        fill: Ink,
        /// Its edge.
        edge: Pen,
    },
    /// Words on one line.
    Words {
        /// Where, on the line the letters stand on.
        at: Point,
        /// From there to which side.
        anchor: Anchor,
        /// How high the letters are.
        size: i32,
        /// Their colour.
        ink: Ink,
        /// What they say.
        words: String,
    },
}

/// Which way hatching runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hatching {
    /// Up to the right.
    Rising,
    /// Down to the right.
    Falling,
    /// Both.
    Crossed,
}

impl Pen {
    /// A whole line.
    pub(super) const fn solid(ink: Ink, width: i32) -> Self {
        Self {
            ink,
            width,
            dashed: false,
        }
    }

    /// A broken line.
    pub(super) const fn dashed(ink: Ink, width: i32) -> Self {
        Self {
            ink,
            width,
            dashed: true,
        }
    }
}

impl Area {
    /// A rectangle.
    pub(super) const fn new(x: i32, y: i32, width: i32, height: i32) -> Self {
        Self { x, y, width, height }
    }

    /// Its lower edge.
    pub(super) const fn bottom(self) -> i32 {
        self.y + self.height
    }

    /// Its middle.
    pub(super) const fn middle(self) -> Point {
        Point {
            x: self.x + self.width / 2,
            y: self.y + self.height / 2,
        }
    }
}

impl Scene {
    /// Draws a rectangle.
    pub(super) fn rectangle(&mut self, area: Area, fill: Option<Ink>, edge: Option<Pen>) {
        self.shapes.push(Shape::Rectangle { area, fill, edge });
    }

    /// Draws one line.
    pub(super) fn line(&mut self, from: (i32, i32), to: (i32, i32), pen: Pen) {
        let point = |(x, y)| Point { x, y };
        self.shapes.push(Shape::Lines {
            pieces: vec![(point(from), point(to))],
            pen,
        });
    }

    /// Draws a circle.
    pub(super) fn dot(&mut self, x: i32, y: i32, radius: i32, fill: Ink, edge: Pen) {
        let centre = Point { x, y };
        self.shapes.push(Shape::Dot {
            centre,
            radius,
            fill,
            edge,
        });
    }

    /// Writes words; `y` is the line the letters stand on.
    pub(super) fn words(
        &mut self,
        (x, y): (i32, i32),
        anchor: Anchor,
        size: i32,
        ink: Ink,
        words: impl Into<String>,
    ) {
        self.shapes.push(Shape::Words {
            at: Point { x, y },
            anchor,
            size,
            ink,
            words: words.into(),
        });
    }

    /// Puts a margin around everything, on white ground.
    pub(super) fn inset(&mut self, margin: i32) {
        for shape in &mut self.shapes {
            shape.shift((margin, margin));
        }
        self.width += 2 * margin;
        self.height += 2 * margin;
        let ground = Shape::Rectangle {
            area: Area::new(0, 0, self.width, self.height),
            fill: Some(Ink::WHITE),
            edge: None,
        };
        self.shapes.insert(0, ground);
    }

    /// Makes room to the left and to the right.
    pub(super) fn indent(&mut self, by: i32) {
        for shape in &mut self.shapes {
            shape.shift((by, 0));
        }
        self.width += 2 * by;
    }

    /// Draws hatching in a rectangle, lines `apart` from each other.
    pub(super) fn hatch(&mut self, area: Area, hatching: Hatching, apart: i32, pen: Pen) {
        let mut pieces = Vec::new();
        if matches!(hatching, Hatching::Rising | Hatching::Crossed) {
            pieces.extend(slanting(area, apart, true));
        }
        if matches!(hatching, Hatching::Falling | Hatching::Crossed) {
            pieces.extend(slanting(area, apart, false));
        }
        if !pieces.is_empty() {
            self.shapes.push(Shape::Lines { pieces, pen });
        }
    }
}

impl Shape {
    fn shift(&mut self, (right, down): (i32, i32)) {
        let shift = |point: &mut Point| {
            point.x += right;
            point.y += down;
        };
        match self {
            Self::Rectangle { area, .. } => {
                area.x += right;
                area.y += down;
            }
            Self::Lines { pieces, .. } => {
                for (from, to) in pieces {
                    shift(from);
                    shift(to);
                }
            }
            Self::Dot { centre, .. } => shift(centre),
            Self::Words { at, .. } => shift(at),
        }
    }
}

/// Lines of 45 degrees, each cut off at the edges of the rectangle.
fn slanting(area: Area, apart: i32, rising: bool) -> Vec<(Point, Point)> {
    let apart = apart.max(1);
    let (width, height) = (area.width, area.height);
    let mut lines = Vec::new();
    let mut from = apart;
    while from < width + height {
        // The line x + y = from in a rectangle that begins at 0, 0; a falling one is its mirror image.
        let (x1, y1) = if from <= height {
            (0, from)
        } else {
            (from - height, height)
        };
        let (x2, y2) = if from <= width {
            (from, 0)
        } else {
            (width, from - width)
        };
        let place = |x: i32, y: i32| Point {
            x: area.x + x,
            y: area.y + if rising { y } else { height - y },
        };
        lines.push((place(x1, y1), place(x2, y2)));
        from += apart;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Area, Hatching, Pen, Scene, Shape};
    use crate::report::chart::palette::Ink;

    #[test]
    fn hatching_stays_in_its_rectangle() {
        let area = Area::new(100, 200, 300, 70);
        for hatching in [Hatching::Rising, Hatching::Falling, Hatching::Crossed] {
            let mut scene = Scene::default();
            scene.hatch(area, hatching, 40, Pen::solid(Ink::BLACK, 5));
            let Some(Shape::Lines { pieces, .. }) = scene.shapes.first() else {
                panic!("no lines");
            };
            for point in pieces.iter().flat_map(|(from, to)| [from, to]) {
                assert!((area.x..=area.x + area.width).contains(&point.x), "{point:?}");
                assert!((area.y..=area.bottom()).contains(&point.y), "{point:?}");
            }
        }
    }
}
