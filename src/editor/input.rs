//! What a person does, as values: the window translates its toolkit's events into these.

use crate::kit::PointF;

/// Keys that are held down. `command` is Ctrl, and Cmd on macOS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mods {
    /// Ctrl or Cmd.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt or Option.
    pub alt: bool,
}

impl Mods {
    /// Nothing held.
    pub const NONE: Self = Self { command: false, shift: false, alt: false };
    /// Ctrl or Cmd alone.
    pub const COMMAND: Self = Self { command: true, shift: false, alt: false };
    /// Shift alone.
    pub const SHIFT: Self = Self { command: false, shift: true, alt: false };
    /// Ctrl or Cmd with Shift.
    pub const COMMAND_SHIFT: Self = Self { command: true, shift: true, alt: false };
    /// Alt alone.
    pub const ALT: Self = Self { command: false, shift: false, alt: true };
    /// Alt with Shift.
    pub const ALT_SHIFT: Self = Self { command: false, shift: true, alt: true };
    /// Ctrl or Cmd with Alt.
    pub const COMMAND_ALT: Self = Self { command: true, shift: false, alt: true };
}

/// A key that the editor knows. Letters are upper case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A letter, upper case, a digit, or one of `+ - = [ ] ' , . / ; ?`.
    Char(char),
    /// Enter or Return.
    Enter,
    /// Escape.
    Escape,
    /// Delete.
    Delete,
    /// Backspace.
    Backspace,
    /// Tab.
    Tab,
    /// A function key, by its number.
    F(u8),
    /// Space bar.
    Space,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// The key that opens a menu.
    Menu,
}

/// A button of the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// Usually the left one.
    Primary,
    /// Usually the right one.
    Secondary,
    /// The wheel.
    Middle,
}

/// Something a person did on the canvas. Places are in points of the canvas, its top left corner being 0, 0.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A button went down.
    Press {
        /// Where.
        at: PointF,
        /// Which.
        button: Button,
        /// What was held.
        mods: Mods,
        /// 1 for a click, 2 for the second press of a double click.
        clicks: u8,
    },
    /// The pointer moved.
    Move {
        /// Where to.
        at: PointF,
        /// What was held.
        mods: Mods,
    },
    /// A button went up.
    Release {
        /// Where.
        at: PointF,
        /// Which.
        button: Button,
        /// What was held.
        mods: Mods,
    },
    /// The pointer left the canvas.
    Leave,
    /// A wheel or two fingers: move the view.
    Scroll {
        /// By how many points.
        by: PointF,
    },
    /// Ctrl and wheel, or a pinch: zoom about a point.
    Zoom {
        /// The point that stays where it is.
        at: PointF,
        /// 1.1 is 10 % nearer.
        factor: f32,
    },
    /// A key was pressed while no text is edited.
    Key {
        /// Which.
        key: Key,
        /// What was held.
        mods: Mods,
    },
    /// A key was let go.
    KeyUp(Key),
    /// Time goes by while the pointer rests and keys are held.
    Tick {
        /// What is held.
        mods: Mods,
        /// Since the last one.
        seconds: f32,
    },
    /// Text came from the clipboard while no text is edited.
    Paste(String),
    /// The gesture is to be undone: Escape, or the window lost the focus.
    Cancel,
}

/// What the editor asks the window to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Put this text on the clipboard.
    Copy(String),
    /// Read the clipboard and hand it in as [`Input::Paste`].
    Paste,
    /// Read this long text off the thread, ask, and hand what it stands for to [`super::Editor::put_pasted`].
    PasteLong(String),
    /// Show the menu of this element, or of the board.
    Menu(Option<crate::kit::Id>),
    /// Lay these elements out, or the whole board if there are none.
    Tidy(std::collections::BTreeSet<crate::kit::Id>),
    /// Say this in the status bar.
    Say(String),
}
