//! Which command of a shared handler has which event: as many commands as events, row by row, are pairs; in an
//! aggregate frame an event belongs to the nearest command left of it in its row.

use std::collections::{BTreeMap, BTreeSet};

use super::{Guess, PITCH, Reading, gap_y, same_row};
use crate::board::Role;
use crate::flow::{Node, Relation};
use crate::kit::Id;

pub(super) const GUESS: Guess = Guess { read };

fn read(reading: &mut Reading<'_>) {
    let mut commands: BTreeMap<Id, Vec<&Node>> = BTreeMap::new();
    for command in reading.nodes().filter(|it| it.role == Role::Command) {
        let handlers: BTreeSet<Id> =
            reading.leaving(command.id).filter(|it| it.relation.handles()).map(|it| it.to).collect();
        for handler in handlers {
            commands.entry(handler).or_default().push(command);
        }
    }
    for (handler, mut commands) in commands.into_iter().filter(|it| it.1.len() > 1) {
        let produced = reading.leaving(handler).filter(|it| it.relation == Relation::Produces).map(|it| it.to);
        let ids: BTreeSet<Id> = produced.collect();
        let mut events: Vec<&Node> = ids.iter().filter_map(|it| reading.flow.node(*it)).collect();
        let results = |it: Id| reading.leaving(it).any(|it| it.relation == Relation::ResultsIn);
        if commands.iter().any(|it| results(it.id)) {
            continue;
        }
        let pairs = if reading.board.frame(handler).is_some() {
            in_frame(&commands, &events)
        } else {
            commands.sort_unstable_by_key(|it| (it.rect.center().y, it.rect.x, it.id));
            events.sort_unstable_by_key(|it| (it.rect.center().y, it.rect.x, it.id));
            let near = |(a, b): (&&Node, &&Node)| (a.rect.center().y - b.rect.center().y).abs() <= PITCH / 2;
            let fits = commands.len() == events.len() && commands.iter().zip(&events).all(near);
            if fits { commands.iter().copied().zip(events.iter().copied()).collect() } else { Vec::new() }
        };
        for (command, event) in pairs {
            reading.guess(command, event, Relation::ResultsIn, "stands in the row of");
        }
    }
}

fn in_frame<'a>(commands: &[&'a Node], events: &[&'a Node]) -> Vec<(&'a Node, &'a Node)> {
    let nearest = |event: &&'a Node| {
        let left = commands.iter().filter(|it| it.rect.center().x <= event.rect.x && gap_y(it, event) <= PITCH / 2);
        let distance = |it: &&&Node| (!same_row(it, event), event.rect.x - it.rect.right(), gap_y(it, event), it.id);
        left.min_by_key(distance).map(|it| (*it, *event))
    };
    events.iter().filter_map(nearest).collect()
}
