//! S21: hotspots are open, or there is none.

use super::{Context, Found, I, Rule, W};
use crate::board::{Mark, Role};
use crate::checks::Fix;

pub(super) static RULE: Rule = Rule {
    code: "S21",
    title: "A hotspot is open",
    why: "A question that nobody owns is asked again in production. A board with no question at all was not discussed.",
    example: "\"What if the restaurant closes?\" without an answer.",
    exempt: "Hotspots marked as closed.",
    fix: "Marks it as answered.",
    severity: [I, I, W],
    check,
};

/// From how many events a board without any hotspot is worth a remark.
const MANY: usize = 12;

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let mut any = false;
    for hotspot in context.all(Role::Hotspot) {
        any = true;
        if !context.is(hotspot, Mark::Closed) {
            let message =
                Context::sentence(format!("{} is open. Who answers it, and by when?", context.name(hotspot.id)));
            let fix = Fix::new("It is answered").mark(context.board, hotspot.id, Mark::Closed);
            found.push(Found::new(message, vec![hotspot.id]).fix(Some(fix)));
        }
    }
    let events = context.all(Role::Event).count();
    if !any && events >= MANY {
        let message = format!("{events} events and not one hotspot: was nothing unclear?");
        found.push(Found { mild: true, ..Found::new(message, Vec::new()) });
    }
}
