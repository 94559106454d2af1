//! From a board to a scene, again and again: what has not changed is not laid out again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::iter::{IndexedParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _};

use super::context_map::Ring;
use super::draw::{Pen, frame, legend, link, scenario, sticky};
use super::index::{Near, Places};
use super::route::{self, Ends, Grid, Span, Way};
use super::stickies::{Drawn, outline, reach};
use super::text::{TextEngine, rough_size};
use super::{Drawing, FontBook, Item, Layer, Scene, Shape, Theme, missing_of};
use crate::board::{Board, Frame, Kind, Level, Link, Mark, Photo, Scenario, Sticky};
use crate::kit::{Id, PointF, Rect, RectF};

/// What of a board is shown, and how much.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether fields, rules and notes are shown.
    pub details: Details,
    /// Elements whose fields, rules and notes are shown in any case, such as the selected ones.
    pub open: BTreeSet<Id>,
    /// The element whose text is being edited: it is drawn without its text.
    pub editing: Option<Id>,
    /// Whether stickies that were not laid out yet may be drawn roughly: [`SceneBuilder::refine`] draws them out.
    pub rough: bool,
    /// Where it is given: only these elements, and links between them.
    pub only: Option<BTreeSet<Id>>,
}

/// Whether fields, rules and notes are shown below the names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Details {
    /// From process level on.
    #[default]
    ByLevel,
    /// Names only.
    Names,
    /// Everything.
    All,
}

impl Details {
    pub(super) fn shown(self, level: Level) -> bool {
        match self {
            Self::ByLevel => level >= Level::Process,
            Self::Names => false,
            Self::All => true,
        }
    }
}

/// Builds scenes. It remembers what it laid out, so that building a scene again after an edit costs little.
pub struct SceneBuilder {
    pub(super) text: TextEngine,
    pub(super) theme: Theme,
    pub(super) language: String,
    pub(super) round: u64,
    pub(super) rough: bool,
    pub(super) stickies: BTreeMap<Id, Kept<Arc<sticky::Look>>>,
    pub(super) frames: BTreeMap<Id, Kept<frame::Look>>,
    scenarios: BTreeMap<Id, Kept<scenario::Look>>,
    pub(super) links: BTreeMap<Id, KeptLink>,
    /// What links keep clear of beside stickies: titles of frames, cards, scenarios.
    pub(super) clear: BTreeMap<Id, RectF>,
    pub(super) near: Option<Near>,
    pub(super) drawn: Drawn,
    pub(super) ring: Ring,
}

/// What was drawn for an element.
pub(super) struct Kept<L> {
    pub(super) look: L,
    pub(super) rect: Rect,
    pub(super) drawing: Arc<Drawing>,
    pub(super) round: u64,
}

pub(super) struct KeptLink {
    pub(super) joins: (Id, Id),
    pub(super) ends: Ends,
    pub(super) text: String,
    /// The size of its label.
    pub(super) size: f32,
    pub(super) influence: RectF,
    pub(super) origin: PointF,
    pub(super) drawing: Arc<Drawing>,
    pub(super) label: Option<Arc<Drawing>>,
    round: u64,
}

/// What a link goes round, its way, and its drawing.
type Routed = (Vec<RectF>, Way, Drawing);

/// So many links are routed on one core at least.
const LINKS: usize = 100;

/// Above this many moved stickies all links are routed anew rather than looking which are touched.
const MANY: usize = 100;

/// How far the lines of pivotal events stand out above and below everything.
pub(super) const TAPE: f32 = 30.0;

/// Frames in paint order: of those on one height the smaller lies over the larger.
pub(super) fn bottom_to_top<'a>(frames: impl Iterator<Item = &'a Frame>) -> Vec<&'a Frame> {
    let mut frames: Vec<&Frame> = frames.collect();
    frames.sort_by_key(|it| (&it.z, std::cmp::Reverse(it.rect().area()), it.id));
    frames
}

impl SceneBuilder {
    /// A builder that uses these fonts and colours.
    pub fn new(book: FontBook, theme: Theme) -> Self {
        Self {
            text: TextEngine::new(book, ""),
            theme,
            language: String::new(),
            round: 0,
            rough: false,
            stickies: BTreeMap::new(),
            frames: BTreeMap::new(),
            scenarios: BTreeMap::new(),
            links: BTreeMap::new(),
            clear: BTreeMap::new(),
            drawn: Drawn::default(),
            near: None,
            ring: Ring::default(),
        }
    }

    /// The fonts.
    pub fn book(&self) -> &FontBook {
        &self.text.book
    }

    /// Takes other fonts, say with a system font behind the bundled ones.
    pub fn set_book(&mut self, book: FontBook) {
        self.text = TextEngine::new(book, &self.language);
        self.forget();
    }

    /// The colours.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// Takes other colours.
    pub fn set_theme(&mut self, theme: Theme) {
        if theme != self.theme {
            self.theme = theme;
            self.forget();
        }
    }

    fn forget(&mut self) {
        self.stickies.clear();
        self.frames.clear();
        self.scenarios.clear();
        self.links.clear();
        self.clear.clear();
        self.drawn = Drawn::default();
    }

    pub(super) fn pen(&mut self) -> Pen<'_> {
        Pen { text: &mut self.text, theme: &self.theme }
    }

    /// Lays the board out.
    pub fn build(&mut self, board: &Board, options: &Options) -> Scene {
        if self.language != board.settings().language {
            self.language = board.settings().language.clone();
            self.text = TextEngine::new(self.text.book.clone(), &self.language);
            self.forget();
        }
        self.round += 1;
        self.near = None;
        self.rough = options.rough;
        let shown = |id: Id| options.only.as_ref().is_none_or(|it| it.contains(&id));
        let details = options.details.shown(board.settings().level);
        let hidden = Hidden::of(board);
        let mut moved = Vec::new();
        let mut made = Made::default();

        self.build_frames(board, options, details, &hidden, &mut made);
        let visible = |id: &Id| shown(*id) && hidden.by(*id).is_none();
        let stickies: Vec<&Sticky> = board.stickies().values().filter(|it| visible(&it.id)).collect();
        let placed: Vec<(Id, RectF)> = stickies.iter().map(|it| (it.id, reach(it))).collect();
        let drawings = self.draw_stickies(board, &stickies, details, options, &mut moved);
        let item = |(it, drawing): (&Sticky, _)| placed_item(it.id, Layer::Sticky, it.rect(), drawing);
        let mut items: Vec<_> = drawings.into_iter().map(|it| (&it.0.z, item(it))).collect();
        if items.is_sorted_by_key(|(z, _)| *z) {
            made.stickies = items.into_iter().map(|(_, it)| it).collect();
        } else {
            items.sort_by_key(|(z, _)| *z);
            made.stickies = items.into_iter().map(|(_, it)| it).collect();
        }
        for it in board.scenarios().values().filter(|it| visible(&it.id)) {
            let drawing = self.scenario(it, options.editing == Some(it.id));
            made.stickies.push(placed_item(it.id, Layer::Sticky, it.rect(), drawing));
        }
        let round = self.round;
        let gone = self.stickies.values().filter(|it| it.round != round);
        moved.extend(gone.map(|it| outline(it.rect, it.look.paper.kind.spec().shape)));
        self.stickies.retain(|_, it| it.round == round);
        self.frames.retain(|_, it| it.round == round);
        self.scenarios.retain(|_, it| it.round == round);
        self.drawn.forget_before(round, self.stickies.len());

        self.keep_clear(&mut moved);
        self.build_links(board, &shown, &hidden, &placed, &moved, &mut made);
        self.links.retain(|_, it| it.round == round);
        self.pivotal(&stickies, &mut made);
        let mut scene = made.scene();
        scene.photos = board.photos_upward().into_iter().filter(|it| shown(it.id)).map(photo).collect();
        let all = scene.photos.iter().map(|it| it.bounds);
        // What lies on nothing has no bounds of its own.
        let all = all.chain((!scene.items.is_empty()).then_some(scene.bounds));
        scene.bounds = all.reduce(RectF::union).unwrap_or_default();
        scene
    }

    pub(super) fn scenario(&mut self, it: &Scenario, blank: bool) -> Arc<Drawing> {
        let rect = it.rect();
        let look = scenario::Look { w: rect.w, h: rect.h, text: it.text.clone(), blank };
        if let Some(kept) = self.scenarios.get_mut(&it.id).filter(|kept| kept.look == look) {
            (kept.round, kept.rect) = (self.round, rect);
            return Arc::clone(&kept.drawing);
        }
        let drawing = Arc::new(scenario::draw(&look, &mut self.pen()));
        self.scenarios.insert(it.id, Kept { look, rect, drawing: Arc::clone(&drawing), round: self.round });
        drawing
    }

    fn build_frames(&mut self, board: &Board, options: &Options, details: bool, hidden: &Hidden, made: &mut Made) {
        let shown = |id: Id| options.only.as_ref().is_none_or(|it| it.contains(&id));
        let visible = |it: &&Frame| shown(it.id) && hidden.by(it.id).is_none();
        for it in bottom_to_top(board.frames().values().filter(visible)) {
            let details = details || options.open.contains(&it.id);
            let hides = it.collapsed.then(|| hidden.count(board, it.id));
            let drawing = self.frame(board, it, details, options.editing == Some(it.id), hides);
            let rect = it.rect();
            made.frames.push(placed_item(it.id, Layer::Frame, rect, drawing));
        }
    }

    pub(super) fn frame(
        &mut self,
        board: &Board,
        it: &Frame,
        details: bool,
        blank: bool,
        hides: Option<usize>,
    ) -> Arc<Drawing> {
        let rect = it.rect();
        let look = frame::Look {
            kind: it.kind,
            w: rect.w,
            h: rect.h,
            text: it.text.clone(),
            details,
            blank,
            marks: it.marks.iter().copied().collect(),
            room: room(board, it),
            hides,
        };
        if let Some(kept) = self.frames.get_mut(&it.id).filter(|kept| kept.look == look) {
            kept.round = self.round;
            kept.rect = rect;
            return Arc::clone(&kept.drawing);
        }
        let drawing = Arc::new(frame::draw(&look, &mut self.pen()));
        self.frames.insert(it.id, Kept { look, rect, drawing: Arc::clone(&drawing), round: self.round });
        drawing
    }

    fn build_links(
        &mut self,
        board: &Board,
        shown: &dyn Fn(Id) -> bool,
        hidden: &Hidden,
        placed: &[(Id, RectF)],
        moved: &[RectF],
        made: &mut Made,
    ) {
        let end = |id: Id| -> Option<(Id, Rect)> {
            match hidden.by(id) {
                Some(frame) => Some((frame, board.frame(frame)?.rect())),
                None => Some((id, whole(reach(board.sticky(id)?)))),
            }
        };
        let mut links: Vec<&Link> = Vec::new();
        let mut ends = Vec::new();
        for it in board.links().values().filter(|it| shown(it.from) && shown(it.to)) {
            let (Some((from, from_rect)), Some((to, to_rect))) = (end(it.from), end(it.to)) else { continue };
            if from != to {
                links.push(it);
                ends.push(Span { from, from_rect, to, to_rect });
            }
        }
        let anchors = route::anchors(&ends);
        let ends: Vec<(&Link, Span, Ends)> =
            links.into_iter().zip(ends).zip(anchors).map(|((it, span), ends)| (it, span, ends)).collect();
        let as_before = |it: &Link, ends: Ends, kept: &KeptLink| {
            kept.ends == ends
                && kept.text == it.text
                && kept.size == label_size(board, it)
                && moved.len() <= MANY
                && !moved.iter().any(|rect| rect.touches(kept.influence))
        };
        let kept = &self.links;
        let new =
            |(it, _, ends): &&(&Link, Span, Ends)| !kept.get(&it.id).is_some_and(|kept| as_before(it, *ends, kept));
        let new: Vec<&(&Link, Span, Ends)> = ends.iter().filter(new).collect();
        let mut routed = self.route(&new, placed).into_iter();
        let mut new = new.into_iter().map(|(it, ..)| it.id).peekable();
        for (it, _, ends) in &ends {
            if new.next_if(|id| *id == it.id).is_none() {
                if let Some(kept) = self.links.get_mut(&it.id) {
                    kept.round = self.round;
                    kept.joins = (it.from, it.to);
                    made.link(it.id, kept);
                }
            } else if let Some(routed) = routed.next() {
                let kept = self.label_link(it, *ends, label_size(board, it), routed);
                made.link(it.id, &kept);
                self.links.insert(it.id, kept);
            }
        }
    }

    /// Brings what links keep clear of beside stickies up to date. Where that changes it has `moved`.
    pub(super) fn keep_clear(&mut self, moved: &mut Vec<RectF>) {
        let round = self.round;
        let frames = self.frames.iter().filter(|it| it.1.round == round).map(|(id, it)| {
            let (title, at) = (frame::title_box(&it.look), it.rect.to_f());
            (*id, RectF { x: at.x + title.x, y: at.y + title.y, ..title })
        });
        let scenarios = self.scenarios.iter().filter(|it| it.1.round == round).map(|(id, it)| (*id, it.rect.to_f()));
        let now: BTreeMap<Id, RectF> = frames.chain(scenarios).collect();
        for (id, rect) in self.clear.iter().filter(|(id, rect)| now.get(id) != Some(rect)) {
            moved.push(*rect);
            moved.extend(now.get(id));
        }
        moved.extend(now.iter().filter(|(id, _)| !self.clear.contains_key(id)).map(|it| *it.1));
        self.clear = now;
    }

    /// The ways and curves of links, found on all cores where there are many.
    fn route(&self, links: &[&(&Link, Span, Ends)], placed: &[(Id, RectF)]) -> Vec<Routed> {
        if links.is_empty() {
            return Vec::new();
        }
        let clear = self.clear.iter().map(|(id, rect)| (*id, *rect));
        let (ink, grid) = (self.link_ink(), Grid::new(placed.iter().copied().chain(clear).collect()));
        let route = |(_, Span { from, to, .. }, ends): &&(&Link, Span, Ends)| {
            let near = grid.near(route::influence(ends.0.rect, ends.1.rect), [*from, *to]);
            routed(*ends, near, ink)
        };
        links.par_iter().with_min_len(LINKS).map(route).collect()
    }

    fn link_ink(&self) -> link::Ink {
        link::Ink { color: self.theme.link, width: 2.0, dashed: false }
    }

    /// The way, the curve and the label of a link with these ends, between what lies `near` it.
    pub(super) fn lay_link(&mut self, it: &Link, ends: Ends, size: f32, near: Vec<RectF>) -> KeptLink {
        let routed = routed(ends, near, self.link_ink());
        self.label_link(it, ends, size, routed)
    }

    fn label_link(&mut self, it: &Link, ends: Ends, size: f32, (near, way, drawing): Routed) -> KeptLink {
        let (ink, joined) = (self.link_ink(), [ends.0.rect, ends.1.rect]);
        let label = link::label(&way, (&it.text, size), ink, joined, &near, &mut self.pen()).map(Arc::new);
        KeptLink {
            joins: (it.from, it.to),
            ends,
            text: it.text.clone(),
            size,
            influence: route::influence(ends.0.rect, ends.1.rect),
            origin: way.curve[0],
            drawing: Arc::new(drawing),
            label,
            round: self.round,
        }
    }

    fn pivotal(&mut self, stickies: &[&Sticky], made: &mut Made) {
        let tapes: Vec<&&Sticky> = stickies.iter().filter(|it| it.has(Mark::Pivotal)).collect();
        if tapes.is_empty() {
            return;
        }
        let all = made.frames.iter().chain(&made.stickies).map(|it| it.bounds).reduce(RectF::union);
        let Some(all) = all.map(|it| it.grown(TAPE)) else { return };
        let drawing = Arc::new(frame::pivotal(all.h, &self.pen()));
        for it in tapes {
            let origin = PointF::new(it.rect().to_f().center().x, all.y);
            made.tapes.push(item(Some(it.id), Layer::Frame, origin, Arc::clone(&drawing)));
        }
    }

    /// The kinds in use with their colours, signs and names, in rows no wider than `width`, from `at` down.
    pub fn legend(&mut self, board: &Board, at: PointF, width: f32) -> Item {
        let used: BTreeSet<Kind> = board.stickies().values().map(|it| it.kind).collect();
        let kinds: Vec<Kind> = Kind::all().filter(|it| used.contains(it)).collect();
        let drawing = legend::draw(&kinds, width, &mut self.pen());
        item(None, Layer::Overlay, at, Arc::new(drawing))
    }

    /// A title in one line no wider than `width`, from `at` down.
    pub fn title(&mut self, text: &str, at: PointF, width: f32) -> Item {
        let drawing = legend::title(text, width, &mut self.pen());
        item(None, Layer::Overlay, at, Arc::new(drawing))
    }
}

impl std::fmt::Debug for SceneBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SceneBuilder({}, {} stickies)", self.theme.name, self.stickies.len())
    }
}

/// The items by layer.
#[derive(Default)]
struct Made {
    frames: Vec<Item>,
    tapes: Vec<Item>,
    links: Vec<Item>,
    stickies: Vec<Item>,
    labels: Vec<Item>,
}

impl Made {
    fn link(&mut self, id: Id, kept: &KeptLink) {
        self.links.push(item(Some(id), Layer::Link, kept.origin, Arc::clone(&kept.drawing)));
        if let Some(label) = &kept.label {
            self.labels.push(item(Some(id), Layer::Label, kept.origin, Arc::clone(label)));
        }
    }

    fn scene(self) -> Scene {
        let mut items = self.tapes;
        let tapes = items.len();
        let mut index = Vec::with_capacity(self.frames.len() + self.links.len() + self.stickies.len());
        let mut enter = |from: usize, items: &[Item]| {
            let numbers = (from as u32)..;
            index.extend(items.iter().zip(numbers).filter_map(|(it, at)| Some((it.element?, at))));
        };
        enter(items.len(), &self.frames);
        items.extend(self.frames);
        enter(items.len(), &self.links);
        items.extend(self.links);
        enter(items.len(), &self.stickies);
        items.extend(self.stickies);
        let numbers = (items.len() as u32)..;
        let labels = self.labels.iter().zip(numbers).filter_map(|(it, at)| Some((it.element?, at))).collect();
        items.extend(self.labels);
        index.sort_unstable();
        let bounds = items.iter().map(|it| it.bounds).reduce(RectF::union).unwrap_or_default();
        let missing = missing_of(&items);
        let rough = items.iter().filter(|it| it.drawing.rough).count();
        Scene { items, photos: Vec::new(), bounds, missing, index, labels, tapes, rough, places: Places::default() }
    }
}

/// Which collapsed frame hides an element.
struct Hidden(BTreeMap<Id, Id>);

impl Hidden {
    fn of(board: &Board) -> Self {
        let collapsed = board.collapsed();
        if collapsed.is_empty() {
            return Self(BTreeMap::new());
        }
        let frames = board.frames().values().map(|it| (it.id, it.rect()));
        let stickies = board.stickies().values().map(|it| (it.id, it.rect()));
        let scenarios = board.scenarios().values().map(|it| (it.id, it.rect()));
        let all = frames.chain(stickies).chain(scenarios);
        Self(all.filter_map(|(id, rect)| Some((id, collapsed.hider(id, rect)?))).collect())
    }

    /// The frame that hides the element.
    fn by(&self, id: Id) -> Option<Id> {
        self.0.get(&id).copied()
    }

    /// The stickies that a frame hides.
    fn count(&self, board: &Board, frame: Id) -> usize {
        self.0.iter().filter(|(id, by)| **by == frame && board.sticky(**id).is_some()).count()
    }
}

/// The size of the label of a link: that of one without a text is of no account.
pub(super) fn label_size(board: &Board, it: &Link) -> f32 {
    if it.text.trim().is_empty() {
        return link::LABEL;
    }
    written_size(board, it)
}

/// The size that a label of that link has.
pub(super) fn written_size(board: &Board, it: &Link) -> f32 {
    let ends = [it.from, it.to].into_iter().filter_map(|id| board.sticky(id));
    link::label_size(ends.map(|it| {
        let (rect, text) = (it.rect(), board.text(it.id));
        let (fit, name) =
            sticky::fit_text(it.kind, text, false, sticky::text_area(it.kind, rect.w as f32, rect.h as f32));
        rough_size(text.get(..name).unwrap_or(text), &fit)
    }))
}

/// How much room a frame has above the stickies in it that lie below its title.
pub(super) fn room(board: &Board, frame: &Frame) -> i32 {
    let rect = frame.rect();
    let right = rect.to_f().x + frame::title_width(frame.kind, rect.w as f32, rect.h as f32, &frame.text);
    let inside = board.stickies().values().map(Sticky::rect).filter(|it| rect.contains(it.center()));
    let below = inside.filter(|it| (it.x as f32) < right);
    below.map(|it| it.y.saturating_sub(rect.y)).min().unwrap_or(rect.h).max(0)
}

fn photo(it: &Photo) -> Item {
    let rect = RectF::new(0.0, 0.0, it.w as f32, it.h as f32);
    let shapes = vec![Shape::Image { rect, data: it.data.clone() }];
    let drawing = Drawing { shapes, bounds: rect, ..Drawing::default() };
    placed_item(it.id, Layer::Photo, it.rect(), Arc::new(drawing))
}

fn routed(ends: Ends, near: Vec<RectF>, ink: link::Ink) -> Routed {
    let way = route::way(ends, &near);
    let drawing = link::draw(&way, ink);
    (near, way, drawing)
}

pub(super) fn whole(it: RectF) -> Rect {
    Rect { x: it.x.round() as i32, y: it.y.round() as i32, w: it.w.round() as i32, h: it.h.round() as i32 }
}

pub(super) fn placed_item(id: Id, layer: Layer, rect: Rect, drawing: Arc<Drawing>) -> Item {
    item(Some(id), layer, PointF::new(rect.x as f32, rect.y as f32), drawing)
}

pub(super) fn item(element: Option<Id>, layer: Layer, origin: PointF, drawing: Arc<Drawing>) -> Item {
    let bounds = drawing.bounds;
    let bounds = RectF { x: bounds.x + origin.x, y: bounds.y + origin.y, ..bounds };
    Item { element, layer, origin, bounds, drawing }
}
