//! M2: two contexts go separate ways, and yet something crosses.

use super::{Context, Found, I, Rule, W};
use crate::board::Pattern;
use crate::checks::Fix;

pub(super) static RULE: Rule = Rule {
    code: "M2",
    title: "Separate ways, and yet something crosses",
    why: "Separate ways means that the two are not integrated, on purpose. A message that crosses all the same is a \
          dependency that nobody agreed to.",
    example: "Ordering and Payroll go separate ways, but a policy of Payroll listens to \"Order Placed\".",
    exempt: "",
    fix: "Takes \"Separate ways\" off the relationship.",
    severity: [I, W, W],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    if !context.board.relationships().values().any(|it| it.patterns.contains(&Pattern::SeparateWays)) {
        return;
    }
    for relation in context.flow.context_map(context.board).relations {
        let said = relation.relationship.and_then(|id| context.board.relationships().get(&id));
        let Some(said) = said.filter(|it| it.patterns.contains(&Pattern::SeparateWays)) else { continue };
        let Some(first) = relation.crossings.first() else { continue };
        let more = match relation.crossings.len() {
            1 => String::new(),
            count => format!(" and {} more", count - 1),
        };
        let message = format!(
            "{} and {} go separate ways, and yet {}{more} crosses.",
            Context::sentence(context.frame(said.from)),
            context.frame(said.to),
            context.name(first.message),
        );
        let elements = first.by.iter().copied().chain([said.from, said.to, said.id]).collect();
        let off = crate::board::Field::Pattern(Pattern::SeparateWays, false);
        let fix = Fix::new("They are integrated").set(context.board, said.id, off);
        found.push(Found::new(message, elements).fix(Some(fix)));
    }
}
