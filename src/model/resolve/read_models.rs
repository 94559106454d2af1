//! Read models: columns, key, and what each event sets.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::board::{Mark, Role};
use crate::expr::{self, Scope};
use crate::kit::{Id, Severity};
use crate::model::{Assignment, Feed, ReadModel, Source, TopicKind};
use crate::record::{FieldSchema, RecordSchema, Type};

use super::Resolver;
use super::compile::{Place, rows};
use super::fields::{Types, new_field, push};
use super::fill::field_of;

/// The rows of all read models: their own fields, else those of the events that feed them.
pub(super) fn schemas(resolver: &mut Resolver<'_>, types: &mut Types<'_>) {
    for id in resolver.with_role(Role::ReadModel) {
        let context = resolver.structure.context(id);
        let own = match resolver.contents.get(&id) {
            Some(content) => types.fields(id, context, content),
            None => Vec::new(),
        };
        let feeds: Vec<(Id, String)> =
            resolver.flow.feeds(id).into_iter().map(|it| (it.definition, it.edge.text.clone())).collect();
        let key = key(resolver, id, &own, &feeds);
        let mut fields = vec![FieldSchema { key: true, ..key.clone() }];
        let optional =
            |field: &FieldSchema| FieldSchema { ty: Type::optional(field.ty.clone()), key: false, ..field.clone() };
        for field in own.iter().filter(|it| it.id != key.id) {
            push(&mut fields, optional(field));
        }
        if own.iter().all(|it| it.id == key.id) {
            for (event, _) in &feeds {
                let Some((schema, _)) = resolver.messages.events.get(event) else { continue };
                for field in &schema.fields {
                    if fields.iter().all(|it| it.id != field.id) {
                        push(&mut fields, optional(field));
                    }
                }
            }
            for (event, text) in &feeds {
                grow(resolver, *event, text, &mut fields);
            }
        }
        let name = types.full_name(id, context);
        let doc = Some(resolver.name(id).to_owned()).filter(|it| !it.is_empty());
        let schema = Arc::new(RecordSchema { doc, ..RecordSchema::new(name, fields) });
        let _ = resolver.messages.rows.insert(id, (schema, 0));
    }
}

/// Columns that only a mapping names.
fn grow(resolver: &Resolver<'_>, event: Id, text: &str, fields: &mut Vec<FieldSchema>) {
    let Some((schema, _)) = resolver.messages.events.get(&event) else { return };
    let scope = Scope::new().with("event", schema.clone());
    for line in crate::model::text::label(text).lines {
        let Ok(list) = crate::expr::parse_assignments(&line) else { continue };
        for assignment in list {
            let so_far = RecordSchema::new("row", fields.clone());
            let known = field_of(&so_far, &assignment.name).is_some()
                || scope.knows(assignment.qualifier.as_ref(), &assignment.name);
            if let Some(ty) =
                expr::check(&assignment.value, &scope).ok().and_then(|it| it.ty().cloned()).filter(|_| !known)
            {
                push(fields, new_field(&assignment.name.0.to_lowercase(), Type::optional(ty)));
            }
        }
    }
}

/// The key column: marked, else the key that most of the events have, else one of its own.
fn key(resolver: &mut Resolver<'_>, id: Id, own: &[FieldSchema], feeds: &[(Id, String)]) -> FieldSchema {
    if let Some(key) = own.iter().find(|it| it.key) {
        return key.clone();
    }
    let mut counts: BTreeMap<Arc<str>, (usize, FieldSchema)> = BTreeMap::new();
    for (event, _) in feeds {
        if let Some(field) = resolver.messages.events.get(event).and_then(|(it, at)| it.field(*at)) {
            counts.entry(field.id.clone()).or_insert_with(|| (0, field.clone())).0 += 1;
        }
    }
    // The most common; of equally common ones the first by name.
    let best = counts.into_values().rev().max_by_key(|(count, _)| *count).map(|(_, it)| it);
    if let Some(key) = best {
        return own.iter().find(|it| it.id == key.id).cloned().unwrap_or(key);
    }
    new_field(&format!("{} id", resolver.short_name(id)), Type::Uuid)
}

pub(super) fn read(resolver: &mut Resolver<'_>) {
    for id in resolver.with_role(Role::ReadModel) {
        let Some((schema, key)) = resolver.messages.rows.get(&id).cloned() else { continue };
        let mut ways: Vec<_> = resolver.flow.feeds(id).into_iter().map(|it| (it.definition, it.edge.clone())).collect();
        ways.sort_by_key(|(it, _)| resolver.place(*it));
        let feeds = ways.iter().map(|(event, edge)| feed(resolver, id, *event, edge, &schema, key)).collect();
        let topic = resolver.topic_name(id, TopicKind::Table);
        resolver.put_on(&topic, id);
        let read_model = ReadModel {
            id,
            name: resolver.name(id).to_owned(),
            context: resolver.structure.context(id),
            schema,
            key,
            feeds,
            query: resolver.query(id),
            outside: resolver.marked(id, Mark::Outside),
            topic,
            notes: resolver.notes(id),
        };
        let _ = resolver.system.read_models.insert(id, read_model);
    }
}

fn feed(
    resolver: &mut Resolver<'_>,
    id: Id,
    event: Id,
    edge: &crate::flow::Edge,
    schema: &Arc<RecordSchema>,
    key: usize,
) -> Feed {
    let what = format!("the way from {} to {}", resolver.shown(event), resolver.shown(id));
    let place = Place { elements: vec![id, event], what };
    let Some((record, own_key)) = resolver.messages.events.get(&event).cloned() else {
        return Feed { event, when: None, key: 0, sets: Vec::new(), link: edge.link() };
    };
    let scope = rows("event", &record, Some(("row", schema)));
    let written = resolver.written(&edge.text, Some(schema), &scope, &place);
    let only = Scope::new().with("event", record.clone());
    let mut sets: BTreeMap<usize, Source> = BTreeMap::new();
    for (at, column) in schema.fields.iter().enumerate().filter(|(at, _)| *at != key) {
        if let Some(source) = resolver.copy(&only, 0, column, &place) {
            let _ = sets.insert(at, source);
        }
    }
    let mut mapping = written.mapping;
    let said = mapping.remove(&key);
    sets.extend(mapping);
    let column = schema.field(key);
    let by_name = column.and_then(|it| record.by_id(&it.id));
    let by_mapping = match said {
        Some(Source::Copy { row: 0, field }) => Some(field),
        Some(Source::Expr { typed, .. }) => match typed.node {
            crate::expr::Node::Field { record: 0, field } => Some(field),
            _ => None,
        },
        _ => None,
    };
    let found = by_mapping.or(by_name).unwrap_or(own_key);
    let fits = |at: usize| column.map(|it| it.ty.required()) == record.field(at).map(|it| it.ty.required());
    if !fits(found) {
        let message = format!(
            "{}: the key column `{}` is {}, and {} has no such field",
            place.what,
            column.map_or("", |it| &it.label),
            column.map_or_else(String::new, |it| it.ty.to_string()),
            resolver.shown(event)
        );
        let help = "give the event the field, or map another one to it on the arrow";
        resolver.problem(Severity::Error, "M-key", place.elements.clone(), message, help);
    } else if by_mapping.or(by_name).is_none() {
        let text = format!(
            "{} has no field `{}`: its own key is taken for rows of {}",
            resolver.shown(event),
            column.map_or("", |it| &it.label),
            resolver.shown(id)
        );
        resolver.assume(id, text);
    }
    let sets = sets.into_iter().map(|(field, source)| Assignment { field, source }).collect();
    Feed { event, when: written.when, key: found, sets, link: edge.link() }
}
