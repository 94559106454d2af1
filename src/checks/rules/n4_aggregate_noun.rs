//! N4: an aggregate is a singular noun of the business.

use super::{Context, Found, O, Rule, W};
use crate::board::Role;

pub(super) static RULE: Rule = Rule {
    code: "N4",
    title: "An aggregate is a noun of the business",
    why: "One instance of an aggregate is one thing that the business knows. Service, manager or data name software, a \
          plural names a list.",
    example: "\"Order Manager\" and \"Orders\"; \"Order\" is what the experts say.",
    exempt: "Languages without a word list.",
    fix: "Takes the suffix off, or writes the singular.",
    severity: [O, O, W],
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let Some(words) = context.words else { return };
    for aggregate in context.all(Role::Aggregate) {
        let Some(last) = context.words_of(aggregate.id).last() else { continue };
        let parts: Vec<&str> = aggregate.name.split_whitespace().collect();
        let Some((tail, head)) = parts.split_last() else { continue };
        let name = context.name(aggregate.id);
        if words.suffixes.contains(&last.as_str()) {
            let message = format!("The aggregate {name} is named like software; what is the thing itself called?");
            let fix = (!head.is_empty()).then(|| head.join(" ")).and_then(|it| context.rename(aggregate.id, &it));
            found.push(Found::new(message, vec![aggregate.id]).fix(fix));
        } else if let Some(singular) = words.singular(tail) {
            let message = format!("The aggregate {name} is a plural; one instance is one thing.");
            let new: Vec<&str> = head.iter().copied().chain([singular.as_str()]).collect();
            found.push(Found::new(message, vec![aggregate.id]).fix(context.rename(aggregate.id, &new.join(" "))));
        }
    }
}
