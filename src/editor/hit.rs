//! What lies under the pointer.

use super::Camera;
use crate::board::{Board, Frame, Shape as Outline, Sticky};
use crate::kit::{Id, PointF, Rect, RectF};
use crate::scene::{Layer, Scene, Shape, title_size};

/// How near to a line or handle counts as on it, in points of the screen.
pub const REACH: f32 = 7.0;

/// On boards with more stickies the scene is asked which are near. It is at most one input behind the board.
const MANY: usize = 500;

/// A corner of a rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corner {
    /// Top left.
    TopLeft,
    /// Top right.
    TopRight,
    /// Bottom left.
    BottomLeft,
    /// Bottom right.
    BottomRight,
}

impl Corner {
    /// The four corners.
    pub const ALL: [Self; 4] = [Self::TopLeft, Self::TopRight, Self::BottomLeft, Self::BottomRight];

    /// Where it is on a rectangle.
    pub fn of(self, rect: RectF) -> PointF {
        match self {
            Self::TopLeft => PointF::new(rect.x, rect.y),
            Self::TopRight => PointF::new(rect.right(), rect.y),
            Self::BottomLeft => PointF::new(rect.x, rect.bottom()),
            Self::BottomRight => PointF::new(rect.right(), rect.bottom()),
        }
    }
}

/// What was hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// A corner of the one selected element.
    Corner(Id, Corner),
    /// The handle from which a link is drawn.
    LinkHandle(Id),
    /// An end of the one selected link; whether it is the one that has the arrow head.
    LinkEnd(Id, bool),
    /// A sticky.
    Sticky(Id),
    /// A scenario.
    Scenario(Id),
    /// A link.
    Link(Id),
    /// The border or title of a frame.
    Frame(Id),
    /// A photo.
    Photo(Id),
}

impl Hit {
    /// The element that was hit.
    pub fn id(self) -> Id {
        match self {
            Self::Corner(id, _)
            | Self::LinkHandle(id)
            | Self::LinkEnd(id, _)
            | Self::Sticky(id)
            | Self::Scenario(id)
            | Self::Link(id)
            | Self::Photo(id)
            | Self::Frame(id) => id,
        }
    }
}

/// The four points round a sticky from which a link can be drawn, in board units.
pub fn link_handles(rect: RectF, zoom: f32) -> [PointF; 4] {
    let out = 12.0 / zoom;
    let middle = rect.center();
    [
        PointF::new(rect.right() + out, middle.y),
        PointF::new(middle.x, rect.bottom() + out),
        PointF::new(rect.x - out, middle.y),
        PointF::new(middle.x, rect.y - out),
    ]
}

/// The part of a frame that bears its kind and name, in board units: about as wide as the name, so that a lasso may
/// begin beside it.
fn title(frame: &Frame) -> RectF {
    let rect = frame.rect().to_f();
    let size = title_size(rect.w, rect.h);
    let name = frame.text.lines().next().unwrap_or_default().chars().count().max(8);
    RectF {
        w: (30.0 + name as f32 * size * 0.62).min(rect.w),
        h: (5.0 + size * 1.9).clamp(24.0, 80.0).min(rect.h),
        ..rect
    }
}

/// Whether its corners can be dragged. What is locked keeps its size, and so does a frame that is shown as a card: it
/// would lose what it hides, without a sign.
pub fn is_resized(board: &Board, id: Id) -> bool {
    let card = board.frame(id).is_some_and(|it| it.collapsed);
    !card && board.rect(id).is_some() && !board.is_locked(id)
}

/// The element under a point of the board.
///
/// `scene` knows the ways of links. Handles are tried for `single`, the one selected element, first.
pub fn hit(board: &Board, scene: &Scene, camera: &Camera, single: Option<Id>, at: PointF) -> Option<Hit> {
    let reach = REACH * camera.reach / camera.zoom;
    let single = single.filter(|id| !board.is_locked(*id));
    if let Some(rect) = single.and_then(|id| board.rect(id)).map(Rect::to_f) {
        let id = single?;
        for corner in Corner::ALL.into_iter().filter(|_| is_resized(board, id)) {
            if near(corner.of(rect), at, reach) {
                return Some(Hit::Corner(id, corner));
            }
        }
        if board.sticky(id).is_some() && link_handles(rect, camera.zoom).iter().any(|it| near(*it, at, reach * 1.3)) {
            return Some(Hit::LinkHandle(id));
        }
    }
    if let Some(id) = single.filter(|id| board.link(*id).is_some())
        && let Some(way) = scene.link_path(id)
        && let (Some(start), Some(end)) = (way.first(), way.last())
    {
        for (point, head) in [(end, true), (start, false)] {
            if near(*point, at, reach * 1.2) {
                return Some(Hit::LinkEnd(id, head));
            }
        }
    }
    let collapsed = board.collapsed();
    let seen = |id: Id, rect: Rect| collapsed.hider(id, rect).is_none();
    let under = |it: &&Sticky| !it.locked && inside(it.rect(), it.shape(), at) && seen(it.id, it.rect());
    let spot = RectF::new(at.x, at.y, 0.0, 0.0).grown(reach);
    let sticky = if board.stickies().len() > MANY {
        let near = scene.within(spot).filter(|it| it.layer == Layer::Sticky).filter_map(|it| it.element);
        near.filter_map(|id| board.sticky(id)).filter(under).max_by_key(|it| (&it.z, it.id))
    } else {
        board.stickies().values().filter(under).max_by_key(|it| (&it.z, it.id))
    };
    if let Some(sticky) = sticky {
        return Some(Hit::Sticky(sticky.id));
    }
    if let Some(scenario) =
        board.scenarios().values().rfind(|it| it.rect().to_f().contains(at) && seen(it.id, it.rect()))
    {
        return Some(Hit::Scenario(scenario.id));
    }
    let links = scene.within(spot).rev().filter(|it| it.layer == Layer::Link);
    for item in links {
        let line = item.drawing.way.as_deref().unwrap_or_default();
        let local = PointF::new(at.x - item.origin.x, at.y - item.origin.y);
        if let Some(id) = item.element.filter(|_| distance_to_line(line, local) <= reach) {
            return Some(Hit::Link(id));
        }
    }
    let frames = board.frames().values().filter(|it| !it.locked && seen(it.id, it.rect()));
    let frames = frames.filter(|it| is_on_frame(it, at, reach) || is_on_text(scene, it.id, at));
    if let Some(frame) = frames.min_by_key(|it| (it.rect().area(), it.id)) {
        return Some(Hit::Frame(frame.id));
    }
    let photos = board.photos().values().filter(|it| !it.locked && it.rect().to_f().contains(at));
    photos.max_by_key(|it| (&it.z, it.id)).map(|it| Hit::Photo(it.id))
}

/// The locked element at a point of the board, through which the pointer passes: the menu alone takes hold of it.
pub(super) fn locked(board: &Board, camera: &Camera, at: PointF) -> Option<Id> {
    let reach = REACH * camera.reach / camera.zoom;
    let collapsed = board.collapsed();
    let seen = |id: Id, rect: Rect| collapsed.hider(id, rect).is_none();
    let stickies = board.stickies().values().filter(|it| it.locked && inside(it.rect(), it.shape(), at));
    let sticky = stickies.filter(|it| seen(it.id, it.rect())).max_by_key(|it| (&it.z, it.id)).map(|it| it.id);
    let frame = || {
        let frames = board.frames().values().filter(|it| it.locked && is_on_frame(it, at, reach));
        let frames = frames.filter(|it| seen(it.id, it.rect()));
        frames.min_by_key(|it| (it.rect().area(), it.id)).map(|it| it.id)
    };
    let photo = || {
        let photos = board.photos().values().filter(|it| it.locked && it.rect().to_f().contains(at));
        photos.max_by_key(|it| (&it.z, it.id)).map(|it| it.id)
    };
    sticky.or_else(frame).or_else(photo)
}

/// Whether a point lies on a line of text of an element: the title of a frame may stand above it.
fn is_on_text(scene: &Scene, id: Id, at: PointF) -> bool {
    let Some(item) = scene.item(id).filter(|it| it.bounds.contains(at)) else { return false };
    let local = PointF::new(at.x - item.origin.x, at.y - item.origin.y);
    item.drawing.shapes.iter().any(|it| matches!(it, Shape::Text(line) if line.bounds.contains(local)))
}

/// Whether a point lies on what of a frame can be taken hold of: border and title, of a collapsed one all of it.
fn is_on_frame(frame: &Frame, at: PointF, reach: f32) -> bool {
    let rect = frame.rect().to_f();
    let (whole, hollow) = (rect.grown(reach), rect.grown(-reach));
    let on_border = whole.contains(at) && !hollow.contains(at);
    on_border || frame.collapsed && whole.contains(at) || title(frame).contains(at)
}

/// Whether a point lies within the outline of a sticky.
pub fn inside(rect: Rect, shape: Outline, at: PointF) -> bool {
    let rect = rect.to_f();
    match shape {
        Outline::Square | Outline::Clock => rect.contains(at),
        Outline::Diamond => {
            // Turned by 45 degrees, its corners stand out of the rectangle.
            let half = std::f32::consts::FRAC_1_SQRT_2;
            let (middle, half_w, half_h) = (rect.center(), rect.w.max(1.0) * half, rect.h.max(1.0) * half);
            (at.x - middle.x).abs() / half_w + (at.y - middle.y).abs() / half_h <= 1.0
        }
    }
}

fn near(a: PointF, b: PointF, reach: f32) -> bool {
    (a.x - b.x).abs() <= reach && (a.y - b.y).abs() <= reach
}

/// The distance of a point from a line of straight pieces; infinite where there is none.
pub fn distance_to_line(line: &[PointF], at: PointF) -> f32 {
    let mut best = f32::INFINITY;
    for (a, b) in line.iter().zip(line.iter().skip(1)) {
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let length = dx * dx + dy * dy;
        let t = if length > 0.0 { (((at.x - a.x) * dx + (at.y - a.y) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
        best = best.min((at.x - a.x - t * dx).hypot(at.y - a.y - t * dy));
    }
    best
}
