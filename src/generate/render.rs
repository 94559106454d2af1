//! Templates: ours, built in; text of people reaches them only after it was cleaned.

use serde::Serialize;
use tera::{Context, Tera};

/// Every template: its name and its text, laid out as what it writes.
static TEMPLATES: &[(&str, &str)] = &[
    ("contexts/aggregate.rs", include_str!("../../templates/contexts/aggregate.rs")),
    ("contexts/contract.rs", include_str!("../../templates/contexts/contract.rs")),
    ("contexts/external.rs", include_str!("../../templates/contexts/external.rs")),
    ("contexts/handlers.rs", include_str!("../../templates/contexts/handlers.rs")),
    ("contexts/lib.rs", include_str!("../../templates/contexts/lib.rs")),
    ("contexts/manifest.toml", include_str!("../../templates/contexts/manifest.toml")),
    ("contexts/messages.rs", include_str!("../../templates/contexts/messages.rs")),
    ("contexts/mod.rs", include_str!("../../templates/contexts/mod.rs")),
    ("contexts/parts.rs", include_str!("../../templates/contexts/parts.rs")),
    ("contexts/policy.rs", include_str!("../../templates/contexts/policy.rs")),
    ("contexts/read_model.rs", include_str!("../../templates/contexts/read_model.rs")),
    ("contexts/service.rs", include_str!("../../templates/contexts/service.rs")),
    ("contexts/timer.rs", include_str!("../../templates/contexts/timer.rs")),
    ("contexts/types.rs", include_str!("../../templates/contexts/types.rs")),
    ("scenarios/scenarios.rs", include_str!("../../templates/scenarios/scenarios.rs")),
    ("topics/create-topics.sh", include_str!("../../templates/topics/create-topics.sh")),
    ("topics/strimzi.yaml", include_str!("../../templates/topics/strimzi.yaml")),
    ("workspace/BOARD.md", include_str!("../../templates/workspace/BOARD.md")),
    ("workspace/Cargo.toml", include_str!("../../templates/workspace/Cargo.toml")),
    ("workspace/README.md", include_str!("../../templates/workspace/README.md")),
];

/// The templates, read once.
pub(super) struct Templates(Tera);

/// A template that does not render: a mistake of ours, told instead of a panic.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the template {name} does not render: {reason}; this is a fault of Stormglass, please report it")]
pub struct TemplateError {
    /// The template.
    pub name: String,
    /// What the engine says.
    pub reason: String,
}

/// A template in which a line that holds nothing but one block tag leaves no trace.
fn trimmed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let tag = line.trim();
        if tag.starts_with("{%") && tag.ends_with("%}") && tag.matches("{%").count() == 1 {
            out.push_str(tag);
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// What the engine says, with its causes.
fn reason(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

impl Templates {
    /// Reads the templates.
    pub(super) fn new() -> Result<Self, TemplateError> {
        let mut tera = Tera::default();
        tera.autoescape_on(Vec::<&'static str>::new());
        let trimmed: Vec<(&str, String)> = TEMPLATES.iter().map(|(name, text)| (*name, trimmed(text))).collect();
        tera.add_raw_templates(trimmed.iter().map(|(name, text)| (*name, text.as_str())))
            .map_err(|error| TemplateError { name: "set".to_owned(), reason: reason(&error) })?;
        Ok(Self(tera))
    }

    /// Fills one in.
    pub(super) fn render(&self, name: &str, data: &impl Serialize) -> Result<String, TemplateError> {
        let failed = |error: &dyn std::error::Error| TemplateError { name: name.to_owned(), reason: reason(error) };
        let context = Context::from_serialize(data).map_err(|error| failed(&error))?;
        self.0.render(name, &context).map_err(|error| failed(&error))
    }

    /// Fills in a Rust module: its imports are what its code mentions, its blank lines are evened out.
    pub(super) fn rust(&self, name: &str, data: &impl Serialize) -> Result<String, TemplateError> {
        Ok(super::rust::imports::complete(&self.render(name, data)?))
    }
}
