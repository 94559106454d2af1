//! Quick fixes: changes that still lack the ids of what they add.

use serde::Serialize;

use crate::board::{Board, Edit, Element, Field, Kind, Link, Mark, Sticky};
use crate::kit::{Id, IdSource, Point};

/// A change that puts a finding right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What it does, for a button: "Insert a policy".
    pub label: String,
    #[serde(skip)]
    changes: Vec<Change>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Change {
    Edit(Edit),
    Sticky { kind: Kind, at: Point, text: String, of: Option<Id> },
    Link { from: End, to: End, text: String },
}

/// An end of a link that a fix draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// A sticky of the board.
    Old(Id),
    /// The n-th sticky that the fix adds.
    New(usize),
}

impl Fix {
    pub(super) fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), changes: Vec::new() }
    }

    /// The edits, in one undo step. They apply to the board that was checked.
    pub fn edits(&self, ids: &mut IdSource) -> Vec<Edit> {
        let mut new: Vec<Id> = Vec::new();
        let mut edits = Vec::with_capacity(self.changes.len());
        for change in &self.changes {
            match change {
                Change::Edit(it) => edits.push(it.clone()),
                Change::Sticky { kind, at, text, of } => {
                    let id = ids.next_id();
                    new.push(id);
                    let sticky = Sticky { of: *of, ..Sticky::new(id, *kind, *at, text.clone()) };
                    edits.push(Edit::Add(Box::new(Element::Sticky(sticky))));
                }
                Change::Link { from, to, text } => {
                    let end = |it: &End| match it {
                        End::Old(id) => Some(*id),
                        End::New(at) => new.get(*at).copied(),
                    };
                    if let (Some(from), Some(to)) = (end(from), end(to)) {
                        let link = Link { text: text.clone(), ..Link::new(ids.next_id(), from, to) };
                        edits.push(Edit::Add(Box::new(Element::Link(link))));
                    }
                }
            }
        }
        edits
    }

    /// Adds an edit.
    pub(super) fn edit(mut self, edit: Edit) -> Self {
        self.changes.push(Change::Edit(edit));
        self
    }

    /// Goes on with the changes of another fix that adds nothing.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.changes.extend(other.changes);
        self
    }

    /// Sets a field of an element, if it has it and holds something else.
    pub(super) fn set(self, board: &Board, id: Id, new: Field) -> Self {
        match board.set(id, new) {
            Ok(Edit::Set { old, new, .. }) if old == new => self,
            Ok(edit) => self.edit(edit),
            Err(_) => self,
        }
    }

    /// Says something of an element.
    pub(super) fn mark(self, board: &Board, id: Id, mark: Mark) -> Self {
        self.set(board, id, Field::Mark(mark, true))
    }

    /// Takes an element off that nothing refers to.
    pub(super) fn remove(self, board: &Board, id: Id) -> Self {
        match board.element(id) {
            Some(element) => self.edit(Edit::Remove(Box::new(element))),
            None => self,
        }
    }

    /// Adds a sticky.
    pub(super) fn sticky(mut self, kind: Kind, at: Point, text: impl Into<String>) -> Self {
        self.changes.push(Change::Sticky { kind, at, text: text.into(), of: None });
        self
    }

    /// Adds a further placement of a definition.
    pub(super) fn placement(mut self, kind: Kind, at: Point, of: Id) -> Self {
        self.changes.push(Change::Sticky { kind, at, text: String::new(), of: Some(of) });
        self
    }

    /// Draws a link.
    pub(super) fn link(self, from: End, to: End) -> Self {
        self.link_with(from, to, String::new())
    }

    /// Draws a link with a text.
    pub(super) fn link_with(mut self, from: End, to: End, text: String) -> Self {
        self.changes.push(Change::Link { from, to, text });
        self
    }

    /// Whether it changes anything.
    pub(super) fn is_some(&self) -> bool {
        !self.changes.is_empty()
    }
}
