//! N2: a command starts with a verb in base form.

use super::{Context, Found, O, Rule, W};
use crate::board::{Kind, Role};
use crate::checks::words::Words;

pub(super) static RULE: Rule = Rule {
    code: "N2",
    title: "A command starts with a verb",
    why: "A command is a decision: somebody asks for something to be done. Its name is the imperative that they would use.",
    example: "\"Order Placed\" is an event and \"Payment\" a noun; \"Place Order\" is a command.",
    exempt: "Names between systems (one word with capitals inside, or with a dot, dash or underscore); words that no list \
             knows; languages without a word list.",
    fix: "Names it after the event that it results in, or makes it an event.",
    severity: [O, W, W],
    check,
};

/// Endings of nouns that no verb has.
const NOUN_ENDINGS: &[&str] = &["tion", "sion", "ment", "ness", "ity", "ance", "ence", "ing", "ship", "age", "al"];

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let Some(words) = context.words else { return };
    for command in context.all(Role::Command) {
        let name = context.words_of(command.id);
        let Some(first) = name.first() else { continue };
        let technical = |it: &str| {
            !it.contains(char::is_whitespace)
                && (it.contains(['.', '_', '-', '/']) || it.chars().skip(1).any(char::is_uppercase))
        };
        // "Re-send" is read as two words.
        let known =
            |it: &str| words.is_verb(it) || it == "re" || it.strip_prefix("re").is_some_and(|it| words.is_verb(it));
        let happened = is_outcome(words, name);
        if technical(&command.name) || (known(first) && !happened) {
            continue;
        }
        let is_noun = NOUN_ENDINGS.iter().any(|it| first.len() > it.len() + 2 && first.ends_with(it));
        let verb_later = name.iter().skip(1).any(|it| known(it) || words.is_participle(it));
        if !happened && !is_noun && !verb_later {
            continue;
        }
        let message = format!("The command {} does not start with a verb in base form.", context.name(command.id));
        let outcomes = context.flow.outcomes(command.id);
        let from_event = outcomes.first().filter(|_| outcomes.len() == 1).and_then(|it| context.command_name(it.event));
        let renamed = from_event.or_else(|| words.command_of(&command.name));
        let found_one =
            Found::new(message, vec![command.id]).fix(renamed.and_then(|it| context.rename(command.id, &it)));
        found.push(if happened { found_one.fix(context.make(command, Kind::DOMAIN_EVENT)) } else { found_one });
    }
}

/// Whether the name ends in what happened, as "Order Placed" does; not "Mark Order As Paid", not "Place Bid".
fn is_outcome(words: &Words, name: &[String]) -> bool {
    let [first, .., before, last] = name else {
        let [_, last] = name else { return false };
        return words.is_participle(last) && !words.is_verb(last);
    };
    let sets_a_state = ["mark", "set", "keep", "make", "declare", "report", "have", "get"].contains(&first.as_str());
    words.is_participle(last) && !words.is_verb(last) && before != "as" && !sets_a_state
}
