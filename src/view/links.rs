//! Links under the pointer: what they say, both ends lit; ghost links, accepted or refused by a click.

use egui::{Align2, Area, Frame, Order, Stroke, StrokeKind, Ui, pos2, vec2};

use super::commands::Command;
use super::widgets::muted;
use super::{App, theme};
use crate::board::{Edit, Element, Link, Refusal};
use crate::editor::{Gesture, Hit, REACH, Tool, hit};
use crate::kit::{Id, PointF};
use crate::session::link_sentence;

/// A ghost link that somebody clicked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    at: egui::Pos2,
    from: Id,
    to: Id,
}

impl App {
    /// The ghost link at a point of the board.
    fn ghost_at(&self, on: PointF) -> Option<(Id, Id)> {
        self.canvas.ghost_at(on, REACH * 1.5 / self.editor.camera.zoom)
    }

    /// The ghost link under the pointer, if nothing lies there that a press would take hold of.
    fn ghost_under(&self, at: egui::Pos2) -> Option<(Id, Id)> {
        if self.editor.tool != Tool::Select || !matches!(self.editor.gesture, Gesture::Idle) {
            return None;
        }
        let view = self.canvas.rect;
        let on = self.editor.camera.to_board(PointF::new(at.x - view.left(), at.y - view.top()));
        let under = hit(self.session.board(), self.canvas.scene(), &self.editor.camera, self.editor.single(), on);
        match under {
            None | Some(Hit::Frame(_) | Hit::Photo(_)) => self.ghost_at(on),
            Some(_) => None,
        }
    }

    /// Takes a click on a ghost link, before the canvas does.
    pub(crate) fn press_ghost(&mut self, at: egui::Pos2) {
        if let Some((from, to)) = self.ghost_under(at) {
            self.asked = Some(Asked { at, from, to });
        }
    }
}

/// Says what the link under the pointer means and lights its ends; asks about the ghost link that was clicked.
pub(super) fn show(app: &mut App, ui: &mut Ui) {
    asked(app, ui);
    let over = ui.ctx().pointer_hover_pos().filter(|it| app.canvas.rect.contains(*it));
    let free = |at: egui::Pos2| ui.ctx().layer_id_at(at).is_none_or(|it| it == ui.layer_id());
    let Some(at) = over.filter(|it| free(*it)) else { return };
    if !matches!(app.editor.gesture, Gesture::Idle) || app.editor.writing().is_some() || app.asked.is_some() {
        return;
    }
    let board = app.session.board();
    let drawn = match app.editor.under_pointer(board, app.canvas.scene()) {
        Some(Hit::Link(id) | Hit::LinkEnd(id, _)) => board.link(id).map(|it| (it.from, it.to, it.text.clone())),
        _ => None,
    };
    let ghost = if drawn.is_none() { app.ghost_under(at) } else { None };
    let Some((from, to, more)) = drawn.or_else(|| {
        let (from, to) = ghost?;
        Some((from, to, format!("{}\nClick to accept or refuse it.", reason(app, from, to))))
    }) else {
        return;
    };
    let tokens = theme::tokens(ui.ctx());
    let painter = ui.painter_at(app.canvas.rect);
    for rect in [from, to].into_iter().filter_map(|id| board.rect(id)) {
        let rect = app.canvas.on_screen(&app.editor, rect.to_f()).expand(4.0);
        painter.rect_stroke(rect, 6.0, Stroke::new(3.0, tokens.accent), StrokeKind::Outside);
    }
    let sentence = link_sentence(board, from, to);
    let tip = Area::new(egui::Id::unique("link tip")).order(Order::Tooltip).interactable(false);
    let mut corner = at + vec2(16.0, 18.0);
    corner.x = corner.x.min(app.canvas.rect.right() - 300.0);
    tip.fixed_pos(corner).constrain_to(app.canvas.rect).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| {
            ui.set_max_width(280.0);
            let label = ui.label(&sentence);
            super::live::name(&label, &sentence);
            let more = more.trim();
            if !more.is_empty() {
                muted(ui, more);
            }
        });
    });
}

fn reason(app: &App, from: Id, to: Id) -> String {
    let readings = app.findings.readings();
    let ghost = readings.and_then(|all| all.ghosts.iter().find(|it| it.from == from && it.to == to));
    ghost.map(|it| format!("Nobody drew it: {}.", it.reason)).unwrap_or_default()
}

/// The question about a ghost link.
fn asked(app: &mut App, ui: &mut Ui) {
    let Some(Asked { at, from, to }) = app.asked else { return };
    let there = app.ghosts.contains(&(from, to));
    let corner = pos2(at.x, at.y + 12.0);
    let area = Area::new(egui::Id::unique("ghost link")).order(Order::Foreground).pivot(Align2::CENTER_TOP);
    let mut wanted = None;
    let shown = area.fixed_pos(corner).constrain_to(app.canvas.rect).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| {
            ui.set_max_width(300.0);
            ui.label(link_sentence(app.session.board(), from, to));
            muted(ui, reason(app, from, to));
            ui.horizontal(|ui| {
                let accept = ui.button("Accept").on_hover_text("Draws it as a link");
                super::live::name(&accept, "Accept ghost link");
                let refuse = ui.button("Refuse").on_hover_text("It is never guessed again");
                super::live::name(&refuse, "Refuse ghost link");
                if accept.clicked() {
                    wanted = Some(accept_edits(app, &[(from, to)]));
                } else if refuse.clicked() {
                    wanted = Some(refuse_edits(app, &[(from, to)]));
                }
            });
        });
    });
    let left = ui.input(|it| it.pointer.any_pressed() && it.pointer.interact_pos() != Some(at))
        && ui.ctx().pointer_latest_pos().is_some_and(|it| !shown.response.rect.contains(it));
    let escaped = ui.input(|it| it.key_pressed(egui::Key::Escape));
    if wanted.is_some() || left || escaped || !there {
        app.asked = None;
    }
    app.commands.extend(wanted);
}

/// Draws these ghost links.
pub(crate) fn accept_edits(app: &mut App, ghosts: &[(Id, Id)]) -> Command {
    let mut edits = Vec::new();
    for (from, to) in ghosts {
        let link = Link::new(app.session.ids().next_id(), *from, *to);
        edits.push(Edit::Add(Box::new(Element::Link(link))));
    }
    let label = if ghosts.len() == 1 {
        "Accept a ghost link".to_owned()
    } else {
        format!("Accept {} ghost links", ghosts.len())
    };
    Command::Apply(label, edits)
}

/// Refuses these ghost links for good.
pub(crate) fn refuse_edits(app: &mut App, ghosts: &[(Id, Id)]) -> Command {
    let mut edits = Vec::new();
    for (from, to) in ghosts {
        let refusal = Refusal { id: app.session.ids().next_id(), from: *from, to: *to };
        edits.push(Edit::Add(Box::new(Element::Refusal(refusal))));
    }
    let label = if ghosts.len() == 1 {
        "Refuse a ghost link".to_owned()
    } else {
        format!("Refuse {} ghost links", ghosts.len())
    };
    Command::Apply(label, edits)
}

/// The list of ghost links, for a panel: each with its answer, or all at once.
pub(crate) fn list(app: &mut App, ui: &mut Ui, ghosts: &[(Id, Id)]) {
    let mut wanted = Vec::new();
    ui.horizontal_wrapped(|ui| {
        let mut flow = app.editor.flow;
        if ui.checkbox(&mut flow, "Show all").on_hover_text("On the board, not only for the selection").clicked() {
            app.editor.flow = flow;
        }
        if ui.button("Accept all").on_hover_text("Draws them as links, as one undo step").clicked() {
            wanted.push(accept_edits(app, ghosts));
        }
        if ui.button("Refuse all").on_hover_text("None of them is guessed again; one undo step").clicked() {
            wanted.push(refuse_edits(app, ghosts));
        }
    });
    for (from, to) in ghosts.iter().take(100) {
        let sentence = link_sentence(app.session.board(), *from, *to);
        ui.horizontal_wrapped(|ui| {
            let accept = ui.small_button("\u{2714}").on_hover_text("Accept");
            super::live::name(&accept, &format!("Accept: {sentence}"));
            let refuse = ui.small_button("\u{2715}").on_hover_text("Refuse");
            super::live::name(&refuse, &format!("Refuse: {sentence}"));
            if accept.clicked() {
                wanted.push(accept_edits(app, &[(*from, *to)]));
            }
            if refuse.clicked() {
                wanted.push(refuse_edits(app, &[(*from, *to)]));
            }
            if ui.link(&sentence).clicked() {
                wanted.push(Command::GoToAll(vec![*from, *to]));
            }
        });
    }
    if ghosts.len() > 100 {
        muted(ui, format!("and {} more", ghosts.len() - 100));
    }
    app.commands.extend(wanted);
}

/// How many guesses were refused, and a button that lets them be made again.
pub(crate) fn refused(app: &mut App, ui: &mut Ui) {
    let refusals: Vec<Refusal> = app.session.board().refusals().values().cloned().collect();
    if refusals.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        muted(ui, format!("{} refused.", refusals.len()));
        if ui.small_button("Guess them again").clicked() {
            let edits = refusals.into_iter().map(|it| Edit::Remove(Box::new(Element::Refusal(it)))).collect();
            app.do_later(Command::Apply("Take refusals back".to_owned(), edits));
        }
    });
}
