//! M1: what was said of two contexts is said of one that is gone.

use super::{Context, Found, I, Rule, W};
use crate::checks::Fix;

pub(super) static RULE: Rule = Rule {
    code: "M1",
    title: "A relationship of a context that is gone",
    why: "A pattern on the context map says how two teams work together. Where one of the contexts was deleted, or is \
          no bounded context any more, nobody knows what it still says.",
    example: "\"Customer/supplier\" between Ordering and a context whose frame was deleted.",
    exempt: "",
    fix: "Takes the relationship off.",
    severity: [I, W, W],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for id in context.flow.context_map(context.board).lost {
        let Some(it) = context.board.relationships().get(&id) else { continue };
        let there: Vec<_> = [it.from, it.to].into_iter().filter(|it| context.is_context(*it)).collect();
        let patterns: Vec<&str> = it.patterns.iter().map(|it| it.name()).collect();
        let what = if patterns.is_empty() { "A relationship".to_owned() } else { patterns.join(", ") };
        let message = match there.first() {
            Some(left) => format!("{what}: {} is there, the context at the other end is gone.", context.frame(*left)),
            None => format!("{what}: neither of the two contexts is there any more."),
        };
        let elements = there.into_iter().chain([id]).collect();
        let fix = Fix::new("Take the relationship off").remove(context.board, id);
        found.push(Found::new(message, elements).fix(Some(fix)));
    }
}
