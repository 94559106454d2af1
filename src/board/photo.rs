//! Photos: pictures of a real wall, to type over. They lie behind everything else, on one another in an order of their
//! own, and mean nothing to the machine.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::{Deserializer, Error as _};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use crate::kit::{Id, OrderKey, Point, Rect, Size};

/// The most bytes that a photo may have in its file's format.
pub const PHOTO_MOST: usize = 4 << 20;

/// The most bytes that all photos of a board have together: in its file they take a third more.
pub const PHOTOS_MOST: usize = 128 << 20;

/// A photo on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Photo {
    /// Its id.
    pub id: Id,
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width.
    pub w: i32,
    /// Height.
    pub h: i32,
    /// Place in the pile of photos: higher lies on top; of equal ones the one with the higher id.
    #[serde(default, skip_serializing_if = "is_default")]
    pub z: OrderKey,
    /// What it shows: the name of its file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Whether the pointer passes through it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub locked: bool,
    /// Its bytes: a PNG or JPEG.
    pub data: PhotoBytes,
}

impl Photo {
    /// A new photo.
    pub fn new(id: Id, rect: Rect, text: impl Into<String>, data: PhotoBytes) -> Self {
        let (z, text) = (OrderKey::default(), text.into());
        Self { id, x: rect.x, y: rect.y, w: rect.w, h: rect.h, z, text, locked: false, data }
    }

    /// Its rectangle.
    pub fn rect(&self) -> Rect {
        Rect::new(Point::new(self.x, self.y), Size::new(self.w, self.h))
    }
}

fn is_default(it: &OrderKey) -> bool {
    *it == OrderKey::default()
}

/// The bytes of a photo, shared by its copies; in files base64.
#[derive(Clone, Eq)]
pub struct PhotoBytes(Arc<[u8]>);

impl PhotoBytes {
    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// What it is, for files that embed it; `None` if it is neither PNG nor JPEG.
    pub fn media_type(&self) -> Option<&'static str> {
        if self.0.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some("image/png")
        } else if self.0.starts_with(&[0xff, 0xd8, 0xff]) {
            Some("image/jpeg")
        } else {
            None
        }
    }

    /// Tells photos apart without looking at all of their bytes: it is the same for copies of one.
    pub fn key(&self) -> usize {
        self.0.as_ptr().addr()
    }
}

impl From<Vec<u8>> for PhotoBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl PartialEq for PhotoBytes {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl fmt::Debug for PhotoBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Serialize for PhotoBytes {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for PhotoBytes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        if text.len() > PHOTO_MOST / 3 * 4 + 8 {
            return Err(D::Error::custom(format!("a photo has at most {PHOTO_MOST} bytes; make it smaller")));
        }
        STANDARD.decode(text.as_bytes()).map(Self::from).map_err(|err| D::Error::custom(format!("no base64: {err}")))
    }
}
