//! A read model shows the events left of it that speak of the same thing: "Open Orders" shows "Order Placed".

use std::collections::BTreeMap;

use super::{Guess, Reading};
use crate::board::Role;
use crate::flow::{Node, Relation};
use crate::kit::words;

/// The most events that one read model is guessed to show: the nearest.
const MOST: usize = 12;
/// Words that name the form of a read model and not what it shows.
const FORMS: &[&str] = &[
    "view",
    "list",
    "overview",
    "details",
    "detail",
    "dashboard",
    "report",
    "history",
    "status",
    "table",
    "summary",
    "calendar",
    "catalogue",
    "catalog",
    "sheet",
    "board",
    "screen",
    "page",
    "of",
    "the",
    "a",
    "all",
    "for",
];

pub(super) const GUESS: Guess = Guess { read };

fn read(reading: &mut Reading<'_>) {
    let mut by_noun: BTreeMap<String, Vec<&Node>> = BTreeMap::new();
    for event in reading.nodes().filter(|it| it.role == Role::Event) {
        let mut nouns: Vec<String> = words(reading.flow.name(event.id)).iter().map(|it| singular(it)).collect();
        nouns.sort_unstable();
        nouns.dedup();
        for noun in nouns {
            by_noun.entry(noun).or_default().push(event);
        }
    }
    for events in by_noun.values_mut() {
        events.sort_unstable_by_key(|it| (it.rect.x, it.rect.y, it.id));
    }
    for model in reading.nodes().filter(|it| it.role == Role::ReadModel) {
        // What feeds it may be drawn at any of its placements.
        if reading.flow.incoming(model.definition).iter().any(|it| it.edge.relation == Relation::Feeds) {
            continue;
        }
        let Some(noun) = noun(reading.flow.name(model.id)) else { continue };
        let Some(events) = by_noun.get(&noun) else { continue };
        let left = events.partition_point(|it| it.rect.x < model.rect.x);
        let left = events.get(..left).unwrap_or_default();
        let mut fed = std::collections::BTreeSet::new();
        for event in left.iter().rev().filter(|it| it.context == model.context) {
            if fed.len() == MOST {
                break;
            }
            if fed.insert(event.definition) {
                reading.guess(event, model, Relation::Feeds, &format!("speaks of the same thing ({noun}) as"));
            }
        }
    }
}

/// What a read model shows: the last of its words that does not name its form.
fn noun(name: &str) -> Option<String> {
    words(name).iter().rev().find(|it| !FORMS.contains(&it.as_str())).map(|it| singular(it))
}

fn singular(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 1 => format!("{stem}y"),
        _ if word.ends_with("ss") => word.to_owned(),
        _ => word.strip_suffix('s').filter(|it| it.len() > 1).unwrap_or(word).to_owned(),
    }
}
