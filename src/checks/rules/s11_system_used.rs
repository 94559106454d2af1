//! S11: an external system is used.

use super::{Context, Found, I, Rule, W};
use crate::board::Role;
use crate::flow::Relation;

pub(super) static RULE: Rule = Rule {
    code: "S11",
    title: "An external system is used",
    why: "A system that takes no command and sends no event plays no part in the story, or its part was not told.",
    example: "\"Payment Provider\" with no arrow.",
    exempt: "Boards on which nobody has drawn an arrow yet.",
    fix: "",
    severity: [I, W, W],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    if context.flow.edges().next().is_none() {
        return;
    }
    for system in context.all(Role::External) {
        let counts = |it: &crate::flow::Way<'_>| it.edge.relation != Relation::Annotates;
        let used =
            context.flow.incoming(system.id).iter().any(counts) || context.flow.outgoing(system.id).iter().any(counts);
        if !used {
            let message =
                format!("The external system {} takes no command and sends no event.", context.name(system.id));
            found.push(Found::new(message, vec![system.id]));
        }
    }
}
