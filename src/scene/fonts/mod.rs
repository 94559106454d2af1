//! The fonts: bundled ones, and system fonts that somebody found and hands in.
//!
//! Where they come from and under which licences: `assets/fonts/README.md`.

mod raster;
mod subset;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};

pub use raster::{GlyphMask, GlyphRaster};
pub use subset::subset;

/// The number of a font in a [`FontBook`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(pub u16);

/// A font file that comes with the program.
struct Bundled {
    family: &'static str,
    name: &'static str,
    bytes: &'static [u8],
}

macro_rules! bundled {
    ($($family:literal $name:literal $file:literal)*) => {
        &[$(Bundled { family: $family, name: $name, bytes: include_bytes!(concat!("../../../assets/fonts/", $file)) }),*]
    };
}

/// The bundled fonts. Ids are places in this list.
static BUNDLED: &[Bundled] = bundled! {
    "sg-sans" "Noto Sans" "sans-regular.ttf"
    "sg-sans" "Noto Sans Bold" "sans-bold.ttf"
    "sg-arabic" "Noto Sans Arabic" "arabic-regular.ttf"
    "sg-arabic" "Noto Sans Arabic Bold" "arabic-bold.ttf"
    "sg-hebrew" "Noto Sans Hebrew" "hebrew-regular.ttf"
    "sg-hebrew" "Noto Sans Hebrew Bold" "hebrew-bold.ttf"
    "sg-japanese" "Noto Sans JP" "japanese-regular.ttf"
    "sg-japanese" "Noto Sans JP Bold" "japanese-bold.ttf"
    "sg-chinese" "Noto Sans SC" "chinese-regular.ttf"
    "sg-chinese" "Noto Sans SC Bold" "chinese-bold.ttf"
    "sg-symbols" "Noto Sans Symbols 2" "symbols.ttf"
    "sg-symbols-more" "Noto Sans Symbols" "symbols-more.ttf"
    "sg-maths" "Noto Sans Math" "maths.ttf"
    "sg-emoji" "Noto Emoji" "emoji.ttf"
};

/// The families in the order in which a character is looked for, Japanese before Chinese.
const FAMILIES: &[&str] = &[
    "sg-sans",
    "sg-arabic",
    "sg-hebrew",
    "sg-japanese",
    "sg-chinese",
    "sg-symbols",
    "sg-symbols-more",
    "sg-maths",
    "sg-emoji",
];

/// One font.
#[derive(Clone)]
pub struct Font {
    /// The name that people know.
    pub name: String,
    /// Whether it comes with the program.
    pub bundled: bool,
    /// The font's place in its file, 0 where the file is one font.
    pub index: u32,
    bytes: Blob<u8>,
}

impl Font {
    /// The bytes of the font file.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.as_ref()
    }

    /// The bytes of the font file for whoever keeps them: they are shared and not copied.
    pub fn shared_bytes(&self) -> Arc<dyn AsRef<[u8]> + Send + Sync> {
        self.bytes.clone().into_raw_parts().0
    }
}

impl fmt::Debug for Font {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Font({}, {} bytes)", self.name, self.bytes().len())
    }
}

/// The fonts that a picture may use: the bundled ones, then system fonts that were handed in.
///
/// Cheap to clone; clones share the fonts.
#[derive(Clone)]
pub struct FontBook {
    fonts: Vec<Font>,
    ids: BTreeMap<(u64, u32), FontId>,
    families: Vec<String>,
    collection: Collection,
    sources: SourceCache,
}

impl Default for FontBook {
    fn default() -> Self {
        Self::bundled()
    }
}

impl fmt::Debug for FontBook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.fonts).finish()
    }
}

impl FontBook {
    /// The bundled fonts alone: a picture made with them is the same on every machine.
    pub fn bundled() -> Self {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut book = Self {
            fonts: Vec::new(),
            ids: BTreeMap::new(),
            families: FAMILIES.iter().map(|it| (*it).to_owned()).collect(),
            collection: Collection::new(options),
            sources: SourceCache::default(),
        };
        for font in BUNDLED {
            book.register(Blob::new(Arc::new(font.bytes)), font.family, Some(font.name));
        }
        book
    }

    /// With a system font behind the bundled ones, for characters that they lack. `bytes` is a font file or a
    /// collection of fonts. Returns the names of the fonts found in it; none if it is no font.
    pub fn with_system(&mut self, bytes: Vec<u8>) -> Vec<String> {
        let before = self.fonts.len();
        let family = format!("sg-system-{before}");
        self.register(Blob::new(Arc::new(bytes)), &family, None);
        if self.fonts.len() > before {
            self.families.push(family);
        }
        self.fonts.iter().skip(before).map(|it| it.name.clone()).collect()
    }

    fn register(&mut self, blob: Blob<u8>, family: &str, name: Option<&str>) {
        let rename = FontInfoOverride { family_name: Some(family), ..FontInfoOverride::default() };
        let registered = self.collection.register_fonts(blob.clone(), Some(rename));
        for font in registered.iter().flat_map(|(_, fonts)| fonts) {
            let Ok(number) = u16::try_from(self.fonts.len()) else { return };
            let name = name.map_or_else(|| own_name(blob.as_ref(), font.index()), str::to_owned);
            self.ids.insert((blob.id(), font.index()), FontId(number));
            self.fonts.push(Font {
                name,
                bundled: family_is_bundled(family),
                index: font.index(),
                bytes: blob.clone(),
            });
        }
    }

    /// The font with that id.
    pub fn font(&self, id: FontId) -> Option<&Font> {
        self.fonts.get(usize::from(id.0))
    }

    /// All fonts with their ids.
    pub fn fonts(&self) -> impl Iterator<Item = (FontId, &Font)> {
        (0..).map(FontId).zip(&self.fonts)
    }

    pub(super) fn id_of(&self, blob: u64, index: u32) -> Option<FontId> {
        self.ids.get(&(blob, index)).copied()
    }

    /// The families in the order in which a character is looked for; a Chinese board looks into the Chinese font
    /// before the Japanese one, since they draw shared characters differently.
    pub(super) fn families(&self, language: &str) -> Vec<String> {
        let mut families = self.families.clone();
        if language.split(['-', '_']).next().is_some_and(|it| it.eq_ignore_ascii_case("zh")) {
            let place = |name: &str| families.iter().position(|it| it == name);
            if let (Some(japanese), Some(chinese)) = (place("sg-japanese"), place("sg-chinese")) {
                families.swap(japanese, chinese);
            }
        }
        families
    }

    pub(super) fn context(&self) -> parley::FontContext {
        parley::FontContext { collection: self.collection.clone(), source_cache: self.sources.clone() }
    }
}

/// Which of the characters the font file shows: it maps them to glyphs with an outline. Empty if it is no font.
pub fn covered(bytes: &[u8], characters: &BTreeSet<char>) -> BTreeSet<char> {
    let Some(file) = swash::FontDataRef::new(bytes) else { return BTreeSet::new() };
    let mut scaler = swash::scale::ScaleContext::new();
    let mut found = BTreeSet::new();
    for font in file.fonts() {
        let charmap = font.charmap();
        let mut outlines = scaler.builder(font).size(16.0).build();
        let shown = characters.iter().copied().filter(|it| match charmap.map(*it) {
            0 => false,
            glyph => outlines.scale_outline(glyph).is_some_and(|it| !it.points().is_empty()),
        });
        found.extend(shown);
    }
    found
}

fn family_is_bundled(family: &str) -> bool {
    FAMILIES.contains(&family)
}

/// The full name that the font file gives itself.
fn own_name(bytes: &[u8], index: u32) -> String {
    use swash::StringId;
    let font = usize::try_from(index).ok().and_then(|index| swash::FontRef::from_index(bytes, index));
    let name = font.and_then(|font| {
        let names = font.localized_strings();
        let name = names.find_by_id(StringId::Full, Some("en")).or_else(|| names.find_by_id(StringId::Family, None));
        name.map(|it| it.to_string())
    });
    name.filter(|it| !it.is_empty()).unwrap_or_else(|| "a font without a name".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_font_is_read_and_they_are_small_enough_together() {
        let book = FontBook::bundled();
        assert_eq!(book.fonts.len(), BUNDLED.len());
        for (at, (font, bundled)) in book.fonts.iter().zip(BUNDLED).enumerate() {
            assert_eq!(font.name, bundled.name);
            assert_eq!(book.font(FontId(at as u16)).map(|it| it.bytes().len()), Some(bundled.bytes.len()));
        }
        let total: usize = BUNDLED.iter().map(|it| it.bytes.len()).sum();
        assert!(total <= 20_000_000, "{total} bytes");
    }

    #[test]
    fn a_font_covers_what_it_has_outlines_for() {
        let asked = BTreeSet::from(['א', ' ', '한']);
        assert_eq!(covered(BUNDLED[4].bytes, &asked), BTreeSet::from(['א']));
        assert_eq!(covered(b"no font", &asked), BTreeSet::new());
    }

    #[test]
    fn a_system_font_is_named_and_nonsense_is_no_font() {
        let mut book = FontBook::bundled();
        assert!(book.with_system(b"no font".to_vec()).is_empty());
        let names = book.with_system(BUNDLED[4].bytes.to_vec());
        assert_eq!(names, ["Noto Sans Hebrew Regular"]);
        assert!(book.fonts().last().is_some_and(|(_, it)| !it.bundled));
    }
}
