//! Values and their formats, against apache-avro and the recorded vectors.

mod arbitrary;
mod hostile;
mod oracle;
mod vectors;
