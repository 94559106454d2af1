//! The stickies of a scene: what was drawn before is shared, what is new is drawn on all cores.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::iter::{IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _};
use rayon::slice::ParallelSlice as _;

use super::builder::Kept;
use super::draw::sticky::{self, Look, Paper, PaperLook};
use super::text::TextEngine;
use super::{Drawing, Options, SceneBuilder, Theme};
use crate::board::{Board, Inputs, Shape as Outline, Sticky};
use crate::kit::{Rect, RectF};

/// From this many stickies on it is worth while to draw on all cores.
const AHEAD: usize = 200;

/// More papers than this are not kept.
const PAPERS: usize = 1_000;

/// What was drawn, by look.
#[derive(Default)]
pub(super) struct Drawn {
    // Only looked up, never iterated over for output.
    looks: HashMap<Arc<Look>, Shared>,
    papers: HashMap<PaperLook, Arc<Paper>>,
}

/// The drawing of all stickies with one look.
struct Shared {
    look: Arc<Look>,
    drawing: Arc<Drawing>,
    /// The round in which it was of use last.
    seen: u64,
}

impl Drawn {
    /// Forgets what was of no use in that round, if there is much more than `stickies`.
    pub(super) fn forget_before(&mut self, round: u64, stickies: usize) {
        if self.looks.len() > 2 * stickies + 256 {
            self.looks.retain(|_, it| it.seen == round);
        }
        if self.papers.len() > PAPERS {
            self.papers.clear();
        }
    }

    fn paper(&mut self, look: &PaperLook, theme: &Theme) -> Arc<Paper> {
        if let Some(paper) = self.papers.get(look) {
            return Arc::clone(paper);
        }
        let paper = Arc::new(sticky::paper(look, theme));
        self.papers.insert(look.clone(), Arc::clone(&paper));
        paper
    }

    fn add(&mut self, look: Arc<Look>, drawing: Arc<Drawing>, round: u64) {
        self.looks.insert(Arc::clone(&look), Shared { look, drawing, seen: round });
    }
}

impl SceneBuilder {
    /// The drawing of a sticky. Where it is another than before, or lies elsewhere, its place before and now goes to
    /// `moved`.
    pub(super) fn sticky(
        &mut self,
        board: &Board,
        it: &Sticky,
        details: bool,
        blank: bool,
        moved: &mut Vec<RectF>,
    ) -> Arc<Drawing> {
        if let Some(drawing) = self.as_before(board, it, details, blank, moved) {
            return drawing;
        }
        self.drawn_anew(it, Arc::new(look_of(board, it, details, blank)))
    }

    /// The drawings of these stickies.
    pub(super) fn draw_stickies<'a>(
        &mut self,
        board: &Board,
        stickies: &[&'a Sticky],
        details: bool,
        options: &Options,
        moved: &mut Vec<RectF>,
    ) -> Vec<(&'a Sticky, Arc<Drawing>)> {
        let details = |it: &Sticky| details || options.open.contains(&it.id);
        let blank = |it: &Sticky| options.editing == Some(it.id);
        let before: Vec<Option<Arc<Drawing>>> =
            stickies.iter().map(|it| self.as_before(board, it, details(it), blank(it), moved)).collect();
        let new = before.iter().zip(stickies).filter(|(before, _)| before.is_none());
        let new: Vec<&Sticky> = new.map(|(_, it)| *it).collect();
        let look = |it: &&Sticky| Arc::new(look_of(board, it, details(it), blank(it)));
        let looks: Vec<Arc<Look>> = new.par_iter().with_min_len(AHEAD).map(look).collect();
        self.draw_ahead(&looks);
        let mut looks = looks.into_iter();
        let drawn = |(before, it): (Option<Arc<Drawing>>, &&'a Sticky)| {
            Some((*it, before.or_else(|| Some(self.drawn_anew(it, looks.next()?)))?))
        };
        before.into_iter().zip(stickies).filter_map(drawn).collect()
    }

    /// The drawing that the sticky has already, if it looks the same.
    fn as_before(
        &mut self,
        board: &Board,
        it: &Sticky,
        details: bool,
        blank: bool,
        moved: &mut Vec<RectF>,
    ) -> Option<Arc<Drawing>> {
        let rect = it.rect();
        let Some(kept) = self.stickies.get_mut(&it.id) else {
            moved.push(reach(it));
            return None;
        };
        let Look { paper, text, .. } = &*kept.look;
        let before = outline(kept.rect, paper.kind.spec().shape);
        let now = reach(it);
        if before != now {
            moved.extend([before, now]);
        }
        kept.rect = rect;
        let same = paper.kind == it.kind
            && (paper.w, paper.h) == (rect.w, rect.h)
            && (paper.fork, paper.join) == (sticky::fork_of(it.outputs), joins(it))
            && paper.marks.iter().eq(&it.marks)
            && (kept.look.details, kept.look.blank) == (details, blank)
            && text == board.text(it.id)
            && (self.rough || !kept.drawing.rough);
        same.then(|| {
            kept.round = self.round;
            Arc::clone(&kept.drawing)
        })
    }

    /// The drawing of a sticky that has that look now.
    fn drawn_anew(&mut self, it: &Sticky, look: Arc<Look>) -> Arc<Drawing> {
        let (look, drawing) = self.shared_drawing(look, self.rough);
        let kept = Kept { look, rect: it.rect(), drawing: Arc::clone(&drawing), round: self.round };
        self.stickies.insert(it.id, kept);
        drawing
    }

    /// The drawing of a look, and the look itself, both of which stickies that look the same share.
    pub(super) fn shared_drawing(&mut self, look: Arc<Look>, rough: bool) -> (Arc<Look>, Arc<Drawing>) {
        let mut look = look;
        if let Some(known) = self.drawn.looks.get_mut(&look) {
            known.seen = self.round;
            look = Arc::clone(&known.look);
            if rough || !known.drawing.rough {
                return (look, Arc::clone(&known.drawing));
            }
        }
        let paper = self.drawn.paper(&look.paper, &self.theme);
        let drawing = Arc::new(sticky::draw(&look, &paper, rough, &mut self.text));
        self.drawn.add(Arc::clone(&look), Arc::clone(&drawing), self.round);
        (look, drawing)
    }

    /// Draws those of the looks that were not drawn before, on all cores where there are many.
    fn draw_ahead(&mut self, looks: &[Arc<Look>]) {
        let rough = self.rough;
        let mut seen = HashSet::new();
        let known = |it: &Look| self.drawn.looks.get(it).is_some_and(|it| rough || !it.drawing.rough);
        let new: Vec<&Arc<Look>> = looks.iter().filter(|it| !known(it) && seen.insert(&***it)).collect();
        if new.len() < AHEAD {
            return;
        }
        let papers: Vec<Arc<Paper>> = new.iter().map(|it| self.drawn.paper(&it.paper, &self.theme)).collect();
        let new: Vec<(&Arc<Look>, Arc<Paper>)> = new.into_iter().zip(papers).collect();
        let (book, language) = (&self.text.book, self.language.as_str());
        let share = new.len().div_ceil(rayon::current_num_threads()).max(1);
        let drawn = new.par_chunks(share).flat_map_iter(|looks| {
            let mut text = TextEngine::new(book.clone(), language);
            looks.iter().map(move |(look, paper)| Arc::new(sticky::draw(look, paper, rough, &mut text)))
        });
        let drawn: Vec<Arc<Drawing>> = drawn.collect();
        self.drawn.looks.reserve(drawn.len());
        for ((look, _), drawing) in new.into_iter().zip(drawn) {
            self.drawn.add(Arc::clone(look), drawing, self.round);
        }
    }
}

/// Everything that decides how a sticky looks.
fn look_of(board: &Board, it: &Sticky, details: bool, blank: bool) -> Look {
    let rect = it.rect();
    let paper = PaperLook {
        kind: it.kind,
        w: rect.w,
        h: rect.h,
        marks: it.marks.iter().copied().collect(),
        fork: sticky::fork_of(it.outputs),
        join: joins(it),
    };
    Look { paper, text: board.text(it.id).to_owned(), details, blank }
}

/// Whether a sticky waits for all that lead to it.
fn joins(it: &Sticky) -> bool {
    matches!(it.inputs, Some(Inputs::All { .. }))
}

/// The rectangle that a sticky takes up.
pub(super) fn reach(it: &Sticky) -> RectF {
    outline(it.rect(), it.shape())
}

/// The rectangle that a shape takes up: a diamond stands out of its own.
pub(super) fn outline(rect: Rect, shape: Outline) -> RectF {
    let rect = rect.to_f();
    match shape {
        Outline::Square | Outline::Clock => rect,
        Outline::Diamond => {
            let by = std::f32::consts::FRAC_1_SQRT_2 - 0.5;
            let (dx, dy) = (rect.w * by, rect.h * by);
            RectF::new(rect.x - dx, rect.y - dy, rect.w + 2.0 * dx, rect.h + 2.0 * dy)
        }
    }
}
