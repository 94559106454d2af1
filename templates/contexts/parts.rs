{% component messages(name, items, own) %}
#[derive(Clone, Debug, PartialEq)]
pub enum {{ name }} {
{% for it in items %}
    /// {{ it.doc }}
    {{ it.variant }}({{ it.path }}),
{% endfor %}
}

impl {{ name }} {
    /// The {{ own }} on its way.
{% if items %}
    pub fn envelope(&self, story: &Story) -> Result<Envelope, Failure> {
        match self {
{% for it in items %}
            Self::{{ it.variant }}({{ own }}) => Envelope::of({{ own }}, story),
{% endfor %}
        }
    }
{% else %}
    pub fn envelope(&self, _story: &Story) -> Result<Envelope, Failure> {
        match *self {}
    }
{% endif %}
}
{% endcomponent messages %}

{% component error(refusals, unavailable, missing) %}
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
{% for refusal in refusals %}
    /// *{{ refusal.doc }}* is refused: the rule that does not hold.
    {{ refusal.variant }}(&'static str),
{% endfor %}
    /// {{ missing }} a value that is NULL: which one.
    Missing(&'static str),
{% if unavailable %}
    /// The system cannot be reached or does not understand.
    Unavailable(String),
{% endif %}
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
{% for refusal in refusals %}
            Self::{{ refusal.variant }}(rule) => write!(f, {{ refusal.format }}),
{% endfor %}
            Self::Missing(field) => write!(f, "{field} has no value"),
{% if unavailable %}
            Self::Unavailable(reason) => write!(f, {{ unavailable }}),
{% endif %}
        }
    }
}

impl std::error::Error for Error {}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Rejected(error.to_string())
    }
}
{% endcomponent error %}

{% component choices(choices) %}
{% for choice in choices %}
/// {{ choice.doc }}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum {{ choice.name }} {
{% for variant in choice.variants %}
    /// {{ variant[1] }}
    {{ variant[0] }},
{% endfor %}
}
{% endfor %}
{% endcomponent choices %}

{% component hooks(hooks) %}
{% for hook in hooks %}
{% for line in hook.doc %}
    /// {{ line }}
{% endfor %}
    #[allow(unused_variables)]
    fn {{ hook.signature }} {
        {{ hook.body }}
    }

{% endfor %}
{% endcomponent hooks %}

{% component rules(hooks) %}
{% if hooks %}
/// What the board leaves open. Say what you know in `handlers.rs`; each default compiles and takes the first way.
pub trait Rules {
{{ <hooks hooks={hooks} /> }}
}
{% endif %}
{% endcomponent rules %}
