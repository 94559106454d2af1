//! Arithmetic on pixels: four channels of eight bits in one number, `0xAARRGGBB`, with the colour premultiplied by alpha.

/// Every second channel.
const EVEN: u32 = 0x00FF_00FF;

/// A colour of egui as a pixel.
pub(super) fn packed(color: egui::Color32) -> u32 {
    let [r, g, b, a] = color.to_array();
    u32::from_be_bytes([a, r, g, b])
}

/// `it` times `part` of 255, each channel rounded.
#[inline]
fn scaled(it: u32, part: u32) -> u32 {
    let even = (it & EVEN) * part + 0x0080_0080;
    let odd = ((it >> 8) & EVEN) * part + 0x0080_0080;
    let even = ((even + ((even >> 8) & EVEN)) >> 8) & EVEN;
    let odd = (odd + ((odd >> 8) & EVEN)) & !EVEN;
    even | odd
}

/// A pixel over what was there.
#[inline]
pub(super) fn over(below: u32, it: u32) -> u32 {
    let alpha = it >> 24;
    let rest = scaled(below, 255 - alpha);
    // Light is only added where a channel exceeds its alpha; then a sum may not fit.
    let most = ((it >> 16) & 255).max((it >> 8) & 255).max(it & 255);
    if most <= alpha { it + rest } else { clamped(it, rest) }
}

#[cold]
fn clamped(a: u32, b: u32) -> u32 {
    let (a, b) = (a.to_be_bytes(), b.to_be_bytes());
    u32::from_be_bytes(std::array::from_fn(|at| a[at].saturating_add(b[at])))
}

/// Puts one pixel over each of a row.
#[inline]
pub(super) fn fill(row: &mut [u32], it: u32) {
    match it >> 24 {
        255 => row.fill(it),
        _ if it == 0 => {}
        _ => {
            for below in row {
                *below = over(*below, it);
            }
        }
    }
}

/// A texel in the light of a vertex colour: channel by channel.
#[inline]
pub(super) fn lit(texel: u32, color: u32) -> u32 {
    if color == u32::MAX {
        return texel;
    }
    let alpha = texel >> 24;
    // Letters are white, more or less.
    if texel == alpha * 0x0101_0101 {
        return scaled(color, alpha);
    }
    let (texel, color) = (texel.to_be_bytes(), color.to_be_bytes());
    u32::from_be_bytes(std::array::from_fn(|at| {
        let product = u32::from(texel[at]) * u32::from(color[at]) + 128;
        ((product + (product >> 8)) >> 8) as u8
    }))
}

/// Between two pixels, `part` of 256 on the way to the second.
#[inline]
pub(super) fn between(a: u32, b: u32, part: u32) -> u32 {
    let even = ((a & EVEN) * (256 - part) + (b & EVEN) * part) >> 8;
    let odd = ((a >> 8) & EVEN) * (256 - part) + ((b >> 8) & EVEN) * part;
    (even & EVEN) | (odd & !EVEN)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What OpenGL does with exact numbers.
    fn exact(below: u32, it: u32) -> [f64; 4] {
        let (below, it) = (below.to_be_bytes(), it.to_be_bytes());
        let rest = 1.0 - f64::from(it[0]) / 255.0;
        std::array::from_fn(|at| (f64::from(it[at]) + f64::from(below[at]) * rest).min(255.0))
    }

    proptest! {
        #[test]
        fn every_channel_is_within_a_rounding(below in any::<u32>(), it in any::<u32>(), part in 0_u32..=256) {
            let near = |a: u32, b: [f64; 4], by: f64| {
                a.to_be_bytes().into_iter().zip(b).all(|(a, b)| (f64::from(a) - b).abs() <= by)
            };
            prop_assert!(near(over(below, it), exact(below, it), 0.51));
            let product = |a: u32, b: u32| -> [f64; 4] {
                let (a, b) = (a.to_be_bytes(), b.to_be_bytes());
                std::array::from_fn(|at| f64::from(a[at]) * f64::from(b[at]) / 255.0)
            };
            prop_assert!(near(lit(below, it), product(below, it), 0.51));
            let grey = (below & 255) * 0x0101_0101;
            prop_assert!(near(lit(grey, it), product(grey, it), 0.51));
            let (a, b) = (below.to_be_bytes(), it.to_be_bytes());
            let on = f64::from(part) / 256.0;
            let mixed = std::array::from_fn(|at| f64::from(a[at]) * (1.0 - on) + f64::from(b[at]) * on);
            prop_assert!(near(between(below, it, part), mixed, 1.0));
            let mut row = [below; 3];
            fill(&mut row, it);
            prop_assert_eq!(row, [over(below, it); 3]);
        }
    }
}
