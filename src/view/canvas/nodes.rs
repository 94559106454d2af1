//! Stickies, frames and cards as nodes of the accessibility tree: role, name and what they lead to.

use egui::{Id as WidgetId, Rect, Sense, WidgetInfo, WidgetType};

use super::to_screen;
use crate::board::Board;
use crate::editor::Editor;
use crate::kit::Id;

/// Boards with more elements list only those that are seen, and no more than this.
const MOST: usize = 500;

const SALT: &str = "board element";

fn widget(id: Id) -> WidgetId {
    WidgetId::new((SALT, id.bits()))
}

thread_local! {
    static SHOWN: std::cell::RefCell<std::collections::BTreeSet<WidgetId>> = const { std::cell::RefCell::new(std::collections::BTreeSet::new()) };
}
