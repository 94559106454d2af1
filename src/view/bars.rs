//! The bars round the canvas: palette and status, and the hint on an empty board.

use egui::{Align, Align2, Button, FontId, Layout, RichText, ScrollArea, Ui};

use super::commands::Command;
use super::widgets::{kind_button, muted};
use super::{App, theme};
use crate::board::{FrameKind, Kind, Level};
use crate::editor::{Does, Tool, tools};

/// One button a kind and a tool.
pub(super) fn palette(app: &mut App, ui: &mut Ui) {
    let mut wanted = Vec::new();
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for spec in tools::ALL.iter().filter(|it| matches!(it.key, "select" | "hand" | "link" | "space")) {
            let held = app.editor.tool.spec().key == spec.key;
            let keys = app.key_text(Does::Take(spec.key));
            if tool_button(ui, spec.name, &keys, held).on_hover_text(spec.help).clicked() {
                app.editor.take_tool(spec.key);
            }
        }
        ui.add_space(6.0);
        for kind in Kind::all() {
            let held = app.editor.tool == Tool::Sticky(kind);
            let response = kind_button(ui, kind, &app.key_text(Does::Make(kind)), held);
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
                app.with_cx(|editor, cx| editor.create(cx, kind, on));
            }
        }
        ui.add_space(6.0);
        for kind in FrameKind::ALL {
            let held = app.editor.tool == Tool::Frame(kind);
            let keys =
                if kind == FrameKind::BoundedContext { app.key_text(Does::Take("frame")) } else { String::new() };
            let name = if kind == FrameKind::Aggregate { "Aggregate frame" } else { kind.name() };
            if tool_button(ui, name, &keys, held).on_hover_text(kind.meaning()).clicked() {
                wanted.push(Command::Tool(if held { Tool::Select } else { Tool::Frame(kind) }));
            }
        }
        let held = app.editor.tool == Tool::Scenario;
        let spec = Tool::Scenario.spec();
        if tool_button(ui, spec.name, &app.key_text(Does::Take(spec.key)), held).on_hover_text(spec.help).clicked() {
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
        } else if let Some(tidying) = &app.tidying {
            muted(ui, format!("Tidying: {:.0} %", tidying.progress() * 100.0));
            if ui.small_button("Cancel").clicked() {
                app.tidying = None;
            }
        } else if let Some(hint) = app.editor.gesture.hint() {
            muted(ui, hint);
        } else if let Some(news) = app.news() {
            ui.label(RichText::new(news).size(theme::SMALL + 0.5));
        } else if app.editor.writing().is_some() {
            muted(
                ui,
                "Enter: next sticky; Tab: the one to the right; Ctrl+Enter: below; Shift+Enter: new line; Esc: done",
            );
        } else if app.editor.tool != Tool::Select {
            muted(ui, format!("{}: {}", app.editor.tool.name(), app.editor.tool.spec().help));
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
                _ if app.map.open => "Context map: drag a card, click a line".to_owned(),
                0 => format!("{} stickies, {} links", board.stickies().len(), board.links().len()),
                1 => "1 selected".to_owned(),
                count => format!("{count} selected"),
            };
            muted(ui, text);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let zoom = if app.map.open { app.map.zoom() } else { app.editor.camera.zoom };
            let percent = format!("{:.0} %", zoom * 100.0);
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
