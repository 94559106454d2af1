//! S9: a read model is fed and used.

use super::{Context, Found, I, O, Rule, W};
use crate::board::{Mark, Role};
use crate::checks::Fix;
use crate::flow::Relation;

pub(super) static RULE: Rule = Rule {
    code: "S9",
    title: "A read model is fed and used",
    why: "Information comes from events and is there for a decision. Unfed it is empty, unused it is work for nothing.",
    example: "\"Open Orders\" that no event is shown in, or that nobody looks at.",
    exempt: "Information from outside (a price list, the law), so marked, needs no event.",
    fix: "Marks it as information from outside.",
    severity: [O, I, W],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let outside = |it: &crate::flow::Way<'_>| it.edge.relation == Relation::Outside;
    for model in context.all(Role::ReadModel) {
        let name = context.name(model.id);
        let fed = !context.flow.feeds(model.id).is_empty() || context.flow.incoming(model.id).iter().any(outside);
        let used = !context.flow.readers(model.id).is_empty() || context.flow.outgoing(model.id).iter().any(outside);
        if !fed && !context.is(model, Mark::Outside) {
            let fix = Fix::new("It comes from outside").mark(context.board, model.id, Mark::Outside);
            let message = format!("No event is shown in the read model {name}.");
            found.push(Found::new(message, vec![model.id]).fix(Some(fix)));
        }
        if !used {
            let message = format!("Nobody looks at the read model {name}: no actor, policy or screen.");
            found.push(Found::new(message, vec![model.id]));
        }
    }
}
