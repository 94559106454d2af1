//! A board with its past and future: one undo step a transaction.

use std::collections::{BTreeSet, VecDeque};

use crate::board::{Board, Edit, EditError, Element, apply_all};
use crate::kit::Id;

use super::Transaction;
use super::transaction::CANCEL;
use super::wording::worded;

/// One undo step that was applied: how to undo it.
#[derive(Clone, Debug)]
struct Step {
    label: String,
    /// The edits that were applied, in order.
    edits: Vec<Edit>,
    /// The edits that undo them, in order.
    inverse: Vec<Edit>,
}

/// A gesture under way: what it has applied so far.
#[derive(Clone, Debug)]
struct Gesture {
    number: u64,
    label: String,
    edits: Vec<Edit>,
    inverse: Vec<Edit>,
    /// What was handed out for the journal by [`History::checkpoint`], and how to undo it.
    logged: Option<(Vec<Edit>, Vec<Edit>)>,
}

impl Gesture {
    fn new(number: u64, label: String) -> Self {
        Self { number, label, edits: Vec::new(), inverse: Vec::new(), logged: None }
    }

    /// The edits that lead from what was logged to what is there now; `None` if that is the same.
    fn unlogged(&self) -> Option<Vec<Edit>> {
        match &self.logged {
            Some((edits, _)) if *edits == self.edits => None,
            Some((_, inverse)) => Some(inverse.iter().chain(&self.edits).cloned().collect()),
            None if self.edits.is_empty() => None,
            None => Some(self.edits.clone()),
        }
    }
}

/// A board, what was done to it, and what was undone. Undo and redo have no limit.
///
/// Everything that changes the board goes through here and is handed out once more by
/// [`History::take_log`], so that whoever keeps the journal misses nothing.
#[derive(Clone, Debug, Default)]
pub struct History {
    board: Board,
    undo: Vec<Step>,
    redo: Vec<Step>,
    gesture: Option<Gesture>,
    gestures: u64,
    log: Vec<Transaction>,
    revision: u64,
    touched: VecDeque<Touched>,
    marked: Marked,
}

/// The board as it was when it was marked.
#[derive(Clone, Debug, Default)]
enum Marked {
    /// It has not changed since: no copy is needed.
    #[default]
    AsItIs,
    /// A copy, made before the first change.
    AsItWas(Box<Board>),
}

/// What the step to a revision touched.
#[derive(Clone, Debug)]
struct Touched {
    revision: u64,
    /// The elements; `None` if it was the board as a whole.
    elements: Option<Vec<Id>>,
}

/// So many revisions back it is known what was touched since.
const REMEMBERED: usize = 32;

impl History {
    /// A history that starts with this board.
    pub fn new(board: Board) -> Self {
        Self { board, ..Self::default() }
    }

    /// A history that starts with this board, while another one is marked.
    pub fn marked_as(marked: Board, board: Board) -> Self {
        Self { board, marked: Marked::AsItWas(Box::new(marked)), ..Self::default() }
    }

    /// Marks the board as it is now, say because it was saved. The one at the start is marked from the beginning.
    pub fn mark(&mut self) {
        self.marked = Marked::AsItIs;
    }

    /// The board that was marked.
    pub fn marked(&self) -> &Board {
        match &self.marked {
            Marked::AsItIs => &self.board,
            Marked::AsItWas(board) => board,
        }
    }

    /// Whether the board is as the one that was marked.
    pub fn is_as_marked(&self) -> bool {
        match &self.marked {
            Marked::AsItIs => true,
            Marked::AsItWas(board) => self.board == **board,
        }
    }

    /// The only way in which the board changes.
    fn change(&mut self, edits: &[Edit]) -> Result<Vec<Edit>, EditError> {
        if matches!(self.marked, Marked::AsItIs) {
            self.marked = Marked::AsItWas(Box::new(self.board.clone()));
        }
        apply_all(&mut self.board, edits)
    }

    /// The board as it is now, a gesture under way included.
    pub fn board(&self) -> &Board {
        &self.board
    }

    /// A number that grows with every change of the board.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The elements that were edited since a revision; `None` where that is not known any more, or where it was the
    /// board as a whole.
    pub fn touched_since(&self, revision: u64) -> Option<BTreeSet<Id>> {
        let steps = self.revision.checked_sub(revision)?;
        if steps as usize > self.touched.len() {
            return None;
        }
        let mut all = BTreeSet::new();
        for it in self.touched.iter().rev().take_while(|it| it.revision > revision) {
            all.extend(it.elements.as_ref()?);
        }
        Some(all)
    }

    /// Another revision, reached by these edits.
    fn next_revision<'a>(&mut self, edits: impl Iterator<Item = &'a Edit>) {
        self.revision += 1;
        let mut elements = Some(Vec::new());
        for edit in edits {
            match (edit, &mut elements) {
                (Edit::Add(it) | Edit::Remove(it), Some(all)) => all.push(it.id()),
                (Edit::Set { id, .. }, Some(all)) => all.push(*id),
                (Edit::Settings { .. }, _) => elements = None,
                (_, None) => {}
            }
        }
        self.touched.push_back(Touched { revision: self.revision, elements });
        if self.touched.len() > REMEMBERED {
            self.touched.pop_front();
        }
    }

    /// Applies the edits as one undo step, all or none. A gesture under way is finished first.
    /// No edits is no step.
    pub fn commit(&mut self, label: impl Into<String>, edits: Vec<Edit>) -> Result<(), EditError> {
        self.finish();
        if edits.is_empty() {
            return Ok(());
        }
        let inverse = self.change(&edits)?;
        self.next_revision(edits.iter());
        let label = label.into();
        self.log.push(Transaction { label: label.clone(), edits: edits.clone() });
        self.redo.clear();
        self.undo.push(Step { label, edits, inverse });
        Ok(())
    }

    /// Begins a gesture: until [`Self::finish`] or [`Self::bail`] its edits replace one another.
    pub fn begin(&mut self, label: impl Into<String>) {
        self.finish();
        self.gestures += 1;
        self.gesture = Some(Gesture::new(self.gestures, label.into()));
    }

    /// Replaces what the gesture has done so far by `edits`, which are counted from the board as it was at its
    /// beginning. Refused edits leave the gesture as it was before this call.
    pub fn update(&mut self, edits: Vec<Edit>) -> Result<(), EditError> {
        let Some(mut gesture) = self.gesture.take() else {
            return self.commit("Change", edits);
        };
        let before = self.change(&gesture.inverse)?;
        self.next_revision(before.iter().chain(&edits));
        match self.change(&edits) {
            Ok(inverse) => {
                gesture.edits = edits;
                gesture.inverse = inverse;
                self.gesture = Some(gesture);
                Ok(())
            }
            Err(err) => {
                // `before` undoes the undoing, that is, it applies the gesture's edits again.
                gesture.inverse = self.change(&before)?;
                self.gesture = Some(gesture);
                Err(err)
            }
        }
    }

    /// The board as it was when the gesture under way began; as it is if none is.
    pub fn board_before_gesture(&self) -> Board {
        let mut board = self.board.clone();
        if let Some(gesture) = &self.gesture {
            let undone = apply_all(&mut board, &gesture.inverse);
            debug_assert!(undone.is_ok(), "an inverse always applies");
        }
        board
    }

    /// Whether the gesture under way added that element: it is not there for the gesture's next edits.
    pub fn is_added_by_gesture(&self, id: Id) -> bool {
        let edits = self.gesture.iter().flat_map(|it| &it.edits);
        edits.into_iter().any(|it| matches!(it, Edit::Add(it) if it.id() == id))
    }

    /// Whether a gesture is under way.
    pub fn in_gesture(&self) -> bool {
        self.gesture.is_some()
    }

    /// The number of the gesture under way: whoever began it sees by it whether it was ended meanwhile.
    pub fn gesture(&self) -> Option<u64> {
        self.gesture.as_ref().map(|it| it.number)
    }

    /// Hands out for the journal what the gesture has done so far, so that a crash in the middle of a long one (a
    /// person writes on a sticky) loses nothing that was seen. It stays one undo step.
    pub fn checkpoint(&mut self) {
        let Some(gesture) = &mut self.gesture else { return };
        // A photo is megabytes, and while it is dragged it would be written down four times a second.
        let is_photo = |it: &Edit| matches!(it, Edit::Add(it) if matches!(**it, Element::Photo(_)));
        if gesture.edits.iter().any(is_photo) {
            return;
        }
        if let Some(edits) = gesture.unlogged() {
            self.log.push(Transaction { label: gesture.label.clone(), edits });
            gesture.logged = Some((gesture.edits.clone(), gesture.inverse.clone()));
        }
    }

    /// Ends the gesture and keeps what it did as one undo step.
    pub fn finish(&mut self) {
        let Some(gesture) = self.gesture.take() else { return };
        if let Some(edits) = gesture.unlogged() {
            self.log.push(Transaction { label: gesture.label.clone(), edits });
        }
        if !gesture.edits.is_empty() {
            self.redo.clear();
            self.undo.push(Step { label: gesture.label, edits: gesture.edits, inverse: gesture.inverse });
        }
    }

    /// Ends the gesture and undoes what it did.
    pub fn bail(&mut self) {
        if let Some(gesture) = self.gesture.take() {
            let undone = self.change(&gesture.inverse);
            debug_assert!(undone.is_ok(), "an inverse always applies");
            if let Some((_, inverse)) = gesture.logged {
                self.log.push(Transaction { label: format!("{CANCEL}{}", gesture.label), edits: inverse });
            }
            self.next_revision(gesture.inverse.iter());
        }
    }

    /// Undoes the last step and returns its label; `None` if there is none.
    /// A gesture under way is ended without a trace first.
    pub fn undo(&mut self) -> Option<String> {
        self.go(true)
    }

    /// Does again what was undone last and returns its label; `None` if there is nothing.
    pub fn redo(&mut self) -> Option<String> {
        self.go(false)
    }

    /// Goes one step back or on again.
    fn go(&mut self, back: bool) -> Option<String> {
        self.bail();
        let word = if back { "Undo" } else { "Redo" };
        let step = if back { self.undo.pop() } else { self.redo.pop() }?;
        let edits = if back { &step.inverse } else { &step.edits };
        if self.change(edits).is_err() {
            debug_assert!(false, "an inverse always applies, and what was undone applies again");
            if back {
                self.undo.push(step)
            } else {
                self.redo.push(step)
            }
            return None;
        }
        let (edits, label) = (edits.clone(), step.label.clone());
        if back {
            self.redo.push(step)
        } else {
            self.undo.push(step)
        }
        self.next_revision(edits.iter());
        self.log.push(Transaction { label: format!("{word} {label}"), edits });
        Some(label)
    }

    /// The label of the step that undo would undo.
    pub fn can_undo(&self) -> Option<&str> {
        self.undo.last().map(|it| it.label.as_str())
    }

    /// The label of the step that redo would do again.
    pub fn can_redo(&self) -> Option<&str> {
        self.redo.last().map(|it| it.label.as_str())
    }

    /// What undo would take back, in words: what was done, and to what.
    pub fn undo_says(&self) -> Option<String> {
        self.undo.last().map(|it| worded(&it.label, &it.edits, &self.board))
    }

    /// The elements that undo would bring back.
    pub fn undo_adds(&self) -> BTreeSet<Id> {
        let edits = self.undo.last().into_iter().flat_map(|it| &it.inverse);
        let added = edits.filter_map(|it| match it {
            Edit::Add(it) => Some(it.id()),
            Edit::Remove(_) | Edit::Set { .. } | Edit::Settings { .. } => None,
        });
        added.collect()
    }

    /// What redo would do again, in words.
    pub fn redo_says(&self) -> Option<String> {
        self.redo.last().map(|it| worded(&it.label, &it.edits, &self.board))
    }

    /// The number of steps that can be undone.
    pub fn depth(&self) -> usize {
        self.undo.len()
    }

    /// The transactions since the last call, oldest first: what a journal writes down. An undo is a transaction like
    /// any other, so that replaying all of them gives this board.
    pub fn take_log(&mut self) -> Vec<Transaction> {
        std::mem::take(&mut self.log)
    }
}
