//! S3: every command leads to at least one event.

use super::{Context, E, Found, O, Rule, W};
use crate::board::{Kind, Role};
use crate::checks::Fix;
use crate::checks::fix::End;

pub(super) static RULE: Rule = Rule {
    code: "S3",
    title: "Every command leads to an event",
    why: "A command without an event is a path that ends in the open: nobody can tell whether anything happened.",
    example: "\"Notify Customer\" that goes to a mail system and nothing comes back.",
    exempt: "",
    fix: "Adds the event: \"Place Order\" results in \"Order Placed\".",
    severity: [O, W, E],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for command in context.all(Role::Command) {
        if !context.flow.outcomes(command.id).is_empty() {
            continue;
        }
        let message = format!("The command {} leads to no event.", context.name(command.id));
        let fix = context.event_name(command.id).map(|name| {
            let out = context.flow.outgoing(command.id);
            // From a sticky that handles it; a frame holds the event instead, so the command itself leads to it.
            let handler = out.iter().filter(|it| it.edge.relation.handles()).map(|it| it.edge.to);
            let handler = handler.into_iter().find(|it| context.board.sticky(*it).is_some());
            let shared = handler
                .is_some_and(|it| context.flow.edges_to(it).iter().filter(|it| it.relation.handles()).count() > 1);
            let source = handler.unwrap_or(command.id);
            let at = context.right_of(source, Kind::DOMAIN_EVENT);
            let fix = Fix::new(format!("Add \"{name}\"")).sticky(Kind::DOMAIN_EVENT, at, name);
            let fix = fix.link(End::Old(source), End::New(0));
            if shared { fix.link(End::Old(command.id), End::New(0)) } else { fix }
        });
        found.push(Found::new(message, vec![command.id]).fix(fix));
    }
}
