//! Topic definitions: a script that may run again and again, and the same as Kubernetes resources for Strimzi.

use serde::Serialize;

use super::{Job, Made, TargetSpec};
use crate::generate::render::TemplateError;
use crate::generate::text;
use crate::model::{Keeping, Topic, TopicKind};

pub(super) static SPEC: TargetSpec = TargetSpec {
    key: "topics",
    title: "Topics",
    doc: "Every topic with its settings: as a script for kafka-topics.sh and as Strimzi resources. Nothing is deleted.",
    render,
};

#[derive(Serialize)]
struct Data {
    topics: Vec<TopicData>,
}

#[derive(Serialize)]
struct TopicData {
    name: String,
    resource: String,
    doc: String,
    configs: Vec<(&'static str, String)>,
}

fn render(job: &Job<'_, '_>, made: &mut Made) -> Result<(), TemplateError> {
    let system = job.project.system;
    let mut resources = std::collections::BTreeSet::new();
    let topics: Vec<TopicData> = system
        .topics
        .values()
        .map(|it| TopicData {
            name: it.name.to_string(),
            resource: resource(&it.name, &mut resources),
            doc: format!("{} {}", purpose(it), text::plain(system.name(it.owner))).trim_end().to_owned(),
            configs: configs(it),
        })
        .collect();
    if topics.is_empty() {
        return Ok(());
    }
    let data = Data { topics };
    made.generated("topics/create-topics.sh", job.templates.render("topics/create-topics.sh", &data)?);
    made.generated("topics/strimzi.yaml", job.templates.render("topics/strimzi.yaml", &data)?);
    Ok(())
}

fn purpose(topic: &Topic) -> &'static str {
    match topic.kind {
        TopicKind::Events => "Events of",
        TopicKind::Commands => "Commands to",
        TopicKind::Requests => "Requests to",
        TopicKind::Table => "Rows of",
        TopicKind::Tasks => "What people have to do for",
        TopicKind::DeadLetters => "What could not be handled by",
    }
}

/// The settings of a topic, by Kafka's names.
fn configs(topic: &Topic) -> Vec<(&'static str, String)> {
    let policy = |it: &str| ("cleanup.policy", it.to_owned());
    match topic.keeping() {
        Keeping::ForEver => {
            vec![policy("delete"), ("retention.ms", "-1".to_owned()), ("retention.bytes", "-1".to_owned())]
        }
        Keeping::For(time) => vec![policy("delete"), ("retention.ms", time.0.to_string())],
        Keeping::LastOfEachKey => vec![policy("compact")],
    }
}

/// A name that Kubernetes takes: lower case, digits, `-` and `.`, unique.
fn resource(topic: &str, used: &mut std::collections::BTreeSet<String>) -> String {
    let plain: String = topic
        .to_ascii_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '.' || c == '-' { c } else { '-' })
        .take(240)
        .collect();
    let plain =
        plain.split('.').map(|it| it.trim_matches('-')).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(".");
    let plain = if plain.is_empty() { "topic".to_owned() } else { plain };
    let mut name = plain.clone();
    let mut count = 1;
    while !used.insert(name.clone()) {
        count += 1;
        name = format!("{plain}-{count}");
    }
    name
}
