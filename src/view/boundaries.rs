//! Boundary advice in the window: asked for while its panel is open, shown over the board, accepted as one undo step.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Align2, Color32, FontId, Stroke, StrokeKind, Ui};

use super::{App, places};
use crate::board::Board;
use crate::kit::{Id, IdSource, Rect};
use crate::session::{AdviceGrain, Boundaries, Job, Polled, Proposal, start_advising, start_drawing};

/// What the panel remembers.
#[derive(Default)]
pub(crate) struct BoundariesView {
    /// How large the contexts are that are proposed.
    pub(crate) grain: AdviceGrain,
    advice: Option<(u64, AdviceGrain, Arc<Boundaries>)>,
    /// Where the members of each proposal lie, if nothing else lies among them.
    together: Vec<Option<Rect>>,
    /// For what reading ended without advice: it is not begun again.
    lost: Option<(u64, AdviceGrain)>,
    asking: Option<(u64, AdviceGrain, Job<Boundaries>)>,
    drawing: Option<(u64, Vec<String>, Job<Vec<crate::board::Edit>>)>,
    /// The proposal whose members are listed.
    pub(crate) open: Option<usize>,
}

impl BoundariesView {
    /// The advice that was given last.
    pub(crate) fn advice(&self) -> Option<&Arc<Boundaries>> {
        self.advice.as_ref().map(|it| &it.2)
    }

    /// Whether reading the board ended without advice.
    pub(crate) fn is_lost(&self) -> bool {
        self.lost.is_some()
    }

    /// Whether frames are being drawn.
    pub(crate) fn is_drawing(&self) -> bool {
        self.drawing.is_some()
    }
}

/// The colour of a proposal by its place in the list.
pub(crate) fn color(at: usize, dark: bool) -> Color32 {
    const HUES: [[u8; 3]; 8] = [
        [0, 114, 178],
        [213, 94, 0],
        [0, 140, 105],
        [160, 80, 150],
        [150, 110, 0],
        [30, 140, 200],
        [190, 50, 80],
        [90, 90, 90],
    ];
    let [r, g, b] = HUES.get(at % HUES.len()).copied().unwrap_or_default();
    let color = Color32::from_rgb(r, g, b);
    if dark { color.lerp_to_gamma(Color32::WHITE, 0.35) } else { color }
}

impl App {
    /// Asks for advice where the last one is of another board, and takes what is done.
    pub(crate) fn update_boundaries(&mut self) {
        self.take_drawn();
        if self.panel_seen() != Some("boundaries") {
            return;
        }
        let view = &mut self.boundaries;
        if let Some((revision, grain, job)) = &view.asking {
            match job.poll() {
                Polled::Running => return,
                Polled::Done(advice) => {
                    view.together = advice.proposals.iter().map(|it| together(self.session.board(), it)).collect();
                    view.advice = Some((*revision, *grain, Arc::new(advice)));
                    (view.open, view.lost) = (None, None);
                }
                Polled::Lost => view.lost = Some((*revision, *grain)),
            }
            view.asking = None;
        }
        let now = (self.session.history().revision(), view.grain);
        let known = view.advice.as_ref().map(|it| (it.0, it.1));
        // Not while something is dragged: the advice would flicker.
        let idle = matches!(self.editor.gesture, crate::editor::Gesture::Idle) && self.editor.writing().is_none();
        if known != Some(now) && view.lost != Some(now) && idle {
            view.asking = Some((now.0, now.1, start_advising(self.session.board().clone(), now.1)));
        }
    }

    /// Draws the frames of these proposals.
    pub(crate) fn accept_boundaries(&mut self, proposals: Vec<Proposal>) {
        let names = proposals.iter().map(|it| it.name.clone()).collect();
        let ids = IdSource::seeded(self.session.ids().next_id().bits() as u64);
        let job = start_drawing(self.session.board().clone(), proposals, ids);
        self.boundaries.drawing = Some((self.session.history().revision(), names, job));
    }

    fn take_drawn(&mut self) {
        let Some((revision, _, job)) = &self.boundaries.drawing else { return };
        let (polled, same) = (job.poll(), *revision == self.session.history().revision());
        if matches!(polled, Polled::Running) {
            return;
        }
        let names = self.boundaries.drawing.take().map(|it| it.1).unwrap_or_default();
        match polled {
            Polled::Done(edits) if same && !edits.is_empty() => {
                self.canvas.glide(self.session.board());
                let label = match names.as_slice() {
                    [one] => format!("Draw the context {one}"),
                    more => format!("Draw {} contexts", more.len()),
                };
                let said = format!("{label}: done, Undo takes it back");
                if self.with_cx(|_, cx| cx.commit(label, edits)) {
                    self.say(said);
                }
            }
            Polled::Done(_) if same => self.say("Nothing could be drawn: something pinned or locked is in the way"),
            Polled::Done(_) => self.say("The board was changed meanwhile: nothing was drawn"),
            Polled::Running => {}
            Polled::Lost => self.say("Drawing the frames ended with an internal error"),
        }
    }

    /// Shows the advice over the board: members ringed and numbered, and a ghost frame where they lie together.
    pub(crate) fn paint_boundaries(&self, ui: &Ui) {
        if self.panel_seen() != Some("boundaries") {
            return;
        }
        let Some(advice) = self.boundaries.advice() else { return };
        let (view, camera, board) = (self.canvas.rect, &self.editor.camera, self.session.board());
        let hidden = board.collapsed();
        let painter = ui.painter_at(view);
        let screen = |rect: Rect| places::rect(view, camera, rect.to_f());
        let size = (13.0 * camera.zoom.sqrt()).clamp(8.0, 16.0);
        for (at, proposal) in advice.proposals.iter().enumerate() {
            let color = color(at, ui.visuals().dark_mode);
            for id in proposal.members.iter().map(|it| it.id) {
                let Some(rect) = board.rect(id).filter(|it| hidden.hider(id, *it).is_none()) else { continue };
                let rect = screen(rect);
                if !rect.intersects(view) {
                    continue;
                }
                painter.rect_stroke(rect.expand(3.0), 4.0, Stroke::new(2.0, color), StrokeKind::Outside);
                let dot = rect.left_top() - egui::vec2(3.0, 3.0);
                painter.circle_filled(dot, size * 0.7, color);
                let ink = if ui.visuals().dark_mode { Color32::BLACK } else { Color32::WHITE };
                painter.text(dot, Align2::CENTER_CENTER, at + 1, FontId::proportional(size), ink);
            }
            if let Some(round) = self.boundaries.together.get(at).copied().flatten() {
                let rect = screen(round.grown(40));
                let corners =
                    [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
                for side in corners.windows(2) {
                    dashes(&painter, side, Stroke::new(2.0, color), 10.0, 6.0);
                }
                painter.text(
                    rect.left_top() - egui::vec2(0.0, 4.0),
                    Align2::LEFT_BOTTOM,
                    &proposal.name,
                    FontId::proportional(16.0),
                    color,
                );
            }
        }
        for it in &advice.crossing {
            // From the frames that hide its ends, if any do.
            let seen =
                |id: Id| board.rect(id).map(|it| hidden.hider(id, it).and_then(|by| board.rect(by)).unwrap_or(it));
            if let (Some(a), Some(b)) = (seen(it.from), seen(it.to)) {
                let at = |it: Rect| places::point(view, camera, it.to_f().center());
                let stroke = Stroke::new(2.0, ui.visuals().error_fg_color);
                dashes(&painter, &[at(a), at(b)], stroke, 5.0, 5.0);
            }
        }
    }
}

/// Where the members of a proposal lie, if they are no part of a context that is there and nothing that flows lies
/// among them.
fn together(board: &Board, proposal: &Proposal) -> Option<Rect> {
    if proposal.joins.is_some() {
        return None;
    }
    let ids: BTreeSet<Id> = proposal.members.iter().map(|it| it.id).collect();
    let round = ids.iter().filter_map(|id| board.rect(*id)).reduce(Rect::union)?;
    let mut strangers = board.stickies().values().filter(|it| it.kind.role().flows() && !ids.contains(&it.id));
    strangers.all(|it| it.rect().intersection(round).is_none()).then_some(round)
}

/// The dashes of a straight line that are seen: a line may be far longer than the view.
fn dashes(painter: &egui::Painter, ends: &[egui::Pos2], stroke: Stroke, dash: f32, gap: f32) {
    let [a, b] = ends else { return };
    let (seen, along) = (painter.clip_rect().expand(dash + stroke.width), *b - *a);
    let (mut from, mut to) = (0.0f32, 1.0f32);
    for (start, by, low, high) in [(a.x, along.x, seen.left(), seen.right()), (a.y, along.y, seen.top(), seen.bottom())]
    {
        if by.abs() > f32::EPSILON {
            let (first, second) = ((low - start) / by, (high - start) / by);
            (from, to) = (from.max(first.min(second)), to.min(first.max(second)));
        } else if start < low || start > high {
            return;
        }
    }
    if from >= to {
        return;
    }
    // Whole dashes are left out, so that the others stay where they are while the view moves.
    let length = along.length().max(f32::EPSILON);
    let period = (dash + gap) / length;
    let from = (from / period).floor() * period;
    painter.extend(egui::Shape::dashed_line(&[*a + along * from, *a + along * to], stroke, dash, gap));
}
