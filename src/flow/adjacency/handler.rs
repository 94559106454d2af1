//! A command is handled by the nearest aggregate or external system right of it, in its row or one pitch off;
//! commands of one column share it.

use std::collections::BTreeMap;

use super::{Guess, PITCH, Reading, gap_y, same_row};
use crate::board::Role;
use crate::flow::{Node, Relation};
use crate::kit::{Id, Rect};

/// How much the left edges of one column may differ.
const COLUMN: i32 = 50;

pub(super) const GUESS: Guess = Guess { read };

fn read(reading: &mut Reading<'_>) {
    let answered = |it: Relation| it.handles() || it == Relation::ResultsIn;
    let commands = reading.nodes().filter(|it| it.role == Role::Command);
    let mut open: Vec<&Node> = commands.filter(|it| !reading.leaving(it.id).any(|it| answered(it.relation))).collect();
    open.sort_unstable_by_key(|it| (it.rect.y, it.rect.x, it.id));
    let mut found: BTreeMap<Id, &Node> = BTreeMap::new();
    let mut alone: Vec<&Node> = Vec::new();
    for command in &open {
        match nearest(reading, command) {
            Some(handler) => drop(found.insert(command.id, handler)),
            None if reading.right_of(command, 0).iter().any(|it| same_row(it, command)) => {}
            None => alone.push(command),
        }
    }
    for command in &open {
        if let Some(handler) = found.get(&command.id) {
            let why = if same_row(command, handler) { "stands left of" } else { "stands left of, one row off," };
            reading.guess(command, handler, means(handler), why);
        }
    }
    // Downwards and upwards along columns: what finds nothing in its own row shares what its neighbour found.
    for turn in [false, true] {
        let mut order = alone.clone();
        if turn {
            order.reverse();
        }
        for command in order {
            if found.contains_key(&command.id) {
                continue;
            }
            let rect = command.rect;
            let column = Rect { x: rect.x - COLUMN, y: rect.y - PITCH / 2, w: rect.w + COLUMN, h: rect.h + PITCH };
            let beside = |it: &&Node| it.id != command.id && (it.rect.x - rect.x).abs() <= COLUMN;
            let neighbours = reading.within(column).into_iter().filter(beside);
            let shared = neighbours.filter_map(|it| found.get(&it.id)).next().copied();
            if let Some(handler) = shared
                && reading.guess(command, handler, means(handler), "stands in the column of commands left of")
            {
                found.insert(command.id, handler);
            }
        }
    }
}

fn means(handler: &Node) -> Relation {
    if handler.role == Role::External { Relation::SentTo } else { Relation::InvokedOn }
}

fn nearest<'a>(reading: &Reading<'a>, command: &Node) -> Option<&'a Node> {
    let right = reading.right_of(command, PITCH);
    let handlers = right.iter().filter(|it| matches!(it.role, Role::Aggregate | Role::External));
    let open = handlers.filter(|it| reading.is_open(command.id, it.id));
    let nearest = open.min_by_key(|it| (gap_y(command, it).max(0), it.rect.x, it.id))?;
    let between = |it: &&&Node| {
        let steps = matches!(it.role, Role::Event | Role::Policy | Role::Command);
        steps && same_row(it, command) && it.rect.x < nearest.rect.x
    };
    right.iter().find(between).is_none().then_some(*nearest)
}
