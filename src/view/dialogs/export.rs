//! Export: which part, how large, which colours, with a preview.

use std::collections::BTreeSet;

use egui::{Checkbox, ColorImage, ComboBox, DragValue, TextureHandle, TextureOptions, Ui};

use super::{Dialog, DialogSpec, buttons, primary};
use crate::kit::Id;
use crate::session::{Job, Part, PictureRequest, PictureSize, Polled, picture, theme_names};
use crate::view::App;
use crate::view::commands::Command;
use crate::view::export::{ExportChoice, pixels};
use crate::view::widgets::{choices, muted};

pub(super) const SPEC: DialogSpec =
    DialogSpec { key: "export", help: "SVG or PNG of the board, the selection or a frame", open };

/// Width and height of the preview in pixels.
const PREVIEW: (u32, u32) = (620, 360);
/// How much room what stands below the preview takes, in points.
const BELOW: f32 = 230.0;

struct Export {
    made_for: Option<String>,
    job: Option<Job<Result<ColorImage, String>>>,
    shown: Option<TextureHandle>,
    wrong: Option<String>,
    frames: Vec<String>,
}

fn open(app: &mut App) -> Box<dyn Dialog> {
    // What is on show is what is meant.
    app.export.map = app.map.open;
    let board = app.session.board();
    let mut frames: Vec<String> = board.frames().keys().map(|it| board.name(*it)).filter(|it| !it.is_empty()).collect();
    frames.sort();
    frames.dedup();
    if let Part::Frame(name) = &app.export.part
        && !frames.contains(name)
    {
        app.export.part = Part::Board;
    }
    // Who selected something before exporting most likely means that.
    if !app.editor.selection.is_empty() {
        app.export.part = Part::Selection(app.editor.selection.clone());
    } else if matches!(app.export.part, Part::Selection(_)) {
        app.export.part = Part::Board;
    }
    Box::new(Export { made_for: None, job: None, shown: None, wrong: None, frames })
}

impl Export {
    /// Draws the preview anew where the choice has changed, off the thread.
    fn preview(&mut self, app: &App, ui: &Ui) {
        let wanted = format!("{:?}", ExportChoice { scale: 0.0, svg: false, ..app.export.clone() });
        if self.job.is_none() && self.made_for.as_ref() != Some(&wanted) {
            self.made_for = Some(wanted);
            let (board, choice) = (app.session.board().clone(), app.export.clone());
            self.job = Some(Job::start(move |_| {
                let size = PictureSize::Within(PREVIEW.0, PREVIEW.1);
                let request = PictureRequest { size, ..choice.request(&board) };
                let made = picture(&board, "preview.png", choice.theme, &request).map_err(|it| it.to_string())?;
                pixels(&made.bytes)
            }));
        }
        if let Some(job) = &self.job {
            match job.poll() {
                Polled::Running => ui.ctx().request_repaint(),
                Polled::Done(Ok(image)) => {
                    self.job = None;
                    self.wrong = None;
                    self.shown = Some(ui.ctx().load_texture("export preview", image, TextureOptions::LINEAR));
                }
                Polled::Done(Err(why)) => {
                    self.job = None;
                    self.shown = None;
                    self.wrong = Some(why);
                }
                Polled::Lost => self.job = None,
            }
        }
    }
}

impl Dialog for Export {
    fn key(&self) -> &'static str {
        "export"
    }

    fn title(&self) -> String {
        "Export picture".to_owned()
    }

    fn width(&self) -> f32 {
        PREVIEW.0 as f32 + 20.0
    }

    fn show(&mut self, app: &mut App, ui: &mut Ui) -> bool {
        self.preview(app, ui);
        let height = (ui.available_height() - BELOW).clamp(100.0, 300.0);
        let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), height), egui::Sense::hover());
        ui.painter().rect_filled(rect, 6.0, crate::view::theme::tokens(ui.ctx()).line);
        if let Some(texture) = &self.shown {
            let size = texture.size_vec2();
            let scale = (rect.width() / size.x).min(rect.height() / size.y).min(1.0);
            let place = egui::Rect::from_center_size(rect.center(), size * scale);
            let uv = egui::Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
            ui.painter().image(texture.id(), place, uv, egui::Color32::WHITE);
        }
        if let Some(wrong) = &self.wrong {
            ui.label(egui::RichText::new(wrong).color(crate::view::theme::tokens(ui.ctx()).error));
        }
        ui.add_space(6.0);
        let choice = &mut app.export;
        ui.horizontal(|ui| {
            ui.radio_value(&mut choice.map, false, "Board");
            ui.radio_value(&mut choice.map, true, "Context map");
            ui.separator();
            ui.add_enabled_ui(!choice.map, |ui| part(ui, choice, &app.editor.selection, &self.frames));
        });
        ui.horizontal(|ui| {
            ui.radio_value(&mut choice.svg, false, "PNG");
            ui.radio_value(&mut choice.svg, true, "SVG");
            ui.separator();
            let scale = ui.add(DragValue::new(&mut choice.scale).range(0.1..=20.0).speed(0.05).prefix("Scale "));
            crate::view::live::name(&scale, "Scale");
        });
        ui.horizontal(|ui| {
            for name in theme_names() {
                ui.radio_value(&mut choice.theme, name, crate::view::theme::name(name));
            }
        });
        ui.horizontal(|ui| {
            ui.checkbox(&mut choice.patterns, "Patterns").on_hover_text("Kinds differ without colour");
            ui.checkbox(&mut choice.background, "Background");
            ui.checkbox(&mut choice.title, "Title");
            ui.add_enabled(!choice.map, Checkbox::new(&mut choice.legend, "Legend"));
            ui.add_enabled(!choice.map, Checkbox::new(&mut choice.details, "Fields and rules"));
        });
        muted(ui, "The picture shows exactly the lines of the window. Ghost links and findings are left out.");
        let mut close = false;
        buttons(ui, |ui| {
            if primary(ui, "Export\u{2026}", self.wrong.is_none()) {
                app.do_later(Command::Export);
                close = true;
            }
            close |= ui.button("Cancel").clicked();
        });
        close
    }
}

/// Which part of the board.
fn part(ui: &mut Ui, choice: &mut ExportChoice, selection: &BTreeSet<Id>, frames: &[String]) {
    let text = match &choice.part {
        Part::Board => "Whole board".to_owned(),
        Part::Selection(_) => "Selection".to_owned(),
        Part::Frame(name) => name.clone(),
    };
    muted(ui, "Part");
    let list = ComboBox::from_id_salt("part").selected_text(text).width(190.0);
    let response = choices(ui, list, |ui| {
        ui.selectable_value(&mut choice.part, Part::Board, "Whole board");
        if !selection.is_empty() {
            let selection = Part::Selection(selection.clone());
            ui.selectable_value(&mut choice.part, selection, "Selection");
        }
        for name in frames {
            ui.selectable_value(&mut choice.part, Part::Frame(name.clone()), name);
        }
    });
    crate::view::live::name(&response, "Part");
}
