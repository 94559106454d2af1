//! S17: a cycle has a guard, or ends.

use super::{Context, Found, O, Rule, W};
use crate::board::parse_content;
use crate::flow::Cycle;

pub(super) static RULE: Rule = Rule {
    code: "S17",
    title: "A cycle has a guard, or ends",
    why: "Event, policy, command and event again run for ever if nothing stops them.",
    example: "\"Stock Low\" orders more, whose arrival finds stock low again; \"when stock < 10\" on the arrow stops it.",
    exempt: "A condition on an arrow, policy or command of the cycle; a command on it that may end otherwise.",
    fix: "Simulate it: a run shows the round trips.",
    severity: [O, W, W],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for cycle in &context.cycles {
        if cycle.has_exit || is_guarded(context, cycle) {
            continue;
        }
        let names: Vec<String> = cycle.round.iter().map(|it| context.name(*it)).collect();
        let shown = if names.len() > 6 {
            format!("{} …", names.get(..6).unwrap_or_default().join(" → "))
        } else {
            names.join(" → ")
        };
        let message = format!("{} comes back to itself, and nothing stops it.", Context::sentence(shown));
        found.push(Found::new(message, cycle.round.clone()));
    }
}

fn is_guarded(context: &Context<'_>, cycle: &Cycle) -> bool {
    cycle.members.iter().any(|member| {
        let arrows = context.flow.outgoing(*member);
        if arrows.iter().any(|it| cycle.members.contains(&it.definition) && !it.edge.text.trim().is_empty()) {
            return true;
        }
        let Some(sticky) = context.board.sticky(*member) else { return false };
        let content = parse_content(&sticky.text, sticky.kind.spec().rules, &|_| false);
        content.rules().any(|it| matches!(it.word.as_str(), "when" | "requires"))
            // The guard of a handler's outcome stands on the arrow from the handler.
            || context.flow.outcomes(*member).iter().any(|it| {
                cycle.members.contains(&it.event) && !it.edge.text.trim().is_empty()
            })
    })
}
