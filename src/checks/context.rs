//! What a rule is given, and how it reports.

use std::collections::BTreeMap;

use super::Fix;
use super::grid::Grid;
use super::words::{self, Words};
use crate::board::{Board, FrameKind, Kind, Level, Mark, Role};
use crate::flow::{Cycle, Definition, Edge, Flow, Relation, article};
use crate::kit::{Id, Point};

/// A board and all that rules ask of it.
pub(super) struct Context<'a> {
    pub(super) board: &'a Board,
    pub(super) flow: &'a Flow,
    pub(super) level: Level,
    /// `None` where the board's language has no word list.
    pub(super) words: Option<&'static Words>,
    pub(super) grid: Grid<'a>,
    /// The cycles of reactions.
    pub(super) cycles: Vec<Cycle>,
    /// The lower-case words of each definition's name.
    names: BTreeMap<Id, Vec<String>>,
    /// Where a definition lies in `cycles`.
    cycle_of: BTreeMap<Id, usize>,
}

/// What a rule found, before severity and waivers.
pub(super) struct Found {
    pub(super) message: String,
    pub(super) elements: Vec<Id>,
    pub(super) fixes: Vec<Fix>,
    /// A milder severity than the rule's own: a hint at any level.
    pub(super) mild: bool,
}

impl Found {
    pub(super) fn new(message: String, elements: Vec<Id>) -> Self {
        Self { message, elements, fixes: Vec::new(), mild: false }
    }

    /// With a fix, if it changes anything.
    pub(super) fn fix(mut self, fix: Option<Fix>) -> Self {
        self.fixes.extend(fix.filter(Fix::is_some));
        self
    }
}

impl<'a> Context<'a> {
    pub(super) fn new(board: &'a Board, flow: &'a Flow, level: Level) -> Self {
        let names = flow.definitions().values().map(|it| (it.id, crate::kit::words(&it.name))).collect();
        let words = words::of_language(&board.settings().language);
        let cycles = flow.cycles();
        let members = cycles.iter().enumerate().flat_map(|(at, it)| it.members.iter().map(move |it| (*it, at)));
        let cycle_of = members.collect();
        Self { board, flow, level, words, grid: Grid::new(board), cycles, names, cycle_of }
    }

    /// The definitions of a role, by id.
    pub(super) fn all(&self, role: Role) -> impl Iterator<Item = &'a Definition> + use<'a> {
        self.flow.with_role(role)
    }

    /// The lower-case words of a definition's name.
    pub(super) fn words_of(&self, definition: Id) -> &[String] {
        self.names.get(&definition).map(Vec::as_slice).unwrap_or_default()
    }

    /// Which of the cycles the definition of a placement is part of.
    pub(super) fn cycle_of(&self, placement: Id) -> Option<usize> {
        self.cycle_of.get(&self.flow.definition_of(placement)).copied()
    }

    /// The name in quotes, or the role with its article where nothing was written.
    pub(super) fn name(&self, id: Id) -> String {
        match self.flow.definition(id) {
            Some(it) if !it.name.is_empty() => format!("\"{}\"", clip(&it.name)),
            Some(it) => format!("{} without a name", article(it.role)),
            None => self.frame(id),
        }
    }

    /// The name of a frame in quotes.
    pub(super) fn frame(&self, id: Id) -> String {
        match (self.board.name(id), self.board.frame(id)) {
            (name, Some(frame)) if name.is_empty() => format!("a {} without a name", frame.kind.name().to_lowercase()),
            (name, _) => format!("\"{}\"", clip(&name)),
        }
    }

    /// Whether a bounded context has that id.
    pub(super) fn is_context(&self, id: Id) -> bool {
        self.board.frame(id).is_some_and(|it| it.kind == FrameKind::BoundedContext)
    }

    /// The sentence with a capital, as names in it may open with an article.
    pub(super) fn sentence(text: String) -> String {
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
    }

    /// Whether some placement of the definition was marked so.
    pub(super) fn is(&self, definition: &Definition, mark: Mark) -> bool {
        let sticky = |it: &Id| self.board.sticky(*it).is_some_and(|it| it.has(mark));
        let frame = |it: &Id| self.board.frame(*it).is_some_and(|it| it.has(mark));
        definition.placements.iter().any(|it| sticky(it) || frame(it))
    }

    /// Whether nothing leads to or from any placement of the definition.
    pub(super) fn is_alone(&self, definition: &Definition) -> bool {
        let bare = |it: &Id| self.flow.edges_from(*it).is_empty() && self.flow.edges_to(*it).is_empty();
        definition.placements.iter().all(bare)
    }

    /// The arrows with a relation, in the flow's order.
    pub(super) fn edges(&self, relation: Relation) -> impl Iterator<Item = &'a Edge> + use<'a> {
        self.flow.edges().filter(move |it| it.relation == relation)
    }

    /// A fix that renames a definition: what is below its name stays.
    pub(super) fn rename(&self, definition: Id, name: &str) -> Option<Fix> {
        let (text, old) = (self.board.text(definition), self.board.name(definition));
        let edits = crate::board::set_text(self.board, definition, &renamed(text, &old, name));
        let fix = Fix::new(format!("Rename to \"{}\"", clip(name)));
        (!edits.is_empty()).then(|| edits.into_iter().fold(fix, Fix::edit))
    }

    /// A fix that makes every placement of a definition a sticky of another kind.
    pub(super) fn make(&self, definition: &Definition, kind: Kind) -> Option<Fix> {
        let fix = Fix::new(format!("Make it {}", article_of(kind)));
        let set = |fix: Fix, id: &Id| fix.set(self.board, *id, crate::board::Field::Kind(kind));
        Some(definition.placements.iter().fold(fix, set)).filter(Fix::is_some)
    }

    /// A free place right of one sticky and left of another if they leave room for a new one of that kind, else below.
    pub(super) fn between(&self, from: Id, to: Id, kind: Kind) -> Point {
        let (Some(a), Some(b)) = (self.flow.node(from), self.flow.node(to)) else { return Point::default() };
        let size = kind.spec().size;
        let room = b.rect.x - a.rect.right();
        let at = match room >= size.w + 20 {
            true => Point::new(a.rect.right() + (room - size.w) / 2, a.rect.y),
            false => Point::new(a.rect.x + 20, a.rect.bottom().max(b.rect.bottom()) + 20),
        };
        self.grid.free(at, size, None)
    }

    /// A free place right of a sticky.
    pub(super) fn right_of(&self, of: Id, kind: Kind) -> Point {
        let at = self.flow.node(of).map_or(Point::default(), |it| Point::new(it.rect.right() + 60, it.rect.y));
        self.grid.free(at, kind.spec().size, None)
    }

    /// A free place left of a sticky.
    pub(super) fn left_of(&self, of: Id, kind: Kind) -> Point {
        let size = kind.spec().size;
        let at = self.flow.node(of).map_or(Point::default(), |it| Point::new(it.rect.x - 60 - size.w, it.rect.y));
        self.grid.free(at, size, None)
    }

    /// A free place below a sticky.
    pub(super) fn below(&self, of: Id, kind: Kind) -> Point {
        let at = self.flow.node(of).map_or(Point::default(), |it| Point::new(it.rect.x, it.rect.bottom() + 20));
        self.grid.free(at, kind.spec().size, None)
    }

    /// The name of the command that an event is the outcome of, where the language is known.
    pub(super) fn command_name(&self, event: Id) -> Option<String> {
        self.words?.command_of(&self.flow.definition(event)?.name)
    }

    /// The name of the event that is a command's outcome, where the language is known.
    pub(super) fn event_name(&self, command: Id) -> Option<String> {
        self.words?.event_of(&self.flow.definition(command)?.name)
    }

    /// "Whenever Order Placed, Charge Customer", or only the names in an unknown language.
    pub(super) fn policy_name(&self, event: &str, command: &str) -> String {
        match self.words {
            Some(_) => format!("Whenever {event}, {command}"),
            None => format!("{event} → {command}"),
        }
    }
}

/// The text with another name: the lines of the old name become the new one.
fn renamed(text: &str, old: &str, new: &str) -> String {
    let mut rest = text;
    let mut left: usize = old.split_whitespace().count();
    while left > 0 {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        left = left.saturating_sub(line.split_whitespace().count());
        rest = after;
    }
    if rest.is_empty() { new.to_owned() } else { format!("{new}\n{rest}") }
}

fn article_of(kind: Kind) -> String {
    let name = kind.name().to_lowercase();
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {name}")
}

/// A name short enough for a sentence.
pub(super) fn clip(name: &str) -> String {
    let mut letters = name.chars();
    let start: String = letters.by_ref().take(60).collect();
    if letters.next().is_some() { format!("{}…", start.trim_end()) } else { start }
}
