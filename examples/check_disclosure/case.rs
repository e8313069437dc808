//! A case: who took part and answered what, and which tables are wanted of it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

/// What is wanted: `spec.json`.
#[derive(Debug, Deserialize)]
pub(crate) struct Spec {
    pub(crate) k: u32,
    /// Every variable with its categories, in their order.
    pub(crate) vars: BTreeMap<String, Vec<String>>,
    pub(crate) questions: Vec<String>,
    pub(crate) tables: Vec<Table>,
    pub(crate) releases: Vec<Release>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Table {
    pub(crate) id: String,
    /// At most one question, and backgrounds.
    pub(crate) vars: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Release {
    pub(crate) id: String,
    /// People of batches up to this one are in it.
    pub(crate) batch_max: u32,
    pub(crate) tables: Vec<String>,
}

/// One person's categories.
pub(crate) struct Person {
    pub(crate) batch: u32,
    pub(crate) said: BTreeMap<String, String>,
}

pub(crate) struct Case {
    pub(crate) spec: Spec,
    pub(crate) people: Vec<Person>,
}

impl Case {
    /// Reads `spec.json` and `micro.csv` of a folder.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        let wrong =
            |file: &str, why: &dyn std::fmt::Display| format!("{}: {why}", folder.join(file).display());
        let bytes = std::fs::read(folder.join("spec.json")).map_err(|error| wrong("spec.json", &error))?;
        let spec: Spec = serde_json::from_slice(&bytes).map_err(|error| wrong("spec.json", &error))?;
        let mut reader =
            csv::Reader::from_path(folder.join("micro.csv")).map_err(|error| wrong("micro.csv", &error))?;
        let mut people = Vec::new();
        for row in reader.deserialize() {
            let mut said: BTreeMap<String, String> = row.map_err(|error| wrong("micro.csv", &error))?;
            let batch = said.remove("batch").and_then(|batch| batch.parse().ok());
            let batch = batch.ok_or_else(|| wrong("micro.csv", &"a person without a batch"))?;
            for (name, codes) in &spec.vars {
                if said.get(name).is_none_or(|code| !codes.contains(code)) {
                    return Err(wrong("micro.csv", &format!("a person without a known {name}")));
                }
            }
            people.push(Person { batch, said });
        }
        Ok(Self { spec, people })
    }
}

impl Spec {
    /// The question of a table, if it has one.
    pub(crate) fn question<'t>(&self, table: &'t Table) -> Option<&'t str> {
        table
            .vars
            .iter()
            .map(String::as_str)
            .find(|name| self.questions.iter().any(|question| question == name))
    }

    pub(crate) fn codes(&self, name: &str) -> &[String] {
        self.vars.get(name).map_or(&[], Vec::as_slice)
    }
}
