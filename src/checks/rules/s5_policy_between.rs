//! S5: between an event and the command it causes stands a policy.

use super::{Context, Found, O, Rule, W};
use crate::board::Kind;
use crate::checks::Fix;
use crate::checks::fix::End;
use crate::flow::{Edge, Relation};

pub(super) static RULE: Rule = Rule {
    code: "S5",
    title: "A policy stands between event and command",
    why: "An arrow from an event to a command hides a rule that nobody wrote down: always? at once? who decided that?",
    example: "\"Order Paid\" straight to \"Ship Order\"; \"Whenever an order is paid, ship it\" belongs between them.",
    exempt: "",
    fix: "Inserts \"Whenever <event>, <command>\".",
    severity: [O, W, W],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for edge in context.edges(Relation::ReactsWithoutPolicy) {
        let (from, to) = (context.name(edge.from), context.name(edge.to));
        let message = format!("{} leads to the command {to} without a policy between them.", Context::sentence(from));
        let elements = [edge.from, edge.to].into_iter().chain(edge.link()).collect();
        found.push(Found::new(message, elements).fix(fix(context, edge)));
    }
}

fn fix(context: &Context<'_>, edge: &Edge) -> Option<Fix> {
    let name = context.policy_name(context.flow.name(edge.from), context.flow.name(edge.to));
    let at = context.between(edge.from, edge.to, Kind::POLICY);
    let fix = super::without_link(context, Fix::new("Insert a policy"), edge)?;
    let fix = fix.sticky(Kind::POLICY, at, name);
    let fix = fix.link_with(End::Old(edge.from), End::New(0), edge.text.clone());
    Some(fix.link(End::New(0), End::Old(edge.to)))
}
