//! Topics: one for the events of each owner, one for its commands, and those that people gave to events.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::board::Role;
use crate::kit::{Id, Severity};
use crate::model::names::check_topic;
use crate::model::{Output, Owner, Topic, TopicKind};

use super::Resolver;
use super::fields::shown;

/// Declares the topics of everything, with nothing on them but what owns them; messages are added by
/// [`Resolver::put_on`].
pub(super) fn read(resolver: &mut Resolver<'_>) {
    let mut wanted: Vec<(Id, TopicKind)> = Vec::new();
    for aggregate in resolver.aggregates() {
        wanted.push((aggregate, TopicKind::Commands));
        wanted.push((aggregate, TopicKind::Events));
    }
    for external in resolver.with_role(Role::External) {
        if !resolver.commands_of(external).is_empty() {
            wanted.push((external, TopicKind::Requests));
        }
        if !resolver.events_of(external).is_empty() {
            wanted.push((external, TopicKind::Events));
        }
    }
    wanted.extend(resolver.with_role(Role::Time).into_iter().map(|it| (it, TopicKind::Events)));
    wanted.extend(resolver.with_role(Role::ReadModel).into_iter().map(|it| (it, TopicKind::Table)));
    for policy in resolver.with_role(Role::Policy) {
        if resolver.is_manual(policy) {
            wanted.push((policy, TopicKind::Tasks));
        }
        wanted.push((policy, TopicKind::DeadLetters));
    }
    let derived = resolver.structure.implicit.keys().copied();
    let handlers = resolver.aggregates().into_iter().chain(derived).chain(resolver.with_role(Role::ReadModel));
    wanted.extend(handlers.chain(resolver.with_role(Role::Time)).map(|it| (it, TopicKind::DeadLetters)));
    for (event, owner) in &resolver.structure.owners {
        if *owner == Owner::Nobody {
            wanted.push((*event, TopicKind::Events));
        }
    }
    for (owner, kind) in wanted {
        let name = resolver.topic_name(owner, kind);
        let context = resolver.structure.context(owner);
        let topic = Topic { name: name.clone(), kind, owner, context, messages: Vec::new() };
        let _ = resolver.system.topics.insert(name, topic);
    }
    own_topics(resolver);
}

/// Topics that people gave to events.
fn own_topics(resolver: &mut Resolver<'_>) {
    let mut given: BTreeMap<Id, String> = BTreeMap::new();
    for sticky in resolver.board.stickies().values() {
        let definition = sticky.of.unwrap_or(sticky.id);
        if let Some(topic) = sticky.topic.as_ref().filter(|it| !it.trim().is_empty())
            && resolver.structure.owners.contains_key(&definition)
        {
            let _ = given.entry(definition).or_insert_with(|| topic.trim().to_owned());
        }
    }
    for (event, name) in given {
        if let Err(error) = check_topic(&name) {
            let message = format!("{} has the topic `{}` of its own: {error}", resolver.shown(event), shown(&name));
            resolver.problem(Severity::Error, "M-topic", vec![event], message, "give it another name, or none");
            continue;
        }
        let folded = |it: &str| it.replace('_', ".").to_ascii_lowercase();
        let clash = resolver.system.topics.values().find(|it| *it.name != *name && folded(&it.name) == folded(&name));
        if let Some(clash) = clash {
            let message = format!(
                "the topics `{name}` of {} and `{}` differ only in `.`, `_` or case, which Kafka's metrics cannot tell apart",
                resolver.shown(event),
                clash.name
            );
            resolver.problem(Severity::Error, "M-topic", vec![event], message, "give it another name");
            continue;
        }
        let taken = resolver.system.topics.get(name.as_str());
        if let Some(taken) = taken.filter(|it| it.kind != TopicKind::Events) {
            let message = format!(
                "{} cannot have the topic `{name}`: {} needs it",
                resolver.shown(event),
                resolver.shown(taken.owner)
            );
            resolver.problem(Severity::Error, "M-topic", vec![event], message, "give it another name");
            continue;
        }
        let name: Arc<str> = name.into();
        let context = resolver.structure.context(event);
        let fresh = Topic { name: name.clone(), kind: TopicKind::Events, owner: event, context, messages: Vec::new() };
        let _ = resolver.system.topics.entry(name.clone()).or_insert(fresh);
        let _ = resolver.own_topics.insert(event, name);
    }
}

impl Resolver<'_> {
    /// The name that follows from the name table.
    pub(super) fn topic_name(&self, owner: Id, kind: TopicKind) -> Arc<str> {
        let names = &self.system.names;
        let context = names.get(self.structure.context(owner), Output::Topic);
        let part = names.get(owner, Output::Topic);
        let last = match kind {
            TopicKind::Events => ".events",
            TopicKind::Commands => ".commands",
            TopicKind::Requests => ".requests",
            TopicKind::Tasks => ".tasks",
            TopicKind::DeadLetters => ".dlq",
            TopicKind::Table => "",
        };
        format!("{context}.{part}{last}").into()
    }

    /// Puts a message on a topic.
    pub(super) fn put_on(&mut self, topic: &Arc<str>, message: Id) {
        if let Some(topic) = self.system.topics.get_mut(topic) {
            topic.messages.push(message);
            topic.messages.sort();
            topic.messages.dedup();
        }
    }

    /// The topic of an event.
    pub(super) fn event_topic(&self, event: Id, owner: Owner) -> Arc<str> {
        if let Some(own) = self.own_topics.get(&event) {
            return own.clone();
        }
        self.topic_name(owner.id().unwrap_or(event), TopicKind::Events)
    }
}
