//! A zlib stream in parts that are compressed side by side: the pixels of a large picture keep all cores busy.

use std::fmt;

use flate2::{Compress, CompressError, Compression, FlushCompress};

/// Where the sums of Adler-32 wrap.
const WRAP: u32 = 65_521;

/// What a zlib stream starts with.
pub(super) const HEAD: [u8; 2] = [0x78, 0x01];
/// An empty last block: what it ends with, before its checksum.
pub(super) const END: [u8; 5] = [0x01, 0x00, 0x00, 0xff, 0xff];

/// A part of a zlib stream, whole bytes, and the checksum of what it holds.
pub(super) struct Part {
    pub(super) bytes: Vec<u8>,
    pub(super) sum: Sum,
}

/// What is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Hardly any byte is as it was before: codes that are made for the data win little and take long.
    Dense,
    /// Long runs of the same.
    Sparse,
}

/// Compresses parts, one after the other.
pub(super) struct Packer {
    dense: Compress,
    sparse: Compress,
}

impl Default for Packer {
    fn default() -> Self {
        let level = |it| Compress::new(Compression::new(it), false);
        Self { dense: level(1), sparse: level(2) }
    }
}

impl fmt::Debug for Packer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Packer")
    }
}

impl Packer {
    /// Starts a part. Parts one after another, between [`HEAD`] and [`END`], are a stream.
    pub(super) fn start(&mut self, content: Content) -> Packing<'_> {
        let to = match content {
            Content::Dense => &mut self.dense,
            Content::Sparse => &mut self.sparse,
        };
        to.reset();
        Packing { to, part: Part { bytes: Vec::new(), sum: Sum::NONE } }
    }
}

/// A part on its way.
pub(super) struct Packing<'a> {
    to: &'a mut Compress,
    part: Part,
}

impl Packing<'_> {
    /// Adds bytes.
    pub(super) fn add(&mut self, data: &[u8]) -> Result<(), CompressError> {
        self.part.sum = self.part.sum.then(Sum::of(data));
        self.compress(data, FlushCompress::None)
    }

    /// Ends the part on a whole byte, so that the next may follow.
    pub(super) fn end(mut self) -> Result<Part, CompressError> {
        self.compress(&[], FlushCompress::Sync)?;
        self.part.bytes.shrink_to_fit();
        Ok(self.part)
    }

    fn compress(&mut self, data: &[u8], flush: FlushCompress) -> Result<(), CompressError> {
        let bytes = &mut self.part.bytes;
        let start = self.to.total_in();
        loop {
            let done = (self.to.total_in() - start) as usize;
            if bytes.capacity() - bytes.len() < 4_096 {
                bytes.reserve((bytes.len() / 2).max(1 << 16));
            }
            self.to.compress_vec(data.get(done..).unwrap_or_default(), bytes, flush)?;
            if (self.to.total_in() - start) as usize == data.len() && bytes.len() < bytes.capacity() {
                return Ok(());
            }
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
    fn parts_are_a_stream() {
        let data: Vec<u8> = (0..200_000_u32).map(|it| (it.wrapping_mul(it) % 251) as u8).collect();
        let mut stream = HEAD.to_vec();
        let mut sum = Sum::NONE;
        let mut packer = Packer::default();
        for (it, content) in data.chunks(70_000).zip([Content::Dense, Content::Sparse, Content::Dense]) {
            let mut part = packer.start(content);
            for it in it.chunks(30_000) {
                part.add(it).unwrap();
            }
            let part = part.end().unwrap();
            stream.extend(part.bytes);
            sum = sum.then(part.sum);
        }
        stream.extend(END);
        stream.extend(sum.bytes());
        let mut back = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(&stream[..]), &mut back).unwrap();
        assert!(back == data);
    }

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
