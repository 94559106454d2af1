//! N5: an actor is a role.

use super::{Context, Found, I, O, Rule};
use crate::board::{Kind, Role};

pub(super) static RULE: Rule = Rule {
    code: "N5",
    title: "An actor is a role",
    why: "The small yellow note is somebody who decides. A system is pink, an action is a command.",
    example: "\"Billing System\" and \"Approve the claim\"; \"Claims Adjuster\" is a role.",
    exempt: "Languages without a word list.",
    fix: "Makes it an external system, or a command.",
    severity: [O, I, I],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let Some(words) = context.words else { return };
    for actor in context.all(Role::Actor) {
        let name = context.words_of(actor.id);
        let system = name.last().is_some_and(|it| words.systems.contains(&it.as_str()));
        let action = matches!(name, [first, second, ..]
            if words.is_verb(first) && words.determiners.contains(&second.as_str()));
        let (what, kind) = match (system, action) {
            (true, _) => ("a system", Kind::EXTERNAL_SYSTEM),
            (false, true) => ("an action", Kind::COMMAND),
            (false, false) => continue,
        };
        let message = format!("The actor {} reads as {what}, not as the role of a person.", context.name(actor.id));
        found.push(Found::new(message, vec![actor.id]).fix(context.make(actor, kind)));
    }
}
