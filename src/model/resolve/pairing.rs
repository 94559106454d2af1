//! Which events follow which command, where several of both share one sticky of an aggregate or external system and
//! no arrow says so.
//!
//! A name says it first: "Order Cancelled" follows "Cancel Order". An event whose name says nothing follows the
//! command of its row; one that stands in no row may follow any of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::flow::{Edge, Flow, Relation};
use crate::kit::{Id, words};
use crate::model::Assumption;

/// Two stickies stand in one row if their middles are at most this far apart: half the pitch of rows on a wall.
const ROW: i32 = 60;

/// Participles that do not begin like their verb.
const IRREGULAR: &[(&str, &str)] = &[
    ("bring", "brought"),
    ("buy", "bought"),
    ("find", "found"),
    ("get", "got"),
    ("give", "given"),
    ("go", "gone"),
    ("hold", "held"),
    ("make", "made"),
    ("sell", "sold"),
    ("see", "seen"),
    ("tell", "told"),
    ("win", "won"),
];

/// Takes from each command the outcomes that belong to its neighbours.
pub(super) fn pair(flow: &Flow, outcomes: &mut BTreeMap<Id, Vec<(Id, Edge)>>, assumptions: &mut Vec<Assumption>) {
    // Handler placement -> the commands there and their placements, and the events that come from it.
    let mut commands: BTreeMap<Id, BTreeMap<Id, Id>> = BTreeMap::new();
    let mut events: BTreeMap<Id, BTreeMap<Id, Id>> = BTreeMap::new();
    for (command, list) in outcomes.iter() {
        for (event, edge) in list.iter().filter(|(_, edge)| edge.relation == Relation::Produces) {
            let _ = events.entry(edge.from).or_default().insert(*event, edge.to);
            let own = flow.outgoing(*command).into_iter().find(|it| it.edge.to == edge.from).map(|it| it.edge.from);
            let _ = commands.entry(edge.from).or_default().insert(*command, own.unwrap_or(*command));
        }
    }
    for (handler, commands) in commands {
        let Some(events) = events.get(&handler).filter(|it| it.len() > 1 && commands.len() > 1) else { continue };
        for (event, place) in events {
            let takers = takers(flow, &commands, *event, *place);
            for command in commands.keys().filter(|it| !takers.contains(it)) {
                if let Some(list) = outcomes.get_mut(command) {
                    list.retain(|(it, edge)| it != event || edge.from != handler);
                }
            }
        }
        let name = flow.name(handler);
        let text = format!(
            "which events follow which command of {} was read from their names and rows; an arrow from the command to \
             the event says it outright",
            if name.is_empty() { "the aggregate without a name" } else { name }
        );
        assumptions.push(Assumption { on: handler, text });
    }
}

/// The commands that an event may follow.
fn takers(flow: &Flow, commands: &BTreeMap<Id, Id>, event: Id, place: Id) -> BTreeSet<Id> {
    let said = words(flow.name(event));
    let mut best: (usize, BTreeSet<Id>) = (0, BTreeSet::new());
    for command in commands.keys() {
        let score = score(&words(flow.name(*command)), &said);
        if score > best.0 {
            best = (score, BTreeSet::new());
        }
        if score == best.0 && score > 0 {
            let _ = best.1.insert(*command);
        }
    }
    if !best.1.is_empty() {
        return best.1;
    }
    let middle = |id: Id| flow.node(id).map_or(0, |it| it.rect.center().y);
    let distance = |it: Id| (middle(it) - middle(place)).abs();
    let nearest = commands.values().map(|it| distance(*it)).min().unwrap_or(i32::MAX);
    if nearest <= ROW {
        let row = commands.iter().filter(|(_, it)| distance(**it) == nearest);
        return row.map(|(command, _)| *command).collect();
    }
    commands.keys().copied().collect()
}

/// How much of the event's name the command's says, in thousandths; 0 if the verb is not in it.
fn score(command: &[String], event: &[String]) -> usize {
    let Some((verb, rest)) = command.split_first() else { return 0 };
    if !event.iter().any(|it| is_participle(verb, it)) {
        return 0;
    }
    let shared = rest.iter().filter(|it| event.contains(it)).count();
    2_000 * (1 + shared) / (command.len() + event.len())
}

fn is_participle(verb: &str, word: &str) -> bool {
    if IRREGULAR.contains(&(verb, word)) {
        return true;
    }
    let shared = verb.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    let length = verb.chars().count();
    shared >= length.saturating_sub(1).max(3) || (length <= 4 && shared >= 2 && shared + 2 >= length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_belong_together() {
        let of = |text: &str| words(text);
        for (command, event) in [
            ("Place Order", "Order Placed"),
            ("Cancel Order", "Order Cancelled"),
            ("Pay Order", "Order Paid"),
            ("Check Out Book", "Book Checked Out"),
            ("Send Mail", "Mail Sent"),
            ("Make Offer", "Offer Made"),
            ("Prepare Meal", "Meal Prepared"),
            ("Deliver", "Order Delivered"),
        ] {
            assert!(score(&of(command), &of(event)) > 0, "{command}");
        }
        for (command, event) in [
            ("Reject Order", "Order Registered"),
            ("Place Order", "Order Paid"),
            ("Accept Order", "Order Assigned"),
            ("", "Order"),
        ] {
            assert_eq!(score(&of(command), &of(event)), 0, "{command}");
        }
        let attendee = of("Meeting Attendee Added");
        assert!(score(&of("Add Meeting Attendee"), &attendee) > score(&of("Add Meeting Not Attendee"), &attendee));
    }
}
