//! The menu of an element, or of the board.

use egui::{Align, Button, Layout, Ui};

use super::bar::kinds;
use crate::board::{FrameKind, Kind, Mark, Role};
use crate::editor::{Does, actions};
use crate::kit::Id;
use crate::view::App;
use crate::view::commands::Command;

impl App {
    /// Opens the menu of the selection at its place, with the keyboard on its first entry.
    pub(crate) fn menu_by_key(&mut self, ctx: &egui::Context) {
        let on = self.editor.single().or_else(|| self.editor.selection.first().copied());
        let rect =
            on.and_then(|id| self.session.board().rect(id)).map(|it| self.canvas.on_screen(&self.editor, it.to_f()));
        let view = self.canvas.rect;
        let at = rect.map_or(view.center(), |it| view.clamp(it.right_top() + egui::vec2(18.0, 0.0)));
        self.menu_at = Some((at, on));
        ctx.data_mut(|it| it.insert_temp(by_key(), true));
    }
}

/// Set until the first entry of a menu that was opened by a key has the keyboard.
fn by_key() -> egui::Id {
    egui::Id::unique("menu opened by a key")
}

/// The menu of an element, or of the board.
pub(crate) fn context_menu(app: &mut App, ctx: &egui::Context) {
    let Some((at, on)) = app.menu_at else { return };
    let mut wanted = Vec::new();
    let mut open = true;
    let area = egui::Area::new(egui::Id::unique("context menu"))
        .order(egui::Order::Foreground)
        .fixed_pos(at)
        .constrain_to(ctx.content_rect());
    let shown = area.show(ctx, |ui| {
        egui::Frame::menu(ui.style()).show(ui, |ui| {
            ui.set_min_width(190.0);
            egui::containers::menu::menu_style(ui.style_mut());
            ui.with_layout(Layout::top_down_justified(Align::LEFT), |ui| match on {
                Some(id) if app.session.board().is_locked(id) => {
                    if item(ui, "Unlock", &app.key_text(Does::Act("lock"))) {
                        wanted.push(Command::Action("lock"));
                    }
                    ui.separator();
                    board_menu(app, ui, &mut wanted);
                }
                Some(id) => element_menu(app, ui, id, &mut wanted),
                None => board_menu(app, ui, &mut wanted),
            });
        });
    });
    let chosen = !wanted.is_empty();
    let outside = ctx.input(|it| it.pointer.any_pressed())
        && ctx.pointer_latest_pos().is_some_and(|it| !shown.response.rect.contains(it))
        && !egui::Popup::is_any_open(ctx);
    if chosen || outside || ctx.input(|it| it.key_pressed(egui::Key::Escape)) {
        open = false;
    }
    if !open {
        app.menu_at = None;
    }
    app.commands.extend(wanted);
}

fn element_menu(app: &App, ui: &mut Ui, id: Id, wanted: &mut Vec<Command>) {
    let board = app.session.board();
    let sticky = board.sticky(id);
    if let Some(sticky) = sticky {
        if matches!(sticky.kind.role(), Role::Command | Role::Event | Role::Time) && item(ui, "Send\u{2026}", "") {
            wanted.push(Command::Send(id));
        }
        crate::view::play::fault_entries(app, ui, id, wanted);
        if item(ui, "Edit text", &app.key_text(Does::Act("write"))) {
            wanted.push(Command::Action("write"));
        }
        ui.menu_button("Change kind", |ui| kinds(app, ui, wanted));
        if let Some(spec) = actions::by_key("own_thing").filter(|it| (it.enabled)(&app.editor, app.session.history()))
            && item(ui, spec.name, &app.key_text(Does::Act(spec.key)))
        {
            wanted.push(Command::Action(spec.key));
        }
        let marks = marks_of(sticky.kind.role());
        if !marks.is_empty() {
            ui.menu_button("Mark", |ui| {
                for (mark, name, _) in marks {
                    let mut on = sticky.has(*mark);
                    if ui.checkbox(&mut on, *name).clicked() {
                        wanted.push(Command::Mark(*mark, on));
                        ui.close();
                    }
                }
            });
        }
    } else if !board.photos().contains_key(&id) && item(ui, "Edit text", &app.key_text(Does::Act("write"))) {
        wanted.push(Command::Action("write"));
    }
    if let Some(frame) = board.frame(id) {
        if item(
            ui,
            if frame.collapsed { "Expand the card" } else { "Collapse to a card" },
            &app.key_text(Does::Act("collapse")),
        ) {
            wanted.push(Command::Action("collapse"));
        }
        if !frame.collapsed && item(ui, "Fit to content", &app.key_text(Does::Act("fit_frame"))) {
            wanted.push(Command::Action("fit_frame"));
        }
    }
    ui.separator();
    for key in ["copy", "cut", "duplicate", "delete"] {
        if let Some(spec) = actions::by_key(key) {
            let keys = app.key_text(Does::Act(spec.key));
            if item(ui, spec.name, &keys) {
                wanted.push(Command::Action(spec.key));
            }
        }
    }
    ui.separator();
    ui.menu_button("Frame round selection", |ui| {
        for kind in FrameKind::ALL {
            if item(ui, kind.name(), "") {
                wanted.push(Command::Action(crate::editor::actions::frame_action(kind)));
            }
        }
    });
    if item(ui, "Bring to front", &app.key_text(Does::Act("to_front"))) {
        wanted.push(Command::Action("to_front"));
    }
    let board = app.session.board();
    let can_be_locked = sticky.is_some() || board.frame(id).is_some() || board.photos().contains_key(&id);
    if can_be_locked && item(ui, "Lock", &app.key_text(Does::Act("lock"))) {
        wanted.push(Command::Action("lock"));
    }
    if item(ui, "Inspect", "") {
        wanted.push(Command::Panel("inspector"));
    }
}

fn board_menu(app: &App, ui: &mut Ui, wanted: &mut Vec<Command>) {
    ui.menu_button("New sticky", |ui| {
        for kind in Kind::all() {
            ui.horizontal(|ui| {
                crate::view::widgets::swatch(ui, kind, 14.0);
                if item(ui, kind.name(), &app.key_text(Does::Make(kind))) {
                    wanted.push(Command::Create(kind));
                }
            });
        }
    });
    for key in ["paste", "select_all", "zoom_fit"] {
        if let Some(spec) = actions::by_key(key) {
            let keys = app.key_text(Does::Act(spec.key));
            if item(ui, spec.name, &keys) {
                wanted.push(Command::Action(spec.key));
            }
        }
    }
}

fn item(ui: &mut Ui, name: &str, keys: &str) -> bool {
    let response = ui.add(Button::new(name).shortcut_text(keys));
    if ui.data_mut(|it| it.remove_temp::<bool>(by_key())).is_some() {
        response.request_focus();
    }
    response.clicked()
}

/// What can be said of stickies of that role by a click, and what it means.
pub(crate) fn marks_of(role: Role) -> &'static [(Mark, &'static str, &'static str)] {
    match role {
        Role::Event => &[
            (Mark::Pivotal, "Pivotal", "One phase ends here and another begins: a line runs through the board"),
            (Mark::Final, "Ends here", "The path ends here on purpose"),
            (Mark::Incoming, "From elsewhere", "Comes from another context or board"),
            (Mark::Integration, "Integration event", "A contract with other contexts"),
        ],
        Role::Command => &[(Mark::Starts, "Starts a new instance", "Opens a new instance of its aggregate")],
        Role::ReadModel => {
            &[(Mark::Outside, "From outside", "Its information comes from outside: a price list, the law")]
        }
        Role::Policy => &[(Mark::Manual, "Manual", "A person carries it out")],
        Role::Hotspot => &[(Mark::Closed, "Answered", "The question was answered")],
        Role::Annotation => &[(Mark::Parked, "Parked", "Belongs to the legend or the parking lot")],
        Role::External | Role::Aggregate | Role::Actor | Role::Time | Role::Ui | Role::Term => &[],
    }
}
