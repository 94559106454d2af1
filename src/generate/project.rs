//! A system arranged as the workspace that is generated from it: crates, the messages each needs, and their names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::kit::Id;
use crate::model::{Output as NameOutput, Owner, System};
use crate::record::RecordSchema;

use super::rust::types::TypeSet;

/// The whole workspace.
pub(super) struct Project<'a> {
    /// What it is made from.
    pub system: &'a System,
    /// One crate a context, in the order of their packages.
    pub crates: Vec<CrateOf<'a>>,
    /// What is left out because it could not be resolved.
    pub blocked: BTreeSet<Id>,
}

/// The crate of one bounded context.
pub(super) struct CrateOf<'a> {
    /// The system.
    pub system: &'a System,
    /// The context.
    pub id: Id,
    /// Its name as written.
    pub name: &'a str,
    /// The package, and the folder below `crates/`.
    pub package: String,
    /// The crate's name in code.
    pub ident: String,
    /// The type of its service.
    pub service: String,
    /// Messages of other contexts that it reads or sends.
    pub foreign: BTreeSet<Id>,
    /// Names of foreign messages that are called like another message here.
    renamed: BTreeMap<(Id, NameOutput), String>,
    /// Its record types and enums.
    pub types: TypeSet,
    /// What is left out because it could not be resolved.
    pub blocked: BTreeSet<Id>,
}

impl<'a> Project<'a> {
    /// Arranges a system.
    pub(super) fn new(system: &'a System) -> Self {
        let blocked = system.blocked();
        let mut crates: Vec<CrateOf<'a>> = Vec::new();
        for context in system.contexts.values() {
            let package = system.names.get(context.id, NameOutput::File).to_owned();
            let mut made = CrateOf {
                system,
                id: context.id,
                name: &context.name,
                ident: package.replace('-', "_"),
                package,
                service: system.names.get(context.id, NameOutput::RustType).to_owned(),
                foreign: BTreeSet::new(),
                renamed: BTreeMap::new(),
                types: TypeSet::default(),
                blocked: blocked.clone(),
            };
            made.collect();
            if !made.is_empty() {
                crates.push(made);
            }
        }
        crates.sort_by(|a, b| a.package.cmp(&b.package));
        Self { system, crates, blocked }
    }

    /// The crate of a context.
    pub(super) fn crate_of(&self, context: Id) -> Option<&CrateOf<'a>> {
        self.crates.iter().find(|it| it.id == context)
    }
}

/// A message, whichever of the three it is.
#[derive(Clone, Copy)]
pub(super) struct Message<'a> {
    /// The definition.
    pub id: Id,
    /// Its name as written.
    pub name: &'a str,
    /// Its context.
    pub context: Id,
    /// Its record.
    pub schema: &'a Arc<RecordSchema>,
    /// The index of its key field.
    pub key: usize,
    /// Its topic.
    pub topic: &'a Arc<str>,
    /// Whether it is a command.
    pub is_command: bool,
    /// What the board says beside name, fields and rules.
    pub notes: &'a [String],
}

/// The command, event or timer with that id.
pub(super) fn message<'a>(system: &'a System, id: Id) -> Option<Message<'a>> {
    if let Some(it) = system.commands.get(&id) {
        let (key, topic, notes) = (it.key, &it.topic, it.notes.as_slice());
        let (name, schema) = (it.name.as_str(), &it.schema);
        return Some(Message { id, name, context: it.context, schema, key, topic, is_command: true, notes });
    }
    if let Some(it) = system.events.get(&id) {
        let (key, topic, notes) = (it.key, &it.topic, it.notes.as_slice());
        let (name, schema) = (it.name.as_str(), &it.schema);
        return Some(Message { id, name, context: it.context, schema, key, topic, is_command: false, notes });
    }
    let it = system.timers.get(&id)?;
    let (key, topic, notes) = (it.key, &it.topic, it.notes.as_slice());
    let (name, schema) = (it.name.as_str(), &it.schema);
    Some(Message { id, name, context: it.context, schema, key, topic, is_command: false, notes })
}

impl<'a> CrateOf<'a> {
    /// Whether nothing of the context could be generated.
    fn is_empty(&self) -> bool {
        self.own_messages().next().is_none()
            && !self.system.policies.values().any(|it| it.context == self.id)
            && !self.system.read_models.values().any(|it| it.context == self.id)
            && !self.system.aggregates.values().any(|it| it.context == self.id)
    }

    /// The commands, events and time events that belong to it, in the order of their definitions.
    pub(super) fn own_messages(&self) -> impl Iterator<Item = Message<'a>> + use<'a, '_> {
        let system = self.system;
        let ids = system.commands.keys().chain(system.events.keys()).chain(system.timers.keys());
        ids.filter_map(move |id| message(system, *id)).filter(|it| it.context == self.id && self.has(it.id))
    }

    /// Whether a definition is generated.
    pub(super) fn has(&self, id: Id) -> bool {
        !self.blocked.contains(&id)
    }

    /// The name of a definition in an output.
    pub(super) fn named(&self, id: Id, output: NameOutput) -> &'a str {
        self.system.names.get(id, output)
    }

    /// The name of a message where those of several contexts stand side by side: as a variant, in a function. Two
    /// contexts may each have an *Order Paid*; that of another context is called after it then.
    pub(super) fn called(&self, id: Id, output: NameOutput) -> &str {
        self.renamed.get(&(id, output)).map_or_else(|| self.named(id, output), String::as_str)
    }

    /// Gives foreign messages names of their own.
    fn rename(&mut self) {
        for (output, joiner) in [(NameOutput::RustType, ""), (NameOutput::RustModule, "_")] {
            let names: Vec<(Id, String)> = (self.own_messages().map(|it| it.id))
                .chain(self.foreign.iter().copied())
                .map(|id| (id, self.named(id, output).to_ascii_lowercase()))
                .collect();
            let mut taken: BTreeSet<String> = names.iter().map(|(_, name)| name.clone()).collect();
            for it in self.foreign.iter().filter_map(|id| message(self.system, *id)) {
                let plain = self.named(it.id, output);
                if !names.iter().any(|(id, name)| *id != it.id && name.eq_ignore_ascii_case(plain)) {
                    continue;
                }
                let full = format!("{}{joiner}{plain}", self.named(it.context, output));
                let mut name = full.clone();
                let mut count = 1;
                while output.reserves(&name) || !taken.insert(name.to_ascii_lowercase()) {
                    count += 1;
                    name = format!("{full}{joiner}{count}");
                }
                let _ = self.renamed.insert((it.id, output), name);
            }
        }
    }

    /// Where the struct of a message is, from a module of this crate's generated part.
    pub(super) fn path(&self, id: Id) -> String {
        let Some(message) = message(self.system, id) else { return String::new() };
        let name = self.named(id, NameOutput::RustType);
        match (message.context == self.id, message.is_command) {
            (true, true) => format!("commands::{name}"),
            (true, false) => format!("events::{name}"),
            (false, _) => format!("contracts::{}::{name}", self.named(message.context, NameOutput::RustModule)),
        }
    }

    /// Finds the messages of other contexts and all types.
    fn collect(&mut self) {
        let system = self.system;
        let here = self.id;
        let mut needed: BTreeSet<Id> = BTreeSet::new();
        for it in system.aggregates.values().filter(|it| it.context == here) {
            needed.extend(&it.commands);
            needed.extend(&it.events);
        }
        for it in system.commands.values().filter(|it| it.context == here) {
            needed.extend(it.outcomes.iter().map(|it| it.event));
        }
        for it in system.events.values().filter(|it| it.context == here) {
            if let Owner::Timer(id) = it.owner {
                let _ = needed.insert(id);
            }
        }
        for it in system.policies.values().filter(|it| it.context == here) {
            for reaction in &it.reactions {
                needed.extend(reaction.issues.iter().map(|it| it.command));
                needed.extend(reaction.on.iter().map(|it| it.id()));
            }
        }
        for it in system.read_models.values().filter(|it| it.context == here) {
            needed.extend(it.feeds.iter().map(|it| it.event));
        }
        for it in system.timers.values().filter(|it| it.context == here) {
            needed.extend(it.follows);
            needed.extend(&it.unless);
            needed.extend(it.outcomes.iter().map(|it| it.event));
        }
        for it in system.externals.values().filter(|it| it.context == here) {
            needed.extend(&it.commands);
            needed.extend(&it.events);
            needed.extend(it.calls.iter().map(|it| it.command));
        }
        let foreign = |id: &Id| message(system, *id).is_some_and(|it| it.context != here);
        self.foreign = needed.into_iter().filter(|id| self.has(*id) && foreign(id)).collect();
        self.rename();
        let records: BTreeMap<&str, Id> = system.records.values().map(|it| (it.schema.name.as_ref(), it.id)).collect();
        let named = |full: &str| Some(system.names.get(*records.get(full)?, NameOutput::RustType).to_owned());
        let mut types = TypeSet::default();
        for message in self.own_messages() {
            types.add_record_fields(message.schema, &named);
        }
        for it in system.aggregates.values().filter(|it| it.context == here) {
            types.add_record_fields(&it.state, &named);
        }
        for it in system.read_models.values().filter(|it| it.context == here) {
            types.add_record_fields(&it.schema, &named);
        }
        for message in self.foreign.iter().filter_map(|id| message(system, *id)) {
            types.add_record_fields(message.schema, &named);
        }
        for it in system.records.values().filter(|it| it.context == here) {
            let own = RecordSchema::new(
                "",
                vec![crate::record::FieldSchema::new("x", crate::record::Type::Record(it.schema.clone()))],
            );
            types.add_record_fields(&own, &named);
        }
        self.types = types;
    }
}
