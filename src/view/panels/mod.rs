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

/// Shows the tabs, and below them the panel that is open.
pub(super) fn show(app: &mut App, ui: &mut Ui) {
    let Some(open) = app.panel.and_then(|key| ALL.iter().find(|it| it.key == key)) else { return };
    let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 8));
    let side = Panel::right("side").frame(frame).default_size(theme::SIDE).size_range(260.0..=760.0).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().button_padding.x = 4.5;
            ui.spacing_mut().item_spacing.x = 2.0;
            for spec in ALL {
                let name = match spec.key {
                    "problems" => app.findings.tab_name(),
                    _ => spec.name.to_owned(),
                };
                let on = spec.key == open.key;
                let text = RichText::new(name).size(theme::SMALL + 1.0);
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
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let close = crate::view::widgets::small_button(ui, "\u{2715}")
                    .on_hover_text("Close the panel; View opens it again");
                super::live::name(&close, "Close panel");
                if close.clicked() {
                    app.panel = None;
                }
            });
        });
        ui.separator();
        let area = ScrollArea::vertical().id_salt(open.key).auto_shrink([false, false]);
        // The scroll bar floats over the content: without a margin it covers the ends of lines.
        let gutter = egui::Margin { right: 10, ..egui::Margin::ZERO };
        area.show(ui, |ui| egui::Frame::new().inner_margin(gutter).show(ui, |ui| (open.show)(app, ui)));
    });
    regions::covers(Region::Panel, &side.response);
}
