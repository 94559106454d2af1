//! The bars round the canvas: palette and status, and the hint on an empty board.

use egui::{Align, Align2, Button, FontId, Layout, Rect, RichText, ScrollArea, StrokeKind, Ui};

use super::commands::Command;
use super::live::polite;
use super::regions::{self, Region};
use super::widgets::{for_fingers, kind_button, muted, row_height};
use super::{App, theme};
use crate::board::{FrameKind, Kind, Level};
use crate::editor::{Button as PointerButton, Does, Input, Mods, Tool, tools};
use crate::kit::{PointF, counted};

/// One button a kind and a tool.
pub(super) fn palette(app: &mut App, ui: &mut Ui) {
    let mut wanted = Vec::new();
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let first = tools::ALL.iter().filter(|it| matches!(it.key, "select" | "hand" | "link" | "space"));
        spread(ui, first, |ui, spec| {
            let held = app.editor.tool.spec().key == spec.key;
            let keys = app.key_text(Does::Take(spec.key));
            let response = tool_button(ui, spec.name, &keys, held).on_hover_text(spec.help);
            if spec.key == "select" {
                regions::begins(Region::Palette, &response);
            }
            if response.clicked() {
                app.editor.take_tool(spec.key);
            }
        });
        ui.add_space(6.0);
        spread(ui, Kind::all(), |ui, kind| {
            let held = app.editor.tool == Tool::Sticky(kind);
            let response = kind_button(ui, kind, &app.key_text(Does::Make(kind)), held);
            if response.clicked() {
                wanted.push(Command::Tool(if held { Tool::Select } else { Tool::Sticky(kind) }));
            }
            if response.double_clicked() {
                wanted.push(Command::Tool(Tool::Select));
                wanted.push(Command::Create(kind));
            }
            if let Some(at) = dragged_out(app, ui, &response, kind.name()) {
                let on = app.editor.camera.to_board(at);
                app.with_cx(|editor, cx| editor.create(cx, kind, on));
            }
        });
        ui.add_space(6.0);
        let last = FrameKind::ALL.into_iter().map(Tool::Frame).chain([Tool::Scenario]);
        spread(ui, last, |ui, tool| {
            let held = app.editor.tool == tool;
            let (name, key, help) = match tool {
                Tool::Frame(FrameKind::Aggregate) => ("Aggregate frame", None, FrameKind::Aggregate.meaning()),
                Tool::Frame(kind) => {
                    (kind.name(), (kind == FrameKind::BoundedContext).then_some("frame"), kind.meaning())
                }
                tool => (tool.spec().name, Some(tool.spec().key), tool.spec().help),
            };
            let keys = key.map(|it| app.key_text(Does::Take(it))).unwrap_or_default();
            let response = tool_button(ui, name, &keys, held).on_hover_text(help);
            if response.clicked() {
                wanted.push(Command::Tool(if held { Tool::Select } else { tool }));
            }
            if let Some(at) = dragged_out(app, ui, &response, name) {
                use_at(app, tool, at);
            }
        });
    });
    app.commands.extend(wanted);
}

/// Width of the palette: two columns where its buttons are large, so that it need not be scrolled with a finger.
pub(super) fn palette_width(app: &App) -> f32 {
    if app.touch { 264.0 } else { 150.0 }
}

/// One below the other, or in two columns where they are large.
fn spread<T>(ui: &mut Ui, all: impl Iterator<Item = T>, mut show: impl FnMut(&mut Ui, T)) {
    if for_fingers(ui) {
        ui.columns(2, |columns| {
            for (at, it) in all.enumerate() {
                if let Some(ui) = columns.get_mut(at % 2) {
                    show(ui, it);
                }
            }
        });
    } else {
        all.for_each(|it| show(ui, it));
    }
}

/// Where on the canvas a button of the palette was let go after it was dragged there. What is dragged follows the
/// pointer.
fn dragged_out(app: &App, ui: &Ui, response: &egui::Response, name: &str) -> Option<PointF> {
    let at = response.interact_pointer_pos().filter(|it| app.canvas.rect.contains(*it))?;
    if response.dragged() {
        let tokens = theme::tokens(ui.ctx());
        let layer = egui::LayerId::new(egui::Order::Tooltip, egui::Id::unique("dragged from the palette"));
        let painter = ui.ctx().layer_painter(layer);
        let galley = painter.layout_no_wrap(name.to_owned(), FontId::proportional(theme::BODY), tokens.text);
        let rect = Rect::from_center_size(at, galley.size() + egui::vec2(24.0, 24.0));
        painter.rect(rect, 4.0, tokens.accent_soft, egui::Stroke::new(1.0, tokens.accent), StrokeKind::Inside);
        painter.galley(rect.min + egui::vec2(12.0, 12.0), galley, tokens.text);
    }
    let corner = app.canvas.rect.min;
    response.drag_stopped().then(|| PointF::new(at.x - corner.x, at.y - corner.y))
}

/// Uses a tool as a click at that point of the view does.
fn use_at(app: &mut App, tool: Tool, at: PointF) {
    app.with_cx(|editor, cx| {
        editor.tool = tool;
        editor.on(cx, Input::Press { at, button: PointerButton::Primary, mods: Mods::NONE, clicks: 1 });
        editor.on(cx, Input::Release { at, button: PointerButton::Primary, mods: Mods::NONE });
    });
}

fn tool_button(ui: &mut Ui, name: &str, keys: &str, held: bool) -> egui::Response {
    let tokens = theme::tokens(ui.ctx());
    let (rect, response) =
        ui.allocate_exact_size(egui::vec2(ui.available_width(), row_height(ui, 26.0)), egui::Sense::click_and_drag());
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
    if !for_fingers(ui) {
        ui.painter().text(egui::pos2(rect.right() - 6.0, middle), Align2::RIGHT_CENTER, keys, font, tokens.muted);
    }
    let label = format!("{name} tool");
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, held, &label));
    crate::view::widgets::focus_ring(ui, &response);
    response
}

/// What is selected, by kind and name.
fn selected_name(app: &App) -> String {
    let board = app.session.board();
    let Some(id) = app.editor.single() else { return String::new() };
    let name = match board.link(id) {
        Some(it) => format!("from {} to {}", board.name(it.from), board.name(it.to)),
        None => board.name(id),
    };
    let kind = board.kind_name(id);
    let name = if name.is_empty() { "without a name".to_owned() } else { name };
    format!("{kind} {name} selected")
}

/// The status bar.
pub(super) fn status(app: &mut App, ui: &mut Ui) {
    let tokens = theme::tokens(ui.ctx());
    let mut wanted = Vec::new();
    let size = egui::vec2(ui.available_width(), ui.spacing().interact_size.y);
    // The right side takes its room first: what is said at the left is cut where it is too long.
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        let zoom = if app.map.open { app.map.zoom() } else { app.editor.camera.zoom };
        let percent = format!("{:.0} %", zoom * 100.0);
        if crate::view::widgets::small_button(ui, "+").on_hover_text("Zoom in").clicked() {
            wanted.push(Command::Action("zoom_in"));
        }
        if crate::view::widgets::small_button(ui, percent).on_hover_text("Zoom to 100 %").clicked() {
            wanted.push(Command::Action("zoom_full"));
        }
        if crate::view::widgets::small_button(ui, "\u{2212}").on_hover_text("Zoom out").clicked() {
            wanted.push(Command::Action("zoom_out"));
        }
        let fit = app.with_key("Zoom to fit", Does::Act("zoom_fit"));
        if crate::view::widgets::small_button(ui, "Fit").on_hover_text(fit).clicked() {
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
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
            said(app, ui, &tokens);
        });
    });
    app.commands.extend(wanted);
}

/// What the status bar says at its left: the most pressing of failure, work under way, hint, news and selection.
fn said(app: &mut App, ui: &mut Ui, tokens: &theme::Tokens) {
    if let Some(failure) = app.session.journal_failure() {
        polite(&ui.label(RichText::new(failure).color(tokens.error)));
    } else if let Some(tidying) = &app.tidying {
        muted(ui, format!("Tidying: {:.0} %", tidying.progress() * 100.0));
        if crate::view::widgets::small_button(ui, "Cancel").clicked() {
            app.tidying = None;
        }
    } else if let Some(hint) = app.editor.gesture.hint() {
        muted(ui, hint);
    } else if let Some(news) = app.news() {
        polite(&ui.label(RichText::new(news).size(theme::SMALL + 0.5)));
    } else if app.editor.writing().is_some() {
        muted(ui, "Enter: next sticky; Tab: the one to the right; Ctrl+Enter: below; Shift+Enter: new line; Esc: done");
    } else if app.editor.tool != Tool::Select {
        muted(ui, format!("{}: {}", app.editor.tool.name(), app.editor.tool.spec().help));
    } else if let Some(pending) = &app.pending {
        muted(ui, format!("The system's dialog is open: {}", pending.ask.title()));
        if crate::view::widgets::small_button(ui, "Type the path instead").clicked() {
            let (ask, suggestion) = (pending.ask, pending.suggestion.clone());
            app.pending = None;
            app.open_dialog(Box::new(super::prompts::PathField::new(ask, suggestion, "")));
        }
    } else {
        let board = app.session.board();
        let selected = app.editor.selection.len();
        let text = match selected {
            _ if app.map.open => "Context map: drag a context, click a line".to_owned(),
            0 => {
                let (stickies, links) = (board.stickies().len(), board.links().len());
                let ghosts = match app.ghosts.len() {
                    0 => String::new(),
                    count => format!(", {}", counted(count, "ghost link")),
                };
                format!("{}, {}{ghosts}", counted(stickies, "sticky"), counted(links, "link"))
            }
            1 => selected_name(app),
            count => format!("{count} selected"),
        };
        polite(&muted(ui, text));
    }
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
    regions::begins(Region::Status, &response.response);
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
    let event = app.key_text(Does::Make(Kind::DOMAIN_EVENT));
    let event = if event.is_empty() { String::new() } else { format!("{event} event, ") };
    let text = crate::view::play::sentence(&format!("{event}double click to write, paste a list"));
    painter.text(middle, Align2::CENTER_CENTER, &text, FontId::proportional(theme::TITLE), tokens.muted);
    let below = middle + egui::vec2(0.0, 30.0);
    let more = "or File > Samples for a board that is there already";
    painter.text(below, Align2::CENTER_CENTER, more, FontId::proportional(theme::BODY), tokens.muted);
    let id = egui::Id::unique("empty board hint");
    let rect = egui::Rect::from_center_size(middle, egui::vec2(460.0, 40.0));
    let response = ui.interact(rect, id, egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &text));
}
