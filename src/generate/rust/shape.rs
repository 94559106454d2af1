//! Variants of enums and fields of structs, as templates show them.

use serde::Serialize;

use crate::generate::project::CrateOf;
use crate::generate::text;
use crate::kit::Id;
use crate::model::{self, Output};
use crate::record::{FieldSchema, RecordSchema, Type};

/// A message as a variant of an enum.
#[derive(Serialize)]
pub(in crate::generate) struct Variant {
    pub variant: String,
    pub path: String,
    pub doc: String,
    /// How the enum's arm calls the function that decides, and what the arm binds.
    pub call: String,
    pub binds: &'static str,
}

/// The variant for a message.
pub(in crate::generate) fn variant(krate: &CrateOf<'_>, id: Id) -> Variant {
    Variant {
        variant: krate.called(id, Output::RustType).to_owned(),
        path: krate.path(id),
        doc: text::doc(krate.system.name(id)),
        call: String::new(),
        binds: "_",
    }
}

/// A field of a struct that is declared.
#[derive(Serialize)]
pub(in crate::generate) struct Field {
    pub name: String,
    pub ty: String,
    pub doc: Vec<String>,
    pub rename: Option<String>,
}

/// The fields of a schema; all of them optional where `partial`.
pub(in crate::generate) fn fields(
    krate: &CrateOf<'_>,
    schema: &RecordSchema,
    partial: bool,
    prefix: &str,
) -> Vec<Field> {
    let names = model::rust_fields(schema);
    let field = |(field, name): (&FieldSchema, String)| {
        let ty = if partial { Type::optional(field.ty.clone()) } else { field.ty.clone() };
        let mut doc = vec![format!("{}{}", text::doc(&field.label), if field.key { " (key)" } else { "" })];
        doc.extend(field.doc.as_deref().map(text::doc));
        let rename = (name != *field.name).then(|| field.name.to_string());
        Field { name, ty: krate.types.rust(&ty, prefix), doc, rename }
    };
    schema.fields.iter().zip(names).map(field).collect()
}

/// Lines of a text as documentation.
pub(in crate::generate) fn notes(lines: &[String]) -> Vec<String> {
    lines.iter().filter(|it| !text::plain(it).is_empty()).map(|it| text::doc(it)).collect()
}
