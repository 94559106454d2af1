//! Rectangles of whole pixels.

/// Pixels from `left` and `top` up to but without `right` and `bottom`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: usize,
    pub(super) top: usize,
    pub(super) right: usize,
    pub(super) bottom: usize,
}

impl Area {
    /// All pixels of a picture.
    pub(super) fn whole(width: usize, height: usize) -> Self {
        Self { left: 0, top: 0, right: width, bottom: height }
    }

    /// Every pixel that a rectangle touches; none for one that is no rectangle.
    pub(super) fn touched(rect: egui::Rect) -> Self {
        // What is negative or no number becomes 0, what is too large the largest there is.
        Self {
            left: rect.min.x.floor() as usize,
            top: rect.min.y.floor() as usize,
            right: rect.max.x.ceil() as usize,
            bottom: rect.max.y.ceil() as usize,
        }
    }

    /// The pixels within a rectangle that was rounded to whole ones.
    pub(super) fn rounded(rect: egui::Rect) -> Self {
        Self {
            left: rect.min.x.round() as usize,
            top: rect.min.y.round() as usize,
            right: rect.max.x.round() as usize,
            bottom: rect.max.y.round() as usize,
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self.right <= self.left || self.bottom <= self.top
    }

    /// What both hold.
    pub(super) fn common(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    /// The smallest that holds both.
    pub(super) fn around(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// Areas of which no two have a pixel in common.
#[derive(Clone, Debug, Default)]
pub(super) struct Areas(Vec<Area>);

/// More of them than this become one.
const MOST: usize = 12;

impl Areas {
    pub(super) fn add(&mut self, mut area: Area) {
        if area.is_empty() {
            return;
        }
        // What it grows to may meet others again.
        while let Some(at) = self.0.iter().position(|it| self.0.len() >= MOST || !it.common(area).is_empty()) {
            area = area.around(self.0.swap_remove(at));
        }
        self.0.push(area);
    }

    pub(super) fn add_all(&mut self, others: &Self) {
        others.0.iter().for_each(|it| self.add(*it));
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Area> {
        self.0.iter().copied()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn areas_hold_all_that_was_added_and_no_pixel_twice(
            added in proptest::collection::vec((0_usize..40, 0_usize..40, 0_usize..20, 0_usize..20), 0..30),
        ) {
            let mut areas = Areas::default();
            for &(left, top, w, h) in &added {
                areas.add(Area { left, top, right: left + w, bottom: top + h });
            }
            for x in 0..60 {
                for y in 0..60 {
                    let inside = |it: &Area| it.left <= x && x < it.right && it.top <= y && y < it.bottom;
                    let held = areas.iter().filter(inside).count();
                    let wanted = added.iter().any(|&(l, t, w, h)| l <= x && x < l + w && t <= y && y < t + h);
                    prop_assert!(held <= 1 && (held == 1 || !wanted));
                }
            }
        }
    }
}
