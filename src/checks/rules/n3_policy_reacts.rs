//! N3: a policy is a sentence of reaction.

use super::{Context, Found, I, O, Rule, W};
use crate::board::Role;

pub(super) static RULE: Rule = Rule {
    code: "N3",
    title: "A policy says when it reacts",
    why: "\"Whenever this, then that\" shows the rule and invites the question: always?",
    example: "\"Charging\" hides the rule; \"Whenever an order is placed, charge the customer\" shows it.",
    exempt: "Names that end in policy, rule or process; languages without a word list.",
    fix: "Writes \"Whenever <events>, <commands>\" from its arrows.",
    severity: [O, I, W],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let Some(words) = context.words else { return };
    for policy in context.all(Role::Policy) {
        let name = context.words_of(policy.id);
        let reacts = name.iter().any(|it| words.policy_words.contains(&it.as_str()));
        let ends = name.last().is_some_and(|it| words.policy_ends.contains(&it.as_str()));
        if name.is_empty() || reacts || ends {
            continue;
        }
        let message = format!("The policy {} does not say when it reacts.", context.name(policy.id));
        let names = |ways: Vec<crate::flow::Way<'_>>, join: &str| {
            let names: Vec<&str> = ways.iter().map(|it| context.flow.name(it.definition)).collect();
            names.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(join)
        };
        let events = names(context.flow.triggers(policy.id), " or ");
        let commands = names(context.flow.reactions(policy.id), " and ");
        let sentence = (!events.is_empty() && !commands.is_empty()).then(|| context.policy_name(&events, &commands));
        let fix = sentence.and_then(|it| context.rename(policy.id, &it));
        found.push(Found::new(message, vec![policy.id]).fix(fix));
    }
}
