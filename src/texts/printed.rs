//! What stands on paper, in office files and on charts, beside what a report says.

#![expect(
    missing_docs,
    reason = "each field is the key of a text; the text files show what it says"
)]

use crate::texts::section::texts;

texts! {
    /// Texts of `[printed]`.
    pub struct PrintedTexts {
        pub people: String,
        pub interviewed: String,
        pub median: String,
        pub dot: String,
        pub dot_of_index: String,
        pub between: String,
        pub share_of: String,
        pub figure: String,
        pub table: String,
        pub contents: String,
        pub page: String,
        pub continued: String,
        pub style: StyleTexts,
        pub figures: FigureTexts,
        pub figure_names: FigureNameTexts,
        pub workbook: WorkbookTexts,
    }
}

texts! {
    /// Texts of `[printed.style]`: names of the styles one chooses from when editing.
    pub struct StyleTexts {
        pub stage: String,
        pub finding: String,
        pub note: String,
        pub source: String,
        pub table: String,
        pub table_head: String,
        pub table_note: String,
        pub room: String,
    }
}

texts! {
    /// Texts of `[printed.figures]`: what the names of figures in data files mean.
    pub struct FigureTexts {
        pub mean: String,
        pub mean_bootstrap: String,
        pub sd: String,
        pub median: String,
        pub quartile_1: String,
        pub quartile_3: String,
        pub index: String,
        pub alpha: String,
        pub first_mean: String,
        pub second_mean: String,
        pub gap: String,
        pub missed: String,
        pub mean_difference: String,
        pub cliffs_delta: String,
    }
}

impl FigureTexts {
    /// Returns every name with what it means.
    #[must_use]
    pub fn all(&self) -> [(&'static str, &str); 14] {
        [
            ("mean", &self.mean),
            ("mean_bootstrap", &self.mean_bootstrap),
            ("sd", &self.sd),
            ("median", &self.median),
            ("quartile_1", &self.quartile_1),
            ("quartile_3", &self.quartile_3),
            ("index", &self.index),
            ("alpha", &self.alpha),
            ("first_mean", &self.first_mean),
            ("second_mean", &self.second_mean),
            ("gap", &self.gap),
            ("missed", &self.missed),
            ("mean_difference", &self.mean_difference),
            ("cliffs_delta", &self.cliffs_delta),
        ]
    }
}

texts! {
    /// Texts of `[printed.figure_names]`: what figures are called where people read.
    pub struct FigureNameTexts {
        pub mean: String,
        pub mean_bootstrap: String,
        pub sd: String,
        pub median: String,
        pub quartile_1: String,
        pub quartile_3: String,
        pub index: String,
        pub alpha: String,
        pub first_mean: String,
        pub second_mean: String,
        pub gap: String,
        pub missed: String,
        pub mean_difference: String,
        pub cliffs_delta: String,
    }
}

impl FigureNameTexts {
    /// Returns what a figure is called; one that is not known, by its name in data files.
    #[must_use]
    pub fn of<'t>(&'t self, code: &'t str) -> &'t str {
        match code {
            "mean" => &self.mean,
            "mean_bootstrap" => &self.mean_bootstrap,
            "sd" => &self.sd,
            "median" => &self.median,
            "quartile_1" => &self.quartile_1,
            "quartile_3" => &self.quartile_3,
            "index" => &self.index,
            "alpha" => &self.alpha,
            "first_mean" => &self.first_mean,
            "second_mean" => &self.second_mean,
            "gap" => &self.gap,
            "missed" => &self.missed,
            "mean_difference" => &self.mean_difference,
            "cliffs_delta" => &self.cliffs_delta,
            other => other,
        }
    }
}

texts! {
    /// Texts of `[printed.workbook]`: what stands in a workbook beside the tables.
    pub struct WorkbookTexts {
        pub id: String,
        pub id_of: String,
        pub about_what: String,
        pub contents: String,
        pub definitions: String,
        pub sheet: String,
        pub about: String,
        pub word: String,
        pub meaning: String,
        pub to_contents: String,
        pub answered: String,
        pub asked: String,
        pub status_of: String,
        pub low_of: String,
        pub high_of: String,
        pub low: String,
        pub high: String,
        pub difference: String,
        pub together: String,
        pub exact_meaning: String,
        pub coded_meaning: String,
        pub hidden_meaning: String,
        pub merged_meaning: String,
        pub words_meaning: String,
        pub within_meaning: String,
        pub none_meaning: String,
        pub bounds_meaning: String,
        pub share_meaning: String,
        pub share_of_asked_meaning: String,
        pub from_to: String,
        pub from_to_meaning: String,
        pub from_of: String,
        pub to_of: String,
        pub users_from_of: String,
        pub users_to_of: String,
        pub users_from_to: String,
        pub users_from_to_meaning: String,
        pub figures: String,
        pub figures_about: String,
        pub figures_note: String,
        pub from_table: String,
        pub of_what: String,
        pub figure: String,
        pub status: String,
        pub value: String,
        pub difference_meaning: String,
        pub sum_meaning: String,
    }
}
