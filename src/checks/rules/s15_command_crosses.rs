//! S15: a command does not cross contexts.

use super::{Context, Found, I, O, Rule, W};
use crate::board::Mark;
use crate::flow::Relation;

pub(super) static RULE: Rule = Rule {
    code: "S15",
    title: "A command does not cross contexts",
    why: "A command across a border makes one context depend on how the other decides. An event crosses, and a policy on \
          the other side listens.",
    example: "A policy of \"Sales\" that issues a command of \"Shipping\"; put the policy into \"Shipping\".",
    exempt: "Commands that are an open interface of their context, marked as integration.",
    fix: "Marks the command as an open interface.",
    severity: [O, I, W],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for relation in [Relation::Issues, Relation::InvokedOn] {
        for edge in context.edges(relation) {
            let ends = (context.flow.node(edge.from), context.flow.node(edge.to));
            let (Some(from), Some(to)) = ends else { continue };
            let (Some(here), Some(there)) = (from.context, to.context) else { continue };
            let command = if relation == Relation::Issues { to } else { from };
            let Some(definition) = context.flow.definition(command.definition) else { continue };
            if here == there || context.is(definition, Mark::Integration) {
                continue;
            }
            let message = format!(
                "The command {} crosses from {} to {}; let an event cross and a policy listen there.",
                context.name(command.id),
                context.frame(here),
                context.frame(there),
            );
            let elements =
                std::iter::once(command.id).chain([edge.from, edge.to].into_iter().filter(|it| *it != command.id));
            let open = crate::checks::Fix::new("It is an open interface");
            let open = open.mark(context.board, command.definition, Mark::Integration);
            found.push(Found::new(message, elements.chain(edge.link()).collect()).fix(Some(open)));
        }
    }
}
