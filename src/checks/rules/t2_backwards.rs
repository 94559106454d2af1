//! T2: an arrow that runs backwards is a loop or a mistake.

use super::t1_effects_right::{closes_loop, runs_backwards};
use super::{Context, Found, I, O, Rule, W};

pub(super) static RULE: Rule = Rule {
    code: "T2",
    title: "An arrow runs backwards",
    why: "An arrow against time closes a loop, or it is a mistake: worth a look either way.",
    example: "\"Order Rejected\" back to the policy that places it again.",
    exempt: "A new row further down, or another context, may begin left.",
    fix: "",
    severity: [O, I, W],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for edge in context.flow.edges().filter(|it| runs_backwards(context, it) && closes_loop(context, it)) {
        let (from, to) = (Context::sentence(context.name(edge.from)), context.name(edge.to));
        let message = format!("{from} leads back to {to} on its left: a loop, is it meant?");
        let elements = [edge.from, edge.to].into_iter().chain(edge.link()).collect();
        found.push(Found::new(message, elements));
    }
}
