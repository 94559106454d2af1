//! What the board leaves to you. This file is yours: Stormglass wrote it once and never touches it again.
//!
//! Each trait holds the questions of one part of the board: a sentence that is no expression, a choice between
//! alternatives, a call to an external system. Every method has a default; override those that you can answer. When
//! a part is added to the board, the compiler asks for its `impl` here; when a question is gone, for its removal.

{% if any %}
use crate::generated::{{ imports }};

{% endif %}
/// Your decisions. Give it fields for what they need: a clock, a client, a price list.
#[derive(Clone, Debug, Default)]
pub struct Handlers;


{% for item in impls %}
{{ item }}

{% endfor %}
