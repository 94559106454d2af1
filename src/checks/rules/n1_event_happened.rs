//! N1: an event says what happened.

use super::{Context, Found, I, Rule, W};
use crate::board::{Kind, Role};

pub(super) static RULE: Rule = Rule {
    code: "N1",
    title: "An event says what happened",
    why: "An event in the past tense is a fact that everybody can agree on; an imperative is a decision that may still \
          be refused.",
    example: "\"Place Order\" is a command; \"Order Placed\" is an event.",
    exempt: "Events named after passing time; languages without a word list.",
    fix: "Puts the verb into the past participle, or makes it a command.",
    severity: [I, W, W],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let Some(words) = context.words else { return };
    for event in context.all(Role::Event) {
        let name = context.words_of(event.id);
        let happened = name.iter().any(|it| words.is_participle(it));
        if name.is_empty() || happened || words.is_time(name) || name.iter().all(|it| !it.is_ascii()) {
            continue;
        }
        let message =
            format!("The event {} does not say what happened: no past participle in it.", context.name(event.id));
        let renamed = words.event_of(&event.name).and_then(|it| context.rename(event.id, &it));
        let is_imperative = renamed.is_some();
        let found_one = Found::new(message, vec![event.id]).fix(renamed);
        found.push(if is_imperative { found_one.fix(context.make(event, Kind::COMMAND)) } else { found_one });
    }
}
