//! Avro schemas: one `.avsc` for each message and for the rows of each read model.

use std::sync::Arc;

use super::{Job, Made, TargetSpec};
use crate::generate::project::message;
use crate::generate::render::TemplateError;
use crate::record::{RecordSchema, Type, avro_schema};

pub(super) static SPEC: TargetSpec = TargetSpec {
    key: "schemas",
    title: "Avro schemas",
    doc: "An Avro schema for each command, event and row, to be registered under topic and record name.",
    render,
};

fn render(job: &Job<'_, '_>, made: &mut Made) -> Result<(), TemplateError> {
    let system = job.project.system;
    let mut add = |schema: &Arc<RecordSchema>| {
        let folder = schema.namespace().replace('.', "-");
        let folder = if folder.is_empty() { "board".to_owned() } else { folder };
        // A schema is a tree of texts and numbers, which always prints.
        let text = serde_json::to_string_pretty(&avro_schema(&Type::Record(schema.clone()))).unwrap_or_default();
        made.generated(format!("schemas/{folder}/{}.avsc", schema.short_name()), text + "\n");
    };
    for krate in &job.project.crates {
        krate.own_messages().for_each(|it| add(it.schema));
        krate.foreign.iter().filter_map(|id| message(system, *id)).for_each(|it| add(it.schema));
        let rows = system.read_models.values().filter(|it| it.context == krate.id && krate.has(it.id));
        rows.for_each(|it| add(&it.schema));
    }
    Ok(())
}
