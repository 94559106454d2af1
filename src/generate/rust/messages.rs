//! The structs of messages, records and enums.

use std::collections::BTreeSet;

use serde::Serialize;

use super::read_model::key_text;
use super::shape::{Field, fields, notes};
use super::term::Row;
use crate::generate::project::{CrateOf, Message, message};
use crate::generate::text;
use crate::kit::Id;
use crate::model::{self, Output};

/// What the templates of messages show.
#[derive(Serialize)]
pub(in crate::generate) struct Data {
    title: String,
    messages: Vec<MessageData>,
}

#[derive(Serialize)]
struct MessageData {
    name: String,
    doc: Vec<String>,
    fields: Vec<Field>,
    full_name: String,
    topic: String,
    key: String,
}

fn data(krate: &CrateOf<'_>, it: &Message<'_>) -> MessageData {
    let mut doc = vec![text::doc(it.name)];
    let more = notes(it.notes);
    if !more.is_empty() {
        doc.push(String::new());
        doc.extend(more);
    }
    let key = Row::message("self", it.schema).field(it.key).map(|it| key_text(&it));
    MessageData {
        name: krate.named(it.id, Output::RustType).to_owned(),
        doc,
        fields: fields(krate, it.schema, false, "types::"),
        full_name: it.schema.name.to_string(),
        topic: it.topic.to_string(),
        key: key.unwrap_or_else(|| "String::new()".to_owned()),
    }
}

/// The module of a context's own commands, or of its events.
pub(in crate::generate) fn own(krate: &CrateOf<'_>, commands: bool) -> Data {
    let title = if commands {
        format!("Commands of *{}*: requests, which may be refused.", text::doc(krate.name))
    } else {
        format!("Events of *{}*: facts, which have happened.", text::doc(krate.name))
    };
    Data {
        title,
        messages: krate.own_messages().filter(|it| it.is_command == commands).map(|it| data(krate, &it)).collect(),
    }
}

/// The modules of other contexts' messages: their names and what they show.
pub(in crate::generate) fn contracts(krate: &CrateOf<'_>) -> Vec<(String, Data)> {
    let of = |id: &Id| message(krate.system, *id);
    let contexts: BTreeSet<Id> = krate.foreign.iter().filter_map(of).map(|it| it.context).collect();
    let module = |context: &Id| {
        let messages = krate.foreign.iter().filter_map(of).filter(|it| it.context == *context);
        let messages = messages.map(|it| data(krate, &it)).collect();
        let title = krate.system.contexts.get(context).map_or(String::new(), |it| text::doc(&it.name));
        (krate.named(*context, Output::RustModule).to_owned(), Data { title, messages })
    };
    contexts.iter().map(module).collect()
}

/// What the template of types shows.
#[derive(Serialize)]
pub(in crate::generate) struct Types {
    enums: Vec<EnumData>,
    records: Vec<RecordData>,
}

#[derive(Serialize)]
struct EnumData {
    name: String,
    listed: String,
    variants: Vec<VariantData>,
}

#[derive(Serialize)]
struct VariantData {
    name: String,
    doc: String,
    label: String,
    /// The symbol of the schema where it is another word: what records hold.
    rename: Option<String>,
}

#[derive(Serialize)]
struct RecordData {
    name: String,
    doc: Vec<String>,
    fields: Vec<Field>,
}

/// The module of records and enums.
pub(in crate::generate) fn types(krate: &CrateOf<'_>) -> Types {
    let enums = krate.types.enums.iter().map(|schema| {
        let names = model::rust_variants(schema);
        let variants = schema.symbols.iter().zip(&names).map(|(symbol, name)| VariantData {
            name: name.clone(),
            doc: text::doc(&symbol.label),
            label: text::literal(&symbol.label),
            rename: (*symbol.name != **name).then(|| text::literal(&symbol.name)),
        });
        EnumData {
            name: krate.types.name_of(&schema.name).to_owned(),
            listed: schema.symbols.iter().map(|it| text::doc(&it.label)).collect::<Vec<_>>().join(", "),
            variants: variants.collect(),
        }
    });
    let records = krate.types.records.iter().map(|schema| RecordData {
        name: krate.types.name_of(&schema.name).to_owned(),
        doc: vec![schema.doc.as_deref().map_or_else(|| text::doc(schema.short_name()), text::doc)],
        fields: fields(krate, schema, false, ""),
    });
    Types { enums: enums.collect(), records: records.collect() }
}
