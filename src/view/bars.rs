//! The bars round the canvas: menus, palette, status, context menu, and the hint on an empty board.

use egui::{Align, Align2, Button, FontId, Layout, RichText, ScrollArea, Ui};

use super::commands::Command;
use super::widgets::{kind_button, muted};
use super::{App, theme};
use crate::board::{FrameKind, Kind, Level, Mark, Role};
use crate::editor::{Tool, actions, tools};
use crate::kit::Id;

/// An entry of a menu; says whether it was chosen.
fn entry(ui: &mut Ui, name: &str, keys: &str, enabled: bool, help: &str) -> bool {
    let button = Button::new(name).shortcut_text(keys);
    let response = ui.add_enabled(enabled, button);
    let response = if help.is_empty() { response } else { response.on_hover_text(help) };
    if response.clicked() {
        ui.close();
    }
    response.clicked()
}

/// The menu bar.
pub(super) fn menu(app: &mut App, ui: &mut Ui) {
    let mut wanted = Vec::new();
    egui::MenuBar::new().ui(ui, |ui| {
        ui.menu_button("File", |ui| file(app, ui, &mut wanted));
        ui.menu_button("Edit", |ui| edit(app, ui, &mut wanted));
        ui.menu_button("View", |ui| view(app, ui, &mut wanted));
        ui.menu_button("Arrange", |ui| action_entries(app, ui, actions::Menu::Arrange, &mut wanted));
        ui.menu_button("Simulate", |ui| run(app, ui, &mut wanted));
        ui.menu_button("Help", |ui| help(app, ui, &mut wanted));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            super::play::run_button(app, ui, &mut wanted);
            let dirty = if app.session.is_dirty() { " \u{2022}" } else { "" };
            ui.add(egui::Label::new(RichText::new(format!("{}{dirty}", app.session.title())).strong()).truncate());
        });
    });
    app.commands.extend(wanted);
}

fn file(app: &mut App, ui: &mut Ui, wanted: &mut Vec<Command>) {
    ui.menu_button("New", |ui| {
        for (name, level) in crate::session::TEMPLATES {
            if entry(ui, name, "", true, "") {
                wanted.push(Command::New(*level));
            }
        }
    });
    if entry(ui, "Open\u{2026}", "Ctrl+O", true, "") {
        wanted.push(Command::Open);
    }
    let recent = app.session.preferences().recent.clone();
    ui.add_enabled_ui(!recent.is_empty(), |ui| {
        ui.menu_button("Open recent", |ui| {
            for path in &recent {
                let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
                let there = app.session.disk().exists(path);
                if entry(ui, &name, "", there, &path.display().to_string()) {
                    wanted.push(Command::OpenPath(path.clone()));
                }
            }
            ui.separator();
            if entry(ui, "Clear list", "", true, "") {
                app.session.prefer(|it| it.recent.clear());
            }
        });
    });
    if entry(ui, "Samples\u{2026}", "", true, "Boards to look at, run and change") {
        wanted.push(Command::Dialog("samples"));
    }
    ui.separator();
    if entry(ui, "Save", "Ctrl+S", true, "") {
        wanted.push(Command::Save);
    }
    if entry(ui, "Save as\u{2026}", "Ctrl+Shift+S", true, "") {
        wanted.push(Command::SaveAs);
    }
    ui.separator();
    if entry(ui, "Export picture\u{2026}", "Ctrl+E", true, "SVG or PNG of the board, the selection or a frame") {
        wanted.push(Command::Dialog("export"));
    }
    if entry(ui, "Generate code\u{2026}", "", true, "A Rust workspace, Avro schemas and topics from the board") {
        wanted.push(Command::Dialog("generate"));
    }
    ui.separator();
    if entry(ui, "Quit", "Ctrl+Q", true, "") {
        wanted.push(Command::Quit);
    }
}

fn action_entries(app: &App, ui: &mut Ui, menu: actions::Menu, wanted: &mut Vec<Command>) {
    for spec in actions::ALL.iter().filter(|it| it.menu == menu) {
        let keys = spec.shortcuts.first().map(actions::Shortcut::text).unwrap_or_default();
        let enabled = (spec.enabled)(&app.editor, app.session.history());
        let name = match spec.key {
            "undo" => {
                app.session.history().can_undo().map_or_else(|| "Undo".to_owned(), |it| format!("Undo {}", lower(it)))
            }
            "redo" => {
                app.session.history().can_redo().map_or_else(|| "Redo".to_owned(), |it| format!("Redo {}", lower(it)))
            }
            _ => spec.name.to_owned(),
        };
        let on = match spec.key {
            "toggle_grid" => Some(app.editor.grid),
            "toggle_snap" => Some(app.editor.snap),
            "toggle_flow" => Some(app.editor.flow),
            _ => None,
        };
        let chosen = match on {
            Some(mut on) => {
                let response = ui.checkbox(&mut on, name).on_hover_text(spec.help);
                response.clicked()
            }
            None => entry(ui, &name, &keys, enabled, spec.help),
        };
        if chosen {
            wanted.push(Command::Action(spec.key));
        }
    }
}

/// A label within a sentence.
fn lower(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |it| it.to_lowercase().chain(letters).collect())
}

fn edit(app: &App, ui: &mut Ui, wanted: &mut Vec<Command>) {
    action_entries(app, ui, actions::Menu::Edit, wanted);
    ui.separator();
    ui.add_enabled_ui(app.editor.selection.iter().any(|it| app.session.board().sticky(*it).is_some()), |ui| {
        ui.menu_button("Change kind", |ui| kinds(ui, wanted));
    });
}

fn kinds(ui: &mut Ui, wanted: &mut Vec<Command>) {
    for kind in Kind::all() {
        ui.horizontal(|ui| {
            super::widgets::swatch(ui, kind, 14.0);
            if entry(ui, kind.name(), "", true, kind.spec().meaning) {
                wanted.push(Command::ChangeKind(kind));
            }
        });
    }
}

fn view(app: &mut App, ui: &mut Ui, wanted: &mut Vec<Command>) {
    action_entries(app, ui, actions::Menu::View, wanted);
    ui.separator();
    for spec in super::panels::ALL {
        let mut open = app.panel == Some(spec.key);
        if ui.checkbox(&mut open, format!("{} panel", spec.name)).on_hover_text(spec.help).clicked() {
            app.panel = open.then_some(spec.key);
            ui.close();
        }
    }
    let mut steps = app.steps.shown;
    if ui.checkbox(&mut steps, "First steps").clicked() {
        wanted.push(Command::Steps(steps));
    }
    ui.separator();
    ui.menu_button("Appearance", |ui| {
        let now = ui.ctx().options(|it| it.theme_preference);
        for (name, preference) in [
            ("Light", egui::ThemePreference::Light),
            ("Dark", egui::ThemePreference::Dark),
            ("As the system", egui::ThemePreference::System),
        ] {
            if ui.radio(now == preference, name).clicked() {
                wanted.push(Command::Appearance(preference));
                ui.close();
            }
        }
    });
}

fn run(app: &App, ui: &mut Ui, wanted: &mut Vec<Command>) {
    if entry(ui, "Run", "Ctrl+R", true, "Run the board from its seed, from the beginning") {
        wanted.push(Command::Run);
    }
    let playing = if app.play.is_playing() { "Pause" } else { "Play" };
    if entry(ui, playing, "", app.play.has_run(), "") {
        wanted.push(Command::PlayPause);
    }
    ui.separator();
    if entry(ui, "Simulation panel", "", true, "Speed, seed, report, records, faults") {
        wanted.push(Command::Panel("simulation"));
    }
}

fn help(app: &App, ui: &mut Ui, wanted: &mut Vec<Command>) {
    for (name, key) in [("Kinds of stickies", "help_kinds"), ("Finding codes", "help_findings"), ("Keys", "help_keys")]
    {
        if entry(ui, name, "", true, "") {
            wanted.push(Command::Dialog(key));
        }
    }
    if !app.steps.shown && entry(ui, "First steps", "", true, "") {
        wanted.push(Command::Steps(true));
    }
    ui.separator();
    if entry(ui, "About Stormglass", "", true, "") {
        wanted.push(Command::Dialog("about"));
    }
}

/// One button a kind and a tool.
pub(super) fn palette(app: &mut App, ui: &mut Ui) {
    let mut wanted = Vec::new();
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for spec in tools::ALL.iter().filter(|it| matches!(it.key, "select" | "hand" | "link")) {
            let held = app.editor.tool.spec().key == spec.key;
            let keys = spec.shortcut.map(String::from).unwrap_or_default();
            if tool_button(ui, spec.name, &keys, held).on_hover_text(spec.help).clicked() {
                app.editor.take_tool(spec.key);
            }
        }
        ui.add_space(6.0);
        for kind in Kind::all() {
            let held = app.editor.tool == Tool::Sticky(kind);
            let response = kind_button(ui, kind, held);
            if response.clicked() {
                wanted.push(Command::Tool(if held { Tool::Select } else { Tool::Sticky(kind) }));
            }
            if response.double_clicked() {
                wanted.push(Command::Tool(Tool::Select));
                wanted.push(Command::Create(kind));
            }
            if response.drag_stopped()
                && let Some(at) = ui.ctx().pointer_latest_pos()
                && app.canvas.rect.contains(at)
            {
                let local = crate::kit::PointF::new(at.x - app.canvas.rect.left(), at.y - app.canvas.rect.top());
                let on = app.editor.camera.to_board(local);
                app.with_cx(|editor, cx| editor.create(cx, kind, Some(on)));
            }
        }
        ui.add_space(6.0);
        for kind in FrameKind::ALL {
            let held = app.editor.tool == Tool::Frame(kind);
            let keys = if kind == FrameKind::BoundedContext { "F" } else { "" };
            let name = if kind == FrameKind::Aggregate { "Aggregate frame" } else { kind.name() };
            if tool_button(ui, name, keys, held).on_hover_text(kind.meaning()).clicked() {
                wanted.push(Command::Tool(if held { Tool::Select } else { Tool::Frame(kind) }));
            }
        }
        let held = app.editor.tool == Tool::Scenario;
        let spec = Tool::Scenario.spec();
        if tool_button(ui, spec.name, "", held).on_hover_text(spec.help).clicked() {
            wanted.push(Command::Tool(Tool::Scenario));
        }
    });
    app.commands.extend(wanted);
}

fn tool_button(ui: &mut Ui, name: &str, keys: &str, held: bool) -> egui::Response {
    let tokens = theme::tokens(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 26.0), egui::Sense::click());
    let radius = f32::from(theme::RADIUS);
    if held || response.hovered() {
        ui.painter().rect_filled(rect, radius, tokens.accent_soft);
    }
    if held {
        let edge = egui::Stroke::new(1.0, tokens.accent);
        ui.painter().rect_stroke(rect, radius, edge, egui::StrokeKind::Inside);
    }
    let font = FontId::proportional(theme::SMALL + 0.5);
    let middle = rect.center().y;
    ui.painter().text(egui::pos2(rect.left() + 8.0, middle), Align2::LEFT_CENTER, name, font, tokens.text);
    let font = FontId::monospace(theme::SMALL);
    ui.painter().text(egui::pos2(rect.right() - 6.0, middle), Align2::RIGHT_CENTER, keys, font, tokens.muted);
    let label = format!("{name} tool");
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, held, &label));
    response
}

/// The status bar.
pub(super) fn status(app: &mut App, ui: &mut Ui) {
    let tokens = theme::tokens(ui.ctx());
    let mut wanted = Vec::new();
    ui.horizontal(|ui| {
        if let Some(failure) = app.session.journal_failure() {
            ui.label(RichText::new(failure).color(tokens.error));
        } else if let Some(hint) = app.editor.gesture.hint() {
            muted(ui, hint);
        } else if app.editor.writing().is_some() {
            muted(ui, "Enter: next sticky; Shift+Enter: new line; Esc: done");
        } else if app.editor.tool != Tool::Select {
            muted(ui, format!("{}: {}", app.editor.tool.name(), app.editor.tool.spec().help));
        } else if let Some(news) = app.news() {
            ui.label(RichText::new(news).size(theme::SMALL + 0.5));
        } else if let Some(pending) = &app.pending {
            muted(ui, format!("The system's dialog is open: {}", pending.ask.title()));
            if ui.small_button("Type the path instead").clicked() {
                let (ask, suggestion) = (pending.ask, pending.suggestion.clone());
                app.pending = None;
                app.open_dialog(Box::new(super::prompts::PathField::new(ask, suggestion, "")));
            }
        } else {
            let board = app.session.board();
            let selected = app.editor.selection.len();
            let text = match selected {
                0 => format!("{} stickies, {} links", board.stickies().len(), board.links().len()),
                1 => "1 selected".to_owned(),
                count => format!("{count} selected"),
            };
            muted(ui, text);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let percent = format!("{:.0} %", app.editor.camera.zoom * 100.0);
            if ui.small_button("+").on_hover_text("Zoom in").clicked() {
                wanted.push(Command::Action("zoom_in"));
            }
            if ui.small_button(percent).on_hover_text("Zoom to 100 %").clicked() {
                wanted.push(Command::Action("zoom_full"));
            }
            if ui.small_button("\u{2212}").on_hover_text("Zoom out").clicked() {
                wanted.push(Command::Action("zoom_out"));
            }
            if ui.small_button("Fit").on_hover_text("Zoom to fit (Shift+1)").clicked() {
                wanted.push(Command::Action("zoom_fit"));
            }
            ui.separator();
            let (text, color) = app.findings.status(&tokens);
            let problems = ui.add(Button::new(RichText::new(text).size(theme::SMALL + 0.5).color(color)).frame(false));
            if problems.on_hover_text("Show the problems").clicked() {
                wanted.push(Command::Panel("problems"));
            }
            ui.separator();
            level(app, ui, &mut wanted);
        });
    });
    app.commands.extend(wanted);
}

fn level(app: &App, ui: &mut Ui, wanted: &mut Vec<Command>) {
    let now = app.session.board().settings().level;
    let response = ui.menu_button(RichText::new(now.name()).size(theme::SMALL + 0.5), |ui| {
        for level in Level::ALL {
            if ui.radio(level == now, level.name()).clicked() {
                let edit = crate::board::Edit::Settings {
                    old: crate::board::Setting::Level(now),
                    new: crate::board::Setting::Level(level),
                };
                wanted.push(Command::Apply("Change level".to_owned(), vec![edit]));
                ui.close();
            }
        }
    });
    response.response.on_hover_text("How deep this board means to go: it decides how severe findings are");
}

/// What an empty board says in its middle.
pub(super) fn empty_hint(app: &App, ui: &mut Ui) {
    if !app.session.board().is_empty() {
        return;
    }
    let tokens = theme::tokens(ui.ctx());
    let middle = app.canvas.rect.center();
    let painter = ui.painter();
    let text = "E event, double click to write, paste a list";
    painter.text(middle, Align2::CENTER_CENTER, text, FontId::proportional(theme::TITLE), tokens.muted);
    let below = middle + egui::vec2(0.0, 30.0);
    let more = "or File > Samples for a board that is there already";
    painter.text(below, Align2::CENTER_CENTER, more, FontId::proportional(theme::BODY), tokens.muted);
    let id = egui::Id::unique("empty board hint");
    let rect = egui::Rect::from_center_size(middle, egui::vec2(460.0, 40.0));
    let response = ui.interact(rect, id, egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
}

/// The menu of an element, or of the board.
pub(super) fn context_menu(app: &mut App, ctx: &egui::Context) {
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
                Some(id) => element_menu(app, ui, id, &mut wanted),
                None => board_menu(ui, &mut wanted),
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
        super::play::fault_entries(app, ui, id, wanted);
        if item(ui, "Edit text", "Enter") {
            wanted.push(Command::Action("write"));
        }
        ui.menu_button("Change kind", |ui| kinds(ui, wanted));
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
    } else if item(ui, "Edit text", "Enter") {
        wanted.push(Command::Action("write"));
    }
    if let Some(frame) = board.frame(id) {
        if item(ui, if frame.collapsed { "Open" } else { "Collapse to a card" }, "K") {
            wanted.push(Command::Action("collapse"));
        }
        if !frame.collapsed && item(ui, "Fit to content", "") {
            wanted.push(Command::Action("fit_frame"));
        }
    }
    ui.separator();
    for key in ["copy", "cut", "duplicate", "delete"] {
        if let Some(spec) = actions::by_key(key) {
            let keys = spec.shortcuts.first().map(actions::Shortcut::text).unwrap_or_default();
            if item(ui, spec.name, &keys) {
                wanted.push(Command::Action(spec.key));
            }
        }
    }
    ui.separator();
    ui.menu_button("Frame round selection", |ui| {
        for (key, kind) in
            ["frame_context", "frame_aggregate", "frame_swimlane", "frame_chapter"].iter().zip(FrameKind::ALL)
        {
            if item(ui, kind.name(), "") {
                wanted.push(Command::Action(key));
            }
        }
    });
    if item(ui, "Bring to front", "]") {
        wanted.push(Command::Action("to_front"));
    }
    if item(ui, "Inspect", "") {
        wanted.push(Command::Panel("inspector"));
    }
}

fn board_menu(ui: &mut Ui, wanted: &mut Vec<Command>) {
    ui.menu_button("New sticky", |ui| {
        for kind in Kind::all() {
            ui.horizontal(|ui| {
                super::widgets::swatch(ui, kind, 14.0);
                if item(ui, kind.name(), &kind.spec().shortcut.map(String::from).unwrap_or_default()) {
                    wanted.push(Command::Create(kind));
                }
            });
        }
    });
    for key in ["paste", "select_all", "zoom_fit"] {
        if let Some(spec) = actions::by_key(key) {
            let keys = spec.shortcuts.first().map(actions::Shortcut::text).unwrap_or_default();
            if item(ui, spec.name, &keys) {
                wanted.push(Command::Action(spec.key));
            }
        }
    }
}

fn item(ui: &mut Ui, name: &str, keys: &str) -> bool {
    ui.add(Button::new(name).shortcut_text(keys)).clicked()
}

/// What can be said of stickies of that role by a click, and what it means.
pub(super) fn marks_of(role: Role) -> &'static [(Mark, &'static str, &'static str)] {
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
