//! The name table: every definition's name in every output.
//!
//! What people write becomes ASCII words; each output makes its own form of them, at most [`MAX`] characters long. A
//! name that the output reserves takes the word of its kind behind it (`Option` becomes `OptionEvent`); a name of
//! which nothing is left is called after its kind and id. Where two definitions would get one name, the one with the lowest
//! id keeps it and the others take the last characters of their ids behind it, so that a new sticky renames none but
//! those that collide with it. Everything that is not the plain form of what was written is told in
//! [`NameTable::notes`].

mod rust_type;
mod rust_module;
mod reserved; // shared
mod avro;
mod topic;
mod ksql;
mod file;
mod fields; // shared

use std::collections::{BTreeMap, BTreeSet};

use crate::kit::{Id, ascii_words, pascal};

pub use fields::{rust_fields, rust_variants};
pub use topic::{TopicNameError, check_topic};

/// The most characters of a name.
pub const MAX: usize = 64;

/// Every output, in the order in which the table is shown.
pub static ALL: &[&OutputSpec] =
    &[&rust_type::SPEC, &rust_module::SPEC, &avro::SPEC, &topic::SPEC, &ksql::SPEC, &file::SPEC];

/// Where names are written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Output {
    /// A Rust type: `OrderPlaced`.
    RustType,
    /// A Rust module, and the file of that name: `order_placed`.
    RustModule,
    /// An Avro name without its namespace: `OrderPlaced`; for a context the namespace itself.
    Avro,
    /// A part of a topic's name: `order-placed`.
    Topic,
    /// A KSQL stream or table: `ORDER_PLACED`.
    Ksql,
    /// A file, folder or package: `order-placed`.
    File,
}

impl Output {
    /// Whether a name may not be used there.
    pub fn reserves(self, name: &str) -> bool {
        ALL.iter().any(|it| it.output == self && (it.reserved)(name))
    }
}

/// What an output asks of names.
#[derive(Debug)]
pub struct OutputSpec {
    /// The output.
    pub output: Output,
    /// The word in files and messages.
    pub key: &'static str,
    /// The name that people read.
    pub title: &'static str,
    /// What it is used for, one sentence.
    pub doc: &'static str,
    /// Whether names are unique on the whole board, not only in their context.
    pub board_wide: bool,
    /// What stands between words.
    pub joiner: &'static str,
    /// The output's form of ASCII words.
    pub form: fn(&str) -> String,
    /// Whether a name may not be used.
    pub reserved: fn(&str) -> bool,
}

/// Something that needs a name.
#[derive(Clone, Debug)]
pub struct Named<'a> {
    /// The definition.
    pub id: Id,
    /// Its name as written.
    pub name: &'a str,
    /// The word of its kind: `event`, `command`, `context` ...
    pub kind: &'static str,
    /// Its context; `None` for a context.
    pub context: Option<Id>,
    /// Whether nobody drew it: it gives way to what was drawn.
    pub derived: bool,
}

/// The name of every definition in every output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameTable {
    names: BTreeMap<(Id, Output), String>,
    /// What was not the plain form of what was written, and why; by id.
    pub notes: Vec<NameNote>,
}

/// A name that is not the plain form of what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameNote {
    /// The definition.
    pub id: Id,
    /// The output.
    pub output: Output,
    /// The name it got.
    pub name: String,
    /// Why.
    pub reason: NameReason,
}

/// Why a name is not the plain form of what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameReason {
    /// Nothing of it could be written in this output.
    Empty,
    /// It was too long.
    TooLong,
    /// The output reserves it, or it began with a digit.
    Reserved,
    /// Another definition has it.
    Taken {
        /// That definition.
        by: Id,
    },
}

impl NameTable {
    /// Names for all of these.
    pub fn new(items: &[Named<'_>]) -> Self {
        let mut items: Vec<&Named<'_>> = items.iter().collect();
        items.sort_by_key(|it| (it.context.is_some(), it.derived, it.id));
        // Enough for any output; one character may become a word.
        let head = |name: &str| ascii_words(&name.chars().take(4 * MAX).collect::<String>());
        let words: Vec<String> = items.iter().map(|it| head(it.name)).collect();
        let mut table = Self::default();
        let mut notes = BTreeMap::new();
        for spec in ALL {
            table.fill(spec, &items, &words, &mut notes);
        }
        table.notes = notes.into_values().collect();
        table
    }

    fn fill(
        &mut self,
        spec: &OutputSpec,
        items: &[&Named<'_>],
        words: &[String],
        notes: &mut BTreeMap<(Id, Output), NameNote>,
    ) {
        // Everybody's plain name first: a name with a suffix must not take what is somebody's plain name.
        let mut plain: BTreeMap<(Option<Id>, String), Id> = BTreeMap::new();
        let mut wanted: Vec<(Option<Id>, String)> = Vec::new();
        for (item, words) in items.iter().zip(words) {
            let (name, reason) = spec.name(item, words);
            let space = if spec.board_wide && item.context.is_some() { Some(Id::from_bits(0)) } else { item.context };
            // Names that differ in case only are one file on many disks and one word to many eyes.
            let _ = plain.entry((space, name.to_ascii_lowercase())).or_insert(item.id);
            if let Some(reason) = reason {
                let note = NameNote { id: item.id, output: spec.output, name: name.clone(), reason };
                let _ = notes.insert((item.id, spec.output), note);
            }
            wanted.push((space, name));
        }
        let mut used: BTreeSet<(Option<Id>, String)> = plain.keys().cloned().collect();
        for (item, (space, name)) in items.iter().zip(wanted) {
            let first = plain.get(&(space, name.to_ascii_lowercase())).copied().unwrap_or(item.id);
            if first == item.id {
                let _ = self.names.insert((item.id, spec.output), name);
                continue;
            }
            let id = item.id.to_string();
            let unique = (4..=Id::LEN)
                .map(|len| spec.with_suffix(&name, id.get(Id::LEN - len..).unwrap_or(&id)))
                .find(|it| !used.contains(&(space, it.to_ascii_lowercase())))
                .unwrap_or_else(|| spec.with_suffix(&name, &id));
            let _ = used.insert((space, unique.to_ascii_lowercase()));
            let reason = NameReason::Taken { by: first };
            let note = NameNote { id: item.id, output: spec.output, name: unique.clone(), reason };
            let _ = notes.insert((item.id, spec.output), note);
            let _ = self.names.insert((item.id, spec.output), unique);
        }
    }

    /// The name of a definition in an output; empty only for an id that is not in the table.
    pub fn get(&self, id: Id, output: Output) -> &str {
        self.names.get(&(id, output)).map_or("", String::as_str)
    }

    /// The Avro namespace of a context.
    pub fn namespace(&self, context: Id) -> String {
        avro::namespace(self.get(context, Output::Avro))
    }

    /// Every name of a definition, in the order of [`ALL`].
    pub fn of(&self, id: Id) -> impl Iterator<Item = (&'static OutputSpec, &str)> {
        ALL.iter().filter_map(move |spec| Some((*spec, self.names.get(&(id, spec.output))?.as_str())))
    }
}

impl OutputSpec {
    /// The name it would have if it were alone, and why that is not the plain form.
    fn name(&self, item: &Named<'_>, words: &str) -> (String, Option<NameReason>) {
        let plain = (self.form)(words);
        if plain.is_empty() {
            let id = item.id.to_string();
            let name = self.with_suffix(&(self.form)(item.kind), id.get(Id::LEN - 4..).unwrap_or(&id));
            return (name, Some(NameReason::Empty));
        }
        let digit = plain.starts_with(|c: char| c.is_ascii_digit());
        if digit {
            let name = (self.form)(&format!("{} {words}", item.kind));
            return (self.cut(&name, item), Some(NameReason::Reserved));
        }
        if (self.reserved)(&plain) {
            let name = (self.form)(&format!("{words} {}", item.kind));
            return (self.cut(&name, item), Some(NameReason::Reserved));
        }
        let name = self.cut(&plain, item);
        let reason = (name != plain).then_some(NameReason::TooLong);
        (name, reason)
    }

    /// Cut to [`MAX`] characters; what was cut off is replaced by the end of the id.
    fn cut(&self, name: &str, item: &Named<'_>) -> String {
        if name.len() <= MAX {
            return name.to_owned();
        }
        let id = item.id.to_string();
        self.with_suffix(name, id.get(Id::LEN - 6..).unwrap_or(&id))
    }

    /// The name with a suffix in the output's form, at most [`MAX`] characters.
    fn with_suffix(&self, name: &str, suffix: &str) -> String {
        let suffix = match self.output {
            Output::Ksql => suffix.to_ascii_uppercase(),
            // Rust's types have no `_`.
            Output::RustType => pascal(suffix),
            Output::RustModule | Output::Avro | Output::Topic | Output::File => suffix.to_owned(),
        };
        let room = MAX.saturating_sub(suffix.len() + self.joiner.len());
        let head = name.get(..room).unwrap_or(name).trim_end_matches(['_', '-']);
        format!("{head}{}{suffix}", self.joiner)
    }
}
