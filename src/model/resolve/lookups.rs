//! What a policy looks up: one row of each read model that it consults.

use crate::board::Role;
use crate::expr::{Scope, parse_assignments};
use crate::flow::Edge;
use crate::kit::Id;
use crate::model::text::label;
use crate::model::{Issue, KeyRule, Lookup, Rule, Source, Trigger};

use super::Resolver;
use super::compile::Place;
use super::fill::field_of;

/// The rows that a policy looks up when it reacts to `on`, and the scope with them behind the triggers' records. A row
/// is named like its read model, and `row` where there is but one.
///
/// Its key is what the arrow from the read model says (`customer = buyer`), else the trigger's field of that name.
/// Where there is neither, nothing is looked up, and that is said.
pub(super) fn read(resolver: &mut Resolver<'_>, policy: Id, on: &[Trigger], scope: Scope) -> (Vec<Lookup>, Scope) {
    let context = resolver.structure.context(policy);
    let mut consulted: Vec<(Id, Edge)> =
        resolver.flow.consulted(policy).into_iter().map(|it| (it.definition, it.edge.clone())).collect();
    consulted.retain(|(id, _)| resolver.flow.definition(*id).is_some_and(|it| it.role == Role::ReadModel));
    consulted.sort_by_key(|(id, _)| resolver.place(*id));
    let only = consulted.len() == 1;
    let mut lookups = Vec::new();
    let mut all = scope.clone();
    for (read_model, edge) in consulted {
        let Some((schema, _)) = resolver.messages.rows.get(&read_model).cloned() else { continue };
        if resolver.structure.context(read_model) != context {
            let text = format!(
                "{} lies in another context than {}, which looks nothing up there",
                resolver.shown(read_model),
                resolver.shown(policy)
            );
            resolver.assume(policy, text);
            continue;
        }
        let Some(key) = key(resolver, policy, read_model, &edge, &scope) else {
            let column = schema.fields.iter().find(|it| it.key).map_or("", |it| &it.label);
            let event = on.first().map_or_else(String::new, |it| resolver.shown(it.id()));
            let text = format!(
                "{} has no field `{column}`, so that {} looks nothing up in {}",
                event,
                resolver.shown(policy),
                resolver.shown(read_model)
            );
            resolver.assume(policy, text);
            continue;
        };
        let name = schema.short_name().to_owned();
        all = all.with(&name, schema);
        if only {
            all = all.also("row");
        }
        lookups.push(Lookup { read_model, key, link: edge.link() });
    }
    (lookups, all)
}

/// Whether anything in a reaction reads a row from `first` on. A lookup for its own sake is none.
pub(super) fn are_read(guard: &[Rule], issues: &[Issue], first: usize) -> bool {
    let rule = |it: &Rule| it.typed().is_some_and(|it| it.reads(|row| row >= first));
    let issue = |it: &Issue| {
        let key = match &it.key {
            KeyRule::Field(source) => reads(source, first),
            KeyRule::Row { .. } | KeyRule::Living { .. } | KeyRule::Cause | KeyRule::Correlation | KeyRule::New => {
                false
            }
        };
        key || it.when.as_ref().is_some_and(rule) || it.fill.iter().any(|it| reads(it, first))
    };
    guard.iter().any(rule) || issues.iter().any(issue)
}

fn reads(source: &Source, first: usize) -> bool {
    match source {
        Source::Expr { typed, .. } => typed.reads(|row| row >= first),
        Source::Copy { row, .. } => *row >= first,
        Source::First(sources) => sources.iter().any(|it| reads(it, first)),
        Source::Key | Source::Now | Source::Fresh | Source::Value(_) | Source::Nothing => false,
    }
}

/// The key of the row, over the triggers' records.
fn key(resolver: &mut Resolver<'_>, policy: Id, read_model: Id, edge: &Edge, scope: &Scope) -> Option<Source> {
    let (schema, key) = resolver.messages.rows.get(&read_model).cloned()?;
    let field = schema.field(key).cloned()?;
    let what = format!("the way from {} to {}", resolver.shown(read_model), resolver.shown(policy));
    let place = Place { elements: vec![policy, read_model], what };
    for line in label(&edge.text).lines {
        let Ok(list) = parse_assignments(&line) else { continue };
        if let Some(said) = list.iter().find(|it| field_of(&schema, &it.name) == Some(key)) {
            return Some(resolver.value(&said.value, &field.ty, scope, &place));
        }
    }
    (0..scope.records().len()).find_map(|at| resolver.copy(scope, at, &field, &place))
}
