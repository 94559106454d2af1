//! S14: an aggregate lies in one context.

use std::collections::BTreeMap;

use super::{Context, E, Found, O, Rule};
use crate::board::{Field, Role};
use crate::checks::Fix;
use crate::flow::Definition;
use crate::kit::Id;

pub(super) static RULE: Rule = Rule {
    code: "S14",
    title: "An aggregate lies in one context",
    why: "An aggregate is decided in one place, in one language. The same word in two contexts is two aggregates.",
    example: "One \"Product\" placed in both \"Catalogue\" and \"Shipping\".",
    exempt: "",
    fix: "Makes it an aggregate of its own in each context.",
    severity: [O, O, E],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for aggregate in context.all(Role::Aggregate) {
        let mut contexts: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for node in aggregate.placements.iter().filter_map(|it| context.flow.node(*it)) {
            if let Some(frame) = node.context {
                contexts.entry(frame).or_default().push(node.id);
            }
        }
        if contexts.len() < 2 {
            continue;
        }
        let names: Vec<String> = contexts.keys().map(|it| context.frame(*it)).collect();
        let message = format!(
            "The aggregate {} lies in {} contexts: {}.",
            context.name(aggregate.id),
            names.len(),
            names.join(", ")
        );
        let elements = std::iter::once(aggregate.id);
        let elements = elements.chain(aggregate.placements.iter().copied().filter(|it| *it != aggregate.id)).collect();
        found.push(Found::new(message, elements).fix(fix(context, aggregate, &contexts)));
    }
}

fn fix(context: &Context<'_>, aggregate: &Definition, contexts: &BTreeMap<Id, Vec<Id>>) -> Option<Fix> {
    let mut fix = Fix::new("Make it one aggregate in each context");
    let text = context.board.text(aggregate.id);
    for placements in contexts.values().filter(|it| !it.contains(&aggregate.id)) {
        let (first, others) = placements.split_first()?;
        context.board.sticky(*first)?;
        fix = fix.set(context.board, *first, Field::Of(None));
        fix = fix.set(context.board, *first, Field::Text(text.to_owned()));
        for other in others {
            fix = fix.set(context.board, *other, Field::Of(Some(*first)));
        }
    }
    Some(fix)
}
