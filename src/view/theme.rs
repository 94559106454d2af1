//! Tokens: every colour, distance and size of letters of the window outside the canvas, light and dark.

use std::sync::Arc;

use egui::{Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Stroke, TextStyle, Vec2, vec2};

use crate::scene::FontBook;

/// The smallest distance; others are multiples.
pub(crate) const UNIT: f32 = 4.0;
/// Radius of corners of controls.
pub(crate) const RADIUS: u8 = 6;
/// Width of the side panel when it is first opened.
pub(crate) const SIDE: f32 = 408.0;
/// Text sizes in points.
pub(crate) const SMALL: f32 = 11.5;
/// See [`SMALL`].
pub(crate) const BODY: f32 = 13.5;
/// See [`SMALL`].
pub(crate) const HEADING: f32 = 16.0;
/// See [`SMALL`].
pub(crate) const TITLE: f32 = 22.0;

/// The colours of one appearance.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tokens {
    /// Bars and panels.
    pub(crate) panel: Color32,
    /// Cards and fields on a panel.
    pub(crate) raised: Color32,
    /// Lines between things.
    pub(crate) line: Color32,
    /// Text.
    pub(crate) text: Color32,
    /// Text that matters less.
    pub(crate) muted: Color32,
    /// What may be pressed next, and what is selected.
    pub(crate) accent: Color32,
    /// Text on the accent.
    pub(crate) on_accent: Color32,
    /// The ground of what is selected or under the pointer.
    pub(crate) accent_soft: Color32,
    /// Something is wrong.
    pub(crate) error: Color32,
    /// Something to look at.
    pub(crate) warning: Color32,
    /// Something of use.
    pub(crate) hint: Color32,
    /// Something went well.
    pub(crate) success: Color32,
}

const LIGHT: Tokens = Tokens {
    panel: Color32::from_rgb(0xfb, 0xfa, 0xf8),
    raised: Color32::from_rgb(0xff, 0xff, 0xff),
    line: Color32::from_rgb(0xe4, 0xe1, 0xdb),
    text: Color32::from_rgb(0x24, 0x27, 0x2c),
    muted: Color32::from_rgb(0x66, 0x6b, 0x73),
    accent: Color32::from_rgb(0x2a, 0x5f, 0xc4),
    on_accent: Color32::from_rgb(0xff, 0xff, 0xff),
    accent_soft: Color32::from_rgb(0xe3, 0xec, 0xfb),
    error: Color32::from_rgb(0xb4, 0x2a, 0x24),
    warning: Color32::from_rgb(0x9a, 0x5b, 0x00),
    hint: Color32::from_rgb(0x2f, 0x6a, 0x8f),
    success: Color32::from_rgb(0x1f, 0x7a, 0x3f),
};

const DARK: Tokens = Tokens {
    panel: Color32::from_rgb(0x20, 0x23, 0x28),
    raised: Color32::from_rgb(0x2a, 0x2e, 0x34),
    line: Color32::from_rgb(0x3a, 0x3f, 0x47),
    text: Color32::from_rgb(0xe8, 0xe8, 0xe6),
    muted: Color32::from_rgb(0xa4, 0xa9, 0xb1),
    accent: Color32::from_rgb(0x7f, 0xab, 0xf5),
    on_accent: Color32::from_rgb(0x12, 0x18, 0x22),
    accent_soft: Color32::from_rgb(0x2d, 0x3c, 0x55),
    error: Color32::from_rgb(0xf0, 0x8a, 0x80),
    warning: Color32::from_rgb(0xe8, 0xb4, 0x5c),
    hint: Color32::from_rgb(0x8a, 0xc4, 0xe6),
    success: Color32::from_rgb(0x7f, 0xd0, 0x98),
};

/// The tokens of the appearance in use.
pub(crate) fn tokens(ctx: &egui::Context) -> Tokens {
    if ctx.global_style().visuals.dark_mode { DARK } else { LIGHT }
}

/// The bold face.
pub(crate) fn bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("bold".into()))
}

/// Sets fonts and both appearances up.
pub(crate) fn install(ctx: &egui::Context, fonts: &FontBook) {
    ctx.set_fonts(definitions(fonts));
    for (theme, tokens) in [(egui::Theme::Light, LIGHT), (egui::Theme::Dark, DARK)] {
        ctx.style_mut_of(theme, |style| {
            style.text_styles = [
                (TextStyle::Small, FontId::proportional(SMALL)),
                (TextStyle::Body, FontId::proportional(BODY)),
                (TextStyle::Button, FontId::proportional(BODY)),
                (TextStyle::Monospace, FontId::monospace(12.5)),
                (TextStyle::Heading, bold(HEADING)),
            ]
            .into();
            style.spacing.item_spacing = vec2(2.0 * UNIT, 1.5 * UNIT);
            style.spacing.button_padding = vec2(2.5 * UNIT, UNIT);
            style.spacing.menu_margin = egui::Margin::same(6);
            style.spacing.interact_size = Vec2::new(32.0, 26.0);
            style.spacing.indent = 14.0;
            style.spacing.combo_width = 120.0;
            let visuals = &mut style.visuals;
            visuals.panel_fill = tokens.panel;
            visuals.window_fill = tokens.panel;
            visuals.extreme_bg_color = tokens.raised;
            visuals.faint_bg_color = tokens.raised;
            visuals.code_bg_color = tokens.raised;
            visuals.window_stroke = Stroke::new(1.0, tokens.line);
            visuals.window_corner_radius = CornerRadius::same(10);
            visuals.menu_corner_radius = CornerRadius::same(8);
            visuals.selection.bg_fill = tokens.accent_soft;
            visuals.selection.stroke = Stroke::new(1.0, tokens.accent);
            visuals.hyperlink_color = tokens.accent;
            visuals.warn_fg_color = tokens.warning;
            visuals.error_fg_color = tokens.error;
            let radius = CornerRadius::same(RADIUS);
            let widgets = &mut visuals.widgets;
            widgets.noninteractive.bg_stroke = Stroke::new(1.0, tokens.line);
            widgets.noninteractive.fg_stroke = Stroke::new(1.0, tokens.text);
            for (widget, fill, edge) in [
                (&mut widgets.inactive, tokens.raised, tokens.line),
                (&mut widgets.hovered, tokens.accent_soft, tokens.accent),
                (&mut widgets.active, tokens.accent_soft, tokens.accent),
                (&mut widgets.open, tokens.accent_soft, tokens.line),
            ] {
                widget.bg_fill = fill;
                widget.weak_bg_fill = fill;
                widget.bg_stroke = Stroke::new(1.0, edge);
                widget.fg_stroke = Stroke::new(1.2, tokens.text);
                widget.corner_radius = radius;
                widget.expansion = 0.0;
            }
            widgets.noninteractive.corner_radius = radius;
        });
    }
}

/// Makes everything that is clicked large enough for fingers, or small again.
pub(crate) fn set_touch(ctx: &egui::Context, on: bool) {
    let (side, padding) =
        if on { (super::widgets::FINGER, vec2(4.0 * UNIT, 3.0 * UNIT)) } else { (26.0, vec2(2.5 * UNIT, UNIT)) };
    for theme in [egui::Theme::Light, egui::Theme::Dark] {
        ctx.style_mut_of(theme, |style| {
            style.spacing.interact_size = Vec2::new(side.max(32.0), side);
            style.spacing.button_padding = padding;
            style.spacing.icon_width = if on { 24.0 } else { 14.0 };
            style.spacing.slider_width = if on { 140.0 } else { 100.0 };
        });
    }
}

/// The bundled fonts, so that panels show what the canvas shows; the toolkit's own come last for its signs.
fn definitions(book: &FontBook) -> FontDefinitions {
    let mut definitions = FontDefinitions::default();
    let mut regular = Vec::new();
    let mut heavy = Vec::new();
    for (id, font) in book.fonts() {
        let name = format!("board-{}", id.0);
        definitions.font_data.insert(name.clone(), Arc::new(FontData::from_owned(font.bytes().to_vec())));
        if font.name.contains("Bold") { heavy.push(name) } else { regular.push(name) }
    }
    let own = definitions.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let plain: Vec<String> = regular.iter().chain(&own).cloned().collect();
    let thick: Vec<String> = heavy.iter().chain(&plain).cloned().collect();
    definitions.families.insert(FontFamily::Proportional, plain.clone());
    definitions.families.insert(FontFamily::Name("bold".into()), thick);
    if let Some(fixed) = definitions.families.get_mut(&FontFamily::Monospace) {
        fixed.extend(plain);
    }
    definitions
}
