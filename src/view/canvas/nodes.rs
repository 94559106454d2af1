//! Stickies, frames and scenarios as nodes of the accessibility tree: role, name and what they lead to.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use egui::{Id as WidgetId, Rect, Role, Sense, Ui, WidgetInfo};

use crate::board::{Board, FrameKind};
use crate::editor::{Camera, Editor};
use crate::kit::{Id, RectF};
use crate::scene::{Layer, Scene};
use crate::view::places;

/// Of boards with more elements only those that are seen are listed, and no more than this.
const MOST: usize = 200;

/// Stickies whose tops differ by less lie in one row.
const ROW: i32 = 100;

/// The widgets of the last frame.
#[derive(Clone, Default)]
struct Shown(Arc<BTreeMap<u64, Id>>);

fn key() -> WidgetId {
    WidgetId::unique("board elements")
}

/// The widget of an element.
fn widget(id: Id) -> WidgetId {
    WidgetId::unique(("board element", id.bits()))
}

/// Whether a widget is an element of the board.
pub(super) fn is_ours(ctx: &egui::Context, id: WidgetId) -> bool {
    ctx.data(|it| it.get_temp::<Shown>(key())).is_some_and(|it| it.0.contains_key(&id.value()))
}

/// One element as a node.
struct Node {
    id: Id,
    widget: WidgetId,
    rect: RectF,
}

/// What is listed, kept until the scene, the view or the selection is another.
#[derive(Default)]
pub(super) struct Nodes {
    made_for: Option<(u64, Camera, BTreeSet<Id>)>,
    nodes: Vec<Node>,
    /// Which elements each leads to: read when somebody listens, kept until the scene is another.
    links: (u64, OnceCell<Ends>),
}

impl Nodes {
    /// Lists the elements. Returns the one that a screen reader or the Tab key chose.
    pub(super) fn show(
        &mut self,
        ui: &Ui,
        view: Rect,
        editor: &Editor,
        board: &Board,
        scene: &Scene,
        version: u64,
    ) -> Option<Id> {
        let known = self.made_for.as_ref();
        let same = |(old, camera, selection): &(u64, Camera, BTreeSet<Id>)| {
            *old == version && *camera == editor.camera && *selection == editor.selection
        };
        if !known.is_some_and(same) {
            self.made_for = Some((version, editor.camera, editor.selection.clone()));
            self.list(ui, editor, board, scene);
        }
        if self.links.0 != version {
            self.links = (version, OnceCell::new());
        }
        let mut chosen = None;
        for Node { id, widget, rect } in &self.nodes {
            let place = places::rect(view, &editor.camera, *rect);
            let response = ui.interact(places::seen(place, view), *widget, Sense::click());
            let selected = editor.selection.contains(id);
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, self.text(board, *id)));
            ui.ctx().accesskit_node_builder(*widget, |node| {
                let description =
                    if board.sticky(*id).is_some() { self.description(board, *id) } else { String::new() };
                if !description.is_empty() {
                    node.set_description(description);
                }
            });
            // What is selected has the keyboard anyway.
            let other = editor.single() != Some(*id);
            if other && response.gained_focus()
                || other && response.clicked() && !ui.input(|it| it.pointer.any_released())
            {
                chosen = Some(*id);
            }
        }
        chosen
    }

    /// The widget that has the keyboard while the board has it: the one selected element, if it is listed.
    pub(super) fn keyboard(&self, editor: &Editor) -> Option<WidgetId> {
        let single = editor.single()?;
        self.nodes.iter().find(|it| it.id == single).map(|it| it.widget)
    }

    fn list(&mut self, ui: &Ui, editor: &Editor, board: &Board, scene: &Scene) {
        self.nodes.clear();
        let all = board.stickies().len() + board.frames().len() + board.scenarios().len() <= MOST;
        let ids: Vec<Id> = if all {
            let (stickies, scenarios) = (board.stickies().keys(), board.scenarios().keys());
            // What comes first lies below: the pointer meets what comes last.
            board.photos().keys().chain(stickies).chain(scenarios).chain(board.frames().keys()).copied().collect()
        } else {
            let seen = scene.within(editor.camera.visible());
            let seen = seen.filter(|it| matches!(it.layer, Layer::Sticky | Layer::Frame)).filter_map(|it| it.element);
            let seen = seen.filter(|it| !editor.selection.contains(it));
            editor.selection.iter().copied().chain(seen).take(MOST).collect()
        };
        let hidden = board.collapsed();
        let is_seen = |id: &Id| board.photos().contains_key(id) || !hidden.hides(board, *id);
        let mut ids: Vec<Id> = ids.into_iter().filter(is_seen).collect();
        // By rows, then from left to right, as people read; a frame comes before what lies in it.
        ids.sort_by_cached_key(|id| {
            let at = board.rect(*id).map_or((0, 0), |it| (it.y.div_euclid(ROW), it.x));
            (at, board.frame(*id).is_none(), *id)
        });
        let mut shown = BTreeMap::new();
        for id in ids {
            let Some(rect) = board.rect(id).map(|it| it.to_f()) else { continue };
            // Of a frame only the title, because what lies in it lies over it.
            let rect = if board.frame(id).is_some() { RectF { h: 30.0, ..rect } } else { rect };
            let widget = widget(id);
            if shown.insert(widget.value(), id).is_none() {
                self.nodes.push(Node { id, widget, rect });
            }
        }
        ui.data_mut(|it| it.insert_temp(key(), Shown(Arc::new(shown))));
    }

    fn ends(&self, board: &Board) -> &Ends {
        self.links.1.get_or_init(|| Ends::of(board))
    }

    /// What leads to an element, and the frames round it; empty if there is nothing to say.
    fn description(&self, board: &Board, id: Id) -> String {
        let from = self.ends(board).from.get(&id).into_iter().flatten().take(6).map(|it| board.name(*it));
        let from: Vec<String> = from.filter(|it| !it.is_empty()).collect();
        let inside = [FrameKind::BoundedContext, FrameKind::Aggregate].into_iter();
        let inside = inside.filter_map(|kind| board.frame_of(id, kind)).map(|it| board.name(it.id));
        let inside: Vec<String> = inside.filter(|it| !it.is_empty()).collect();
        let from = (!from.is_empty()).then(|| format!("follows from {}", from.join(", ")));
        let inside = (!inside.is_empty()).then(|| format!("in {}", inside.join(", ")));
        from.into_iter().chain(inside).collect::<Vec<_>>().join("; ")
    }

    fn text(&self, board: &Board, id: Id) -> String {
        let mut text = format!("{}: {}", board.kind_name(id), board.name(id));
        if let Some(ids) = self.ends(board).to.get(&id).filter(|_| board.sticky(id).is_some()) {
            let names: Vec<String> = ids.iter().take(6).map(|id| board.name(*id)).collect();
            text.push_str(&format!(", leads to {}", names.join(", ")));
        }
        if board.is_locked(id) {
            text.push_str(", locked");
        }
        text
    }
}

/// Where links lead to and where they come from, by element.
#[derive(Default)]
struct Ends {
    to: BTreeMap<Id, Vec<Id>>,
    from: BTreeMap<Id, Vec<Id>>,
}

impl Ends {
    fn of(board: &Board) -> Self {
        let mut all = Self::default();
        for link in board.links().values() {
            all.to.entry(link.from).or_default().push(link.to);
            all.from.entry(link.to).or_default().push(link.from);
        }
        all
    }
}
