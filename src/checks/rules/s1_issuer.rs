//! S1: every command has an issuer.

use std::collections::BTreeMap;

use super::{Context, E, Found, O, Rule, W};
use crate::board::{Kind, Role};
use crate::checks::Fix;
use crate::checks::fix::End;
use crate::flow::{Definition, Relation};
use crate::kit::{Id, Point};

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
    let mut actors: BTreeMap<Option<Id>, Vec<(Point, &Definition)>> = BTreeMap::new();
    for actor in context.all(Role::Actor).filter(|it| !it.name.is_empty()) {
        let middle = context.flow.node(actor.id).map(|it| it.rect.center()).unwrap_or_default();
        actors.entry(actor.context).or_default().push((middle, actor));
    }
    for command in context.all(Role::Command) {
        if context.flow.issuers(command.id).is_empty() && !outside(context, command) {
            let message = format!("Nobody issues the command {}.", context.name(command.id));
            let around = actors.get(&command.context).map(Vec::as_slice).unwrap_or_default();
            found.push(Found::new(message, vec![command.id]).fix(Some(fix(context, command, around))));
        }
    }
}

/// Whether an arrow outside the grammar leads to it; S8 speaks of that.
fn outside(context: &Context<'_>, command: &Definition) -> bool {
    context.flow.incoming(command.id).iter().any(|it| it.edge.relation == Relation::Outside)
}

fn fix(context: &Context<'_>, command: &Definition, actors: &[(Point, &Definition)]) -> Fix {
    let at = context.below(command.id, Kind::ACTOR);
    let here = context.flow.node(command.id).map(|it| it.rect.center()).unwrap_or_default();
    let distance = |it: Point| it.x.abs_diff(here.x).saturating_add(it.y.abs_diff(here.y));
    let fix = match actors.iter().min_by_key(|(middle, it)| (distance(*middle), it.id)) {
        Some((_, actor)) => Fix::new(format!("Let \"{}\" decide", actor.name)).placement(Kind::ACTOR, at, actor.id),
        None => Fix::new("Add an actor").sticky(Kind::ACTOR, at, "User"),
    };
    fix.link(End::New(0), End::Old(command.id))
}
