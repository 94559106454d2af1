//! S20: a sticky stands alone.

use super::{Context, Found, I, O, Rule, W};
use crate::board::{Mark, Role};
use crate::checks::Fix;
use crate::flow::Node;

pub(super) static RULE: Rule = Rule {
    code: "S20",
    title: "A sticky stands alone",
    why: "What nothing leads to and nothing follows from plays no part; it was forgotten, or it is a remark.",
    example: "An actor beside the board with no arrow.",
    exempt: "Notes and other remarks; what is marked as parked; what lies in an aggregate frame or is placed elsewhere too.",
    fix: "Parks it.",
    severity: [O, I, W],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for it in context.flow.definitions().values().filter(|it| it.role.flows()) {
        let holds = |frame| context.flow.nodes().any(|it: &Node| it.aggregate == Some(frame));
        let is_frame = it.role == Role::Aggregate && context.board.frame(it.id).is_some();
        if !context.is_alone(it) || context.is(it, Mark::Parked) || (is_frame && holds(it.id)) {
            continue;
        }
        let message = format!("{} stands alone.", Context::sentence(context.name(it.id)));
        let park = Fix::new("Park it").mark(context.board, it.id, Mark::Parked);
        found.push(Found::new(message, vec![it.id]).fix(Some(park)));
    }
}
