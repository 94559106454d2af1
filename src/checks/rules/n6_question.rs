//! N6: a question is a hotspot.

use super::{Context, Found, I, Rule, W};
use crate::board::Kind;

pub(super) static RULE: Rule = Rule {
    code: "N6",
    title: "A question is a hotspot",
    why: "A question on an event or command looks settled. As a hotspot it is seen, counted and answered.",
    example: "An event \"Order cancelled after dispatch?\".",
    exempt: "Notes, terms and other remarks; first words only where the language has a word list.",
    fix: "Makes it a hotspot.",
    severity: [I, W, W],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for it in context.flow.definitions().values().filter(|it| it.role.flows()) {
        let ends = it.name.trim_end().ends_with(['?', '？', '؟']);
        let first = context.words_of(it.id).first();
        let opens = context.words.zip(first).is_some_and(|(words, first)| words.questions.contains(&first.as_str()));
        if ends || opens {
            let message = format!("{} is a question.", Context::sentence(context.name(it.id)));
            found.push(Found::new(message, vec![it.id]).fix(context.make(it, Kind::HOTSPOT)));
        }
    }
}
