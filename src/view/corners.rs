//! Small things in the corners of the canvas: the legend, the way back to what lies on the board, the way out of zen.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Align2, Area, Frame, Margin, Ui};

use super::commands::Command;
use super::widgets::swatch;
use super::{App, theme};
use crate::board::{Board, Kind};
use crate::editor::Does;
use crate::kit::{Id, RectF};

/// How many stickies there are of each kind that is on the board, in the order of the palette.
pub(crate) type KindCounts = Arc<[(Kind, usize)]>;

/// On a narrower canvas the legend would hide too much of the board, in points.
const LEAST: f32 = 640.0;

/// The same where it is higher than this part of the canvas.
const HIGHEST: f32 = 0.5;

/// How high a line of the legend is, in points.
const LINE: f32 = 21.0;

/// What is kept between frames.
#[derive(Debug, Default)]
pub(crate) struct Corners {
    /// The kinds on the board with their number, and for which revision they hold.
    kinds: Option<(u64, KindCounts)>,
    /// The element that was in sight last: as long as it is, nothing else need be looked at.
    seen: Option<Id>,
    /// For which view and revision nothing was in sight.
    away: Option<(u64, RectF)>,
}

impl Corners {
    /// Whether something lies in the part of the board that is seen.
    fn in_sight(&mut self, board: &Board, revision: u64, seen: RectF) -> bool {
        let hidden = board.collapsed();
        let touches = |id: Id| board.rect(id).is_some_and(|it| it.to_f().touches(seen));
        let touches = |id: Id| touches(id) && (board.photos().contains_key(&id) || !hidden.hides(board, id));
        if self.seen.is_some_and(touches) {
            return true;
        }
        if self.away == Some((revision, seen)) {
            return false;
        }
        let stickies = board.stickies().values().map(|it| (it.id, it.rect()));
        let frames = board.frames().values().map(|it| (it.id, it.rect()));
        let scenarios = board.scenarios().values().map(|it| (it.id, it.rect()));
        let photos = board.photos().values().map(|it| (it.id, it.rect()));
        let all = stickies.chain(frames).chain(scenarios).filter(|it| hidden.hider(it.0, it.1).is_none());
        self.seen = all.chain(photos).find(|it| it.1.to_f().touches(seen)).map(|it| it.0);
        self.away = if self.seen.is_none() { Some((revision, seen)) } else { None };
        self.seen.is_some()
    }
}

/// A rectangle of the screen in the view.
fn in_view(view: egui::Rect, rect: egui::Rect) -> RectF {
    RectF::new(rect.left() - view.left(), rect.top() - view.top(), rect.width(), rect.height())
}

/// Tells the camera what is covered, for what is to be shown whole.
pub(super) fn covers(app: &mut App, corner: usize, rect: Option<egui::Rect>) {
    let view = app.canvas.rect;
    if let Some(covered) = app.editor.camera.covered.get_mut(corner) {
        *covered = rect.map(|it| in_view(view, it)).unwrap_or_default();
    }
}

/// Shows what there is to show.
pub(crate) fn show(app: &mut App, ui: &mut Ui) {
    covers(app, 0, None);
    let revision = app.session.history().revision();
    let view = app.canvas.rect;
    if !app.session.board().is_empty()
        && !app.corners.in_sight(app.session.board(), revision, app.editor.camera.visible())
    {
        let at = view.center_top() + egui::vec2(0.0, view.height() * 0.3);
        Area::new(egui::Id::unique("back to content")).fixed_pos(at).pivot(Align2::CENTER_TOP).show(ui.ctx(), |ui| {
            if super::dialogs::accent_button(ui, "Back to what lies on the board", true) {
                app.commands.push(Command::Action("zoom_fit"));
            }
        });
    }
    if app.zen {
        let at = view.right_top() + egui::vec2(-14.0, 12.0);
        Area::new(egui::Id::unique("leave zen")).fixed_pos(at).pivot(Align2::RIGHT_TOP).show(ui.ctx(), |ui| {
            if ui.button(app.with_key("Leave zen mode", Does::Window("zen"))).clicked() {
                app.zen = false;
            }
        });
    }
    let height = app.kinds().len() as f32 * LINE;
    if app.session.preferences().legend && view.width() >= LEAST && height <= view.height() * HIGHEST {
        legend(app, ui);
    }
}

impl App {
    /// How many stickies of each kind there are, kinds in the order of the palette; counted again when the board has
    /// changed.
    pub(crate) fn kinds(&mut self) -> KindCounts {
        let revision = self.session.history().revision();
        if let Some((_, kinds)) = self.corners.kinds.as_ref().filter(|it| it.0 == revision) {
            return Arc::clone(kinds);
        }
        let mut by_kind = BTreeMap::new();
        for it in self.session.board().stickies().values() {
            *by_kind.entry(it.kind).or_insert(0_usize) += 1;
        }
        let kinds: KindCounts = Kind::all().filter_map(|it| Some((it, *by_kind.get(&it)?))).collect();
        self.corners.kinds = Some((revision, Arc::clone(&kinds)));
        kinds
    }
}

/// The kinds that lie on the board, with their colours.
fn legend(app: &mut App, ui: &mut Ui) {
    let kinds = app.kinds();
    if kinds.is_empty() {
        return;
    }
    let tokens = theme::tokens(ui.ctx());
    let at = app.canvas.rect.left_bottom() + egui::vec2(14.0, -14.0);
    let area = Area::new(egui::Id::unique("legend")).fixed_pos(at).pivot(Align2::LEFT_BOTTOM).interactable(false).show(
        ui.ctx(),
        |ui| {
            let frame = Frame::new()
                .fill(tokens.panel)
                .stroke(egui::Stroke::new(1.0, tokens.line))
                .corner_radius(8.0)
                .inner_margin(Margin::symmetric(10, 8));
            frame.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 3.0;
                for (kind, count) in kinds.iter() {
                    ui.horizontal(|ui| {
                        swatch(ui, *kind, 15.0);
                        ui.label(kind.name()).on_hover_text(kind.spec().meaning);
                        super::widgets::muted(ui, count.to_string());
                    });
                }
            });
        },
    );
    covers(app, 0, Some(area.response.rect));
}
