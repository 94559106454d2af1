//! S7: a policy has something that triggers it and something that it does.

use super::{Context, E, Found, O, Rule, W};
use crate::board::{Mark, Role};
use crate::flow::Relation;

pub(super) static RULE: Rule = Rule {
    code: "S7",
    title: "A policy reacts to something and does something",
    why: "A policy joins an event or a clock to a command. Without the one it never runs, without the other it does \
          nothing.",
    example: "\"Whenever an order is placed, charge\" with no arrow in, or none out.",
    exempt: "A manual policy: the actor who carries it out needs the command.",
    fix: "",
    severity: [O, W, E],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let flow = context.flow;
    for policy in context.all(Role::Policy) {
        let outside = |it: &crate::flow::Way<'_>| it.edge.relation == Relation::Outside;
        let name = context.name(policy.id);
        let mut say = |what: String| found.push(Found::new(what, vec![policy.id]));
        if flow.triggers(policy.id).is_empty() && !flow.incoming(policy.id).iter().any(outside) {
            say(format!("Nothing activates the policy {name}: no event and no time."));
        }
        if !flow.reactions(policy.id).is_empty() || flow.outgoing(policy.id).iter().any(outside) {
            continue;
        }
        let actors = flow.carried_out_by(policy.id);
        let decides = |id| flow.outgoing(id).iter().any(|it| it.edge.relation == Relation::Decides);
        match actors.first() {
            None if context.is(policy, Mark::Manual) => {
                say(format!("The manual policy {name} has no actor who carries it out, and no command."));
            }
            None => say(format!("The policy {name} issues no command.")),
            Some(actor) if !actors.iter().any(|it| decides(it.definition)) => {
                let actor = context.name(actor.definition);
                say(format!("{} carries out the policy {name}, but decides on no command.", Context::sentence(actor)));
            }
            Some(_) => {}
        }
    }
}
