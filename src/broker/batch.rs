//! Record batches in Kafka's v2 format: built once by the producer, stored and served as the same bytes.
//!
//! Layout: base offset i64, length i32, partition leader epoch i32, magic 2, CRC-32C of all that follows,
//! attributes i16, last offset delta i32, base timestamp i64, max timestamp i64, producer id i64, producer epoch
//! i16, base sequence i32, record count i32, records. All numbers are big-endian.

use bytes::{Bytes, BytesMut};

use super::varint::{self, Cursor};
use super::{BrokerError, Timestamp};

/// Bytes before the first record.
pub(super) const HEADER_LEN: usize = 61;
/// Bytes for which a new batch has room at once.
const ROOM: usize = 512;
/// Bytes before the part that the length field counts.
const PREFIX_LEN: usize = 12;
/// Where the checksum lies; it covers what follows it.
const CRC_AT: usize = 17;
const ATTRIBUTES_AT: usize = 21;
const LAST_DELTA_AT: usize = 23;
const BASE_TIMESTAMP_AT: usize = 27;
const MAX_TIMESTAMP_AT: usize = 35;
const PRODUCER_ID_AT: usize = 43;
const PRODUCER_EPOCH_AT: usize = 51;
const SEQUENCE_AT: usize = 53;
const COUNT_AT: usize = 57;
const MAGIC: u8 = 2;
/// The attribute bit of batches whose time is the broker's.
const LOG_APPEND_TIME: i16 = 0b1000;
/// The attribute bits of a compression codec; this broker takes uncompressed batches only.
const COMPRESSION: i16 = 0b111;

/// Who produced a batch, for the broker to notice repeated and missing ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProducerStamp {
    /// The producer's id; -1 for a producer that is not idempotent.
    pub id: i64,
    /// Its epoch.
    pub epoch: i16,
    /// The sequence number of the batch's first record within the partition.
    pub sequence: i32,
}

impl ProducerStamp {
    /// A producer that is not idempotent.
    pub const NONE: Self = Self { id: -1, epoch: -1, sequence: -1 };
}

/// Builds one batch; records are encoded as they are pushed.
#[derive(Clone, Debug)]
pub struct BatchBuilder {
    bytes: Vec<u8>,
    base_timestamp: i64,
    max_timestamp: i64,
    count: i32,
}

impl Default for BatchBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl BatchBuilder {
    /// An empty batch.
    pub fn new() -> Self {
        let mut bytes = Vec::with_capacity(ROOM);
        bytes.resize(HEADER_LEN, 0);
        Self { bytes, base_timestamp: 0, max_timestamp: i64::MIN, count: 0 }
    }

    /// Number of records pushed.
    pub fn count(&self) -> i32 {
        self.count
    }

    /// Whether nothing was pushed.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The batch's length in bytes so far.
    pub fn len_bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Adds a record. `headers` may name a header more than once; order is kept.
    pub fn push<'h>(
        &mut self,
        timestamp: Timestamp,
        key: Option<&[u8]>,
        value: Option<&[u8]>,
        headers: impl Iterator<Item = (&'h str, Option<&'h [u8]>)> + Clone,
    ) {
        if self.count == 0 {
            self.base_timestamp = timestamp.0;
        }
        self.max_timestamp = self.max_timestamp.max(timestamp.0);
        let time_delta = timestamp.0.wrapping_sub(self.base_timestamp);
        let offset_delta = i64::from(self.count);
        let field = |it: Option<&[u8]>| it.map_or(1, |it| varint::len(it.len() as i64) + it.len());
        let (mut named, mut header_count) = (0, 0i64);
        for (name, value) in headers.clone() {
            named += varint::len(name.len() as i64) + name.len() + field(value);
            header_count += 1;
        }
        let length = 1
            + varint::len(time_delta)
            + varint::len(offset_delta)
            + field(key)
            + field(value)
            + varint::len(header_count)
            + named;
        let out = &mut self.bytes;
        out.reserve(length + 5);
        varint::put(out, length as i64);
        out.push(0);
        varint::put(out, time_delta);
        varint::put(out, offset_delta);
        put_nullable(out, key);
        put_nullable(out, value);
        varint::put(out, header_count);
        for (name, value) in headers {
            varint::put(out, name.len() as i64);
            out.extend_from_slice(name.as_bytes());
            put_nullable(out, value);
        }
        self.count = self.count.saturating_add(1);
    }

    /// The finished batch with base offset 0; the broker writes the real one. `None` if it is empty. The builder is
    /// then empty again.
    pub fn finish(&mut self, stamp: ProducerStamp) -> Option<Bytes> {
        if self.count == 0 {
            return None;
        }
        let bytes = &mut self.bytes;
        let length = (bytes.len() - PREFIX_LEN) as i32;
        let mut at = 0;
        let mut field = |value: &[u8]| {
            overwrite(bytes, at, value);
            at += value.len();
        };
        field(&0i64.to_be_bytes());
        field(&length.to_be_bytes());
        field(&(-1i32).to_be_bytes());
        field(&[MAGIC]);
        field(&0u32.to_be_bytes());
        field(&0i16.to_be_bytes());
        field(&(self.count - 1).to_be_bytes());
        field(&self.base_timestamp.to_be_bytes());
        field(&self.max_timestamp.to_be_bytes());
        field(&stamp.id.to_be_bytes());
        field(&stamp.epoch.to_be_bytes());
        field(&stamp.sequence.to_be_bytes());
        field(&self.count.to_be_bytes());
        seal(bytes);
        let batch = Bytes::copy_from_slice(bytes);
        bytes.truncate(HEADER_LEN);
        (self.count, self.base_timestamp, self.max_timestamp) = (0, 0, i64::MIN);
        Some(batch)
    }
}

fn put_nullable(out: &mut Vec<u8>, value: Option<&[u8]>) {
    match value {
        None => varint::put(out, -1),
        Some(value) => {
            varint::put(out, value.len() as i64);
            out.extend_from_slice(value);
        }
    }
}

fn overwrite(bytes: &mut [u8], at: usize, with: &[u8]) {
    if let Some(place) = bytes.get_mut(at..at + with.len()) {
        place.copy_from_slice(with);
    }
}

/// Writes the checksum.
fn seal(bytes: &mut [u8]) {
    let crc = crc32c::crc32c(bytes.get(ATTRIBUTES_AT..).unwrap_or_default());
    overwrite(bytes, CRC_AT, &crc.to_be_bytes());
}

/// A batch whose header and checksum are right. Cloning shares the bytes.
///
/// Beside the bytes it holds only what is asked of every batch of a log; the rest of the header is read when wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordBatch {
    bytes: Bytes,
    base_offset: i64,
    max_timestamp: i64,
    last_delta: i32,
    count: i32,
}

impl RecordBatch {
    /// Reads the header, proves length and checksum. The bytes must hold exactly one batch.
    ///
    /// # Errors
    /// [`BrokerError::CorruptMessage`] for anything that is not a whole, undamaged v2 batch.
    pub fn parse(bytes: impl Into<Bytes>) -> Result<Self, BrokerError> {
        let bytes = bytes.into();
        let header = Self::header(&bytes).ok_or(BrokerError::CorruptMessage)?;
        Ok(Self { bytes, ..header })
    }

    /// The batch without its bytes.
    fn header(bytes: &[u8]) -> Option<Self> {
        let mut cursor = Cursor::new(bytes);
        let base_offset = i64::from_be_bytes(cursor.array()?);
        let length = i32::from_be_bytes(cursor.array()?);
        if usize::try_from(length).ok()? != cursor.rest().len() || bytes.len() < HEADER_LEN {
            return None;
        }
        let _leader_epoch: [u8; 4] = cursor.array()?;
        let [magic] = cursor.array()?;
        let crc = u32::from_be_bytes(cursor.array()?);
        if magic != MAGIC || crc32c::crc32c(cursor.rest()) != crc {
            return None;
        }
        let attributes = i16::from_be_bytes(cursor.array()?);
        let last_delta = i32::from_be_bytes(cursor.array()?);
        let _base_timestamp: [u8; 8] = cursor.array()?;
        let max_timestamp = i64::from_be_bytes(cursor.array()?);
        let _producer: [u8; 14] = cursor.array()?;
        let count = i32::from_be_bytes(cursor.array()?);
        if attributes & COMPRESSION != 0 || last_delta < 0 || count < 0 {
            return None;
        }
        Some(Self { bytes: Bytes::new(), base_offset, max_timestamp, last_delta, count })
    }

    /// Bytes of the header.
    fn part<const N: usize>(&self, at: usize) -> [u8; N] {
        self.bytes.get(at..).and_then(|it| it.first_chunk()).copied().unwrap_or([0; N])
    }

    fn attributes(&self) -> i16 {
        i16::from_be_bytes(self.part(ATTRIBUTES_AT))
    }

    /// The same batch at its place in the log, stamped with the broker's time if that is handed in.
    /// Base offset and leader epoch are not covered by the checksum, so a batch is not sealed again for them.
    pub(super) fn placed(mut self, base_offset: i64, leader_epoch: i32, log_append_time: Option<Timestamp>) -> Self {
        let attributes = self.attributes();
        let bytes = std::mem::take(&mut self.bytes);
        let mut bytes = bytes.try_into_mut().unwrap_or_else(|shared| BytesMut::from(shared.as_ref()));
        overwrite(&mut bytes, 0, &base_offset.to_be_bytes());
        overwrite(&mut bytes, PREFIX_LEN, &leader_epoch.to_be_bytes());
        if let Some(now) = log_append_time {
            self.max_timestamp = now.0;
            overwrite(&mut bytes, ATTRIBUTES_AT, &(attributes | LOG_APPEND_TIME).to_be_bytes());
            overwrite(&mut bytes, MAX_TIMESTAMP_AT, &now.0.to_be_bytes());
            seal(&mut bytes);
        }
        Self { bytes: bytes.freeze(), base_offset, ..self }
    }

    /// A copy with only those records, offsets and header else unchanged; `None` if nothing is kept.
    ///
    /// # Errors
    /// [`BrokerError::CorruptMessage`] if a record does not parse.
    pub(super) fn retain(&self, mut keep: impl FnMut(&RecordRef<'_>) -> bool) -> Result<Option<Self>, BrokerError> {
        let mut bytes = self.bytes.get(..HEADER_LEN).unwrap_or_default().to_vec();
        let (mut count, mut max_timestamp) = (0i32, i64::MIN);
        for record in self.records() {
            let record = record?;
            if keep(&record) {
                bytes.extend_from_slice(record.raw);
                count += 1;
                max_timestamp = max_timestamp.max(record.timestamp.0);
            }
        }
        if count == 0 {
            return Ok(None);
        }
        let length = (bytes.len() - PREFIX_LEN) as i32;
        overwrite(&mut bytes, 8, &length.to_be_bytes());
        overwrite(&mut bytes, LAST_DELTA_AT, &self.last_delta.to_be_bytes());
        overwrite(&mut bytes, MAX_TIMESTAMP_AT, &max_timestamp.to_be_bytes());
        overwrite(&mut bytes, COUNT_AT, &count.to_be_bytes());
        seal(&mut bytes);
        Self::parse(bytes).map(Some)
    }

    /// The bytes, as they came in and go out.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Offset of the first record that the batch was built with.
    pub fn base_offset(&self) -> i64 {
        self.base_offset
    }

    /// Offset of the last record that the batch was built with.
    pub fn last_offset(&self) -> i64 {
        self.base_offset.saturating_add(i64::from(self.last_delta))
    }

    /// Number of records in it.
    pub fn count(&self) -> i32 {
        self.count
    }

    /// The largest timestamp of its records.
    pub fn max_timestamp(&self) -> Timestamp {
        Timestamp(self.max_timestamp)
    }

    /// The first record's timestamp as the producer gave it.
    pub fn base_timestamp(&self) -> Timestamp {
        Timestamp(i64::from_be_bytes(self.part(BASE_TIMESTAMP_AT)))
    }

    /// Who produced it.
    pub fn stamp(&self) -> ProducerStamp {
        ProducerStamp {
            id: i64::from_be_bytes(self.part(PRODUCER_ID_AT)),
            epoch: i16::from_be_bytes(self.part(PRODUCER_EPOCH_AT)),
            sequence: i32::from_be_bytes(self.part(SEQUENCE_AT)),
        }
    }

    /// The records in order, without copying. After an error the iterator ends.
    pub fn records(&self) -> Records<'_> {
        let fixed_time = (self.attributes() & LOG_APPEND_TIME != 0).then_some(Timestamp(self.max_timestamp));
        Records {
            cursor: Cursor::new(self.bytes.get(HEADER_LEN..).unwrap_or_default()),
            left: self.count,
            base_offset: self.base_offset,
            base_timestamp: self.base_timestamp().0,
            fixed_time,
        }
    }
}

/// One record of a batch, borrowed from its bytes.
#[derive(Clone, Copy, Debug)]
pub struct RecordRef<'a> {
    /// Its place in the partition.
    pub offset: i64,
    /// Its time: the producer's, or the broker's if the topic says so.
    pub timestamp: Timestamp,
    /// Its key.
    pub key: Option<&'a [u8]>,
    /// Its value; without one it is a tombstone.
    pub value: Option<&'a [u8]>,
    headers: Cursor<'a>,
    header_count: i32,
    raw: &'a [u8],
}

impl<'a> RecordRef<'a> {
    /// The headers in order.
    pub fn headers(&self) -> Headers<'a> {
        Headers { cursor: self.headers, left: self.header_count }
    }

    /// The headers in order, names as bytes: for those who look for a few names only.
    pub fn raw_headers(&self) -> impl Iterator<Item = (&'a [u8], Option<&'a [u8]>)> {
        let mut cursor = self.headers;
        (0..self.header_count).map_while(move |_| Some((cursor.nullable()??, cursor.nullable()?)))
    }

    /// The last header of that name that has a value.
    pub fn header(&self, name: &str) -> Option<&'a [u8]> {
        self.headers().filter(|(it, _)| *it == name).last().and_then(|(_, value)| value)
    }
}

/// Iterator over the headers of a record.
#[derive(Clone, Debug)]
pub struct Headers<'a> {
    cursor: Cursor<'a>,
    left: i32,
}

impl<'a> Iterator for Headers<'a> {
    type Item = (&'a str, Option<&'a [u8]>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.left <= 0 {
            return None;
        }
        self.left -= 1;
        let name = std::str::from_utf8(self.cursor.nullable()??).ok()?;
        Some((name, self.cursor.nullable()?))
    }
}

/// Iterator over the records of a batch.
#[derive(Clone, Debug)]
pub struct Records<'a> {
    cursor: Cursor<'a>,
    left: i32,
    base_offset: i64,
    base_timestamp: i64,
    fixed_time: Option<Timestamp>,
}

impl<'a> Records<'a> {
    fn read(&mut self) -> Option<RecordRef<'a>> {
        let whole = self.cursor.rest();
        let length = usize::try_from(self.cursor.varint()?).ok()?;
        let body = self.cursor.take(length)?;
        let raw = whole.get(..whole.len() - self.cursor.rest().len())?;
        let mut cursor = Cursor::new(body);
        let [_attributes] = cursor.array()?;
        let timestamp = self.base_timestamp.checked_add(cursor.varlong()?)?;
        let delta = cursor.varint()?;
        if delta < 0 {
            return None;
        }
        let offset = self.base_offset.checked_add(i64::from(delta))?;
        let key = cursor.nullable()?;
        let value = cursor.nullable()?;
        let header_count = cursor.varint()?;
        // A header takes two bytes at least, so that a lying count cannot make anyone work or allocate.
        if header_count < 0 || header_count as usize > cursor.rest().len() / 2 {
            return None;
        }
        let headers = cursor;
        for _ in 0..header_count {
            let name = cursor.nullable()??;
            if !name.is_ascii() {
                std::str::from_utf8(name).ok()?;
            }
            cursor.nullable()?;
        }
        if !cursor.is_empty() {
            return None;
        }
        let timestamp = self.fixed_time.unwrap_or(Timestamp(timestamp));
        Some(RecordRef { offset, timestamp, key, value, headers, header_count, raw })
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<RecordRef<'a>, BrokerError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.left <= 0 {
            // Bytes after the last record belong to no record: the count lies.
            if self.left == 0 && !self.cursor.is_empty() {
                self.left = -1;
                return Some(Err(BrokerError::CorruptMessage));
            }
            return None;
        }
        self.left -= 1;
        let record = self.read();
        if record.is_none() {
            self.left = -1;
        }
        Some(record.ok_or(BrokerError::CorruptMessage))
    }
}
