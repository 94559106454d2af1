//! S8: arrows that the grammar does not know.

use super::{Context, E, Found, O, Rule, W};
use crate::board::{Kind, Role};
use crate::checks::Fix;
use crate::checks::fix::End;
use crate::flow::{Edge, Relation, outside};

pub(super) static RULE: Rule = Rule {
    code: "S8",
    title: "An arrow that the grammar does not know",
    why: "A command does not cause a command, a policy not a policy, an aggregate not a command: where people draw it so, \
          an event or a rule is missing between them.",
    example: "\"Place Order\" straight to \"Charge Customer\".",
    exempt: "",
    fix: "Inserts what is missing, where it has a name.",
    severity: [O, W, E],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for edge in context.edges(Relation::Outside) {
        let (Some(from), Some(to)) = (context.flow.node(edge.from), context.flow.node(edge.to)) else { continue };
        let why = outside(from.role, to.role).unwrap_or_default();
        let message = format!("From {} to {}: {why}.", context.name(edge.from), context.name(edge.to));
        let elements = [edge.from, edge.to].into_iter().chain(edge.link()).collect();
        found.push(Found::new(message, elements).fix(fix(context, edge, from.role, to.role)));
    }
}

fn fix(context: &Context<'_>, edge: &Edge, from: Role, to: Role) -> Option<Fix> {
    let (old, new) = (End::Old, End::New);
    let start = |label: &str| super::without_link(context, Fix::new(label), edge);
    let place = |kind| context.between(edge.from, edge.to, kind);
    match (from, to) {
        (Role::Command, Role::Command) => {
            let event = context.event_name(edge.from)?;
            let policy = context.policy_name(&event, context.flow.name(edge.to));
            let event_at = place(Kind::DOMAIN_EVENT);
            let policy_at = event_at.moved(Kind::DOMAIN_EVENT.spec().size.w + 20, 0);
            let policy_at = context.grid.free(policy_at, Kind::POLICY.spec().size, None);
            let fix = start("Insert the event and a policy")?;
            let fix = fix.sticky(Kind::DOMAIN_EVENT, event_at, event).sticky(Kind::POLICY, policy_at, policy);
            let fix = fix.link(old(edge.from), new(0)).link_with(new(0), new(1), edge.text.clone());
            Some(fix.link(new(1), old(edge.to)))
        }
        (Role::Command, Role::Policy | Role::ReadModel) => {
            let event = context.event_name(edge.from)?;
            let fix = start("Insert the event")?.sticky(Kind::DOMAIN_EVENT, place(Kind::DOMAIN_EVENT), event);
            Some(fix.link(old(edge.from), new(0)).link_with(new(0), old(edge.to), edge.text.clone()))
        }
        (Role::Policy | Role::Actor, Role::Event) => {
            let command = context.command_name(edge.to)?;
            let fix = start("Insert the command")?.sticky(Kind::COMMAND, place(Kind::COMMAND), command);
            Some(fix.link_with(old(edge.from), new(0), edge.text.clone()).link(new(0), old(edge.to)))
        }
        _ => None,
    }
}
