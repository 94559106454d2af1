//! Compressing rows of a picture: runs of equal bytes and nothing else.
//!
//! A board is mostly flat colour, of which a filter makes noughts. Runs of them are found at the speed of memory, and each part of
//! a picture is compressed for itself, so that all cores work on it; the general compressors do neither.

/// The length from which a run is worth a code of its own.
const RUN: usize = 4;
/// The longest run of one code.
const LONGEST: usize = 258;
/// Where the sums of Adler-32 wrap.
const WRAP: u32 = 65_521;

/// Lengths of runs by code, from 257: the least length and the number of bits that follow.
static LENGTHS: [(usize, u32); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];

/// What a zlib stream starts with.
pub(super) const HEAD: [u8; 2] = [0x78, 0x01];
/// An empty last block: what it ends with, before its checksum.
pub(super) const END: [u8; 5] = [0x01, 0x00, 0x00, 0xff, 0xff];

/// A part of a zlib stream, whole bytes, and the checksum of what it holds.
pub(super) struct Part {
    pub(super) bytes: Vec<u8>,
    pub(super) sum: Sum,
}

/// Compresses a part. Parts one after another, between [`HEAD`] and [`END`], are a stream.
pub(super) fn part(data: &[u8]) -> Part {
    let mut to = Bits { bytes: Vec::with_capacity(data.len() / 16 + 64), held: 0, count: 0 };
    // One block with the codes that need no table.
    to.put(0b010, 3);
    let mut at = 0;
    while let Some(byte) = data.get(at) {
        to.literal(*byte);
        at += 1;
        let mut run = equal(data.get(at..).unwrap_or_default(), *byte);
        if run < RUN {
            continue;
        }
        at += run;
        while run >= LONGEST + RUN || run == LONGEST {
            to.run(LONGEST);
            run -= LONGEST;
        }
        if run > LONGEST {
            to.run(run - RUN);
            run = RUN;
        }
        if run > 0 {
            to.run(run);
        }
    }
    // The end of the block, and an empty stored one that fills the last byte.
    to.put(0, 7);
    to.put(0, 3);
    to.fill();
    to.bytes.extend([0x00, 0x00, 0xff, 0xff]);
    Part { bytes: to.bytes, sum: Sum::of(data) }
}

/// How many bytes at the start are that one.
fn equal(data: &[u8], byte: u8) -> usize {
    let alike = [byte; 64];
    // Comparing slices is comparing memory.
    let whole = 64 * data.chunks_exact(64).take_while(|it| *it == alike).count();
    whole + data.get(whole..).unwrap_or_default().iter().take_while(|it| **it == byte).count()
}

struct Bits {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    /// The lowest bit goes first.
    fn put(&mut self, bits: u32, count: u32) {
        self.held |= u64::from(bits) << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.held as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    /// A code, whose highest bit goes first.
    fn code(&mut self, code: u32, count: u32) {
        self.put(code.reverse_bits() >> (32 - count), count);
    }

    fn literal(&mut self, byte: u8) {
        match u32::from(byte) {
            low @ 0..=143 => self.code(0x30 + low, 8),
            high => self.code(0x190 + high - 144, 9),
        }
    }

    /// Repeats the last byte.
    fn run(&mut self, length: usize) {
        let at = LENGTHS.iter().rposition(|(least, _)| *least <= length).unwrap_or(0);
        let Some((least, extra)) = LENGTHS.get(at).copied() else { return };
        match at as u32 + 257 {
            low @ 257..=279 => self.code(low - 256, 7),
            high => self.code(0xc0 + high - 280, 8),
        }
        self.put((length - least) as u32, extra);
        // The distance 1.
        self.put(0, 5);
    }

    fn fill(&mut self) {
        if self.count > 0 {
            self.bytes.push(self.held as u8);
            (self.held, self.count) = (0, 0);
        }
    }
}

/// An Adler-32 checksum of so many bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sum {
    low: u32,
    high: u32,
    length: usize,
}

impl Sum {
    /// That of nothing.
    pub(super) const NONE: Self = Self { low: 1, high: 0, length: 0 };

    fn of(data: &[u8]) -> Self {
        let sum = simd_adler32::adler32(&data);
        let (low, high) = (sum & 0xffff, sum >> 16);
        Self { low, high, length: data.len() }
    }

    /// The checksum of both, one after the other.
    pub(super) fn then(self, next: Self) -> Self {
        let times = (next.length % WRAP as usize) as u64;
        let low = (self.low + next.low + WRAP - 1) % WRAP;
        // Each byte of the second part adds to `high` what `low` was before it, but for the 1 it started with.
        let before = times * u64::from((self.low + WRAP - 1) % WRAP) % u64::from(WRAP);
        let high = (u64::from(self.high) + u64::from(next.high) + before) % u64::from(WRAP);
        Self { low, high: high as u32, length: self.length + next.length }
    }

    /// As it stands in a stream.
    pub(super) fn bytes(self) -> [u8; 4] {
        (self.high << 16 | self.low).to_be_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_parts_are_sums_of_the_whole() {
        assert_eq!(Sum::of(b"Wikipedia").bytes(), 0x11e6_0398_u32.to_be_bytes());
        let data: Vec<u8> = (0..70_000_u32).map(|it| (it * 7 % 251) as u8).collect();
        for at in [0, 1, 5_552, 65_521, 69_999, 70_000] {
            let (a, b) = data.split_at(at);
            assert_eq!(Sum::NONE.then(Sum::of(a)).then(Sum::of(b)), Sum::of(&data), "cut at {at}");
        }
    }
}
