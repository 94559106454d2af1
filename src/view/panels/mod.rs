//! The panels at the right, as tabs: one file each, in the order of the tabs.

mod boundaries;
mod code;
mod inspector;
mod problems;
mod simulation;

use egui::{Panel, RichText, ScrollArea, Ui};

use super::regions::{self, Region};
use super::{App, theme};

pub(crate) use code::CodeView;
pub(crate) use problems::{FindingsView, Marked, findings_help};

/// What a panel is.
pub struct PanelSpec {
    /// The word for it in tests and settings.
    pub key: &'static str,
    /// The name on its tab.
    pub name: &'static str,
    /// What it is for, one sentence.
    pub help: &'static str,
    /// What F1 says, one paragraph each.
    pub manual: &'static [&'static str],
    show: fn(&mut App, &mut Ui),
}

/// Every panel, in the order of the tabs.
pub static ALL: &[&PanelSpec] = &[&inspector::SPEC, &problems::SPEC, &simulation::SPEC, &boundaries::SPEC, &code::SPEC];

/// In a narrower window the panel folds into a rail of tabs at the edge, so that the board has room, in points.
const NARROW: f32 = 1_080.0;

/// The least room that a panel drawn out of the rail takes, and the most in parts of the window.
const DRAWER: (f32, f32) = (240.0, 0.38);

impl App {
    /// Folds the panel in a window that has become narrow, and unfolds it in one that is wide again.
    pub(super) fn fold(&mut self, ctx: &egui::Context) {
        let narrow = ctx.content_rect().width() < NARROW;
        self.drawer &= narrow && self.narrow;
        self.narrow = narrow;
    }

    /// Opens a panel, out of its rail in a narrow window.
    pub(crate) fn open_panel(&mut self, key: &'static str) {
        self.panel = Some(key);
        self.drawer = self.narrow;
    }

    /// Closes the panel, or pushes it back into its rail.
    pub(crate) fn close_panel(&mut self) {
        match self.narrow {
            true => self.drawer = false,
            false => self.panel = None,
        }
    }

    /// The panel that is seen.
    pub(crate) fn panel_seen(&self) -> Option<&'static str> {
        self.panel.filter(|_| self.drawer || !self.narrow)
    }
}

/// Shows the tabs, and below them the panel that is open; in a narrow window the rail, and beside it the panel that is
/// drawn out of it.
pub(super) fn show(app: &mut App, ui: &mut Ui) {
    if app.narrow {
        rail(app, ui);
    }
    let Some(open) = app.panel_seen().and_then(|key| ALL.iter().find(|it| it.key == key)) else { return };
    let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 8));
    let panel = if app.narrow {
        let (least, part) = DRAWER;
        let most = (ui.ctx().content_rect().width() * part).max(least);
        Panel::right("drawer").default_size(theme::SIDE.min(most)).size_range(least..=most)
    } else {
        Panel::right("side").default_size(theme::SIDE).size_range(260.0..=760.0)
    };
    let side = panel.frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            match app.narrow {
                true => drop(ui.label(RichText::new(open.name).font(theme::bold(theme::BODY)))),
                false => tabs(app, ui, open),
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let close = crate::view::widgets::small_button(ui, "\u{2715}")
                    .on_hover_text("Close the panel; View opens it again");
                super::live::name(&close, "Close panel");
                if close.clicked() {
                    app.close_panel();
                }
            });
        });
        ui.separator();
        let area = ScrollArea::vertical().id_salt(open.key).auto_shrink([false, false]);
        // The scroll bar floats over the content: without a margin it covers the ends of lines.
        let gutter = egui::Margin { right: 10, ..egui::Margin::ZERO };
        // The panel is as wide as it was made: a long word within is cut, and never widens it while a run goes on.
        let room = ui.available_rect_before_wrap();
        let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(room));
        inside.shrink_clip_rect(room);
        area.show(&mut inside, |ui| egui::Frame::new().inner_margin(gutter).show(ui, |ui| (open.show)(app, ui)));
        ui.advance_cursor_after_rect(room);
    });
    regions::covers(Region::Panel, &side.response);
}

/// What stands on the tab of a panel.
fn tab_name(app: &App, spec: &PanelSpec) -> String {
    match spec.key {
        "problems" => app.findings.tab_name(),
        _ => spec.name.to_owned(),
    }
}

fn tabs(app: &mut App, ui: &mut Ui, open: &PanelSpec) {
    ui.spacing_mut().button_padding.x = 4.5;
    ui.spacing_mut().item_spacing.x = 2.0;
    for spec in ALL {
        let on = spec.key == open.key;
        let text = RichText::new(tab_name(app, spec)).size(theme::SMALL + 1.0);
        let text = if on { text.strong() } else { text };
        let tab = ui.selectable_label(on, text).on_hover_text(spec.help);
        super::live::name(&tab, spec.name);
        if on {
            regions::begins(Region::Panel, &tab);
        }
        if tab.clicked() {
            app.panel = Some(spec.key);
        }
    }
}

/// The tabs upright, one below the other: a click draws the panel out, another pushes it back.
fn rail(app: &mut App, ui: &mut Ui) {
    let wide = crate::view::widgets::row_height(ui, 28.0);
    let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(3, 8));
    let rail = Panel::right("rail").frame(frame).resizable(false).exact_size(wide + 7.0).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            for spec in ALL {
                let on = app.panel_seen() == Some(spec.key);
                let tab = upright(ui, &tab_name(app, spec), wide, on).on_hover_text(spec.help);
                super::live::name(&tab, spec.name);
                if spec.key == "inspector" {
                    regions::begins(Region::Panel, &tab);
                }
                if tab.clicked() {
                    if on { app.close_panel() } else { app.open_panel(spec.key) }
                }
            }
        });
    });
    regions::covers(Region::Panel, &rail.response);
}

/// A button whose name is read from top to bottom.
fn upright(ui: &mut Ui, name: &str, wide: f32, on: bool) -> egui::Response {
    let tokens = theme::tokens(ui.ctx());
    let font = egui::FontId::proportional(theme::SMALL + 1.0);
    let galley = ui.painter().layout_no_wrap(name.to_owned(), font, tokens.text);
    let size = egui::vec2(wide, galley.size().x + 18.0);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
    let radius = f32::from(theme::RADIUS);
    if on || response.hovered() {
        ui.painter().rect_filled(rect, radius, tokens.accent_soft);
    }
    // Turned about its upper left corner, which is at the right then.
    let corner = egui::pos2(rect.center().x + galley.size().y / 2.0, rect.top() + 9.0);
    let text = egui::epaint::TextShape::new(corner, galley, tokens.text).with_angle(std::f32::consts::FRAC_PI_2);
    ui.painter().add(text);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, on, name));
    crate::view::widgets::focus_ring(ui, &response);
    response
}
