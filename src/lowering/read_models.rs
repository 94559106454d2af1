//! Read models: events topics -> `materialise` -> compacted topic.

use std::sync::Arc;

use crate::model::{Event, Feed, ReadModel};
use crate::runtime::{TopicConfig, TopicSpec};
use crate::streams::{Changelog, StoreSpec, Term};
use crate::streams::{Filter, Materialise, RowRule, SelectKey, Sink};

use super::build::Builder;
use super::terms::{Shape, Terms};
use super::{Lowerer, PARTITIONS, key_type};

pub(super) fn lower(lowerer: &mut Lowerer<'_>) {
    for read_model in lowerer.system.read_models.values() {
        if !lowerer.runs(read_model.id) {
            continue;
        }
        if read_model.query.is_some() {
            lowerer.cannot(read_model.id, "it is a whole KSQL query, which is generated as a script but not run here");
        } else if read_model.feeds.is_empty() {
            // Information from outside needs no feed; anything else stays empty.
            if !read_model.outside {
                lowerer.cannot(read_model.id, "no event feeds it: draw an arrow from one");
            }
        } else {
            one(lowerer, read_model);
        }
    }
}

fn one(lowerer: &mut Lowerer<'_>, read_model: &ReadModel) {
    let name = lowerer.app_name(read_model.id);
    let mut builder = Builder::new(name.clone());
    let shown = Some(read_model.id);
    let mut parents = Vec::new();
    let mut moved = Vec::new();
    let mut rules = Vec::new();
    for feed in &read_model.feeds {
        let Some(event) = lowerer.system.events.get(&feed.event) else { continue };
        let last = entry(&mut builder, read_model, feed, event);
        // Rows of one key must meet in one stream task: what is keyed by something else goes through a topic of its own.
        if feed.key == event.key {
            parents.push(last);
        } else {
            let key = Term::Field { row: 0, at: feed.key };
            moved.push((builder.node("selectKey", SelectKey { key }, &[last], shown), event.schema.name.clone()));
        }
        rules.push(rule(read_model, feed, event));
    }
    if !moved.is_empty() {
        let topic: Arc<str> = format!("{name}.repartition").into();
        let nodes: Vec<usize> = moved.iter().map(|(it, _)| *it).collect();
        let _ = builder.node("sink", Sink { topic: topic.clone(), types: Vec::new() }, &nodes, shown);
        let types = moved.into_iter().map(|(_, it)| it).collect();
        parents.push(builder.source(vec![topic.clone()], types, shown));
        let mut spec = TopicSpec::new(topic, key_type(&read_model.schema, read_model.key));
        spec.partitions = PARTITIONS;
        // What a stopped read model has not read yet must not go, as little as in Kafka Streams.
        spec.config = TopicConfig::kept();
        spec.provenance = shown;
        lowerer.lowering.deployment.topics.push(spec);
    }
    let store: Arc<str> = "rows".into();
    builder.store(StoreSpec {
        name: store.clone(),
        key: key_type(&read_model.schema, read_model.key),
        schema: Some(read_model.schema.clone()),
        changelog: Changelog::Table { topic: read_model.topic.clone() },
        provenance: shown,
    });
    let materialise = Materialise { store: store.clone(), row: read_model.schema.clone(), rules };
    let node = builder.node("materialise", materialise, &parents, shown);
    let _ = builder.node("sink", Sink { topic: read_model.topic.clone(), types: Vec::new() }, &[node], shown);
    let _ = lowerer.lowering.stores.insert(read_model.id, (name, store));
    lowerer.deploy(read_model.id, builder);
}

/// The events of one arrow, those that its guard lets pass. The guard sees the event; the row's fields are NULL to it.
fn entry(builder: &mut Builder, read_model: &ReadModel, feed: &Feed, event: &Event) -> usize {
    let source = builder.source(vec![event.topic.clone()], vec![event.schema.name.clone()], Some(event.id));
    let Some(when) = &feed.when else { return source };
    let (key, shape) = (Term::Key, Shape::default());
    let predicate = Terms { key: &key, shape: &shape }.guard(when);
    builder.node("filter", Filter { predicate }, &[source], Some(read_model.id))
}

fn rule(read_model: &ReadModel, feed: &Feed, event: &Event) -> RowRule {
    let key = Term::Field { row: 0, at: feed.key };
    let shape = Shape::default();
    let mut sets = Terms { key: &key, shape: &shape }.assignments(&read_model.schema, &feed.sets);
    sets.insert(0, (read_model.key, key.clone()));
    RowRule { event: event.schema.name.clone(), key, sets, deletes: false }
}
