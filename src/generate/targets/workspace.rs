//! The workspace itself: its manifest, a README for the team, and a page about what came from the board.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Job, Made, TargetSpec};
use crate::generate::project::{CrateOf, Project};
use crate::generate::render::TemplateError;
use crate::generate::rust::service::Parts;
use crate::generate::text;
use crate::kit::Id;
use crate::model::{NameReason, Output, TopicKind};

pub(super) static SPEC: TargetSpec = TargetSpec {
    key: "workspace",
    title: "Workspace",
    doc: "The Cargo workspace, a README for the team, and BOARD.md: what came from the board and what it leaves open.",
    render,
};

#[derive(Serialize)]
struct Data {
    title: String,
    contexts: Vec<ContextData>,
    open: Vec<(String, Vec<String>)>,
    queries: Vec<(String, String)>,
    tasks: Vec<String>,
    scenarios: bool,
    names: Vec<String>,
    assumptions: Vec<String>,
    left_out: Vec<String>,
    example: Option<Example>,
}

#[derive(Serialize)]
struct Example {
    package: String,
    module: String,
}

#[derive(Serialize)]
struct ContextData {
    title: String,
    package: String,
    rows: Vec<(String, String, String)>,
}

fn render(job: &Job<'_, '_>, made: &mut Made) -> Result<(), TemplateError> {
    let data = data(job.project, made);
    let left_out = job.project.system.left_out();
    made.output.notes.extend(left_out.map(|it| format!("Left out: {}", text::plain(&it.message))));
    made.seeded("Cargo.toml", job.templates.render("workspace/Cargo.toml", &data)?);
    made.seeded(".gitignore", "/target\n".to_owned());
    made.seeded("README.md", even(&job.templates.render("workspace/README.md", &data)?));
    made.generated("BOARD.md", even(&job.templates.render("workspace/BOARD.md", &data)?));
    Ok(())
}

/// At most one blank line at a time, one line end at the end.
fn even(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = true;
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && blank) {
            out.push_str(line);
            out.push('\n');
        }
        blank = line.is_empty();
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn data(project: &Project<'_>, made: &Made) -> Data {
    let system = project.system;
    let mut open: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (place, question) in &made.open {
        open.entry(place).or_default().push(question.clone());
    }
    let sentence = |id: &Id, text: &str| match system.name(*id) {
        "" => text.to_owned(),
        name => format!("{}: {text}", text::plain(name)),
    };
    let mut names: BTreeMap<(Id, String), Vec<String>> = BTreeMap::new();
    for it in &system.names.notes {
        let reason = match &it.reason {
            NameReason::Empty => "nothing of it can be written there".to_owned(),
            NameReason::TooLong => "it is too long".to_owned(),
            NameReason::Reserved => "the plain name is reserved or begins with a digit".to_owned(),
            NameReason::Taken { by } => format!("the plain name is taken by \"{}\"", text::plain(system.name(*by))),
        };
        let output = match it.output {
            Output::RustType => "Rust types",
            Output::RustModule => "Rust modules",
            Output::Avro => "Avro",
            Output::Topic => "topics",
            Output::Ksql => "KSQL",
            Output::File => "files",
        };
        names.entry((it.id, reason)).or_default().push(format!("`{}` in {output}", it.name));
    }
    let names = names.into_iter().map(|((id, reason), names)| {
        let shown: String = text::doc(system.name(id)).chars().take(80).collect();
        format!("\"{shown}\" is {}: {reason}.", names.join(", "))
    });
    let tasks = system.policies.values().filter(|it| it.manual && !project.blocked.contains(&it.id));
    let example = project.crates.iter().find_map(|krate| {
        let it = Parts::of(krate).aggregates.first().copied()?;
        Some(Example { package: krate.package.clone(), module: krate.named(it.id, Output::RustModule).to_owned() })
    });
    Data {
        title: title(&system.title),
        contexts: project.crates.iter().map(context).collect(),
        open: open.into_iter().map(|(place, questions)| (place.to_owned(), questions)).collect(),
        queries: made.queries.clone(),
        tasks: tasks.map(|it| text::doc(&it.name)).collect(),
        scenarios: made.output.files.contains_key("crates/scenarios/Cargo.toml"),
        names: names.collect(),
        assumptions: system.assumptions.iter().map(|it| text::doc(&it.text)).collect(),
        left_out: system
            .left_out()
            .map(|it| sentence(it.elements.first().unwrap_or(&Id::from_bits(0)), &text::doc(&it.message)))
            .collect(),
        example,
    }
}

fn title(title: &str) -> String {
    match text::doc(title) {
        title if title.is_empty() => "Board".to_owned(),
        title => title,
    }
}

/// The parts of a context: kind, name on the board, where it is.
fn context(krate: &CrateOf<'_>) -> ContextData {
    let parts = Parts::of(krate);
    let place = |folder: &str, id: Id| format!("`{folder}::{}`", krate.named(id, Output::RustModule));
    let mut rows: Vec<(String, String, String)> = Vec::new();
    let mut row = |kind: &str, name: &str, place: String| {
        rows.push((kind.to_owned(), text::doc(name).replace('|', "\\|"), place))
    };
    for it in &parts.aggregates {
        row("Aggregate", &it.name, place("aggregates", it.id));
    }
    for it in krate.own_messages() {
        let (kind, module) = if it.is_command { ("Command", "commands") } else { ("Event", "events") };
        row(kind, it.name, format!("`{module}::{}`", krate.named(it.id, Output::RustType)));
    }
    for it in &parts.policies {
        row(if it.manual { "Policy, by hand" } else { "Policy" }, &it.name, place("policies", it.id));
    }
    for it in &parts.read_models {
        row("Read model", &it.name, place("read_models", it.id));
    }
    for it in &parts.externals {
        row("External system", &it.name, place("externals", it.id));
    }
    for it in &parts.timers {
        row("Time event", &it.name, place("timers", it.id));
    }
    for it in krate.system.topics.values().filter(|it| it.context == krate.id) {
        let kind = match it.kind {
            TopicKind::Events => "Topic of events",
            TopicKind::Commands => "Topic of commands",
            TopicKind::Requests => "Topic of requests",
            TopicKind::Table => "Topic of rows",
            TopicKind::Tasks => "Topic of tasks",
            TopicKind::DeadLetters => continue,
        };
        row(kind, krate.system.name(it.owner), format!("`{}`", it.name));
    }
    ContextData { title: text::doc(krate.name), package: krate.package.clone(), rows }
}
