//! A message as a form that people fill in by hand.

use crate::kit::Id;
use crate::record::{Type, Value, from_json, to_json};

use super::simulation::{RunError, Send, Simulation};

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormField {
    /// Its name as written on the sticky.
    pub name: String,
    /// Its type, as people write it.
    pub ty: String,
    /// Whether it tells the instance.
    pub key: bool,
    /// What it holds; empty is NULL where the type is optional.
    pub text: String,
}

impl Simulation {
    /// The form of a message, filled with plausible values.
    ///
    /// # Errors
    /// Where the definition is no message.
    pub fn form(&self, definition: Id) -> Result<Vec<FormField>, RunError> {
        let (schema, values) = self.plausible(definition)?;
        let fields = schema.fields.iter().zip(&values).map(|(field, value)| FormField {
            name: field.label.to_string(),
            ty: field.ty.to_string(),
            key: field.key,
            text: shown(value, &field.ty),
        });
        Ok(fields.collect())
    }

    /// Sends a message whose fields were written by hand, in the order of its form.
    ///
    /// # Errors
    /// Where the definition is no message, or a text is no value of its field's type: the field is named.
    pub fn send_form(&mut self, definition: Id, texts: &[String]) -> Result<String, RunError> {
        let (schema, _) = self.plausible(definition)?;
        let mut values = Vec::with_capacity(schema.fields.len());
        for (at, field) in schema.fields.iter().enumerate() {
            let text = texts.get(at).map(|it| it.trim()).unwrap_or_default();
            let value = read(text, &field.ty)
                .map_err(|why| RunError::Message(format!("`{}`: {why} (its type is {})", field.label, field.ty)))?;
            values.push(value);
        }
        self.send(Send { definition, values }).map(|it| it.to_string())
    }
}

/// Texts stand without quotes, everything else as JSON.
fn shown(value: &Value, ty: &Type) -> String {
    match to_json(value, ty) {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    }
}

fn read(text: &str, ty: &Type) -> Result<Value, String> {
    let as_text = serde_json::Value::String(text.to_owned());
    if text.is_empty()
        && let Ok(null) = from_json(&serde_json::Value::Null, ty)
    {
        return Ok(null);
    }
    let parsed = serde_json::from_str(text).ok();
    let first = from_json(&as_text, ty);
    match (first, parsed) {
        (Ok(value), _) => Ok(value),
        (Err(_), Some(node)) => from_json(&node, ty).map_err(|it| it.to_string()),
        (Err(err), None) => Err(err.to_string()),
    }
}
