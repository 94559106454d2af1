//! One generated module in the making: what it leaves to the user, and where values in it come from.

use serde::Serialize;

use super::expression::translate;
use super::term::{Row, Term};
use crate::generate::project::CrateOf;
use crate::generate::text;
use crate::kit::Id;
use crate::model::{Rule, Source};
use crate::record::{FieldSchema, Type};

/// The path from a generated module to the module of types.
pub(in crate::generate) const TYPES: &str = "types::";

/// One method of the trait that the user implements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::generate) struct Hook {
    /// What it is for; each entry is a line.
    pub doc: Vec<String>,
    /// `name(&self, ...) -> T`
    pub signature: String,
    /// What it does unless the user says otherwise.
    pub body: String,
}

/// A choice that the board leaves open: an enum and the method that picks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::generate) struct Choice {
    /// The enum.
    pub name: String,
    /// What it is for.
    pub doc: String,
    /// Its alternatives: name and documentation.
    pub variants: Vec<(String, String)>,
}

/// What a function of the module is about: how hooks see its arguments.
#[derive(Clone)]
pub(in crate::generate) struct Arguments {
    /// The parameters, as `event: &events::OrderPlaced`.
    pub params: Vec<String>,
    /// The arguments in a call, as `event`.
    pub args: Vec<String>,
}

impl Arguments {
    fn signature(&self, name: &str, result: &str) -> String {
        let params: String = self.params.iter().map(|it| format!(", {it}")).collect();
        format!("{name}(&self{params}) -> {result}")
    }

    fn call(&self, name: &str) -> String {
        format!("rules.{name}({})", self.args.join(", "))
    }
}

/// A method of the user's trait whose answer an example on the board tells.
#[derive(Clone, Debug)]
pub(in crate::generate) struct Script {
    /// The method.
    pub name: String,
    /// Its parameters, as `event: &events::OrderPlaced`.
    pub params: Vec<String>,
    /// What it returns, as seen in its module.
    pub result: String,
    /// What it answers.
    pub answers: Answers,
}

/// What an example tells about a question.
#[derive(Clone, Debug)]
pub(in crate::generate) enum Answers {
    /// Which of these messages is expected: the variant of it.
    Which(Vec<(Id, String)>),
    /// Whether this message is expected, rather than one of those.
    Whether(Id, Vec<Id>),
    /// Whether this command is accepted.
    Allowed(Id),
}

/// One generated module in the making.
pub(in crate::generate) struct Part<'p, 'a> {
    /// Its crate.
    pub krate: &'p CrateOf<'a>,
    /// What it leaves to the user.
    pub hooks: Vec<Hook>,
    /// Choices that the board leaves open.
    pub choices: Vec<Choice>,
    /// What to tell the user: sentences left to be written as code.
    pub open: Vec<String>,
    /// Questions that an example may answer.
    pub scripts: Vec<Script>,
    /// Whether `rules` is read in the function that is being written.
    pub uses_rules: bool,
}

/// The rows that are in scope, and the key of the instance that is meant.
pub(in crate::generate) struct Scope<'s> {
    /// The rows of the place.
    pub rows: &'s [Row],
    /// What [`Source::Key`] stands for.
    pub key: Option<Term>,
    /// How hooks see the function's arguments.
    pub arguments: &'s Arguments,
    /// What hooks are named after: the function.
    pub about: &'s str,
}

impl<'p, 'a> Part<'p, 'a> {
    /// An empty module of a crate.
    pub(in crate::generate) fn new(krate: &'p CrateOf<'a>) -> Self {
        Self { krate, hooks: Vec::new(), choices: Vec::new(), open: Vec::new(), scripts: Vec::new(), uses_rules: false }
    }

    /// The Rust type of a field.
    pub(in crate::generate) fn rust(&self, ty: &Type) -> String {
        self.krate.types.rust(ty, TYPES)
    }

    /// Adds a method to the user's trait, once, and returns how it is called.
    pub(in crate::generate) fn hook(
        &mut self,
        name: &str,
        arguments: &Arguments,
        result: &str,
        doc: Vec<String>,
        body: &str,
    ) -> String {
        self.uses_rules = true;
        let hook = Hook { doc, signature: arguments.signature(name, result), body: body.to_owned() };
        if !self.hooks.iter().any(|it| it.signature == hook.signature) {
            self.hooks.push(hook);
        }
        arguments.call(name)
    }

    /// Whether any function asks the user, given what its functions read; if none does, no question stays.
    pub(in crate::generate) fn settle<'u>(&mut self, mut used: impl Iterator<Item = &'u String>) -> bool {
        let asks = used.any(|it| it == "rules");
        if !asks {
            self.hooks.clear();
            self.choices.clear();
            self.scripts.clear();
            self.open.clear();
        }
        asks
    }

    /// A free name for a hook.
    pub(in crate::generate) fn free(&self, name: &str) -> String {
        let taken = |name: &str| {
            let head = format!("{name}(");
            self.hooks.iter().any(|it| it.signature.starts_with(&head))
        };
        let mut free = name.to_owned();
        let mut count = 1;
        while taken(&free) {
            count += 1;
            free = format!("{name}_{count}");
        }
        free
    }

    fn now(&mut self) -> String {
        let arguments = Arguments { params: vec![], args: vec![] };
        let doc = vec!["The time of handling.".to_owned()];
        self.hook("now", &arguments, "Timestamp", doc, "Timestamp::now()")
    }

    /// A call that makes a new UUID.
    pub(in crate::generate) fn new_id(&mut self) -> String {
        let arguments = Arguments { params: vec![], args: vec![] };
        let doc = vec!["An id for something new.".to_owned()];
        self.hook("new_id", &arguments, "Uuid", doc, "Uuid::new_v4()")
    }

    /// A condition as a Rust expression of type `bool`. Prose, and what has no translation, becomes a hook, which
    /// `answers` tells in an example.
    pub(in crate::generate) fn condition(
        &mut self,
        rule: &Rule,
        hook: &str,
        scope: &Scope<'_>,
        answers: Option<Answers>,
    ) -> String {
        if let Rule::Expr { typed, .. } = rule
            && let Ok(term) = translate(typed, scope.rows, &self.krate.types)
            && term.ty == Type::Bool
        {
            let code = term.owned();
            return if term.nullable { format!("sql::is_true({code})") } else { code };
        }
        let name = self.free(hook);
        let said = text::plain(rule.text());
        let doc = match rule {
            Rule::Prose(_) => vec![format!("\"{}\"", text::doc(rule.text()))],
            Rule::Expr { .. } => vec![format!("KSQL: {}", text::doc(rule.text()))],
        };
        self.open.push(format!("`{name}`: \"{said}\""));
        if let Some(answers) = answers {
            let (params, result) = (scope.arguments.params.clone(), "bool".to_owned());
            self.scripts.push(Script { name: name.clone(), params, result, answers });
        }
        self.hook(&name, scope.arguments, "bool", doc, "true")
    }

    /// Where a value comes from, as a term of the wanted type.
    pub(in crate::generate) fn source(&mut self, source: &Source, field: &FieldSchema, scope: &Scope<'_>) -> Term {
        let wanted = field.ty.required().clone();
        let types = &self.krate.types;
        let found = match source {
            Source::Expr { typed, .. } => translate(typed, scope.rows, types).ok(),
            Source::Copy { row, field } => scope.rows.get(*row).and_then(|it| it.field(*field)),
            Source::First(sources) => return self.first(sources, field, scope),
            Source::Key => scope.key.clone(),
            Source::Now => Some(Term::made(self.now(), Type::Timestamp, false)),
            Source::Fresh => Some(Term::made(self.new_id(), Type::Uuid, false)),
            Source::Value(value) => {
                types.value(value, &wanted, TYPES).map(|code| Term::made(code, wanted.clone(), false))
            }
            Source::Nothing if field.ty.is_optional() => Some(Term::null(&wanted, types, TYPES)),
            Source::Nothing => {
                let zero = types.value(&wanted.zero(), &wanted, TYPES);
                zero.map(|code| Term::made(code, wanted.clone(), false))
            }
        };
        if let Some(term) = found.and_then(|it| it.to(&wanted, &self.krate.types, TYPES)) {
            return term;
        }
        let said = match source {
            Source::Expr { text, .. } => text.clone(),
            Source::Copy { .. }
            | Source::First(_)
            | Source::Key
            | Source::Now
            | Source::Fresh
            | Source::Value(_)
            | Source::Nothing => field.label.to_string(),
        };
        let name = self.free(&format!("{}_{}", scope.about, crate::kit::snake(&field.label)));
        let result = format!("Option<{}>", self.rust(&wanted));
        let doc = vec![format!("{} = {}", text::doc(&field.label), text::doc(&said))];
        self.open.push(format!("`{name}`: {} = {}", text::plain(&field.label), text::plain(&said)));
        Term::made(self.hook(&name, scope.arguments, &result, doc, "None"), wanted, true)
    }

    /// The first source that is not NULL.
    fn first(&mut self, sources: &[Source], field: &FieldSchema, scope: &Scope<'_>) -> Term {
        let mut made: Option<Term> = None;
        for source in sources {
            let next = self.source(source, field, scope);
            made = Some(match made {
                None => next,
                Some(before) if !before.nullable => before,
                Some(before) => before.or(&next),
            });
        }
        made.unwrap_or_else(|| Term::null(&field.ty, &self.krate.types, TYPES))
    }

    /// The fields of a struct literal, one a line. What a required field lacks is an error of the module.
    pub(in crate::generate) fn fields(
        &mut self,
        schema: &crate::record::RecordSchema,
        fill: &[Source],
        owner: &str,
        scope: &Scope<'_>,
    ) -> Vec<String> {
        let names = crate::model::rust_fields(schema);
        let mut lines = Vec::new();
        for (at, (field, name)) in schema.fields.iter().zip(&names).enumerate() {
            let source = fill.get(at).unwrap_or(&Source::Nothing);
            let term = self.source(source, field, scope);
            let value = if field.ty.is_optional() {
                match term.option() {
                    code if code.starts_with("None::<") => "None".to_owned(),
                    code => code,
                }
            } else if term.nullable {
                let missing = text::literal(&text::plain(&format!("{owner}: {}", field.label)));
                format!("{}.ok_or(Error::Missing({missing}))?", term.owned())
            } else {
                term.owned()
            };
            lines.push(format!("{name}: {value},"));
        }
        lines
    }
}
