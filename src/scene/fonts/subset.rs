//! Cutting a font to the glyphs that a picture uses.
//!
//! Glyphs keep their numbers and all tables but the outlines stay as they are, so that character map, shaping and
//! metrics go on working; the outlines of unused glyphs become empty. Source: the OpenType specification, tables
//! `glyf`, `loca` and `head`.

use std::collections::BTreeSet;

/// The tables that a viewer needs to show text; others are left out.
const KEPT: &[&[u8; 4]] = &[
    b"GDEF", b"GPOS", b"GSUB", b"OS/2", b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"name", b"post",
];

/// A font file with the outlines of `glyphs` only. `None` where the font is not a single TrueType font with `glyf`
/// outlines, or is broken.
pub fn subset(font: &[u8], glyphs: &BTreeSet<u16>) -> Option<Vec<u8>> {
    let tables = directory(font)?;
    let table = |tag: &[u8; 4]| tables.iter().find(|(it, _)| it == tag).map(|(_, bytes)| *bytes);
    let (head, loca, glyf) = (table(b"head")?, table(b"loca")?, table(b"glyf")?);
    let count = usize::from(u16_at(table(b"maxp")?, 4)?);
    let long = u16_at(head, 50)? != 0;
    let offset = |glyph: usize| -> Option<usize> {
        if long {
            u32_at(loca, glyph * 4).map(|it| it as usize)
        } else {
            u16_at(loca, glyph * 2).map(|it| usize::from(it) * 2)
        }
    };
    let outline = |glyph: u16| -> Option<&[u8]> {
        let glyph = usize::from(glyph);
        if glyph >= count { None } else { glyf.get(offset(glyph)?..offset(glyph + 1)?) }
    };

    let mut kept = BTreeSet::from([0]);
    let mut open: Vec<u16> = glyphs.iter().copied().collect();
    while let Some(glyph) = open.pop() {
        if kept.insert(glyph) {
            open.extend(components(outline(glyph).unwrap_or_default()));
        }
    }

    let mut new_glyf = Vec::new();
    let mut new_loca = Vec::with_capacity((count + 1) * 4);
    for glyph in 0..count {
        new_loca.extend(u32::try_from(new_glyf.len()).ok()?.to_be_bytes());
        if let Some(glyph) = u16::try_from(glyph).ok().filter(|it| kept.contains(it)) {
            new_glyf.extend_from_slice(outline(glyph)?);
            new_glyf.resize(new_glyf.len().next_multiple_of(4), 0);
        }
    }
    new_loca.extend(u32::try_from(new_glyf.len()).ok()?.to_be_bytes());
    let mut new_head = head.to_vec();
    new_head.get_mut(50..52)?.copy_from_slice(&1u16.to_be_bytes());
    new_head.get_mut(8..12)?.fill(0);

    let parts: Vec<([u8; 4], &[u8])> = tables
        .iter()
        .filter(|(tag, _)| KEPT.contains(&tag))
        .map(|(tag, bytes)| {
            let bytes = match tag {
                b"glyf" => new_glyf.as_slice(),
                b"loca" => new_loca.as_slice(),
                b"head" => new_head.as_slice(),
                _ => bytes,
            };
            (*tag, bytes)
        })
        .collect();
    assemble(&parts)
}

/// The tables of a font file, by tag.
fn directory(font: &[u8]) -> Option<Vec<([u8; 4], &[u8])>> {
    if u32_at(font, 0)? != 0x0001_0000 {
        return None;
    }
    let count = usize::from(u16_at(font, 4)?);
    let mut tables = Vec::with_capacity(count);
    for at in 0..count {
        let record = font.get(12 + at * 16..28 + at * 16)?;
        let tag = <[u8; 4]>::try_from(record.get(..4)?).ok()?;
        let (from, len) = (u32_at(record, 8)? as usize, u32_at(record, 12)? as usize);
        tables.push((tag, font.get(from..from.checked_add(len)?)?));
    }
    tables.sort_by_key(|(tag, _)| *tag);
    Some(tables)
}

/// The glyphs that a composite outline is made of.
fn components(outline: &[u8]) -> Vec<u16> {
    const WORDS: u16 = 0x1;
    const SCALE: u16 = 0x8;
    const MORE: u16 = 0x20;
    const TWO_SCALES: u16 = 0x40;
    const MATRIX: u16 = 0x80;
    let mut found = Vec::new();
    if u16_at(outline, 0).is_none_or(|contours| contours < 0x8000) {
        return found;
    }
    let mut at = 10;
    while let (Some(flags), Some(glyph)) = (u16_at(outline, at), u16_at(outline, at + 2)) {
        found.push(glyph);
        at += 4 + if flags & WORDS != 0 { 4 } else { 2 };
        at += if flags & SCALE != 0 {
            2
        } else if flags & TWO_SCALES != 0 {
            4
        } else if flags & MATRIX != 0 {
            8
        } else {
            0
        };
        if flags & MORE == 0 {
            break;
        }
    }
    found
}

/// A font file of these tables, which are sorted by tag.
fn assemble(parts: &[([u8; 4], &[u8])]) -> Option<Vec<u8>> {
    let count = u16::try_from(parts.len()).ok().filter(|it| *it > 0)?;
    let power = 1u16 << count.ilog2();
    let mut font = Vec::new();
    font.extend(0x0001_0000u32.to_be_bytes());
    for it in [count, power * 16, count.ilog2() as u16, (count - power) * 16] {
        font.extend(it.to_be_bytes());
    }
    let mut from = 12 + parts.len() * 16;
    let mut head = None;
    for (tag, bytes) in parts {
        if tag == b"head" {
            head = Some(from);
        }
        font.extend(tag);
        font.extend(checksum(bytes).to_be_bytes());
        font.extend(u32::try_from(from).ok()?.to_be_bytes());
        font.extend(u32::try_from(bytes.len()).ok()?.to_be_bytes());
        from += bytes.len().next_multiple_of(4);
    }
    for (_, bytes) in parts {
        font.extend_from_slice(bytes);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    let adjustment = 0xb1b0_afbau32.wrapping_sub(checksum(&font));
    let at = head? + 8;
    font.get_mut(at..at + 4)?.copy_from_slice(&adjustment.to_be_bytes());
    Some(font)
}

fn checksum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0u32, |sum, chunk| {
        let mut word = [0u8; 4];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FONT: &[u8] = include_bytes!("../../../assets/fonts/sans-regular.ttf");

    #[test]
    fn kept_glyphs_look_the_same_and_others_are_empty() {
        let whole = swash::FontRef::from_index(FONT, 0).unwrap();
        let glyph = |c: char| whole.charmap().map(c);
        let (kept, other) = (glyph('é'), glyph('W'));
        let bytes = subset(FONT, &BTreeSet::from([kept])).unwrap();
        assert!(bytes.len() < FONT.len() / 2, "{} of {} bytes", bytes.len(), FONT.len());
        let part = swash::FontRef::from_index(&bytes, 0).unwrap();
        assert_eq!(part.charmap().map('é'), kept);
        let mut scale = swash::scale::ScaleContext::new();
        let mut points = |font: swash::FontRef<'_>, glyph: u16| {
            let outline = scale.builder(font).size(100.0).build().scale_outline(glyph);
            outline.map_or(Vec::new(), |it| it.points().to_vec())
        };
        assert!(!points(whole, kept).is_empty());
        assert_eq!(points(whole, kept), points(part, kept));
        assert!(!points(whole, other).is_empty());
        assert!(points(part, other).is_empty());
    }

    #[test]
    fn broken_fonts_are_refused() {
        let all: BTreeSet<u16> = (0..=u16::MAX).collect();
        assert!(subset(b"", &all).is_none());
        for cut in [4, 12, 100, 1000, FONT.len() / 2] {
            assert!(subset(&FONT[..cut], &all).is_none(), "{cut}");
        }
        assert!(subset(FONT, &all).is_some());
    }
}
