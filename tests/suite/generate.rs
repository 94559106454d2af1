//! What is generated and what is never touched.

mod plan;
mod made;
mod hostile;
mod reserved;
mod translation;
