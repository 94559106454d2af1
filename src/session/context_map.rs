//! The context map of a board, in words for pictures and panels.

use crate::board::{Board, Kind, PatternSide};
use crate::flow::{ContextMap, CrossingKind, Flow, Options};
use crate::kit::counted;
use crate::scene::{MapContext, MapLine, MapMessage, MapPlan};

/// Reads the context map of a board. Where ghost links count on the board they count here.
pub fn context_map(board: &Board) -> ContextMap {
    Flow::read(board, Options { ghosts: true }).context_map(board)
}

/// What is to be drawn of a context map.
pub fn map_plan(board: &Board, map: &ContextMap) -> MapPlan {
    let contexts = map.contexts.iter().map(|it| {
        let mut lines = Vec::new();
        if !it.aggregates.is_empty() {
            lines.push(it.aggregates.join(", "));
        }
        lines.push(format!("{}, {}", counted_or_no(it.events, "event"), counted_or_no(it.commands, "command")));
        MapContext { id: it.id, name: it.name.clone(), lines, at: board.frame(it.id).and_then(|it| it.map) }
    });
    let lines = map.relations.iter().map(|it| {
        let said = it.relationship.and_then(|id| board.relationships().get(&id));
        let patterns: Vec<_> = said.map(|it| it.patterns.iter().copied().collect()).unwrap_or_default();
        let mut signs = (Vec::new(), Vec::new());
        // Without a direction what is said of one side stands at both ends in words.
        let first_is_up = it.upstream != Some(it.ends.1);
        for pattern in &patterns {
            let (up, down) = pattern.signs();
            let (first, second) = if first_is_up { (up, down) } else { (down, up) };
            if it.upstream.is_some() || pattern.is_mutual() {
                signs.0.extend(Some(first.to_owned()).filter(|it| !it.is_empty()));
                signs.1.extend(Some(second.to_owned()).filter(|it| !it.is_empty()));
            }
        }
        let in_words = |it: &crate::board::Pattern, directed: bool| it.side() == PatternSide::Both || !directed;
        let captions =
            patterns.iter().filter(|p| in_words(p, it.upstream.is_some())).map(|it| it.name().to_owned()).collect();
        let messages = it.crossings.iter().map(|it| {
            let kind = match it.kind {
                CrossingKind::Event => Kind::DOMAIN_EVENT,
                CrossingKind::Command => Kind::COMMAND,
                CrossingKind::Query => Kind::READ_MODEL,
            };
            MapMessage { name: board.name(it.message), color: kind.spec().color, to: it.to }
        });
        let apart = patterns.contains(&crate::board::Pattern::SeparateWays);
        MapLine { ends: it.ends, upstream: it.upstream, signs, captions, messages: messages.collect(), apart }
    });
    MapPlan { contexts: contexts.collect(), lines: lines.collect() }
}

fn counted_or_no(count: usize, noun: &str) -> String {
    if count == 0 { format!("no {noun}s") } else { counted(count, noun) }
}
