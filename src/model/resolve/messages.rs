//! Keys and record types of commands, events, time events and states.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::kit::{Id, Severity};
use crate::model::{Handler, Owner};
use crate::record::{FieldSchema, RecordSchema, Type};

use super::Resolver;
use super::fields::{Types, new_field, push, shown};

/// A record type and the place of its key field.
pub(super) type Keyed = (Arc<RecordSchema>, usize);

/// The record types of messages and states.
#[derive(Debug, Default)]
pub(super) struct Messages {
    pub(super) commands: BTreeMap<Id, Keyed>,
    pub(super) events: BTreeMap<Id, Keyed>,
    pub(super) timers: BTreeMap<Id, Keyed>,
    /// States without the fields that only `sets` rules name; see `states`.
    pub(super) states: BTreeMap<Id, Keyed>,
    /// Rows of read models.
    pub(super) rows: BTreeMap<Id, Keyed>,
}

/// Types everything; keys first, as they go into every message of an aggregate.
pub(super) fn read(resolver: &mut Resolver<'_>, types: &mut Types<'_>) -> Messages {
    let mut messages = Messages::default();
    let mut raw: BTreeMap<Id, Vec<FieldSchema>> = BTreeMap::new();
    let ids: Vec<Id> = resolver.typed_parts();
    for id in ids {
        let context = resolver.structure.context(id);
        let fields = match resolver.contents.get(&id) {
            Some(content) => types.fields(id, context, content),
            None => Vec::new(),
        };
        let _ = raw.insert(id, fields);
    }
    let mut keys: BTreeMap<Id, FieldSchema> = BTreeMap::new();
    for aggregate in resolver.aggregates() {
        let key = aggregate_key(resolver, aggregate, &raw);
        let _ = keys.insert(aggregate, key);
    }
    let key_ids: BTreeSet<Arc<str>> = keys.values().map(|it| it.id.clone()).collect();

    for (command, handler) in resolver.structure.handlers.clone() {
        let fields = raw.get(&command).cloned().unwrap_or_default();
        let keyed = match handler {
            Handler::Aggregate(id) => resolver.keyed(command, id, fields, keys.get(&id)),
            Handler::External(_) => resolver.loose(command, fields, &key_ids, "request id"),
            Handler::Nobody => resolver.loose(command, fields, &key_ids, "request id"),
        };
        let _ = messages.commands.insert(command, resolver.record(types, command, keyed));
    }
    for (event, owner) in resolver.structure.owners.clone() {
        let fields = raw.get(&event).cloned().unwrap_or_default();
        let keyed = match owner {
            Owner::Aggregate(id) => resolver.keyed(event, id, fields, keys.get(&id)),
            Owner::External(_) => resolver.loose(event, fields, &key_ids, "request id"),
            Owner::Timer(_) | Owner::Nobody => {
                let label = format!("{} id", resolver.short_name(event));
                resolver.loose(event, fields, &key_ids, &label)
            }
        };
        let _ = messages.events.insert(event, resolver.record(types, event, keyed));
    }
    for timer in resolver.with_role(crate::board::Role::Time) {
        let fields = raw.get(&timer).cloned().unwrap_or_default();
        let followed = resolver.schedules.get(&timer).and_then(|it| it.follows);
        let keyed = match followed.and_then(|it| messages.events.get(&it)) {
            // It knows what the event knew that started it, unless it says itself what it knows.
            Some((event, key)) if fields.is_empty() => (event.fields.clone(), *key),
            Some((event, key)) => match event.field(*key) {
                Some(key) => with_key(fields, key).0,
                None => (fields, 0),
            },
            None => {
                let label = format!("{} id", resolver.short_name(timer));
                resolver.loose(timer, fields, &BTreeSet::new(), &label)
            }
        };
        let _ = messages.timers.insert(timer, resolver.record(types, timer, keyed));
    }
    for aggregate in resolver.aggregates() {
        let Some(key) = keys.get(&aggregate) else { continue };
        let own = raw.get(&aggregate).cloned().unwrap_or_default();
        let keyed = state(resolver, &messages, aggregate, key, own);
        let _ = messages.states.insert(aggregate, resolver.record(types, aggregate, keyed));
    }
    messages
}

/// The key of an aggregate: marked on it, else on its messages, else assumed.
fn aggregate_key(resolver: &mut Resolver<'_>, aggregate: Id, raw: &BTreeMap<Id, Vec<FieldSchema>>) -> FieldSchema {
    let marked = |id: &Id| raw.get(id).and_then(|it| it.iter().find(|it| it.key)).cloned();
    if let Some(own) = marked(&aggregate) {
        return own;
    }
    let mut found: Vec<(Id, FieldSchema)> = Vec::new();
    for message in resolver.messages_of(aggregate) {
        if let Some(key) = marked(&message) {
            found.push((message, key));
        }
    }
    if let Some((first, key)) = found.first().cloned() {
        if let Some((other, theirs)) = found.iter().find(|(_, it)| it.id != key.id || it.ty != key.ty) {
            let message = format!(
                "the key of \u{201c}{}\u{201d} is not clear: {} has `{}: {}`, {} has `{}: {}`",
                resolver.shown(aggregate),
                resolver.shown(first),
                shown(&key.label),
                key.ty,
                resolver.shown(*other),
                shown(&theirs.label),
                theirs.ty,
            );
            let elements = vec![resolver.element(aggregate), first, *other];
            let help = "mark the key field on the aggregate, or the same one on its commands and events";
            resolver.problem(Severity::Error, "M-key", elements, message, help);
        }
        return key;
    }
    // A field that most messages have and that is called after the aggregate is no proof: say what was assumed.
    let name = resolver.short_name(aggregate);
    let key = new_field(&format!("{name} id"), Type::Uuid).with_key();
    let text =
        format!("{} has no key field: `{}: uuid` is assumed on its messages", resolver.shown(aggregate), key.label);
    resolver.assume(aggregate, text);
    key
}

/// The fields of a state: the key, those of its own text, then those of its events; each but the key may be NULL.
fn state(
    resolver: &mut Resolver<'_>,
    messages: &Messages,
    aggregate: Id,
    key: &FieldSchema,
    own: Vec<FieldSchema>,
) -> (Vec<FieldSchema>, usize) {
    let mut fields = vec![key.clone()];
    let mut add = |field: &FieldSchema, clash: &mut Vec<(FieldSchema, FieldSchema)>| match fields
        .iter()
        .find(|it| it.id == field.id)
    {
        Some(known) if known.ty.required() != field.ty.required() => clash.push((known.clone(), field.clone())),
        Some(_) => {}
        None => {
            let ty = Type::optional(field.ty.clone());
            push(&mut fields, FieldSchema { ty, key: false, ..field.clone() });
        }
    };
    let mut clashes = Vec::new();
    for field in &own {
        add(field, &mut clashes);
    }
    let mut told = Vec::new();
    for event in resolver.events_of(aggregate) {
        let Some((schema, at)) = messages.events.get(&event) else { continue };
        for (index, field) in schema.fields.iter().enumerate() {
            if index != *at {
                add(field, &mut clashes);
            }
        }
        told.extend(clashes.drain(..).map(|it| (event, it)));
    }
    for (event, (known, other)) in told {
        let message = format!(
            "`{}` is {} in {} and {} in the state of {}",
            shown(&other.label),
            other.ty,
            resolver.shown(event),
            known.ty.required(),
            resolver.shown(aggregate)
        );
        let elements = vec![event, resolver.element(aggregate)];
        let help = "give the field one type, or one of the two another name";
        resolver.problem(Severity::Warning, "M-field", elements, message, help);
    }
    (fields, 0)
}

/// The fields with the key among them; the place of the key, and whether it was there.
fn with_key(mut fields: Vec<FieldSchema>, key: &FieldSchema) -> ((Vec<FieldSchema>, usize), bool) {
    let found = fields.iter().position(|it| it.id == key.id).or_else(|| fields.iter().position(|it| it.key));
    for field in &mut fields {
        field.key = false;
    }
    match found {
        Some(at) => {
            if let Some(field) = fields.get_mut(at) {
                field.key = true;
            }
            ((fields, at), true)
        }
        None => {
            let mut all = vec![FieldSchema { key: true, ..key.clone() }];
            for field in fields {
                push(&mut all, field);
            }
            ((all, 0), false)
        }
    }
}

impl Resolver<'_> {
    /// A message of an aggregate: its key is the aggregate's.
    fn keyed(
        &mut self,
        message: Id,
        aggregate: Id,
        fields: Vec<FieldSchema>,
        key: Option<&FieldSchema>,
    ) -> (Vec<FieldSchema>, usize) {
        let Some(key) = key else { return (fields, 0) };
        let blank = fields.is_empty();
        let ((fields, at), there) = with_key(fields, key);
        let own = fields.get(at).cloned();
        if !there && !blank {
            let text = format!("{} does not hold its key: `{}: {}` is added", self.shown(message), key.label, key.ty);
            self.assume(message, text);
        }
        if let Some(own) = own.filter(|it| it.id != key.id || it.ty != key.ty) {
            let severity = if own.ty == key.ty { Severity::Warning } else { Severity::Error };
            let text = format!(
                "{} is keyed by `{}: {}`, its aggregate {} by `{}: {}`",
                self.shown(message),
                shown(&own.label),
                own.ty,
                self.shown(aggregate),
                shown(&key.label),
                key.ty
            );
            let elements = vec![message, self.element(aggregate)];
            self.problem(severity, "M-key", elements, text, "use one key field, with one type, in both");
        }
        (fields, at)
    }

    /// A message of no aggregate: its marked key, else a field that is some aggregate's key, else one of its own.
    fn loose(
        &mut self,
        message: Id,
        fields: Vec<FieldSchema>,
        keys: &BTreeSet<Arc<str>>,
        label: &str,
    ) -> (Vec<FieldSchema>, usize) {
        let marked = fields.iter().find(|it| it.key);
        let key = marked.or_else(|| fields.iter().find(|it| keys.contains(&it.id))).cloned();
        match key {
            Some(key) => with_key(fields, &key).0,
            None => {
                if !fields.is_empty() {
                    let text = format!("{} has no key field: `{label}: uuid` is assumed", self.shown(message));
                    self.assume(message, text);
                }
                with_key(fields, &new_field(label, Type::Uuid)).0
            }
        }
    }

    fn record(&self, types: &Types<'_>, id: Id, (fields, key): (Vec<FieldSchema>, usize)) -> Keyed {
        let name = types.full_name(id, self.structure.context(id));
        let doc = Some(self.name(id).to_owned()).filter(|it| !it.is_empty());
        (Arc::new(RecordSchema { doc, ..RecordSchema::new(name, fields) }), key)
    }
}

impl Resolver<'_> {
    /// The record of a command, event or time event.
    pub(super) fn message(&self, id: Id) -> Option<Keyed> {
        let all = [&self.messages.events, &self.messages.commands, &self.messages.timers];
        all.iter().find_map(|it| it.get(&id)).cloned()
    }
}
