//! Tokens: every colour, distance and size of letters of the window outside the canvas. Colours come from the theme files.

use std::sync::Arc;

use egui::{Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Stroke, TextStyle, Vec2, vec2};

use super::canvas::color32;
use crate::scene::{FontBook, Theme, WindowColors};

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
    /// Fields and tiles on a panel.
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

impl From<WindowColors> for Tokens {
    fn from(it: WindowColors) -> Self {
        Self {
            panel: color32(it.panel),
            raised: color32(it.raised),
            line: color32(it.line),
            text: color32(it.text),
            muted: color32(it.muted),
            accent: color32(it.accent),
            on_accent: color32(it.on_accent),
            accent_soft: color32(it.accent_soft),
            error: color32(it.error),
            warning: color32(it.warning),
            hint: color32(it.hint),
            success: color32(it.success),
        }
    }
}

/// What the window wears.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Appearance {
    /// Light or dark, as the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// Black on white, strong edges, patterns beside colours.
    Contrast,
}

impl Appearance {
    /// Every appearance, in menu order.
    pub(crate) const ALL: [Self; 4] = [Self::Light, Self::Dark, Self::Contrast, Self::System];

    /// The name in menus.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::System => "As the system",
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::Contrast => "High contrast",
        }
    }

    /// The word in the preferences.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }

    /// The appearance of that word; the system's for any other.
    pub(crate) fn of_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|it| it.key() == key).unwrap_or_default()
    }
}

/// What people call the theme of that key; `print` is worn by pictures alone.
pub(crate) fn name(key: &'static str) -> &'static str {
    let worn = Appearance::ALL.into_iter().find(|it| it.key() == key);
    worn.map_or(if key == "print" { "Print" } else { key }, Appearance::name)
}

/// The themes that the window wears by day and by night.
#[derive(Clone)]
struct Worn {
    appearance: Appearance,
    light: (Arc<Theme>, Tokens),
    dark: (Arc<Theme>, Tokens),
}

fn worn(ctx: &egui::Context) -> Option<Worn> {
    ctx.data(|it| it.get_temp::<Worn>(egui::Id::unique("worn")))
}

/// The tokens of the appearance in use.
pub(crate) fn tokens(ctx: &egui::Context) -> Tokens {
    let dark = ctx.global_style().visuals.dark_mode;
    match worn(ctx) {
        Some(it) => {
            if dark {
                it.dark.1
            } else {
                it.light.1
            }
        }
        None => Theme::light().window.into(),
    }
}

/// The colours of the board in the appearance in use.
pub(crate) fn board(ctx: &egui::Context) -> Arc<Theme> {
    let dark = ctx.global_style().visuals.dark_mode;
    match worn(ctx) {
        Some(it) => {
            if dark {
                it.dark.0
            } else {
                it.light.0
            }
        }
        None => Arc::new(Theme::light()),
    }
}

/// The appearance in use.
pub(crate) fn appearance(ctx: &egui::Context) -> Appearance {
    worn(ctx).map_or(Appearance::System, |it| it.appearance)
}

/// Wears an appearance, with patterns beside the colours where they are wanted.
pub(crate) fn wear(ctx: &egui::Context, appearance: Appearance, patterns: bool) {
    let theme = |name: &str| {
        let mut theme = Theme::named(name).unwrap_or_else(Theme::light);
        theme.patterns |= patterns;
        let tokens = Tokens::from(theme.window);
        (Arc::new(theme), tokens)
    };
    let light = theme(if appearance == Appearance::Contrast { "contrast" } else { "light" });
    let worn = Worn { appearance, light, dark: theme("dark") };
    for (of, (theme, tokens)) in [(egui::Theme::Light, &worn.light), (egui::Theme::Dark, &worn.dark)] {
        ctx.style_mut_of(of, |style| dress(style, *tokens, theme.outline.a > 0));
    }
    ctx.set_theme(match appearance {
        Appearance::System => egui::ThemePreference::System,
        Appearance::Light | Appearance::Contrast => egui::ThemePreference::Light,
        Appearance::Dark => egui::ThemePreference::Dark,
    });
    ctx.data_mut(|it| it.insert_temp(egui::Id::unique("worn"), worn));
}

/// The bold face.
pub(crate) fn bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("bold".into()))
}

/// Takes the fonts.
pub(crate) fn install(ctx: &egui::Context, fonts: &FontBook) {
    ctx.set_fonts(definitions(fonts));
}

/// Colours, distances and sizes of the toolkit's widgets. `strong` lines for high contrast.
fn dress(style: &mut egui::Style, tokens: Tokens, strong: bool) {
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
        widget.bg_stroke = Stroke::new(if strong { 1.6 } else { 1.0 }, edge);
        widget.fg_stroke = Stroke::new(1.2, tokens.text);
        widget.corner_radius = radius;
        widget.expansion = 0.0;
    }
    widgets.noninteractive.corner_radius = radius;
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

/// The fonts of the canvas, so that panels show what it shows; the toolkit's own come last for its signs.
fn definitions(book: &FontBook) -> FontDefinitions {
    let mut definitions = FontDefinitions::default();
    let mut regular = Vec::new();
    let mut heavy = Vec::new();
    for (id, font) in book.fonts() {
        let name = format!("board-{}", id.0);
        let data = FontData::from_blob(font.shared_bytes(), font.index);
        definitions.font_data.insert(name.clone(), Arc::new(data));
        // One of this machine's may be the only one for its letters, whatever its weight.
        let bold = font.bundled && font.name.contains("Bold");
        if bold { heavy.push(name) } else { regular.push(name) }
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
