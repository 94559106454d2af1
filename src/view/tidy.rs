//! Tidying from the window: small boards at once, large ones off the thread; the stickies glide to their places.

use std::collections::BTreeSet;

use super::App;
use crate::kit::{Id, IdSource, counted};
use crate::session::{Job, Polled, Tidied, start_tidying, tidied};

/// Larger boards are laid out off the thread.
const AT_ONCE: usize = 600;

/// Tidying under way, and the revision of the board that it was begun with.
pub(crate) struct Tidying {
    job: Job<Option<Tidied>>,
    revision: u64,
}

impl Tidying {
    /// How far it is, from 0 to 1.
    pub(crate) fn progress(&self) -> f32 {
        self.job.progress().0
    }
}

impl App {
    /// Lays out these elements, or the whole board if there are none.
    pub(crate) fn tidy(&mut self, only: BTreeSet<Id>) {
        let only = (!only.is_empty()).then_some(only);
        let board = self.session.board();
        if board.stickies().len() <= AT_ONCE {
            let (history, ids) = self.session.history_and_ids();
            let tidied = tidied(history.board(), only.as_ref(), ids);
            self.take_tidied(tidied);
        } else {
            let board = board.clone();
            let ids = IdSource::seeded(self.session.ids().next_id().bits() as u64);
            let job = start_tidying(board, only, ids);
            self.tidying = Some(Tidying { job, revision: self.session.history().revision() });
        }
    }

    /// Takes the result of tidying off the thread.
    pub(crate) fn poll_tidying(&mut self) {
        let Some(Tidying { job, revision }) = &self.tidying else { return };
        let (polled, same) = (job.poll(), *revision == self.session.history().revision());
        if matches!(polled, Polled::Running) {
            return;
        }
        self.tidying = None;
        match polled {
            Polled::Done(Some(tidied)) if same => self.take_tidied(tidied),
            Polled::Done(Some(_)) => self.say("The board was changed while it was tidied: nothing was moved"),
            Polled::Running | Polled::Done(None) => {}
            Polled::Lost => self.say("Tidying ended with an internal error"),
        }
    }

    fn take_tidied(&mut self, tidied: Tidied) {
        let kept = match tidied.kept {
            0 => String::new(),
            1 => "; 1 is pinned or locked and stays".to_owned(),
            count => format!("; {count} are pinned or locked and stay"),
        };
        if tidied.edits.is_empty() {
            self.say(format!("All is tidy already{kept}"));
            return;
        }
        self.canvas.glide(self.session.board());
        let moved = tidied.moved;
        let (drawn, refused) = (tidied.drawn, tidied.refused);
        let drawn = match drawn {
            0 => String::new(),
            count => format!("; {} drawn, so that the flow stays", counted(count, "ghost link")),
        };
        let refused = match refused {
            0 => String::new(),
            count => format!("; {} refused that the new places would make", counted(count, "ghost link")),
        };
        if self.with_cx(|_, cx| cx.commit("Tidy", tidied.edits)) {
            self.say(format!("Tidied: {} moved{drawn}{refused}{kept}", counted(moved, "thing")));
        }
    }
}
