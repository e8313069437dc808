//! The tables as a workbook: a sheet a table with real numbers in its cells, a sheet of contents and one of
//! definitions.
//!
//! A count that is not written exactly has an empty cell, a status beside it and its bounds: no sum goes wrong
//! silently. Words are written as words, so none of them is ever a formula. Own writer after ECMA-376 part 1
//! (transitional): the library for it would cost 60 CPU seconds of each build.

use crate::texts::Texts;

use super::document::{Block, Document, Table};
use super::office::{ExportError, Package, Relation};
use super::xml::Xml;

mod chart;
mod figures;
mod names;
mod sheet;
mod styles;
mod table;

use names::Names;
use sheet::{Cell, Sheet, Style};

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const WORKSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
const STYLES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
const DRAWING: &str = "application/vnd.openxmlformats-officedocument.drawing+xml";
const CHART: &str = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Returns the document's tables as XLSX. `texts` are the words in its language.
///
/// # Errors
/// [`ExportError`] where the file would be larger than its format allows.
pub fn bytes(document: &Document, texts: &Texts) -> Result<Vec<u8>, ExportError> {
    let tables: Vec<&Table> = document
        .tables()
        .filter(|table| table::has_values(table))
        .collect();
    let words = &texts.printed.workbook;
    let mut names = Names::default();
    let contents_name = names.taken(&words.contents);
    let table_names: Vec<String> = tables
        .iter()
        .map(|table| names.taken(table::name(table)))
        .collect();
    let figures_name = (document.tables())
        .any(|table| document.figures_of(table).next().is_some())
        .then(|| names.taken(&words.figures));
    let definitions_name = names.taken(&words.definitions);

    let further = [
        (figures_name.as_deref(), words.figures_about.as_str()),
        (Some(definitions_name.as_str()), &words.definitions),
    ];
    let further: Vec<(&str, &str)> = further
        .into_iter()
        .filter_map(|(name, about)| Some((name?, about)))
        .collect();
    let mut sheets = vec![contents(
        document,
        texts,
        contents_name.clone(),
        &tables,
        &table_names,
        &further,
    )];
    for (table, name) in tables.iter().zip(&table_names) {
        let said = said_of(document, table);
        sheets.push(table::sheet(table, name.clone(), (&contents_name, said), texts));
    }
    if let Some(name) = figures_name {
        let named = |table: &Table| {
            let mut named = tables.iter().zip(&table_names);
            named.find_map(|(own, name)| std::ptr::eq(*own, table).then(|| name.clone()))
        };
        sheets.push(figures::sheet(document, name, (&contents_name, &named), texts));
    }
    sheets.push(definitions(document, texts, definitions_name));
    packed(document, &sheets)
}

/// What was found about the item of a table, in a sentence.
fn said_of<'d>(document: &'d Document, table: &Table) -> Option<&'d str> {
    document.blocks.iter().find_map(|block| match block {
        Block::Finding { text, items } if *items == [table.item.as_str()] => Some(text.as_str()),
        _ => None,
    })
}

fn packed(document: &Document, sheets: &[Sheet]) -> Result<Vec<u8>, ExportError> {
    let mut package = Package::default();
    package.part("xl/workbook.xml", WORKBOOK, workbook(sheets));
    package.part("xl/styles.xml", STYLES, styles::file());
    let mut relations = Vec::new();
    let mut charts = 0;
    for (nr, sheet) in (1..).zip(sheets) {
        let name = format!("worksheets/sheet{nr}.xml");
        package.part(format!("xl/{name}"), WORKSHEET, sheet.file(nr == 1));
        relations.push(Relation {
            id: format!("rId{nr}"),
            kind: "worksheet",
            target: name,
        });
        if let Some(drawn) = &sheet.chart {
            charts += 1;
            package.relations(
                &format!("xl/worksheets/sheet{nr}.xml"),
                vec![relation("drawing", format!("../drawings/drawing{charts}.xml"))],
            );
            let drawing = format!("xl/drawings/drawing{charts}.xml");
            package.part(drawing.clone(), DRAWING, chart::drawing(drawn));
            package.relations(
                &drawing,
                vec![relation("chart", format!("../charts/chart{charts}.xml"))],
            );
            package.part(
                format!("xl/charts/chart{charts}.xml"),
                CHART,
                chart::file(drawn, &sheet.name, document.language),
            );
        }
    }
    relations.push(Relation {
        id: "stylesId".to_owned(),
        kind: "styles",
        target: "styles.xml".to_owned(),
    });
    package.relations("xl/workbook.xml", relations);
    package.finish("xl/workbook.xml", &document.title, document.language)
}

/// The only relation of a part.
fn relation(kind: &'static str, target: String) -> Relation {
    Relation {
        id: "rId1".to_owned(),
        kind,
        target,
    }
}

fn workbook(sheets: &[Sheet]) -> String {
    let mut xml = Xml::file();
    xml.open("workbook", &[("xmlns", &MAIN), ("xmlns:r", &RELATIONS)]);
    xml.open("bookViews", &[]);
    xml.empty("workbookView", &[("activeTab", &0)]);
    xml.close();
    xml.open("sheets", &[]);
    for (nr, sheet) in (1..).zip(sheets) {
        xml.empty(
            "sheet",
            &[
                ("name", &sheet.name),
                ("sheetId", &nr),
                ("r:id", &format_args!("rId{nr}")),
            ],
        );
    }
    xml.close();
    xml.open("definedNames", &[]);
    for (nr, sheet) in sheets.iter().enumerate() {
        // Printed on every page: the head of the table.
        xml.leaf(
            "definedName",
            &[("name", &"_xlnm.Print_Titles"), ("localSheetId", &nr)],
            &format!("{}!${1}:${1}", names::quoted(&sheet.name), sheet.head),
        );
    }
    xml.finish()
}

fn contents(
    document: &Document,
    texts: &Texts,
    name: String,
    tables: &[&Table],
    names: &[String],
    further: &[(&str, &str)],
) -> Sheet {
    let words = &texts.printed.workbook;
    let mut sheet = Sheet::new(name, vec![30, 80, 44, 24]);
    sheet.row(vec![Cell::text(Style::Title, &document.title)]);
    let stage = document.front.as_ref().map_or("", |front| front.stage.as_str());
    sheet.row(vec![Cell::text(Style::Note, stage)]);
    sheet.row(Vec::new());
    sheet.head_row(vec![
        Cell::text(Style::Head, &words.sheet),
        Cell::text(Style::Head, &words.about),
        Cell::text(Style::Head, &texts.printed.table),
        Cell::text(Style::StatusHead, &words.id),
    ]);
    for (table, name) in tables.iter().zip(names) {
        sheet.link(0, name);
        sheet.row(vec![
            Cell::text(Style::Link, name),
            Cell::text(Style::Words, table::title(table)),
            Cell::text(Style::Words, &table.caption),
            Cell::text(Style::Status, &table.item),
        ]);
    }
    for (name, about) in further {
        sheet.link(0, name);
        sheet.row(vec![
            Cell::text(Style::Link, name),
            Cell::text(Style::Words, about),
        ]);
    }
    sheet
}

fn definitions(document: &Document, texts: &Texts, name: String) -> Sheet {
    let words = &texts.printed.workbook;
    let mut sheet = Sheet::new(name, vec![30, 100, 24]);
    sheet.row(vec![Cell::text(Style::Title, &words.definitions)]);
    sheet.row(Vec::new());
    sheet.row(Vec::new());
    sheet.head_row(vec![
        Cell::text(Style::Head, &words.word),
        Cell::text(Style::Head, &words.meaning),
        Cell::text(Style::StatusHead, &words.id),
    ]);
    let bounds = format!("{}, {}", words.low, words.high);
    let report = &texts.results.report;
    for (word, meaning) in [
        ("exact", &words.exact_meaning),
        ("coded", &words.coded_meaning),
        ("hidden", &words.hidden_meaning),
        ("merged", &words.merged_meaning),
        ("words", &words.words_meaning),
        ("within", &words.within_meaning),
        ("none", &words.none_meaning),
        (bounds.as_str(), &words.bounds_meaning),
        (report.share.as_str(), &words.share_meaning),
        (report.share_of_asked.as_str(), &words.share_of_asked_meaning),
        (words.from_to.as_str(), &words.from_to_meaning),
        (words.users_from_to.as_str(), &words.users_from_to_meaning),
        (words.difference.as_str(), &words.difference_meaning),
        (words.together.as_str(), &words.sum_meaning),
    ] {
        sheet.row(vec![
            Cell::text(Style::Words, word),
            Cell::text(Style::Words, meaning),
        ]);
    }
    // The figures that stand in this workbook.
    for (code, meaning) in texts.printed.figures.all() {
        let mut tables = document.tables();
        if tables.any(|table| document.figures_of(table).any(|figure| figure.name == code)) {
            sheet.row(vec![
                Cell::text(Style::Words, texts.printed.figure_names.of(code)),
                Cell::text(Style::Words, meaning),
                Cell::text(Style::Status, code),
            ]);
        }
    }
    sheet
}

#[cfg(test)]
mod tests;
