//! S1: every command has an issuer.

use super::{Context, E, Found, O, Rule, W};
use crate::board::{Kind, Role};
use crate::checks::Fix;
use crate::checks::fix::End;
use crate::flow::Definition;

pub(super) static RULE: Rule = Rule {
    code: "S1",
    title: "Every command has an issuer",
    why: "Somebody or something decides: a person, a policy, a system or a screen. Where nobody does, a role or a rule is \
          missing.",
    example: "\"Approve Claim\" with nothing that leads to it.",
    exempt: "A command that an event or a read model leads to: other rules speak of those.",
    fix: "Adds an actor below it: the nearest one of its context, else a new one.",
    severity: [O, W, E],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for command in context.all(Role::Command) {
        if context.flow.issuers(command.id).is_empty() && !outside(context, command) {
            let message = format!("Nobody issues the command {}.", context.name(command.id));
            found.push(Found::new(message, vec![command.id]).fix(Some(fix(context, command))));
        }
    }
}

/// Whether an arrow outside the grammar leads to it; S8 speaks of that.
fn outside(context: &Context<'_>, command: &Definition) -> bool {
    context.flow.incoming(command.id).iter().any(|it| it.edge.relation == crate::flow::Relation::Outside)
}

fn fix(context: &Context<'_>, command: &Definition) -> Fix {
    let at = context.below(command.id, Kind::ACTOR);
    let here = context.flow.node(command.id).map(|it| it.rect.center()).unwrap_or_default();
    let distance = |id| {
        let middle = context.flow.node(id).map(|it| it.rect.center()).unwrap_or_default();
        (i64::from(middle.x) - i64::from(here.x)).abs() + (i64::from(middle.y) - i64::from(here.y)).abs()
    };
    let actors = context.all(Role::Actor).filter(|it| it.context == command.context && !it.name.is_empty());
    let nearest = actors.min_by_key(|it| (distance(it.id), it.id));
    let fix = match nearest {
        Some(actor) => Fix::new(format!("Let \"{}\" decide", actor.name)).placement(Kind::ACTOR, at, actor.id),
        None => Fix::new("Add an actor").sticky(Kind::ACTOR, at, "User"),
    };
    fix.link(End::New(0), End::Old(command.id))
}
