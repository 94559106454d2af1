//! S6: an event does not cause an event.

use super::{Context, E, Found, O, Rule, W};
use crate::board::Kind;
use crate::checks::Fix;
use crate::checks::fix::End;
use crate::flow::{Edge, Relation};

pub(super) static RULE: Rule = Rule {
    code: "S6",
    title: "An event does not cause an event",
    why: "Between two facts somebody decides or some rule acts; on a big picture the arrow is only order.",
    example: "\"Order Paid\" straight to \"Order Shipped\".",
    exempt: "Several events that lead to one together (\"all of these happened\").",
    fix: "Inserts a policy and a command.",
    severity: [O, W, E],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for edge in context.edges(Relation::Follows) {
        let joined = context.flow.edges_to(edge.to).iter().filter(|it| it.relation == Relation::Follows).count();
        if joined > 1 {
            continue;
        }
        let (from, to) = (Context::sentence(context.name(edge.from)), context.name(edge.to));
        let message = format!("{from} is drawn as the cause of the event {to}: which command lies between them?");
        let elements = [edge.from, edge.to].into_iter().chain(edge.link()).collect();
        found.push(Found::new(message, elements).fix(fix(context, edge)));
    }
}

fn fix(context: &Context<'_>, edge: &Edge) -> Option<Fix> {
    let command = context.command_name(edge.to)?;
    let policy = context.policy_name(context.flow.name(edge.from), &command);
    let (policy_at, size) = (context.between(edge.from, edge.to, Kind::POLICY), Kind::POLICY.spec().size);
    let command_at = policy_at.moved(size.w + 20, 0);
    let command_at = context.grid.free(command_at, Kind::COMMAND.spec().size, None);
    let fix = super::without_link(context, Fix::new("Insert a policy and a command"), edge)?;
    let fix = fix.sticky(Kind::POLICY, policy_at, policy).sticky(Kind::COMMAND, command_at, command);
    let fix = fix.link_with(End::Old(edge.from), End::New(0), edge.text.clone());
    Some(fix.link(End::New(0), End::New(1)).link(End::New(1), End::Old(edge.to)))
}
