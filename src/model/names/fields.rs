//! Names inside a Rust type: fields and enum variants.

use std::collections::BTreeSet;

use crate::kit::{ascii_words, pascal, snake};
use crate::record::{EnumSchema, RecordSchema};

use super::MAX;
use super::rust_module::is_keyword;

/// The Rust name of each field, in order: no keyword, no two alike. Where it differs from the Avro name, the
/// generated code renames it for serde.
pub fn rust_fields(schema: &RecordSchema) -> Vec<String> {
    unique(schema.fields.iter().map(|it| snake(&it.label)), "field", '_')
}

/// The Rust name of each word of an enum, in order.
pub fn rust_variants(schema: &EnumSchema) -> Vec<String> {
    unique(schema.symbols.iter().map(|it| pascal(&it.label)), "Variant", 'V')
}

fn unique(names: impl Iterator<Item = String>, empty: &str, before_digit: char) -> Vec<String> {
    let names: Vec<String> = names
        .map(|name| {
            let mut name = if ascii_words(&name).is_empty() { empty.to_owned() } else { name };
            if name.starts_with(|c: char| c.is_ascii_digit()) {
                name.insert(0, before_digit);
            }
            name.truncate(MAX - 4);
            if is_keyword(&name) {
                name.push('_');
            }
            name
        })
        .collect();
    let plain: BTreeSet<&String> = names.iter().collect();
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut result = Vec::with_capacity(names.len());
    for name in &names {
        let mut chosen = name.clone();
        let mut count = 1;
        while used.contains(&chosen) || (count > 1 && plain.contains(&chosen)) {
            count += 1;
            chosen = format!("{name}_{count}");
        }
        let _ = used.insert(chosen.clone());
        result.push(chosen);
    }
    result
}
