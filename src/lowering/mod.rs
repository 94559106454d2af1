//! The resolved system becomes topics and topologies: everything is a topology.
//!
//! | part | runs as |
//! | --- | --- |
//! | aggregate, command without one | commands topic -> `decide` -> events topics; its store is rebuilt from the events |
//! | policy | events topics -> filter by type and guard -> `react` -> commands topics; a join waits in `awaitAll`; rows of read models come in by `leftJoin` with their compacted topics as global tables |
//! | manual policy | the same, but it reads its tasks topic: the driver hears the events, lets a person take them up, and appends them there |
//! | read model | events topics -> `materialise` -> compacted topic |
//! | time event | events that start and stop it -> `schedule` -> its topic -> the events that it brings about |
//! | external system | its requests go to the driver, which answers to the events' topics |
//!
//! Actors are the driver's. This room knows no board and no window, and runs nothing: what cannot run is listed with
//! its reason and the rest is deployed.

#![deny(clippy::disallowed_methods)]

mod aggregates;
mod build;
mod policies;
mod read_models;
mod terms;
mod timers;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::kit::{Id, Severity};
use crate::model::{Handler, Keeping, System, TopicKind};
use crate::record::{RecordSchema, Type};
use crate::runtime::{AppSpec, ConsumerSpec, Deployment, TopicConfig, TopicSpec};

/// How many partitions a topic gets. All have as many, so that records of one key meet in one stream task.
pub const PARTITIONS: i32 = 3;

/// How likely a sentence in prose is to hold where nothing else is known.
pub const PROSE: f64 = 0.5;

/// What runs, what the driver has to do, and what does not run.
#[derive(Clone, Debug, Default)]
pub struct Lowering {
    /// Topics, applications, consumers and types. Nodes and topics name the sticky that they come from.
    pub deployment: Deployment,
    /// The application of each aggregate, policy, read model and time event that runs.
    pub apps: BTreeMap<Id, Arc<str>>,
    /// The store of each aggregate (states) and read model (rows): the application and the store in it.
    pub stores: BTreeMap<Id, (Arc<str>, Arc<str>)>,
    /// Requests to each external system: its consumer group.
    pub requests: BTreeMap<Id, Arc<str>>,
    /// What people have to do: by manual policy.
    pub tasks: BTreeMap<Id, TaskList>,
    /// What does not run.
    pub unrunnable: Vec<Unrunnable>,
}

/// The work that a manual policy gives to a person. The driver reads the group, and after the time that the person
/// takes appends the same record to the tasks topic, where the policy's application reacts to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskList {
    /// The consumer group.
    pub group: Arc<str>,
    /// The full names of the records that are work; others of the same topics are passed over.
    pub types: Vec<Arc<str>>,
    /// Where records go that were taken up.
    pub topic: Arc<str>,
}

/// A part that does not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unrunnable {
    /// The element to hatch.
    pub id: Id,
    /// Why, in one sentence.
    pub reason: String,
}

/// Makes the deployment of a system. Never fails; on a board of events only there is nothing to run.
pub fn lower(system: &System) -> Lowering {
    let mut lowerer = Lowerer { system, lowering: Lowering::default(), reasons: BTreeMap::new() };
    if !system.has_causes() && system.read_models.is_empty() {
        return lowerer.lowering;
    }
    lowerer.find_reasons();
    lowerer.topics();
    aggregates::lower(&mut lowerer);
    policies::lower(&mut lowerer);
    read_models::lower(&mut lowerer);
    timers::lower(&mut lowerer);
    lowerer.externals();
    lowerer.finish()
}

/// What all steps share.
struct Lowerer<'a> {
    system: &'a System,
    lowering: Lowering,
    /// Why a definition does not run.
    reasons: BTreeMap<Id, String>,
}

impl Lowerer<'_> {
    /// What could not be resolved, and what follows from that.
    fn find_reasons(&mut self) {
        for problem in self.system.problems.iter().filter(|it| it.severity == Severity::Error) {
            if let Some(id) = problem.elements.first() {
                let _ = self.reasons.entry(*id).or_insert_with(|| problem.message.clone());
            }
        }
        for command in self.system.commands.values() {
            if command.handler == Handler::Nobody {
                let reason = "no aggregate or external system takes it, and it leads to no event".to_owned();
                let _ = self.reasons.entry(command.id).or_insert(reason);
            }
            // A command whose event is not clear cannot be decided.
            if let Some(event) = command.outcomes.iter().map(|it| it.event).find(|it| self.reasons.contains_key(it)) {
                let reason = format!("\u{201c}{}\u{201d}, to which it leads, cannot run", self.system.name(event));
                let _ = self.reasons.entry(command.id).or_insert(reason);
            }
        }
    }

    fn runs(&self, id: Id) -> bool {
        !self.reasons.contains_key(&id)
    }

    /// Notes why a part does not run.
    fn cannot(&mut self, id: Id, reason: impl Into<String>) {
        let _ = self.reasons.entry(id).or_insert_with(|| reason.into());
    }

    fn topics(&mut self) {
        for topic in self.system.topics.values() {
            let key = self.key_of_topic(topic);
            let mut spec = TopicSpec::new(topic.name.clone(), key.clone());
            // What lies on one topic is not always keyed alike: requests to one system are about many things.
            let others =
                self.messages_on(topic).filter_map(|it| Some((self.system.message(it)?, self.message_key(it)?)));
            let others = others.filter(|(_, it)| it.required() != key.required());
            spec.other_keys = others.map(|(schema, key)| (schema.name.clone(), key)).collect();
            spec.partitions = PARTITIONS;
            spec.config = match topic.keeping() {
                Keeping::ForEver => TopicConfig::kept(),
                Keeping::For(retention) => TopicConfig { retention, ..TopicConfig::default() },
                Keeping::LastOfEachKey => TopicConfig::compacted(),
            };
            spec.provenance = Some(self.system.shown_on(topic.owner));
            spec.instance_of = match topic.kind {
                TopicKind::Events | TopicKind::Commands => {
                    self.system.aggregates.get(&topic.owner).map(|it| it.state.name.clone())
                }
                TopicKind::Requests | TopicKind::Table | TopicKind::Tasks | TopicKind::DeadLetters => None,
            };
            self.lowering.deployment.topics.push(spec);
        }
    }

    /// The type of a topic's keys: its owner's, else its first message's.
    fn key_of_topic(&self, topic: &crate::model::Topic) -> Type {
        if let Some(it) = self.system.aggregates.get(&topic.owner) {
            return key_type(&it.state, it.key);
        }
        if let Some(it) = self.system.read_models.get(&topic.owner) {
            return key_type(&it.schema, it.key);
        }
        self.messages_on(topic).find_map(|it| self.message_key(it)).unwrap_or(Type::Uuid)
    }

    /// The messages whose records lie on a topic: for the work of a manual policy what triggers it.
    fn messages_on<'t>(&'t self, topic: &'t crate::model::Topic) -> impl Iterator<Item = Id> + 't {
        let policy = self.system.policies.get(&topic.owner).filter(|_| topic.kind == TopicKind::Tasks);
        let triggers = policy.into_iter().flat_map(|it| &it.reactions).flat_map(|it| &it.on).map(|it| it.id());
        topic.messages.iter().copied().chain(triggers)
    }

    fn message_key(&self, id: Id) -> Option<Type> {
        Some(key_type(self.system.message(id)?, self.system.key_place(id)?))
    }

    fn externals(&mut self) {
        for external in self.system.externals.values() {
            if external.commands.is_empty() || !self.runs(external.id) {
                continue;
            }
            let group = self.app_name(external.id);
            self.lowering.deployment.consumers.push(ConsumerSpec {
                group: group.clone(),
                topics: vec![external.requests_topic.clone()],
                provenance: Some(external.id),
            });
            let _ = self.lowering.requests.insert(external.id, group);
        }
    }

    /// The name of an application or group: its topics' without the last part.
    fn app_name(&self, id: Id) -> Arc<str> {
        let names = &self.system.names;
        let context = self.system.part(id).map(|it| it.context()).unwrap_or(id);
        let output = crate::model::Output::Topic;
        format!("{}.{}", names.get(context, output), names.get(id, output)).into()
    }

    /// The topic for what a part could not handle.
    fn dead_letters(&self, id: Id) -> Option<Arc<str>> {
        let name = format!("{}.dlq", self.app_name(id));
        self.system.topics.get_key_value(name.as_str()).map(|(name, _)| name.clone())
    }

    fn deploy(&mut self, id: Id, builder: build::Builder) {
        let provenance = Some(self.system.shown_on(id));
        let topology = builder.finish();
        let _ = self.lowering.apps.insert(id, topology.name.clone());
        let dead_letters = self.dead_letters(id);
        let app = AppSpec { topology, instances: 1, dead_letters, provenance };
        self.lowering.deployment.apps.push(app);
    }

    fn finish(mut self) -> Lowering {
        let system = self.system;
        let messages = system.events.values().map(|it| &it.schema);
        let messages = messages.chain(system.commands.values().map(|it| &it.schema));
        let messages = messages.chain(system.timers.values().map(|it| &it.schema));
        let rows = system.aggregates.values().map(|it| &it.state);
        for schema in messages.chain(rows).chain(system.read_models.values().map(|it| &it.schema)) {
            self.lowering.deployment.schemas.insert(schema.clone());
        }
        for (id, reason) in self.reasons {
            // Scenarios are not parts: they say themselves what is wrong with them.
            if system.part(id).is_some() {
                self.lowering.unrunnable.push(Unrunnable { id, reason });
            }
        }
        self.lowering
    }
}

fn key_type(schema: &RecordSchema, key: usize) -> Type {
    schema.field(key).map_or(Type::Uuid, |it| it.ty.clone())
}
