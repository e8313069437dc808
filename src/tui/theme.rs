//! Styles by meaning. Every state can also be read without them.

use ratatui::style::{Color, Modifier, Style};

use super::look::{Contrast, Look};

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Ordinary text.
    Plain,
    /// Read aloud.
    Aloud,
    /// For the interviewer only; also marked in words.
    Aside,
    /// A heading.
    Heading,
    /// The focused row.
    Focus,
    /// A chosen answer.
    Chosen,
    /// The name of a key.
    Key,
    /// Rules and borders.
    Rule,
    /// Something to look at.
    Notice,
    /// Something that did not work.
    Trouble,
}

/// Turns meaning into style. Colours are the sixteen of the terminal, so that its own theme wins.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    look: Look,
}

impl Theme {
    /// Returns the theme of a look.
    #[must_use]
    pub const fn new(look: Look) -> Self {
        Self { look }
    }

    /// Returns the style of a tone.
    #[must_use]
    pub fn style(&self, tone: Tone) -> Style {
        let plain = Style::new();
        let high = self.look.contrast == Contrast::High;
        let coloured = |colour| {
            if self.look.colour && !high {
                plain.fg(colour)
            } else {
                plain
            }
        };
        match tone {
            Tone::Plain => plain,
            Tone::Aloud | Tone::Heading | Tone::Chosen => plain.add_modifier(Modifier::BOLD),
            Tone::Aside | Tone::Rule if high => plain,
            Tone::Aside | Tone::Rule => plain.add_modifier(Modifier::DIM),
            Tone::Focus => plain.add_modifier(Modifier::REVERSED),
            // A colour or bold, not both: a row of hints holds ten keys, and every change of style is sent.
            Tone::Key if self.look.colour && !high => plain.fg(Color::Cyan),
            Tone::Key => plain.add_modifier(Modifier::BOLD),
            Tone::Notice => coloured(Color::Yellow).add_modifier(Modifier::BOLD),
            Tone::Trouble => coloured(Color::Red).add_modifier(Modifier::BOLD | Modifier::REVERSED),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Theme, Tone};
    use crate::tui::look::{Contrast, Look};

    const TONES: [Tone; 10] = [
        Tone::Plain,
        Tone::Aloud,
        Tone::Aside,
        Tone::Heading,
        Tone::Focus,
        Tone::Chosen,
        Tone::Key,
        Tone::Rule,
        Tone::Notice,
        Tone::Trouble,
    ];

    #[test]
    fn without_colour_and_in_high_contrast_no_tone_has_a_colour() {
        for look in [
            Look {
                colour: false,
                ..Look::default()
            },
            Look {
                contrast: Contrast::High,
                ..Look::default()
            },
        ] {
            for tone in TONES {
                let style = Theme::new(look).style(tone);
                assert_eq!((style.fg, style.bg), (None, None), "{tone:?}");
            }
        }
    }
}
