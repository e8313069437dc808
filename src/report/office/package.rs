//! A package after ECMA-376 part 2: parts, what kind each is, how they hang together, and a few properties that name
//! neither people nor machines nor times.

use std::collections::BTreeSet;

use super::archive::Archive;
use super::{ExportError, language_tag};
use crate::domain::language::Language;
use crate::report::xml::Xml;

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package being put together.
#[derive(Debug, Default)]
pub(in crate::report) struct Package {
    parts: Vec<Part>,
    relations: Vec<(String, Vec<Relation>)>,
}

#[derive(Debug)]
struct Part {
    name: String,
    kind: &'static str,
    content: Vec<u8>,
}

/// One part needs another one, by a name of its own.
#[derive(Clone, Debug)]
pub(in crate::report) struct Relation {
    /// The name: `rId3`.
    pub(in crate::report) id: String,
    /// The last word of its kind: `image`.
    pub(in crate::report) kind: &'static str,
    /// Where the other part is, from the folder of the first one.
    pub(in crate::report) target: String,
}

impl Package {
    /// Adds a part; `kind` is its content type.
    pub(in crate::report) fn part(
        &mut self,
        name: impl Into<String>,
        kind: &'static str,
        content: impl Into<Vec<u8>>,
    ) {
        self.parts.push(Part {
            name: name.into(),
            kind,
            content: content.into(),
        });
    }

    /// Says which parts the part `of` needs.
    pub(in crate::report) fn relations(&mut self, of: &str, relations: Vec<Relation>) {
        if !relations.is_empty() {
            let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
            self.relations
                .push((format!("{folder}/_rels/{name}.rels"), relations));
        }
    }

    /// Returns the package, whose first part is `main`.
    pub(in crate::report) fn finish(
        mut self,
        main: &str,
        title: &str,
        language: Language,
    ) -> Result<Vec<u8>, ExportError> {
        self.part(
            "docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
            core(title, language),
        );
        self.part(
            "docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml",
            app(),
        );
        let mut archive = Archive::default();
        archive.add("[Content_Types].xml", self.types().as_bytes())?;
        archive.add("_rels/.rels", roots(main).as_bytes())?;
        for part in &self.parts {
            archive.add(&part.name, &part.content)?;
        }
        for (name, relations) in &self.relations {
            archive.add(name, relations_file(relations).as_bytes())?;
        }
        archive.finish()
    }

    fn types(&self) -> String {
        let mut xml = Xml::file();
        xml.open(
            "Types",
            &[(
                "xmlns",
                &"http://schemas.openxmlformats.org/package/2006/content-types",
            )],
        );
        let by_ending = [
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("png", "image/png"),
        ];
        for (ending, kind) in by_ending {
            xml.empty("Default", &[("Extension", &ending), ("ContentType", &kind)]);
        }
        let named: BTreeSet<(&str, &str)> = self
            .parts
            .iter()
            .filter(|part| part.kind != "image/png")
            .map(|part| (part.name.as_str(), part.kind))
            .collect();
        for (name, kind) in named {
            xml.empty(
                "Override",
                &[("PartName", &format_args!("/{name}")), ("ContentType", &kind)],
            );
        }
        xml.finish()
    }
}

fn relations_file(relations: &[Relation]) -> String {
    let mut xml = Xml::file();
    xml.open("Relationships", &[("xmlns", &RELATIONSHIPS)]);
    for relation in relations {
        xml.empty(
            "Relationship",
            &[
                ("Id", &relation.id),
                ("Type", &format_args!("{OFFICE}/{}", relation.kind)),
                ("Target", &relation.target),
            ],
        );
    }
    xml.finish()
}

fn roots(main: &str) -> String {
    let mut xml = Xml::file();
    xml.open("Relationships", &[("xmlns", &RELATIONSHIPS)]);
    let kinds = [
        (format!("{OFFICE}/officeDocument"), main),
        (
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
                .to_owned(),
            "docProps/core.xml",
        ),
        (format!("{OFFICE}/extended-properties"), "docProps/app.xml"),
    ];
    for (nr, (kind, target)) in (1..).zip(kinds) {
        xml.empty(
            "Relationship",
            &[
                ("Id", &format_args!("rId{nr}")),
                ("Type", &kind),
                ("Target", &target),
            ],
        );
    }
    xml.finish()
}

fn core(title: &str, language: Language) -> String {
    let mut xml = Xml::file();
    xml.open(
        "cp:coreProperties",
        &[
            (
                "xmlns:cp",
                &"http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
            ),
            ("xmlns:dc", &"http://purl.org/dc/elements/1.1/"),
        ],
    );
    xml.leaf("dc:title", &[], title);
    xml.leaf("dc:language", &[], language_tag(language));
    xml.finish()
}

fn app() -> String {
    let mut xml = Xml::file();
    xml.open(
        "Properties",
        &[(
            "xmlns",
            &"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
        )],
    );
    xml.leaf("Application", &[], "stemme");
    xml.finish()
}
