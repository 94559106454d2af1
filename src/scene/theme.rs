//! Themes: the colours of a picture, as data files.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::Color;

/// The themes' names and files, the default first. A new theme is a file and its line here.
static FILES: &[(&str, &str)] = &[
    ("light", include_str!("../../assets/themes/light.ron")),
    ("dark", include_str!("../../assets/themes/dark.ron")),
    ("contrast", include_str!("../../assets/themes/contrast.ron")),
    ("print", include_str!("../../assets/themes/print.ron")),
];

/// The colours of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Whether it is light letters on a dark ground.
    pub dark: bool,
    /// Whether kinds are told apart by patterns too.
    #[serde(default)]
    pub patterns: bool,
    /// A strong edge round stickies; transparent where they have only the edge of their paper.
    #[serde(default)]
    pub outline: Color,
    /// The ground.
    pub canvas: Color,
    /// The dots or lines of the grid.
    pub grid: Color,
    /// Titles and other text on the ground.
    pub text: Color,
    /// Text on the ground that matters less.
    pub faint: Color,
    /// Names on stickies.
    pub ink: Color,
    /// Fields, rules and notes on stickies.
    pub ink_soft: Color,
    /// Names on stickies that are dark.
    pub ink_inverse: Color,
    /// Shadows of stickies.
    pub shadow: Color,
    /// Links.
    pub link: Color,
    /// Ghost links: read from geometry, not drawn by people.
    pub ghost: Color,
    /// The line of a pivotal event.
    pub pivotal: Color,
    /// The ground of scenarios, of contexts on their map and of signs.
    pub paper: Color,
    /// Edges of scenarios and of white stickies.
    pub edge: Color,
    /// What is selected.
    pub selection: Color,
    /// The box that stands for a character that no font has.
    pub missing: Color,
    /// Findings that must be mended, failures.
    pub error: Color,
    /// Findings to look at.
    pub warning: Color,
    /// Findings that may be of use.
    pub hint: Color,
    /// What went well.
    pub success: Color,
    /// Messages on their way.
    pub pulse: Color,
    /// The window round the canvas.
    pub window: WindowColors,
    /// Grounds of stickies by the colour token of their kind.
    pub stickies: BTreeMap<String, Color>,
    /// Colours of frames by the token of their kind.
    pub frames: BTreeMap<String, Color>,
}

/// The colours of the window round the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowColors {
    /// Bars and panels.
    pub panel: Color,
    /// Fields and tiles on a panel.
    pub raised: Color,
    /// Lines between things.
    pub line: Color,
    /// Text.
    pub text: Color,
    /// Text that matters less.
    pub muted: Color,
    /// What may be pressed next, and what is selected.
    pub accent: Color,
    /// Text on the accent.
    pub on_accent: Color,
    /// The ground of what is selected or under the pointer.
    pub accent_soft: Color,
    /// Something is wrong.
    pub error: Color,
    /// Something to look at.
    pub warning: Color,
    /// Something of use.
    pub hint: Color,
    /// Something went well.
    pub success: Color,
}

impl Theme {
    /// The names of the themes, the default first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|(name, _)| *name)
    }

    /// The theme of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::known(name).cloned()
    }

    /// The theme of that name, as it was read once for all.
    fn known(name: &str) -> Option<&'static Self> {
        static READ: OnceLock<Vec<Theme>> = OnceLock::new();
        let all = READ.get_or_init(|| FILES.iter().filter_map(|(_, file)| ron::from_str(file).ok()).collect());
        all.iter().find(|it| it.name == name)
    }

    /// The light theme.
    pub fn light() -> Self {
        Self::named("light").unwrap_or_else(Self::plain)
    }

    /// The ground of a sticky by its kind's colour token.
    pub fn sticky(&self, token: &str) -> Color {
        self.stickies.get(token).copied().unwrap_or(self.paper)
    }

    /// A breath of light on paper.
    pub(super) fn paper_light(&self) -> Color {
        Color::rgb(255, 255, 255).with_alpha(if self.dark { 14 } else { 27 })
    }

    /// The colour of a frame by its kind's colour token.
    pub fn frame(&self, token: &str) -> Color {
        self.frames.get(token).copied().unwrap_or(self.edge)
    }

    /// The colour of names on that ground: the one that reads better.
    pub fn ink_on(&self, ground: Color) -> Color {
        if ground.contrast(self.ink) >= ground.contrast(self.ink_inverse) { self.ink } else { self.ink_inverse }
    }

    /// Black on white, where a theme file is not what it must be (a test reads each of them).
    fn plain() -> Self {
        let (black, white) = (Color::rgb(0, 0, 0), Color::rgb(255, 255, 255));
        Self {
            name: "plain".to_owned(),
            dark: false,
            patterns: false,
            outline: black,
            canvas: white,
            grid: white,
            text: black,
            faint: black,
            ink: black,
            ink_soft: black,
            ink_inverse: white,
            shadow: black.with_alpha(0),
            link: black,
            ghost: black,
            pivotal: black,
            paper: white,
            edge: black,
            selection: black,
            missing: black,
            error: black,
            warning: black,
            hint: black,
            success: black,
            pulse: black,
            window: WindowColors {
                panel: white,
                raised: white,
                line: black,
                text: black,
                muted: black,
                accent: black,
                on_accent: white,
                accent_soft: white,
                error: black,
                warning: black,
                hint: black,
                success: black,
            },
            stickies: BTreeMap::new(),
            frames: BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{FrameKind, Kind};

    #[test]
    fn every_theme_has_every_colour_and_its_text_reads_well() {
        for (name, file) in FILES {
            let theme: Theme = ron::from_str(file).unwrap();
            assert_eq!(theme.name, *name);
            for kind in Kind::all() {
                let ground = theme.stickies[kind.spec().color];
                assert!(ground.contrast(theme.ink_on(ground)) >= 4.5, "{name}: names on {kind:?}");
            }
            for kind in FrameKind::ALL {
                assert!(theme.frames.contains_key(kind.color()), "{name}: {kind:?}");
            }
            for (what, color) in [("text", theme.text), ("faint", theme.faint), ("link", theme.link)] {
                assert!(theme.canvas.contrast(color) >= 3.0, "{name}: {what}");
            }
            let window = theme.window;
            for (what, color) in [("text", window.text), ("muted", window.muted), ("error", window.error)] {
                assert!(window.panel.contrast(color) >= 4.5, "{name}: {what} on panels");
            }
            assert!(window.accent.contrast(window.on_accent) >= 4.5, "{name}: text on the accent");
            let known = Kind::all().filter(|it| theme.stickies.contains_key(it.spec().color)).count();
            assert!(theme.stickies.len() <= known, "{name}: a colour of no kind");
        }
    }

    #[test]
    fn high_contrast_and_print_need_no_colour() {
        for name in ["contrast", "print"] {
            let theme = Theme::named(name).unwrap();
            assert!(theme.patterns && theme.outline.contrast(theme.canvas) >= 7.0, "{name}");
            assert!(theme.canvas.contrast(theme.text) >= 12.0 && theme.canvas.contrast(theme.faint) >= 7.0, "{name}");
            for kind in Kind::all() {
                let ground = theme.sticky(kind.spec().color);
                assert!(ground.contrast(theme.ink_on(ground)) >= 7.0, "{name}: names on {kind:?}");
            }
        }
        let window = Theme::named("contrast").unwrap().window;
        assert!([window.muted, window.error, window.warning].iter().all(|it| it.contrast(window.panel) >= 7.0));
    }
}
