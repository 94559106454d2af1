//! Read models: the last value of each column, by key.

use serde::Serialize;

use super::aggregate::{assignments, with_key};
use super::code::Code;
use super::part::{Arguments, Part, Scope};
use super::shape::{Field, fields, notes};
use super::syntax::{function_lines, negated, numbered, variables};
use super::term::{Row, Term};
use crate::generate::project::{CrateOf, message};
use crate::generate::text;
use crate::model::{self, Output};
use crate::record::Type;

/// What the template of a read model shows.
#[derive(Serialize)]
pub(in crate::generate) struct Data {
    title: String,
    notes: Vec<String>,
    query: Option<String>,
    topic: String,
    fields: Vec<Field>,
    functions: String,
}

/// The function that takes in the event of a feed.
pub(in crate::generate) fn function_name(krate: &CrateOf<'_>, it: &model::ReadModel, at: usize) -> String {
    let name = |feed: &model::Feed| format!("apply_{}", krate.called(feed.event, Output::RustModule));
    numbered(&it.feeds.iter().map(name).collect::<Vec<_>>(), at)
}

/// The key of a record as text.
pub(in crate::generate) fn key_text(term: &Term) -> String {
    match (&term.ty, term.nullable) {
        (Type::Text, false) => term.owned(),
        (Type::Text, true) => format!("{}.unwrap_or_default()", term.owned()),
        (Type::Enum(_), false) => format!("{}.label().to_owned()", term.owned()),
        (Type::Enum(_), true) => format!("{}.map(|it| it.label().to_owned()).unwrap_or_default()", term.owned()),
        (
            Type::Bool
            | Type::Int
            | Type::Long
            | Type::Float
            | Type::Double
            | Type::Uuid
            | Type::Date
            | Type::Time
            | Type::Timestamp
            | Type::Decimal { .. },
            nullable,
        ) => match nullable {
            false => format!("{}.to_string()", term.owned()),
            true => format!("{}.map(|it| it.to_string()).unwrap_or_default()", term.owned()),
        },
        (Type::Bytes | Type::List(_) | Type::Map(_) | Type::Record(_) | Type::Optional(_), _) => {
            format!("format!(\"{{:?}}\", {})", term.owned())
        }
    }
}

/// The module of a read model.
pub(in crate::generate) fn read_model(
    krate: &CrateOf<'_>,
    it: &model::ReadModel,
    query: Option<String>,
    open: &mut Vec<String>,
) -> Data {
    let mut part = Part::new(krate);
    let mut code = Code::at(1);
    for (at, feed) in it.feeds.iter().enumerate() {
        let Some(event) = message(krate.system, feed.event).filter(|it| krate.has(it.id)) else { continue };
        let rows = [Row::message("event", event.schema), Row::partial("row", &it.schema)];
        let Some(key) = rows.first().and_then(|it| it.field(feed.key)) else { continue };
        let arguments = Arguments { params: vec![], args: vec![] };
        let mut lines = assignments(&mut part, &it.schema, &feed.sets, &rows, Some(key.clone()));
        with_key(&part, &it.schema, it.key, Some(&key), &mut lines);
        let complete = lines.len() == it.schema.fields.len();
        // A guard that is prose or has no translation cannot ask anybody here: the row is taken.
        let scope = Scope { rows: &rows, key: Some(key.clone()), arguments: &arguments, about: "feed" };
        let condition = feed.when.as_ref().and_then(|rule| {
            let hooks = part.hooks.len();
            part.uses_rules = false;
            let condition = part.condition(rule, "takes", &scope, None);
            let asks = std::mem::take(&mut part.uses_rules);
            part.hooks.truncate(hooks);
            (!asks).then_some((rule, condition))
        });
        let mut body = Code::at(2);
        body.line(format!("let key = {};", key_text(&key)));
        let mut read = lines.iter().chain(condition.iter().map(|(_, it)| it));
        let reads_row = read.any(|it| variables(it).contains("row"));
        if !complete || reads_row {
            body.line("let row = self.rows.get(&key).cloned().unwrap_or_default();");
        }
        if let Some((rule, condition)) = &condition {
            body.line(format!("// when {}", text::plain(rule.text())));
            body.line(format!("if {} {{", negated(condition)));
            body.line("return;");
            body.line("}");
        }
        if !complete {
            lines.push("..row".to_owned());
        }
        if lines.as_slice() == ["..row"] {
            body.line("let _ = self.rows.insert(key, row);");
        } else {
            body.line("let row = Row {");
            for line in &lines {
                body.line(line);
            }
            body.line("};");
            body.line("let _ = self.rows.insert(key, row);");
        }
        let params = vec!["&mut self".to_owned(), format!("event: &{}", krate.path(event.id))];
        code.line("");
        code.line(format!("/// Takes in {}.", text::doc(event.name)));
        let _ = function_lines(&mut code, "pub ", &function_name(krate, it, at), &params, 2, "", &body.finish());
    }
    open.append(&mut part.open);
    Data {
        title: text::doc(&it.name),
        notes: notes(&it.notes),
        query,
        topic: it.topic.to_string(),
        fields: fields(krate, &it.schema, true, "types::"),
        functions: code.finish(),
    }
}
