//! S4: every event has a source.

use super::{Context, Found, O, Rule, W};
use crate::board::{Kind, Mark, Role};
use crate::checks::Fix;
use crate::checks::fix::End;
use crate::flow::Relation;

pub(super) static RULE: Rule = Rule {
    code: "S4",
    title: "Every event has a source",
    why: "Nothing happens by itself: a command, an external system or the clock brought it about. Asking backwards finds \
          what is missing.",
    example: "\"Order Paid\" with nothing that leads to it.",
    exempt: "Events marked as incoming; names of passing time; events that follow an event (S6 speaks of them).",
    fix: "Adds the command, or marks the event as incoming.",
    severity: [O, W, W],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for event in context.all(Role::Event) {
        let explained = |it: Relation| it.brings() || matches!(it, Relation::Follows | Relation::Outside);
        let is_time = context.words.is_some_and(|it| it.is_time(context.words_of(event.id)));
        if is_time
            || context.is(event, Mark::Incoming)
            || context.flow.incoming(event.id).iter().any(|it| explained(it.edge.relation))
        {
            continue;
        }
        let message = format!("Nothing brings about the event {}.", context.name(event.id));
        let command = context.command_name(event.id).map(|name| {
            let at = context.left_of(event.id, Kind::COMMAND);
            let fix = Fix::new(format!("Add the command \"{name}\"")).sticky(Kind::COMMAND, at, name);
            fix.link(End::New(0), End::Old(event.id))
        });
        let incoming = Fix::new("It comes from elsewhere").mark(context.board, event.id, Mark::Incoming);
        found.push(Found::new(message, vec![event.id]).fix(command).fix(Some(incoming)));
    }
}
